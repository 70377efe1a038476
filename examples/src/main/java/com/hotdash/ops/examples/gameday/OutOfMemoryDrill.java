package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.procedure.OutOfMemory;
import com.hotdash.ops.testkit.fly.FlyMachine;
import com.hotdash.ops.text.Plot;
import com.hotdash.ops.text.Plot.Point;
import com.hotdash.ops.text.Plot.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The sixth incident: the application needs more memory than its machines have. */
final class OutOfMemoryDrill implements WorldDrill {
  private static final int NEEDED_MB = 2_560;

  // A process begins with 400 MB and grows by this much; the kernel leaves it 96 % of the machine.
  private static final double MB = 1024.0 * 1024;
  private static final double MB_A_MINUTE = 2_600;
  private static final Duration FULL = Duration.ofSeconds(36);
  private static final Duration SATED = Duration.ofSeconds(50);

  private final List<Point> ends = new ArrayList<>();
  private boolean hungry;
  private int ended;
  private int turn;

  @Override
  public Incident incident() {
    return Incident.MEMORY_CPU_ISSUES;
  }

  @Override
  public String title() {
    return "Machines run out of memory";
  }

  @Override
  public String story() {
    return "A merchant's catalogue grows, and each process comes to need "
        + NEEDED_MB
        + " MB: the kernel of a machine with 2 GB ends it again and again, on one machine after another."
        + " A restart ends the same way. The runbook's own scale vm would have reset the memory"
        + " to less than it was; this one gives every machine twice as much and keeps its cpus.";
  }

  @Override
  public void prepare(FlyHall hall) {
    hall.customers().besides(() -> kernel(hall));
  }

  /** Looks at one machine in each second, so that they do not all end at the same time. */
  private void kernel(FlyHall hall) {
    var machines = hall.world().estate().flyApp().machines();
    var machine = machines.get(turn++ % machines.size());
    if (hungry && machine.memoryMb() < NEEDED_MB && lives(machine, FULL, hall.time().now())) {
      machine.exit(137, true);
      ended++;
    } else if (hungry && lives(machine, SATED, hall.time().now())) {
      machine.leak(0);
    }
    ends.add(new Point(hall.time().now(), ended));
  }

  private static boolean lives(FlyMachine machine, Duration age, Instant now) {
    return machine.state().equals("started")
        && machine.startedAt().filter(at -> !at.plus(age).isAfter(now)).isPresent();
  }

  @Override
  public String strike(FlyHall hall) {
    hungry = true;
    hall.world().estate().flyApp().machines().forEach(each -> each.leak(MB_A_MINUTE * MB));
    return "catalogue grows";
  }

  @Override
  public void judge(Diagnosis diagnosis, DrillResult result) {
    result.require(
        diagnosis.finding(OutOfMemory.class).isPresent(),
        "the diagnosis misses that memory ran out: " + Told.summary(diagnosis));
  }

  @Override
  public String because() {
    return "the kernel ends processes for want of memory";
  }

  @Override
  public Duration after() {
    // Ends within the hour count; the kernel must not have ended anything since.
    return Duration.ofMinutes(62);
  }

  @Override
  public void witness(FlyHall hall, Instant struck, Instant cured, DrillResult result) {
    Witness.fared(hall.customers(), struck, cured, result);
    result.require(ended > 0, "the kernel ended nothing, so nothing was broken");
    long late =
        ends.stream().filter(end -> end.at().isAfter(cured)).map(Point::value).distinct().count();
    result.require(late == 1, "the kernel went on after the cure");
    hall.world()
        .estate()
        .flyApp()
        .machines()
        .forEach(
            each ->
                result.require(
                    each.memoryMb() >= NEEDED_MB, each + " has " + each.memoryMb() + " MB"));
    result.saw(Witness.failures(Witness.shown(hall.customers(), struck, cured)));
    result.saw(
        new Plot(
            "Processes that the kernel ended",
            "",
            List.of(Series.steps("ended", Witness.shown(ends, struck, cured))),
            List.of()));
  }
}
