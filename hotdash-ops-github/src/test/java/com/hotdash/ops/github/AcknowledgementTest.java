package com.hotdash.ops.github;

import static com.hotdash.ops.escalation.Priority.P0;
import static com.hotdash.ops.escalation.Priority.P1;
import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.escalation.Delivery;
import com.hotdash.ops.escalation.Delivery.Status;
import com.hotdash.ops.escalation.Notice;
import com.hotdash.ops.escalation.NoticePolicy;
import com.hotdash.ops.escalation.Notifier;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.procedure.ErrorSigns.Fleet;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.github.GitHubServer;
import com.hotdash.ops.testkit.github.Repository;
import com.hotdash.ops.testkit.web.WebFault;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two processes that share nothing but the issue tell the manager as one would. */
class AcknowledgementTest {
  private static final Secret TOKEN = Secret.of("github_pat_acknowledge_0123456789");
  private static final Incident INCIDENT = Incident.HIGH_ERROR_RATE;
  private static final NoticePolicy POLICY = new NoticePolicy(Duration.ofMinutes(15), 3);

  private final FakeTime time = FakeTime.startingAt(Instant.parse("2026-11-23T03:00:00Z"));
  private final GitHubServer github = GitHubServer.start(time.time());
  private final Repository hotdash = github.repository("acme", "hotdash");
  private final List<Notice> told = new ArrayList<>();
  private RunbookProcedures first;
  private RunbookProcedures second;

  @BeforeEach
  void start() {
    github.grantAll(TOKEN, hotdash);
    first = process("sam");
    second = process("alex");
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
    github.close();
  }

  private RunbookProcedures process(String operator) {
    var variables =
        Map.of(
            "GITHUB_TOKEN",
            TOKEN.reveal(),
            "GITHUB_REPOSITORY",
            "acme/hotdash",
            "GITHUB_API_URL",
            github.address().toString());
    var builder =
        RunbookProcedures.builder()
            .environmentName("production")
            .operator(operator)
            .time(time.time())
            .noticePolicy(POLICY)
            .notifier(
                new Notifier() {
                  @Override
                  public String name() {
                    return "mail";
                  }

                  @Override
                  public Delivery tell(Notice notice, Deadline deadline) {
                    told.add(notice);
                    return Delivery.of(Status.CREATED, name(), "sent");
                  }
                });
    new GitHubVendorModule().configure(Environment.of(variables), builder);
    return builder.build();
  }

  /** P0: no machine serves. */
  private Diagnosis outage() {
    return diagnosis(new Fleet(new Machines(List.of()), true, List.of()));
  }

  private Diagnosis diagnosis(Finding finding) {
    return new Diagnosis(
        INCIDENT,
        new Estate("production", List.of()),
        time.time().now(),
        Verdict.PROBLEM,
        List.of(finding),
        List.of(),
        List.of(),
        List.of());
  }

  /** Both look every five minutes, as two monitors without a common lock would. */
  private void watched(Duration howLong) {
    for (var end = time.time().now().plus(howLong); time.time().now().isBefore(end); ) {
      first.escalation().remind(outage());
      second.escalation().remind(outage());
      time.advance(Duration.ofMinutes(5));
    }
  }

  @Test
  void issue_nobodyAcknowledges_isToldSoManyTimesByAllProcessesTogether() {
    first.escalate(outage());
    var again = second.escalate(outage());

    assertThat(told).hasSize(1);
    assertThat(told.get(0).address()).endsWith("/issues/1");
    assertThat(told.get(0).reply()).contains("/ack", "Incident.HIGH_ERROR_RATE", "2 more times");
    assertThat(again.toString()).contains("told once", "again after 15 min");

    watched(Duration.ofHours(2));

    assertThat(told).hasSize(3);
    assertThat(told.get(1).address()).as("of a mere reminder").endsWith("/issues/1");
    assertThat(second.escalate(outage()).toString())
        .contains("3 times told", "nobody acknowledged it: call somebody");
    assertThat(hotdash.comments(1))
        .filteredOn(each -> each.startsWith("Manager told: P0"))
        .hasSize(3);
  }

  @Test
  void acknowledge_inOneProcess_keepsTheOtherSilentToo() {
    first.escalate(outage());
    time.advance(Duration.ofMinutes(2));

    var delivery = second.acknowledge(INCIDENT, "looking at the machines");
    watched(Duration.ofHours(2));

    assertThat(delivery.status()).as(delivery.toString()).isEqualTo(Status.COMMENTED);
    assertThat(hotdash.comments(1)).anyMatch(each -> each.startsWith("/ack by alex\n"));
    assertThat(told).hasSize(1);
    assertThat(first.escalate(outage()).toString()).contains("acknowledged it at 2026-11-23T03:02");
  }

  @ParameterizedTest
  @CsvSource({
    "MEMBER, /ack, 1",
    "OWNER, /ACK on it, 1",
    "NONE, /ack, 3",
    "MEMBER, I saw no /ack, 3",
    "MEMBER, /acknowledgement, 3",
  })
  void comment_ofAPerson_countsByItsFirstWordAndByWhoItIs(
      String association, String text, int times) {
    first.escalate(outage());
    time.advance(Duration.ofMinutes(1));
    hotdash.comment(1, "lee", association, text + "\n\nmore");

    watched(Duration.ofHours(2));

    assertThat(told).hasSize(times);
  }

  @Test
  void acknowledge_thenItComesBackOrOutlastsTheShift_isToldAnew() {
    first.escalate(outage());
    first.acknowledge(INCIDENT, "on it");
    first.escalation().over(INCIDENT, "", Page.builder().paragraph("0.1 %").build());
    time.advance(Duration.ofHours(1));

    assertThat(second.escalate(outage()).status()).isEqualTo(Status.REOPENED);
    assertThat(told).as("it is back, and nobody has said to be on it").hasSize(2);

    second.acknowledge(INCIDENT, "again");
    time.advance(Duration.ofHours(13));
    second.escalate(outage());
    assertThat(told).as("a shift later").hasSize(3);
  }

  @Test
  void remind_issuesNotToBeRead_tellsAllTheSameAndSaysWhatWasNotSeen() {
    first.escalate(outage());
    time.advance(Duration.ofMinutes(20));
    github.site().fault("GET", ".*/issues.*", 20, WebFault.closeAfter());

    var delivery = second.escalation().remind(outage());

    assertThat(delivery).isPresent();
    assertThat(told).hasSize(2);
    assertThat(told.get(1).reply()).contains("no place keeps an entry");
  }

  @Test
  void acknowledge_nothingOpenOrNobodyNamed_isLoud() {
    assertThat(first.acknowledge(INCIDENT, "on it").toString()).startsWith("NOBODY WAS TOLD");
    try (var nameless = RunbookProcedures.builder().build()) {
      assertThat(nameless.acknowledge(INCIDENT, "on it").toString())
          .contains("HOTDASH_OPS_OPERATOR");
    }
  }

  /** What was acknowledged as an urgent problem is not yet acknowledged as an outage. */
  @Test
  void issue_worseThanWhatWasAcknowledged_isToldAtOnce() {
    first.escalate(diagnosis(new Hurts()));
    second.acknowledge(INCIDENT, "on it");
    assertThat(first.escalate(diagnosis(new Hurts())).toString()).contains("acknowledged it");
    assertThat(told).hasSize(1);

    first.escalate(outage());

    assertThat(told).extracting(each -> each.urgency().priority()).containsExactly(P1, P0);
    assertThat(second.escalate(diagnosis(new Hurts())).besides())
        .as("it was told as something worse")
        .extracting(Delivery::status)
        .containsExactly(Status.SUPPRESSED);
  }

  private record Hurts() implements Finding {
    @Override
    public String id() {
      return "test.hurts";
    }

    @Override
    public Severity weight() {
      return Severity.CRITICAL;
    }

    @Override
    public Verdict verdict() {
      return Verdict.PROBLEM;
    }

    @Override
    public String summary() {
      return "orders fail";
    }

    @Override
    public List<Evidence> evidence() {
      return List.of();
    }
  }
}
