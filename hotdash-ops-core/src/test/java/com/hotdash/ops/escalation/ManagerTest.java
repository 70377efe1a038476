package com.hotdash.ops.escalation;

import static com.hotdash.ops.escalation.Diagnoses.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.escalation.Delivery.Status;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.procedure.ErrorSigns.Fleet;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ManagerTest {
  private static final Secret SECRET = Secret.of("canary-of-managers");
  private static final Diagnosis URGENT =
      Diagnoses.of(
          Incident.MEMORY_CPU_ISSUES, problem(Severity.CRITICAL, "killed " + SECRET.reveal()));

  private static final NoticePolicy POLICY = new NoticePolicy(Duration.ofMinutes(30), 3);

  private final ManualTime clock = new ManualTime();
  private final StringBuilder written = new StringBuilder();
  private final List<Notice> told = new ArrayList<>();
  private final Redactor redactor = Redactor.of(List.of(SECRET));
  private Status answer = Status.CREATED;

  private final Notifier manager =
      new Notifier() {
        @Override
        public String name() {
          return "mail";
        }

        @Override
        public Delivery tell(Notice notice, Deadline deadline) {
          assertThat(deadline.expired()).isFalse();
          told.add(notice);
          return Delivery.of(answer, name(), "as told");
        }
      };

  private Manager manager(Notifier... ways) {
    return new Manager(List.of(ways), POLICY, clock.time());
  }

  private Escalation escalation(Notifier... managers) {
    return new Escalation(
        "production",
        List.of(new WrittenAlerts("a file", written, redactor)),
        manager(managers),
        redactor,
        clock.time());
  }

  @Test
  void issue_urgent_tellsTheManagerBesides() {
    var delivery = escalation(manager).issue(URGENT);

    assertThat(delivery.status()).isEqualTo(Status.CREATED);
    assertThat(delivery.toString()).contains("besides: CREATED (mail): as told");
    assertThat(told).hasSize(1);
    assertThat(told.get(0).urgency().priority()).isEqualTo(Priority.P1);
    assertThat(told.get(0) + " " + told.get(0).urgency())
        .contains("P1 [production] Memory/CPU issues: killed ***", "users are hurt now")
        .doesNotContain(SECRET.reveal());
  }

  @ParameterizedTest
  @EnumSource(Verdict.class)
  void issue_notUrgent_leavesTheManagerAlone(Verdict verdict) {
    var delivery = escalation(manager).issue(Diagnoses.of(Incident.MEMORY_CPU_ISSUES, verdict));

    assertThat(told).isEmpty();
    assertThat(delivery.besides()).isEmpty();
  }

  @Test
  void issue_outage_isFiledUnderWhatTheWorkflowsUse() {
    var labels = new ArrayList<String>();
    var place =
        new AlertSink() {
          @Override
          public String name() {
            return "issues";
          }

          @Override
          public Delivery raise(Alert alert, Deadline deadline) {
            labels.addAll(alert.labels());
            return Delivery.of(Status.CREATED, name(), 77, "https://example.com/77", "created");
          }

          @Override
          public Delivery resolve(AlertKey key, Page figures, Deadline deadline) {
            return Delivery.of(Status.SUPPRESSED, name(), "nothing is open");
          }
        };
    var down =
        Diagnoses.of(Incident.HIGH_ERROR_RATE, new Fleet(new Machines(List.of()), true, List.of()));

    new Escalation("production", List.of(place), manager(manager), redactor, clock.time())
        .issue(down);

    assertThat(labels).containsExactly("monitoring", "priority:high", "P0", "downtime", "critical");
    assertThat(told.get(0).address()).isEqualTo("https://example.com/77");
  }

  @Test
  void issue_urgentAndNoWayToTheManager_saysSo() {
    var delivery = escalation().issue(URGENT);

    assertThat(delivery.delivered()).as("the issue").isTrue();
    assertThat(delivery.toString())
        .contains("besides: NOBODY WAS TOLD (the manager)", "HOTDASH_OPS_NOTIFY_URL");
  }

  @Test
  void issue_oneManagerBreaksItsWord_theNextIsToldAll() {
    Notifier broken =
        new Notifier() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public Delivery tell(Notice notice, Deadline deadline) {
            throw new IllegalStateException("cannot log in with " + SECRET.reveal());
          }
        };

    var delivery =
        escalation(Notifier.unusable("chat", "set its address"), broken, manager).issue(URGENT);

    assertThat(delivery.besides())
        .extracting(Delivery::status)
        .containsExactly(Status.FAILED, Status.UNCERTAIN, Status.CREATED);
    assertThat(delivery.toString()).contains("set its address").doesNotContain(SECRET.reveal());
  }

  /** Where no place keeps entries, a process counts by itself. */
  @Test
  void issue_again_tellsTheManagerByThePolicyOrWhenWorse() {
    var escalation = escalation(manager);

    escalation.issue(URGENT);
    assertThat(escalation.issue(URGENT).toString())
        .contains("SUPPRESSED (mail): told once, at ", "again after 30 min", "keeps no entries");
    assertThat(told).hasSize(1);
    assertThat(told.get(0).reply()).contains("no place keeps an entry", "2 more times");

    var worse = new Fleet(new Machines(List.of()), true, List.of());
    escalation.issue(Diagnoses.of(Incident.MEMORY_CPU_ISSUES, worse));
    assertThat(told).as("it is worse").hasSize(2);

    escalation.issue(Diagnoses.of(Incident.SLOW_RESPONSE_TIMES, worse));
    assertThat(told).as("it is another problem").hasSize(3);

    clock.advance(Duration.ofMinutes(31));
    escalation.issue(URGENT);
    assertThat(told).as("nobody acknowledged it").hasSize(4);
  }

  @Test
  void remind_nobodyAcknowledges_endsAndSaysSoUntilTheProblemIsOver() {
    var escalation = escalation(manager);
    escalation.issue(URGENT);
    for (int i = 0; i < 20; i++) {
      clock.advance(Duration.ofMinutes(5));
      escalation.remind(URGENT);
    }

    assertThat(told).hasSize(3);
    assertThat(escalation.issue(URGENT).toString()).contains("3 times told", "call somebody");
    assertThat(escalation.remind(URGENT)).isEmpty();

    escalation.over(Incident.MEMORY_CPU_ISSUES, "", Page.builder().build());
    assertThat(escalation.remind(URGENT)).as("it came back").isPresent();
    assertThat(escalation().remind(URGENT)).as("nobody to tell").isEmpty();
  }

  @Test
  void issue_managerNotReached_isTriedAgainAndDoesNotCount() {
    var escalation = escalation(manager);
    answer = Status.UNCERTAIN;
    escalation.issue(URGENT);
    escalation.issue(URGENT);

    assertThat(told).hasSize(2);
    assertThatThrownBy(() -> new NoticePolicy(Duration.ZERO, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new NoticePolicy(Duration.ofMinutes(1), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void comment_firstPlaceHasNothingOpen_nextOneGetsIt() {
    AlertSink other =
        new AlertSink() {
          @Override
          public String name() {
            return "pager";
          }

          @Override
          public Delivery raise(Alert alert, Deadline deadline) {
            return Delivery.of(Status.CREATED, name(), "paged");
          }

          @Override
          public Delivery resolve(AlertKey key, Page figures, Deadline deadline) {
            return Delivery.of(Status.SUPPRESSED, name(), "nothing");
          }
        };
    var escalation =
        new Escalation(
            "production",
            List.of(other, new WrittenAlerts("a file", written, redactor)),
            redactor,
            clock.time());
    var page = Page.builder().paragraph("restart m1 " + SECRET.reveal()).build();

    var delivery = escalation.comment(Incident.MEMORY_CPU_ISSUES, "", "A plan", page);

    assertThat(delivery.status()).isEqualTo(Status.COMMENTED);
    assertThat(delivery.toString()).contains("before it: NOBODY WAS TOLD (pager)");
    assertThat(written.toString())
        .contains("ABOUT [production] Memory/CPU issues: A plan", "restart m1 ***");
  }

  @Test
  void comment_nowhere_isLoud() {
    var escalation = new Escalation("production", List.of(), redactor, clock.time());
    var page = Page.builder().build();

    assertThat(escalation.comment(Incident.MEMORY_CPU_ISSUES, "", "A plan", page).toString())
        .startsWith("NOBODY WAS TOLD");
    assertThat(escalation.warn(Incident.MEMORY_CPU_ISSUES, "x", "y", page).toString())
        .startsWith("NOBODY WAS TOLD");
  }
}
