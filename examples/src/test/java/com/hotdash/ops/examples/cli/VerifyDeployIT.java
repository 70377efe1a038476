package com.hotdash.ops.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.examples.gameday.LiveWorld;
import com.hotdash.ops.time.Time;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The CI step with the real jar, on a simulated Fly in real time. */
@Execution(ExecutionMode.CONCURRENT)
class VerifyDeployIT {
  @TempDir private Path directory;

  @Test
  void healthyRelease_isZero() throws IOException, InterruptedException {
    try (var world = LiveWorld.healthy(Time.SYSTEM)) {
      var ran = verify(world.variables(), Map.of());

      assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
      assertThat(ran.out()).contains("look 1 of 1", "[OK]");
    }
  }

  @Test
  void badRelease_isOneAndShowsThePlanAndChangesNothing() throws IOException, InterruptedException {
    try (var world = new LiveWorld(Time.SYSTEM)) {
      var ran = verify(world.variables(), Map.of());

      assertThat(ran.code()).as(ran.out() + ran.err()).isEqualTo(1);
      assertThat(ran.out())
          .contains("[PROBLEM]", world.badRelease(), "deployment-117")
          .containsPattern("diagnose high-error-rate --apply=[0-9a-f]{16} ");
      assertThat(ran.err()).contains("nothing was changed (VERIFY_ROLL_BACK is not yes)");
      assertThat(world.changes("*")).isZero();
    }
  }

  /**
   * The cure itself takes real minutes here and is played by the game day: read-only refuses it.
   */
  @Test
  void rollBackOnReadOnly_handsOverTheDigestAndSaysThatPeopleMustLook()
      throws IOException, InterruptedException {
    try (var world = new LiveWorld(Time.SYSTEM)) {
      var ran =
          verify(
              world.variables(),
              Map.of("VERIFY_ROLL_BACK", "yes", "HOTDASH_OPS_READ_ONLY", "true"));

      assertThat(ran.code()).as(ran.out() + ran.err()).isEqualTo(1);
      assertThat(ran.err())
          .contains("REFUSED: ", "read-only", "going back is not verified")
          .doesNotContain("has the digest");
      assertThat(world.changes("*")).isZero();
    }
  }

  @Test
  void nothingConfigured_isThree() throws IOException, InterruptedException {
    var ran = verify(Map.of(), Map.of());

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out()).contains("[UNKNOWN]");
  }

  private Finished verify(Map<String, String> world, Map<String, String> settings)
      throws IOException, InterruptedException {
    var variables = new HashMap<>(world);
    variables.putAll(Finished.shortLived());
    variables.putAll(settings);
    variables.put("HOTDASH_OPS_JAR", Finished.jar().toString());
    variables.put("HOTDASH_OPS_JOURNAL", directory.resolve("journal.jsonl").toString());
    variables.put("VERIFY_LOOKS", "1");
    var java = Path.of(Finished.jdk("java")).getParent();
    variables.put("PATH", java + File.pathSeparator + System.getenv("PATH"));
    return Finished.run(
        directory, variables, "", List.of("sh", Path.of("ci", "verify-deploy.sh").toString()));
  }
}
