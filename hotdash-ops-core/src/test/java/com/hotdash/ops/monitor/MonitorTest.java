package com.hotdash.ops.monitor;

import static com.hotdash.ops.diagnosis.Incident.HIGH_ERROR_RATE;
import static com.hotdash.ops.diagnosis.Incident.MEMORY_CPU_ISSUES;
import static com.hotdash.ops.diagnosis.Incident.SLOW_RESPONSE_TIMES;
import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.TriageReport;
import com.hotdash.ops.diagnosis.TriageReport.Ranked;
import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.error.Fault;
import com.hotdash.ops.escalation.Alert;
import com.hotdash.ops.escalation.AlertKey;
import com.hotdash.ops.escalation.AlertSink;
import com.hotdash.ops.escalation.Delivery;
import com.hotdash.ops.escalation.Delivery.Status;
import com.hotdash.ops.escalation.Diagnoses;
import com.hotdash.ops.escalation.Escalation;
import com.hotdash.ops.escalation.Manager;
import com.hotdash.ops.escalation.Notice;
import com.hotdash.ops.escalation.NoticePolicy;
import com.hotdash.ops.escalation.Notifier;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.monitor.Tick.Outcome;
import com.hotdash.ops.monitor.Tick.What;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.procedure.ErrorSigns.Fleet;
import com.hotdash.ops.resolution.InProcessLocks;
import com.hotdash.ops.resolution.Locks;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MonitorTest {
  private static final Secret SECRET = Secret.of("canary-of-monitors");

  private final ManualTime clock = new ManualTime();
  private final Redactor redactor = Redactor.of(List.of(SECRET));
  private final Map<Incident, Diagnosis> world = new EnumMap<>(Incident.class);
  private final List<String> told = new ArrayList<>();
  private final List<Tick> beats = new ArrayList<>();
  private Status answer = Status.CREATED;
  private Duration tellingTakes = Duration.ZERO;
  private final List<Notice> notices = new ArrayList<>();
  private final Manager manager = new Manager(List.of(way()), NoticePolicy.DEFAULT, clock.time());
  private final Monitor monitor = monitor().build();

  private Monitor.Builder monitor() {
    return Monitor.builder(deadline -> List.copyOf(world.values()), escalation())
        .time(clock.time())
        .redactor(redactor)
        .heartbeat(beats::add);
  }

  private Escalation escalation() {
    var place =
        new AlertSink() {
          @Override
          public String name() {
            return "issues";
          }

          @Override
          public Delivery raise(Alert alert, Deadline deadline) {
            told.add("raise " + alert.key().incident().id() + " " + alert.key().subject());
            clock.advance(tellingTakes);
            return Delivery.of(answer, name(), "as told");
          }

          @Override
          public Delivery resolve(AlertKey key, Page figures, Deadline deadline) {
            told.add("over " + key.incident().id() + " " + key.subject());
            clock.advance(tellingTakes);
            return Delivery.of(
                answer == Status.CREATED ? Status.CLOSED : answer, name(), "as told");
          }
        };
    return new Escalation("production", List.of(place), manager, redactor, clock.time());
  }

  private void seen(Incident incident, Verdict verdict) {
    world.put(incident, Diagnoses.of(incident, verdict));
  }

  private Tick tick() {
    var tick = monitor.tick();
    clock.advance(Duration.ofMinutes(5));
    return tick;
  }

  private Tick ticks(int times) {
    for (int i = 1; i < times; i++) {
      tick();
    }
    return tick();
  }

  @Test
  void tick_problemStays_isOpenedOnceRemindedAndClosed() {
    seen(HIGH_ERROR_RATE, Verdict.PROBLEM);
    assertThat(tick().events()).isEmpty();
    var second = tick();
    assertThat(second.events()).extracting(Tick.Event::what).containsExactly(What.OPENED);
    assertThat(second.incidents().get(0).open()).isTrue();

    assertThat(ticks(5).events()).isEmpty();
    assertThat(tick().events()).extracting(Tick.Event::what).containsExactly(What.REMINDED);

    seen(HIGH_ERROR_RATE, Verdict.OK);
    ticks(2);
    var last = tick();
    assertThat(last.events()).extracting(Tick.Event::what).containsExactly(What.CLOSED);
    assertThat(ticks(20).events()).isEmpty();
    assertThat(told).containsExactly("raise R2 ", "raise R2 ", "over R2 ");
  }

  @Test
  void tick_unknown_neitherOpensNorClosesAndIsToldOnceForAll() {
    seen(HIGH_ERROR_RATE, Verdict.PROBLEM);
    seen(SLOW_RESPONSE_TIMES, Verdict.OK);
    ticks(3);
    told.clear();

    seen(HIGH_ERROR_RATE, Verdict.UNKNOWN);
    seen(SLOW_RESPONSE_TIMES, Verdict.UNKNOWN);
    assertThat(ticks(2).outcome()).isEqualTo(Outcome.BLIND);
    assertThat(told).isEmpty();
    var third = tick();

    assertThat(third.events()).extracting(Tick.Event::what).containsExactly(What.BLIND);
    assertThat(third.troubled()).isTrue();
    assertThat(third.incidents()).extracting(Tick.State::open).containsExactly(false, true);
    ticks(10);
    assertThat(told).containsExactly("raise R7 the monitor cannot look");

    seen(HIGH_ERROR_RATE, Verdict.PROBLEM);
    seen(SLOW_RESPONSE_TIMES, Verdict.OK);
    assertThat(tick().events())
        .extracting(Tick.Event::what)
        .containsExactly(What.REMINDED, What.SEEING);
  }

  @Test
  void tick_outage_opensAtOnceAndGettingWorseIsTold() {
    seen(HIGH_ERROR_RATE, Verdict.PROBLEM);
    ticks(2);
    var down = new Fleet(new Machines(List.of()), true, List.of());
    world.put(HIGH_ERROR_RATE, Diagnoses.of(HIGH_ERROR_RATE, down));
    assertThat(tick().events()).extracting(Tick.Event::what).containsExactly(What.REMINDED);
    assertThat(tick().events()).isEmpty();

    world.put(MEMORY_CPU_ISSUES, Diagnoses.of(MEMORY_CPU_ISSUES, down));
    assertThat(tick().events()).extracting(Tick.Event::what).containsExactly(What.OPENED);
  }

  @Test
  void tick_urgentAndNotAcknowledged_remindsTheManagerBetweenReminders() {
    var urgent = Diagnoses.problem(Severity.CRITICAL, "users are hurt");
    world.put(HIGH_ERROR_RATE, Diagnoses.of(HIGH_ERROR_RATE, urgent));

    ticks(2);
    var quiet = ticks(2);
    var reminded = tick();

    assertThat(quiet.events()).isEmpty();
    assertThat(reminded.events()).extracting(Tick.Event::what).containsExactly(What.REMINDED);
    assertThat(notices).hasSize(2);
    assertThat(told).as("the issue").containsExactly("raise R2 ");
  }

  private Notifier way() {
    return new Notifier() {
      @Override
      public String name() {
        return "mail";
      }

      @Override
      public Delivery tell(Notice notice, Deadline deadline) {
        notices.add(notice);
        return Delivery.of(Status.CREATED, name(), "sent");
      }
    };
  }

  @Test
  void tick_newMonitor_closesWhatItsPredecessorLeftOpen() {
    seen(HIGH_ERROR_RATE, Verdict.OK);

    assertThat(ticks(3).events()).extracting(Tick.Event::what).containsExactly(What.CLOSED);
    assertThat(told).containsExactly("over R2 ");
  }

  @Test
  void tick_newMonitorAndNothingOpen_saysNothing() {
    answer = Status.SUPPRESSED;
    seen(HIGH_ERROR_RATE, Verdict.OK);

    assertThat(ticks(9).events()).isEmpty();
    assertThat(told).hasSize(1);
  }

  @Test
  void tick_tellingFails_isTriedAgainInTheNext() {
    answer = Status.FAILED;
    seen(HIGH_ERROR_RATE, Verdict.PROBLEM);
    var failed = ticks(2);
    assertThat(failed.troubled()).isTrue();
    assertThat(failed.toString()).contains("NOBODY WAS TOLD");

    answer = Status.CREATED;
    assertThat(tick().events()).extracting(Tick.Event::what).containsExactly(What.OPENED);
    assertThat(tick().events()).isEmpty();
    assertThat(told).hasSize(2);
  }

  @Test
  void tick_tellingTakesTooLong_leavesTheRestForTheNext() {
    tellingTakes = Duration.ofMinutes(3);
    for (var incident : Set.of(HIGH_ERROR_RATE, MEMORY_CPU_ISSUES, SLOW_RESPONSE_TIMES)) {
      seen(incident, Verdict.PROBLEM);
    }

    var second = ticks(2);

    assertThat(second.events()).hasSize(2);
    assertThat(second.notes()).singleElement().asString().startsWith("1 more to tell");
    assertThat(tick().events()).hasSize(1);
    assertThat(told).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void tick_lookBreaksOff_isBlindAndSaysWhy() {
    Look broken =
        deadline -> {
          throw new IllegalStateException("cannot log in with " + SECRET.reveal());
        };
    try (var other =
        Monitor.builder(broken, escalation())
            .time(clock.time())
            .redactor(redactor)
            .watch(Set.of(HIGH_ERROR_RATE))
            .build()) {
      other.tick();
      other.tick();
      var third = other.tick();

      assertThat(third.outcome()).isEqualTo(Outcome.BLIND);
      assertThat(third.toString())
          .contains("the look broke off", "R2 UNKNOWN, not yet decided", "BLIND R7")
          .doesNotContain(SECRET.reveal());
      assertThat(other.last()).contains(third);
    }
  }

  @Test
  void tick_nothingWatchedAndNothingSeen_isBlind() {
    assertThat(monitor.tick().outcome()).isEqualTo(Outcome.BLIND);
  }

  @Test
  void tick_eachOne_isHeardByTheHeartbeat() {
    seen(HIGH_ERROR_RATE, Verdict.OK);
    var tick = tick();

    assertThat(beats).containsExactly(tick);
    assertThat(monitor.toString()).isEqualTo(tick.toString());
    assertThat(tick.toString()).startsWith("tick at 2026-11-23T03:00:00Z: looked, 0 ms\n  R2 OK");
  }

  @Test
  void tick_heartbeatBreaks_goesOnAndSaysSo() {
    try (var other =
        monitor()
            .heartbeat(
                tick -> {
                  throw new IllegalStateException("no " + SECRET.reveal());
                })
            .build()) {
      assertThat(other.tick().notes()).singleElement().asString().contains("heartbeat failed");
    }
  }

  @Test
  void metrics_ofAMonitor_tellVerdictsAndHowOldTheyAre() {
    assertThat(monitor.metrics())
        .contains("hotdash_ops_monitor_tick_age_seconds +Inf\n", "hotdash_ops_monitor_troubled 1\n")
        .doesNotContain("incident=");
    seen(HIGH_ERROR_RATE, Verdict.PROBLEM);
    seen(SLOW_RESPONSE_TIMES, Verdict.UNKNOWN);
    ticks(2);

    assertThat(monitor.metrics())
        .contains(
            "hotdash_ops_monitor_tick_age_seconds 300.0\n",
            "hotdash_ops_monitor_leads 1\n",
            "hotdash_ops_incident_open{incident=\"R2\",name=\"high-error-rate\"} 1\n",
            "hotdash_ops_incident_problem{incident=\"R2\",name=\"high-error-rate\"} 1\n",
            "hotdash_ops_incident_ok{incident=\"R2\",name=\"high-error-rate\"} 0\n",
            "hotdash_ops_incident_unknown{incident=\"R1\",name=\"slow-response-times\"} 1\n")
        .doesNotContain("canary");
    clock.advance(Duration.ofHours(1));
    assertThat(monitor.metrics()).as("it died").contains("tick_age_seconds 3900.0\n");
  }

  @Test
  void tick_besideAnother_isSkipped() throws Exception {
    var inside = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    Look slow =
        deadline -> {
          inside.countDown();
          await(goOn);
          return List.of();
        };
    try (var other = Monitor.builder(slow, escalation()).time(clock.time()).build()) {
      var thread = new Thread(other::tick);
      thread.start();
      await(inside);

      var second = other.tick();
      goOn.countDown();
      thread.join(10_000);

      assertThat(second.outcome()).isEqualTo(Outcome.SKIPPED);
      assertThat(second.troubled()).isTrue();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void tick_closed_looksNoMoreAndTellsNobody() {
    seen(HIGH_ERROR_RATE, Verdict.PROBLEM);
    var monitor = monitor().build();
    monitor.tick();
    monitor.close();

    var tick = monitor.tick();

    assertThat(tick.outcome()).isEqualTo(Outcome.SKIPPED);
    assertThat(tick.notes()).singleElement().asString().contains("this monitor is closed");
    assertThat(told).isEmpty();
  }

  @Test
  void oneOf_twoProcesses_secondFollowsUntilTheFirstHasGone() {
    var locks = new InProcessLocks();
    seen(HIGH_ERROR_RATE, Verdict.PROBLEM);
    var first = monitor().oneOf(locks, "hotdash", "process one").build();
    try (var second = monitor().oneOf(locks, "hotdash", "process two").build()) {
      first.tick();
      first.tick();
      var follows = second.tick();
      second.tick();

      assertThat(follows.outcome()).isEqualTo(Outcome.FOLLOWS);
      assertThat(follows.notes()).containsExactly("process one watches");
      assertThat(follows.troubled()).isFalse();
      assertThat(told).hasSize(1);

      first.close();
      first.close();
      assertThat(second.tick().outcome()).isEqualTo(Outcome.LOOKED);
    }
  }

  @Test
  void oneOf_lockLost_isTakenAgainOrLeft() {
    var locks = new LosingLocks();
    try (var first = monitor().oneOf(locks, "hotdash", "one").build();
        var second = monitor().oneOf(locks, "hotdash", "two").build()) {
      assertThat(first.tick().outcome()).isEqualTo(Outcome.BLIND);
      locks.holder = null;
      assertThat(second.tick().outcome()).isEqualTo(Outcome.BLIND);
      assertThat(first.tick().outcome()).isEqualTo(Outcome.FOLLOWS);
    }
  }

  @Test
  void oneOf_storeFails_watchesAllTheSameAndSaysSo() {
    Locks broken =
        (resource, holder) -> {
          throw new ConfigurationException(Fault.of("database", "lock", "no connection left"));
        };
    seen(HIGH_ERROR_RATE, Verdict.OK);
    try (var other = monitor().oneOf(broken, "hotdash", "one").build()) {
      var tick = other.tick();

      assertThat(tick.outcome()).isEqualTo(Outcome.LOOKED);
      assertThat(tick.notes())
          .containsExactly("no connection left: watching, although another may watch as well");
    }
  }

  @Test
  void triage_unfinished_countsProblemsOnly() {
    var report =
        new TriageReport(
            new Estate("production", List.of()),
            clock.now(),
            false,
            List.of(
                new Ranked(Diagnoses.of(HIGH_ERROR_RATE, Verdict.PROBLEM), List.of()),
                new Ranked(Diagnoses.of(SLOW_RESPONSE_TIMES, Verdict.OK), List.of())),
            List.of());

    var seen = Look.triage(deadline -> report).look(clock.time().deadline(Duration.ofSeconds(1)));

    assertThat(seen).extracting(Diagnosis::incident).containsExactly(HIGH_ERROR_RATE);
  }

  @Test
  void tick_allIncidentsInTrouble_fitsOneScreen() {
    answer = Status.FAILED;
    for (var incident : Incident.values()) {
      world.put(
          incident, Diagnoses.of(incident, Diagnoses.problem(Severity.CRITICAL, "x".repeat(300))));
    }
    var tick = ticks(2);

    assertThat(tick.toString().lines()).hasSizeLessThanOrEqualTo(24);
    assertThat(tick.toString().lines().mapToInt(String::length).max().orElse(0))
        .isLessThanOrEqualTo(100);
  }

  /** Locks that forget who has them, as a database does after its connections broke. */
  private static final class LosingLocks implements Locks {
    @Nullable String holder;

    @Override
    public Attempt tryAcquire(String resource, String who) {
      var other = holder;
      if (other != null) {
        return new Attempt.HeldBy(other);
      }
      holder = who;
      return new Attempt.Held() {
        @Override
        public boolean stillHeld() {
          return who.equals(holder);
        }

        @Override
        public void close() {
          if (who.equals(holder)) {
            holder = null;
          }
        }
      };
    }
  }
}
