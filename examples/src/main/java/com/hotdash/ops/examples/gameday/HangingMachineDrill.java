package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.testkit.hotdash.Behaviour;
import com.hotdash.ops.testkit.hotdash.Behaviour.HealthStyle;
import com.hotdash.ops.testkit.hotdash.Machine;
import com.hotdash.ops.testkit.hotdash.Release;
import com.hotdash.ops.text.Plot;
import com.hotdash.ops.text.Plot.Point;
import com.hotdash.ops.text.Plot.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The seventh incident: the process of one machine no longer answers anybody. */
final class HangingMachineDrill implements WorldDrill {
  private final List<Point> answering = new ArrayList<>();
  private String hung = "";

  @Override
  public Incident incident() {
    return Incident.HEALTH_CHECK_FAILURES;
  }

  @Override
  public String title() {
    return "One machine hangs alone";
  }

  @Override
  public String story() {
    return "The process of one machine of four lives on and answers nobody; the other three, with"
        + " the same image, the same database and the same shop, are well. So neither the release"
        + " nor anything that all depend on is at fault. The runbook restarts that machine alone,"
        + " after it has kept its log and checks.";
  }

  @Override
  public void prepare(FlyHall hall) {
    hall.customers()
        .besides(
            () ->
                answering.add(
                    new Point(
                        hall.time().now(),
                        hall.world().estate().hotdash().machines().stream()
                            .filter(HangingMachineDrill::answers)
                            .count())));
  }

  private static boolean answers(Machine machine) {
    return machine.running() && machine.release().behaviour().healthStyle() != HealthStyle.CLOSING;
  }

  @Override
  public String strike(FlyHall hall) {
    var machine = hall.world().estate().hotdash().machines().get(1);
    hung = machine.id();
    var release = machine.release();
    machine.update(
        new Release(
            release.version(), release.image(), Behaviour.healthy().health(HealthStyle.CLOSING)),
        machine.started());
    return "machine hangs";
  }

  @Override
  public Duration stands() {
    return Duration.ofMinutes(6);
  }

  @Override
  public void judge(Diagnosis diagnosis, DrillResult result) {
    var first =
        diagnosis.recommendations().stream()
            .map(Recommendation::remedy)
            .filter(Objects::nonNull)
            .findFirst();
    result.require(
        first.filter(each -> each.arguments().equals(List.of(hung))).isPresent(),
        "the diagnosis does not advise a restart of " + hung + ": " + first);
  }

  @Override
  public String because() {
    return "it answers nobody, and the others are well";
  }

  @Override
  public void witness(FlyHall hall, Instant struck, Instant cured, DrillResult result) {
    Witness.fared(hall.customers(), struck, cured, result);
    var all = hall.world().estate().hotdash().machines().size();
    double last = answering.get(answering.size() - 1).value();
    result.require(last == all, "of " + all + " machines " + last + " answer in the end");
    result.saw(
        new Plot(
            "Machines that answer",
            "",
            List.of(Series.steps("answer", Witness.shown(answering, struck, cured))),
            List.of()));
  }
}
