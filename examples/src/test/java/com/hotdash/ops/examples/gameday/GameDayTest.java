package com.hotdash.ops.examples.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.time.Time;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class GameDayTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @TempDir private Path directory;

  @Test
  void run_unknownArgument_isUsageInOneLine() {
    int code = run(List.of("--production"), Map.of());

    assertThat(code).isEqualTo(2);
    assertThat(printed().lines()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "R0", "R9", "d", "R2 R4"})
  void run_unknownIncident_isUsageAndNamesThoseThatAre(String typed) {
    int code = run(List.of("--incident", typed), Map.of());

    assertThat(code).isEqualTo(2);
    assertThat(printed()).contains("--incident R1 to R8");
  }

  @Test
  void run_badReleaseOnSimulatedFly_isCuredAndLeavesAPlot() {
    int code = run(List.of("--incident", "high-error-rate"), Map.of());

    assertThat(code).as(printed()).isZero();
    assertThat(printed()).contains("[VERIFIED] 1 of 1", "4 machines rolled back");
    assertThat(directory.resolve("report.html"))
        .content()
        .contains(
            "<svg", "bad release", "Triage with the fault", "first step", "last step", "cured")
        .doesNotContain("<script", "fm2_", "src=\"http");
  }

  @Test
  void run_webhookDeletedBySimulatedShopify_isMadeAgainAndLeavesAPlot() {
    int code = run(List.of("--incident=R5"), Map.of());

    assertThat(code).as(printed()).isZero();
    assertThat(printed()).contains("[VERIFIED] 1 of 1", "1 webhook made again");
    assertThat(directory.resolve("report.html"))
        .content()
        .contains("<svg", "webhooks fail", "HotDash is well again", "first step", "cured")
        .doesNotContain("<script", "fm2_", "shpat_", "src=\"http");
  }

  @Test
  void run_realWithoutDatabase_isUsageAndNamesTheVariable() {
    int code = run(List.of("--real"), Map.of());

    assertThat(code).isEqualTo(2);
    assertThat(printed()).contains("DATABASE_URL is not set");
  }

  @Test
  void run_realButNobodyListens_isProblemAndLeavesAReport() {
    var url = "postgres://ops:Kanarienvogel-4711@127.0.0.1:1/hotdash";

    int code = run(List.of("--real"), Map.of("DATABASE_URL", url));

    assertThat(code).isEqualTo(1);
    assertThat(printed()).contains("[PROBLEM]", "nothing was changed").doesNotContain("Kanarien");
    assertThat(directory.resolve("report.html")).content().doesNotContain("Kanarien");
  }

  private int run(List<String> args, Map<String, String> variables) {
    var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return new GameDay(Time.SYSTEM, out, directory).run(args, Environment.of(variables));
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
