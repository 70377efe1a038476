package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.procedure.SlowCause.EdgeAlone;
import com.hotdash.ops.testkit.hotdash.Machine;
import com.hotdash.ops.text.Plot;
import com.hotdash.ops.text.Plot.Point;
import com.hotdash.ops.text.Plot.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The first incident: more customers than the machines take, so that they queue at the edge. */
final class CrowdDrill implements WorldDrill {
  private static final Duration QUEUE = Duration.ofSeconds(6);

  /** As many machines as there are take the usual customers; the crowd needs one more. */
  private static final int NEEDED = 5;

  private final List<Point> waits = new ArrayList<>();
  private final List<Point> machines = new ArrayList<>();
  private boolean crowded;

  @Override
  public Incident incident() {
    return Incident.SLOW_RESPONSE_TIMES;
  }

  @Override
  public String title() {
    return "A crowd queues at the edge";
  }

  @Override
  public String story() {
    return "More customers come than four machines take at the same time: the platform's proxy lets"
        + " them wait six seconds, while each machine answers as quickly as ever. The database"
        + " and the size of the machines have nothing to do with it. One machine more is what"
        + " helps, and what the runbook plans.";
  }

  @Override
  public void prepare(FlyHall hall) {
    hall.customers().besides(() -> queue(hall));
  }

  private void queue(FlyHall hall) {
    var estate = hall.world().estate();
    long running = estate.hotdash().machines().stream().filter(Machine::running).count();
    var wait = crowded && running < NEEDED ? QUEUE : Duration.ZERO;
    estate.fly().metrics().slowEdge(wait);
    waits.add(new Point(hall.time().now(), wait.toMillis() / 1000.0));
    machines.add(new Point(hall.time().now(), running));
  }

  @Override
  public String strike(FlyHall hall) {
    crowded = true;
    return "a crowd comes";
  }

  @Override
  public void judge(Diagnosis diagnosis, DrillResult result) {
    result.require(
        diagnosis.finding(EdgeAlone.class).filter(EdgeAlone::points).isPresent(),
        "the diagnosis misses the queue at the edge: " + Told.summary(diagnosis));
  }

  @Override
  public String because() {
    return "customers queue at the edge while machines answer quickly";
  }

  @Override
  public void witness(FlyHall hall, Instant struck, Instant cured, DrillResult result) {
    Witness.fared(hall.customers(), struck, cured, result);
    double last = waits.get(waits.size() - 1).value();
    result.require(last == 0, "customers still wait " + last + " s at the edge");
    result.saw(
        new Plot(
            "How long customers waited at the edge",
            "s",
            List.of(Series.steps("wait", Witness.shown(waits, struck, cured))),
            List.of()));
    result.saw(
        new Plot(
            "Machines",
            "",
            List.of(Series.steps("running", Witness.shown(machines, struck, cured))),
            List.of()));
  }
}
