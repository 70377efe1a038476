package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.procedure.SecretRotationIssuesFinding.Spread;
import com.hotdash.ops.testkit.fly.FlyMachine;
import com.hotdash.ops.text.Plot;
import com.hotdash.ops.text.Plot.Point;
import com.hotdash.ops.text.Plot.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The eighth incident: a secret was stored, and only the machines that booted since have it. */
final class TwoSecretsDrill implements WorldDrill {
  private static final String SECRET = "SESSION_SECRET";

  private final List<Point> values = new ArrayList<>();

  @Override
  public Incident incident() {
    return Incident.SECRET_ROTATION_ISSUES;
  }

  @Override
  public String title() {
    return "Machines run two secrets";
  }

  @Override
  public String story() {
    return "The secret that signs sessions is rotated and only staged; then one machine boots and"
        + " takes the new value, beside three with the former one. A customer who is signed in by"
        + " one is signed out by another, and nothing fails that a log would tell. The runbook"
        + " compares what is stored with what each machine booted with, and rolls it out once.";
  }

  @Override
  public void prepare(FlyHall hall) {
    hall.customers()
        .besides(
            () ->
                values.add(
                    new Point(
                        hall.time().now(),
                        hall.world().estate().flyApp().machines().stream()
                            .filter(each -> each.startedAt().isPresent())
                            .map(each -> each.secrets().get(SECRET))
                            .distinct()
                            .count())));
  }

  @Override
  public String strike(FlyHall hall) {
    var app = hall.world().estate().flyApp();
    app.secrets(Map.of(SECRET, "the second value of " + SECRET), hall.time().now());
    FlyMachine one = app.machines().get(2);
    one.autostop();
    hall.customers().pass(Duration.ofSeconds(30));
    one.autostart();
    return "secret staged";
  }

  @Override
  public void judge(Diagnosis diagnosis, DrillResult result) {
    result.require(
        diagnosis
            .finding(Spread.class)
            .filter(found -> found.mixed() && found.names().equals(List.of(SECRET)))
            .isPresent(),
        "the diagnosis misses the machines with two values: " + Told.summary(diagnosis));
  }

  @Override
  public String because() {
    return "machines refuse each other's sessions";
  }

  @Override
  public void witness(FlyHall hall, Instant struck, Instant cured, DrillResult result) {
    Witness.fared(hall.customers(), struck, cured, result);
    var last = values.get(values.size() - 1);
    result.require(last.value() == 1, "machines run " + last.value() + " values in the end");
    result.saw(
        new Plot(
            "Values of " + SECRET + " in use at the same time",
            "",
            List.of(Series.steps("values", Witness.shown(values, struck, cured))),
            List.of()));
  }
}
