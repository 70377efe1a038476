package com.hotdash.ops.examples.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.resolution.Verification;
import com.hotdash.ops.resolution.Verification.Result;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.text.Plot;
import com.hotdash.ops.text.Plot.Marker;
import com.hotdash.ops.text.Plot.Point;
import com.hotdash.ops.text.Plot.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GameDayReportTest {
  private static final Instant AT = Instant.parse("2026-03-01T03:00:00Z");

  @Test
  void exitCode_everyIncidentVerified_isZero() {
    var report = report(result(Result.CURED), result(new CrowdDrill(), Result.CURED));

    assertThat(report.exitCode()).isZero();
    assertThat(report.summary().toText(Page.DEFAULT_WIDTH)).contains("[VERIFIED] 2 of 2 incidents");
  }

  @ParameterizedTest
  @EnumSource(
      value = Result.class,
      names = {"NOT_CURED", "INCONCLUSIVE"})
  void exitCode_oneNotCured_isOne(Result other) {
    var report = report(result(new CrowdDrill(), Result.CURED), result(other));

    assertThat(report.exitCode()).isEqualTo(1);
    assertThat(report.summary().toText(Page.DEFAULT_WIDTH)).contains("[FAILED] 1 of 2 incidents");
  }

  @Test
  void summary_oneOfTwoDrillsOfAnIncidentFailed_countsTheIncidentAsFailed() {
    var report = report(result(Result.CURED), result(Result.NOT_CURED));

    assertThat(report.summary().toText(Page.DEFAULT_WIDTH))
        .contains("[FAILED] 0 of 1 incident was");
  }

  @Test
  void exitCode_curedButTheUserSawAnError_isOne() {
    var harmed = result(Result.CURED);
    harmed.fared("Healthy pool", "100 uses, 2 errors", 2);
    harmed.require(false, "the healthy pool's user saw 2 errors");

    var report = report(harmed);

    assertThat(report.exitCode()).isEqualTo(1);
    assertThat(report.report().text(Redactor.SHAPES))
        .contains("[FAILED] the healthy pool's user", "somebody's way 2 times");
  }

  @Test
  void exitCode_brokeOffBeforeAnything_isOneAndStillReports() {
    var report = report(new DrillResult(new IdleTransactionDrill()));

    assertThat(report.exitCode()).isEqualTo(1);
    assertThat(report.report().text(Redactor.SHAPES)).contains("nothing was done");
  }

  @Test
  void exitCode_noIncidentAtAll_isOne() {
    assertThat(report().exitCode()).isEqualTo(1);
  }

  @Test
  void summary_hundredColumns_cutsNothing() {
    var results =
        Stream.of(
                new CrowdDrill(),
                new BadReleaseDrill(),
                new FailedDeployDrill(),
                new IdleTransactionDrill(),
                new LeakedTransactionsDrill(),
                new QueuedAlterDrill(),
                new LostWebhooksDrill(),
                new OutOfMemoryDrill(),
                new HangingMachineDrill(),
                new TwoSecretsDrill())
            .map(drill -> result(drill, Result.CURED))
            .toList();

    var text = new GameDayReport(List.of("here"), results).summary().toText(Page.DEFAULT_WIDTH);

    assertThat(text).doesNotContain("…");
    assertThat(text.lines()).allMatch(line -> line.length() <= Page.DEFAULT_WIDTH);
  }

  @Test
  void write_report_leavesThreeFilesWithoutSecrets(@TempDir Path directory) throws IOException {
    var result = result(Result.CURED);
    result.fail("FATAL: password=hunter2hunter2 of shhh-very-secret");
    var redactor = Redactor.SHAPES.and(Redactor.of(List.of(Secret.of("shhh-very-secret"))));

    var html = ReportFiles.write(report(result).report(), redactor, directory.resolve("new"));

    assertThat(html).hasFileName("report.html");
    for (var name : List.of("report.html", "report.md", "report.json")) {
      assertThat(Files.readString(directory.resolve("new").resolve(name)))
          .contains("Idle transaction blocks requests")
          .doesNotContain("hunter2hunter2", "shhh-very-secret");
    }
    assertThat(Files.readString(html)).contains("<svg", "fault injected");
  }

  private static GameDayReport report(DrillResult... results) {
    return new GameDayReport(List.of("a server"), List.of(results));
  }

  private static DrillResult result(Result answer) {
    return result(new IdleTransactionDrill(), answer);
  }

  private static DrillResult result(Drill drill, Result answer) {
    var result = new DrillResult(drill);
    result.diagnosed(
        new Diagnosis(
            Incident.DATABASE_CONNECTION_ISSUES,
            new Estate("game day", List.of()),
            AT,
            Verdict.UNKNOWN,
            List.of(),
            List.of(),
            List.of(),
            List.of()),
        Duration.ofMillis(12_340));
    result.verified(new Verification(answer, "nobody waits", "0 sessions wait", List.of()));
    result.fared("Healthy pool", "300 uses, 0 errors", 0);
    result.mark(new Marker(AT.plusSeconds(1), "fault injected"));
    var slots = List.of(new Point(AT, 29), new Point(AT.plusSeconds(2), 16));
    result.saw(new Plot("Slots", "", List.of(Series.steps("free", slots)), List.of()));
    return result;
  }
}
