package com.hotdash.ops.fly;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.platform.MachineSteps;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.resolution.StepOutcome.Status;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What follows when a machine was updated and is not well: only what was well before goes back, so
 * that it is not worse than it was.
 */
record PutBack(AppCalls unbounded) {
  // A machine that was left worse goes back also when the time of its step has gone.
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /**
   * A machine as it was before the update.
   *
   * @param well whether it ran and its checks passed
   * @param config its configuration, or {@code null} if that is not known
   * @param image the image that it ran, or {@code null} if that is not known
   * @param guest its size, or {@code null} if that is not known
   */
  record Former(
      boolean well,
      @Nullable MachineConfig config,
      @Nullable ImageRef image,
      @Nullable Guest guest) {
    static Former of(Machine before) {
      return new Former(
          before.healthy().orElse(false),
          before.config(),
          before.image(),
          before.guest().orElse(null));
    }
  }

  StepOutcome after(FlyUpdateFailedException failure, Former former) {
    var config = former.config();
    boolean back = failure.kind() != FlyUpdateFailedException.Kind.PUT_BACK;
    if (!back || config == null || !former.well()) {
      return failed(failure.problem(), failure.now().instanceId());
    }
    if (config.equals(failure.now().config())) {
      return failed(
          failure.problem() + "; its configuration is what it was, so none can be put back",
          failure.now().instanceId());
    }
    var wanted = new Wanted(any -> config, former.image(), former.guest(), null, false);
    try {
      var deadline = unbounded.time().deadline(LIMIT);
      var calls = unbounded.by(deadline);
      var undone =
          new LeaseWait(calls, deadline)
              .once(() -> new MachineUpdater(calls).update(failure.now(), wanted));
      return failed(
          failure.problem() + "; it was put back as it was: " + undone.after(), undone.version());
    } catch (FlyUpdateFailedException e) {
      return failed(
          failure.problem() + "; put back as it was, it is not well either: " + e.problem(),
          e.now().instanceId());
    } catch (OpsException e) {
      return failed(
          failure.problem()
              + "; it could not be put back: "
              + e.problem()
              + e.nextStep().map(next -> ", " + next).orElse(""),
          failure.now().instanceId());
    }
  }

  static StepOutcome failed(String detail, String version) {
    return new StepOutcome(Status.FAILED, detail, Map.of(MachineSteps.VERSION, version));
  }
}
