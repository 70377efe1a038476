package com.hotdash.ops.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.database.SickDatabase;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.escalation.Delivery;
import com.hotdash.ops.escalation.Delivery.Status;
import com.hotdash.ops.escalation.Diagnoses;
import com.hotdash.ops.escalation.Notice;
import com.hotdash.ops.escalation.Notifier;
import com.hotdash.ops.escalation.WrittenAlerts;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.monitor.Tick;
import com.hotdash.ops.monitor.Watch.Result;
import com.hotdash.ops.resolution.InProcessLocks;
import com.hotdash.ops.resolution.JournalEntry;
import com.hotdash.ops.resolution.MemoryJournal;
import com.hotdash.ops.resolution.Pace;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Deadline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchingTest {
  private static final String KEY = "canary0notify0key";

  private final SickDatabase database = new SickDatabase();
  private final StringBuilder written = new StringBuilder();
  private final List<Notice> told = new ArrayList<>();

  private final Notifier manager =
      new Notifier() {
        @Override
        public String name() {
          return "mail";
        }

        @Override
        public Delivery tell(Notice notice, Deadline deadline) {
          told.add(notice);
          return Delivery.of(Status.CREATED, name(), "as told");
        }
      };

  private RunbookBuilder builder() {
    return RunbookProcedures.builder()
        .time(database.clock.time())
        .environmentName("production")
        .operator("sam")
        .database(database)
        .notifier(manager)
        .alerts(new WrittenAlerts("a file", written, Redactor.SHAPES));
  }

  private static Diagnosis urgent() {
    return Diagnoses.of(Incident.MEMORY_CPU_ISSUES, Diagnoses.problem(Severity.CRITICAL, "killed"));
  }

  @Test
  void monitor_ticks_judgeAllIncidentsAndTellOfThem() {
    try (var runbook = builder().build();
        var monitor = runbook.monitor()) {
      var tick = monitor.tick();
      database.clock.advance(Duration.ofMinutes(5));

      assertThat(tick.outcome()).isEqualTo(Tick.Outcome.LOOKED);
      assertThat(tick.incidents())
          .extracting(Tick.State::incident)
          .contains(Incident.DATABASE_CONNECTION_ISSUES, Incident.HIGH_ERROR_RATE);
      assertThat(tick.toString()).contains("R2 UNKNOWN");
    }
  }

  @Test
  void monitor_ofTheSameRunbookTwice_oneWatches() {
    try (var runbook = builder().build();
        var first = runbook.monitor();
        var second = runbook.as("alex").monitor()) {
      first.tick();

      assertThat(second.tick().notes()).singleElement().asString().startsWith("sam, process ");
    }
  }

  @Test
  void watch_healthyDatabase_isStableAndAnUnconfiguredRestIsInconclusive() {
    try (var runbook = builder().build()) {
      var all = runbook.watch(Duration.ofMinutes(3));

      assertThat(all.result()).isEqualTo(Result.INCONCLUSIVE);
      assertThat(all.next()).isEmpty();
    }
  }

  @Test
  void capture_whatIsThere_isPutDown() {
    database.idleInTransaction(4711, Duration.ofMinutes(9));
    try (var runbook = builder().build()) {
      var capture = runbook.capture();

      assertThat(capture.page().toText(100)).contains("4711@", "production");
      assertThat(capture.missing()).isNotEmpty();
    }
  }

  @Test
  void escalate_urgentTwice_tellsTheManagerOnceAlsoAsSomebodyElse() {
    try (var runbook = builder().build()) {
      runbook.escalate(urgent());
      var again = runbook.as("alex").escalate(urgent());

      assertThat(told).hasSize(1);
      assertThat(again.besides()).extracting(Delivery::status).containsExactly(Status.SUPPRESSED);
    }
  }

  @Test
  void escalationDue_unknown_isDue() {
    try (var runbook = builder().build()) {
      var unknown = Diagnoses.of(Incident.HIGH_ERROR_RATE, Verdict.UNKNOWN);

      assertThat(runbook.escalationDue(unknown, database.clock.now()).due()).isTrue();
      assertThat(runbook.escalationDue(urgent(), database.clock.now()).due()).isFalse();
    }
  }

  /**
   * In an incident of the database its journal is silent, and what stood by counts all the more.
   */
  @Test
  void escalationDue_triedByWhatStoodBy_counts() {
    var beside = new MemoryJournal();
    var now = database.clock.now();
    var target = new Target("app", "hotdash", "app hotdash");
    var proposal =
        new Proposal(
            "test.act",
            target,
            Map.of(),
            List.of(),
            Map.of(),
            Pace.CAREFUL,
            List.of(),
            List.of(),
            List.of());
    for (var id : List.of("x-1", "x-2")) {
      beside.append(new JournalEntry.Started(id, now, "d", proposal, "sam", "why", Map.of(), null));
    }
    try (var runbook = builder().standby(beside, new InProcessLocks()).build()) {
      assertThat(runbook.escalationDue(urgent(), now).toString())
          .contains("ESCALATE: 2 attempts were made, 2 are allowed");
      assertThat(runbook.vendorBundle("Platform Inc.", now, urgent()).toString())
          .contains("test.act on app hotdash");
    }
  }

  @Test
  void vendorBundle_ofADiagnosis_namesTheEstate() {
    try (var runbook = builder().build()) {
      assertThat(runbook.vendorBundle("Platform Inc.", database.clock.now(), urgent()).toString())
          .contains("For the support of Platform Inc.", "db.example.com", "killed");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://hooks.example.com/services/" + KEY,
        "https://hooks.example.com",
        KEY,
        "https://localhost:1/services/" + KEY
      })
  void notifyUrl_thatDoesNotWork_isToldAndNeverShown(String url, @TempDir Path folder) {
    var variables =
        Map.of(
            "HOTDASH_OPS_NOTIFY_URL",
            url,
            "HOTDASH_OPS_JOURNAL",
            folder.resolve("journal.jsonl").toString());
    try (var runbook = RunbookProcedures.builder().environment(Environment.of(variables)).build()) {
      var delivery = runbook.escalate(urgent());

      assertThat(delivery.besides()).hasSize(1);
      assertThat(delivery.besides().get(0).delivered()).isFalse();
      assertThat(delivery.toString() + runbook).contains("webhook").doesNotContain(KEY);
      assertThat(runbook.redactor().redact("posted to " + url)).doesNotContain(KEY);
    }
  }
}
