package com.hotdash.ops.runbook;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.error.Fault;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.PlatformReader;
import com.hotdash.ops.platform.RollBack;
import com.hotdash.ops.platform.RollBackLimits;
import com.hotdash.ops.procedure.HighErrorRateProcedure;
import com.hotdash.ops.procedure.Thresholds;
import com.hotdash.ops.resolution.Engine;
import com.hotdash.ops.resolution.Resolution;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The second incident: too many requests fail. Diagnosing only reads. Thread-safe. */
public final class HighErrorRate implements Chapter {
  private final Judge judge;
  private final Engine engine;
  private final Thresholds thresholds;
  private final @Nullable PlatformReader platform;
  private final DeploysInFlight deploys;

  HighErrorRate(
      Judge judge,
      Engine engine,
      Thresholds thresholds,
      @Nullable PlatformReader platform,
      DeploysInFlight deploys) {
    this.judge = judge;
    this.engine = engine;
    this.thresholds = thresholds;
    this.platform = platform;
    this.deploys = deploys;
  }

  @Override
  public Incident incident() {
    return Incident.HIGH_ERROR_RATE;
  }

  /**
   * Looks at requests, machines, releases and logs, and judges. The newest five minutes of requests
   * decide; where there were too few, 15 minutes do, then an hour; where those cannot, or the
   * platform does not tell, the application's own counters over some seconds and since its start,
   * and own probes, are looked at as well. These add a problem and never make up for what the
   * platform did not see: without it, or with too few requests, the answer is unknown.
   *
   * @param within how long the look may take, more than zero
   * @return the diagnosis; what could not be looked at is listed there
   */
  @Override
  public Diagnosis diagnose(Duration within) {
    var procedure = new HighErrorRateProcedure(thresholds.errorRate());
    var deadline = judge.time().deadline(within);
    boolean more = judge.observer().reads(procedure.widening());
    // A platform that hangs must leave time for the application's own counters to grow.
    var first =
        more ? deadline.within(deadline.remaining().multipliedBy(2).dividedBy(3)) : deadline;
    var seen = judge.observer().observe(procedure.needs(), first);
    if (more && procedure.undecided(seen)) {
      seen = seen.and(judge.observer().observe(procedure.widening(), deadline));
    }
    return procedure.diagnose(seen, judge.estate());
  }

  /**
   * Goes back to the newest earlier release that went out with another image, one machine first.
   * Undoing it goes forward again.
   *
   * @return the resolution, to be planned; the plan says what does not go back
   * @throws ConfigurationException if no platform is configured
   */
  public Resolution rollBack() {
    return rollBack(limits());
  }

  /**
   * Goes back like {@link #rollBack()}, all machines together: for when none is healthy.
   *
   * @return the resolution, to be planned
   * @throws ConfigurationException if no platform is configured
   */
  public Resolution rollBackAllAtOnce() {
    return rollBack(limits().withAllAtOnce(true));
  }

  /** Going back is a cure if what made the diagnosis a problem is gone. */
  private RollBackLimits limits() {
    return RollBackLimits.DEFAULT.withErrorShare(thresholds.errorRate().share());
  }

  /**
   * Goes back to the newest earlier release that went out with another image.
   *
   * @param limits how many machines at a time, and what must be true afterwards
   * @return the resolution, to be planned
   * @throws ConfigurationException if no platform is configured
   */
  public Resolution rollBack(RollBackLimits limits) {
    if (platform == null) {
      throw new ConfigurationException(
          Fault.of("runbook", RollBack.ID, "no platform is configured")
              .withNextStep(PlatformLook.NEEDED));
    }
    var action = new RollBack(platform, thresholds.ailments());
    return deploys.resolution(engine, RollBack.ID, deadline -> action.propose(limits, deadline));
  }

  @Override
  public String toString() {
    return "High error rate: diagnose(), rollBack(), rollBackAllAtOnce()";
  }
}
