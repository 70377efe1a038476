package com.hotdash.ops.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.escalation.AlertKey;
import com.hotdash.ops.escalation.Escalation;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.monitor.Monitor;
import com.hotdash.ops.monitor.MonitorSettings;
import com.hotdash.ops.monitor.Tick;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.procedure.ErrorSigns.Fleet;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.github.GitHubServer;
import com.hotdash.ops.testkit.github.Repository;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Issues that open and close by themselves, and those that are nobody's but people's. */
class MonitorIssuesTest {
  private static final Secret TOKEN = Secret.of("github_pat_monitor_0123456789");
  private static final Incident INCIDENT = Incident.HIGH_ERROR_RATE;
  private static final AlertKey KEY = new AlertKey("production", INCIDENT, "");

  private final FakeTime time = FakeTime.startingAt(Instant.parse("2026-11-23T03:00:00Z"));
  private final GitHubServer github = GitHubServer.start(time.time());
  private final Repository hotdash = github.repository("acme", "hotdash");
  private Verdict verdict = Verdict.PROBLEM;
  private GitHubClient client;
  private Monitor monitor;

  @BeforeEach
  void start() {
    github.grantAll(TOKEN, hotdash);
    client =
        GitHubClient.builder()
            .token(TOKEN)
            .repository("acme/hotdash")
            .baseUrl(github.address().toString())
            .time(time.time())
            .build();
    var escalation =
        new Escalation(
            "production", List.of(client.alerts(Redactor.SHAPES)), Redactor.SHAPES, time.time());
    monitor =
        Monitor.builder(deadline -> List.of(diagnosis()), escalation).time(time.time()).build();
  }

  @AfterEach
  void stop() {
    monitor.close();
    client.close();
    github.close();
  }

  private Diagnosis diagnosis() {
    var down = new Fleet(new Machines(List.of()), true, List.of());
    return new Diagnosis(
        INCIDENT,
        new Estate("production", List.of()),
        time.time().now(),
        verdict,
        verdict == Verdict.PROBLEM ? List.of(down) : List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private Tick ticks(int times) {
    Tick tick = monitor.tick();
    time.advance(Duration.ofMinutes(5));
    return times == 1 ? tick : ticks(times - 1);
  }

  @Test
  void tick_overForLongEnough_closesOurIssueAndNoOther() {
    hotdash.issue("Errors!", "a person's own", "production", "monitoring", GitHubIssues.LABEL);
    hotdash.issue(
        "A log", "> " + Marker.of(KEY).line(KEY) + "\nand more", "production", GitHubIssues.LABEL);
    ticks(MonitorSettings.DEFAULT.openAfter());
    assertThat(hotdash.openIssues()).isEqualTo(3);

    verdict = Verdict.OK;
    ticks(MonitorSettings.DEFAULT.closeAfter() - 1);
    assertThat(hotdash.openIssues()).as("not yet for long enough").isEqualTo(3);
    verdict = Verdict.UNKNOWN;
    ticks(1);
    assertThat(hotdash.openIssues()).as("nobody could look").isEqualTo(3);
    verdict = Verdict.OK;
    var last = ticks(1);

    assertThat(last.events()).extracting(Tick.Event::what).containsExactly(Tick.What.CLOSED);
    assertThat(hotdash.openIssues()).as("people's own").isEqualTo(2);
    assertThat(hotdash.comments(3)).last().asString().startsWith("It is over, which was measured.");
  }
}
