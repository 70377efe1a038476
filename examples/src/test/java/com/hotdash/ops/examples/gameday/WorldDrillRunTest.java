package com.hotdash.ops.examples.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.time.Time;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorldDrillRunTest {
  @TempDir private Path directory;

  @Test
  void run_worldBreaksInAnotherWay_isNotVerifiedAndSaysWhatTriageNamed() {
    var out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    try (var progress = new Progress(out, 0);
        var postgres = Hall.open(Time.SYSTEM, directory, progress);
        var hall = new FlyHall(directory, Time.SYSTEM.now(), postgres.database())) {
      var result = new WorldDrillRun(Time.SYSTEM, hall, progress, new Misnamed()).run();

      assertThat(result.verified()).isFalse();
      assertThat(result.failures())
          .anySatisfy(why -> assertThat(why).startsWith("triage names R2").endsWith("and not R7"))
          .anySatisfy(why -> assertThat(why).startsWith("the diagnosis misses the fault: OK"));
      assertThat(result.rounds()).isEmpty();
    }
  }

  /** Says that machines fail their checks, and sends a bad release. */
  private static final class Misnamed implements WorldDrill {
    @Override
    public Incident incident() {
      return Incident.HEALTH_CHECK_FAILURES;
    }

    @Override
    public String title() {
      return "misnamed";
    }

    @Override
    public String story() {
      return "";
    }

    @Override
    public String strike(FlyHall hall) {
      hall.world().release();
      return "bad release";
    }

    @Override
    public void judge(Diagnosis diagnosis, DrillResult result) {}

    @Override
    public String because() {
      return "no reason";
    }

    @Override
    public void witness(FlyHall hall, Instant struck, Instant cured, DrillResult result) {}
  }
}
