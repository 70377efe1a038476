package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.testkit.github.JobLog;
import com.hotdash.ops.testkit.github.JobScript;
import com.hotdash.ops.testkit.github.RunRequest;
import com.hotdash.ops.testkit.github.StepScript;
import com.hotdash.ops.testkit.hotdash.Behaviour;
import com.hotdash.ops.testkit.hotdash.Behaviour.HealthStyle;
import com.hotdash.ops.testkit.hotdash.Release;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.List;

/** Worlds in troubles that are over within seconds of real time once somebody sees to them. */
public final class Troubles {
  /** The variable for a subscription that nobody has made in these worlds. */
  public static final String WEBHOOK = "ORDERS_CREATE=https://hotdash.example/webhooks/orders";

  private Troubles() {}

  /**
   * Starts a world in which one machine of four hangs, and a deploy has failed because a registry
   * did not answer for a moment.
   *
   * @return the world; the caller closes it
   */
  public static LiveWorld hungMachineAndFailedDeploy() {
    return new LiveWorld(
        Time.SYSTEM,
        world -> {
          world.estate().deploys(Troubles::jobs, Behaviour.healthy());
          world.estate().repository().push("deploy-production.yml", "feat: show order counts");
          var machine = world.estate().hotdash().machines().get(1);
          var release = machine.release();
          machine.update(
              new Release(
                  release.version(),
                  release.image(),
                  Behaviour.healthy().health(HealthStyle.CLOSING)),
              machine.started());
          return machine.id();
        });
  }

  private static List<JobScript> jobs(RunRequest request) {
    boolean away = request.attempt() == 1;
    var log =
        away
            ? JobLog.of(List.of("npm error code ECONNRESET", "##[error]Process completed with 1."))
            : JobLog.of(List.of("added 812 packages in 14s"));
    return List.of(
        JobScript.of("build", log, step("npm ci", away ? "failure" : "success")),
        JobScript.of("deploy", JobLog.of(List.of("deploy done")), step("flyctl deploy", "success"))
            .after("build"));
  }

  private static StepScript step(String name, String conclusion) {
    return new StepScript(name, conclusion, Duration.ofSeconds(1), false);
  }
}
