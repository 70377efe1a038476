package com.hotdash.ops.examples.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.procedure.CpuUse;
import com.hotdash.ops.testkit.fly.FlyMachine;
import com.hotdash.ops.testkit.hotdash.Machine;
import com.hotdash.ops.testkit.hotdash.Release;
import com.hotdash.ops.time.Time;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that are slow because processors are held back, from well to well. */
class WantOfCpuIT {
  private static final Duration SLOW = Duration.ofSeconds(4);

  @TempDir private Path directory;

  @Test
  void wantOfCpu_machinesAreMadeLargerAndVerifiedByAnswersYoungerThanThat() {
    var result = play(new WantOfCpu());

    assertThat(result.failures()).isEmpty();
    assertThat(plan(result)).isEqualTo("platform.scale-guest");
    assertThat(goal(result)).contains("95 % of answers take at most 3 s", "as planned");
  }

  private DrillResult play(WorldDrill drill) {
    var out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    try (var progress = new Progress(out, 0);
        var postgres = Hall.open(Time.SYSTEM, directory, progress);
        var hall = new FlyHall(directory, Time.SYSTEM.now(), postgres.database())) {
      return new WorldDrillRun(Time.SYSTEM, hall, progress, drill).run();
    }
  }

  private static String plan(DrillResult result) {
    return result.rounds().get(0).plan().proposal().action();
  }

  private static String goal(DrillResult result) {
    var plan = result.rounds().get(0).plan().toString();
    return plan.replaceAll("\\s+", " ");
  }

  /** Two shared cpus without a balance: answers wait for their turn. */
  private static final class WantOfCpu implements WorldDrill {
    @Override
    public Incident incident() {
      return Incident.MEMORY_CPU_ISSUES;
    }

    private static final String TOO_FEW = "\"cpus\":2";
    private boolean busy;

    @Override
    public void prepare(FlyHall hall) {
      hall.customers().besides(() -> answers(hall));
    }

    private void answers(FlyHall hall) {
      var estate = hall.world().estate();
      for (FlyMachine fly : estate.flyApp().machines()) {
        var slow = busy && fly.configJson().contains(TOO_FEW) ? SLOW : Duration.ofMillis(80);
        estate.hotdash().machines().stream()
            .filter(each -> each.id().equals(fly.id()))
            .filter(each -> !each.release().behaviour().responseTime().equals(slow))
            .forEach(each -> change(each, slow));
      }
    }

    private static void change(Machine machine, Duration each) {
      var was = machine.release();
      var now = was.behaviour().responseTime(each);
      machine.update(new Release(was.version(), was.image(), now), machine.started());
    }

    @Override
    public String strike(FlyHall hall) {
      busy = true;
      for (var each : hall.world().estate().flyApp().machines()) {
        each.busy(0.2);
        each.exhaust();
      }
      return "machines are held back";
    }

    @Override
    public void judge(Diagnosis diagnosis, DrillResult result) {
      result.require(
          diagnosis.finding(CpuUse.class).isPresent(),
          "the diagnosis misses the want of cpu: " + Told.summary(diagnosis));
    }

    @Override
    public String title() {
      return "slow";
    }

    @Override
    public String story() {
      return "";
    }

    @Override
    public String because() {
      return "customers wait";
    }

    @Override
    public Duration stands() {
      return Duration.ofMinutes(6);
    }

    @Override
    public void witness(FlyHall hall, Instant struck, Instant cured, DrillResult result) {
      Witness.fared(hall.customers(), struck, cured, result);
    }
  }
}
