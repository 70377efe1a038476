package com.hotdash.ops.fly;

import com.hotdash.ops.fly.FlyUpdateFailedException.Kind;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Watches a machine after its update until it is what was asked for: on the new version, with the
 * image and size, running without ending, and with no check failing that passed before.
 *
 * @param keep runs every few seconds, to keep the machine's lease where one is held
 * @param was what it was like before
 * @param version the new version
 * @param wanted what it was to become
 */
record MachineWatch(AppCalls calls, Runnable keep, Was was, String version, Wanted wanted) {
  private static final Duration LOOK = Duration.ofSeconds(10);
  private static final Duration BETWEEN = Duration.ofSeconds(2);

  Machine await(boolean launch, Deadline limit) {
    var states =
        launch
            ? List.of(MachineState.STARTED)
            : List.of(MachineState.STOPPED, MachineState.SUSPENDED, MachineState.CREATED);
    var wait = new MachineWait(calls, was.id(), version, launch ? states : List.of());
    boolean reached;
    try {
      reached =
          wait.awaitLeased(
              limit.within(calls.limits().start()),
              () -> {
                keep.run();
                var now = onVersion(look());
                if (launch) {
                  over(now);
                }
              });
    } catch (FlyUpdateFailedException e) {
      throw e;
    } catch (FlyException e) {
      // Fly may refuse to wait for a version that it has given up: the machine itself tells.
      onVersion(look());
      throw e;
    }
    var now = onVersion(look());
    if (!reached || (launch && !now.state().equals(MachineState.STARTED))) {
      if (now.lastExit().filter(MachineExit::bad).isPresent()) {
        throw MachineUpdater.failed(Kind.EXITED, now, "started and ended: " + exit(now));
      }
      throw MachineUpdater.failed(
          Kind.NOT_STARTED, now, "is " + now.state() + " on the new version, after all its time");
    }
    if (!wanted.metBy(now)) {
      throw MachineUpdater.failed(
          Kind.DIFFERENT, now, "has the new version and is not as asked for: " + now);
    }
    return launch ? healthy(now, limit) : now;
  }

  /** What has ended badly and is not started again will not run, however long it is waited for. */
  private void over(Machine now) {
    boolean down =
        now.state().equals(MachineState.STOPPED) || now.state().equals(MachineState.FAILED);
    if (down && endedBadly(now)) {
      throw MachineUpdater.failed(Kind.EXITED, now, "started and ended: " + exit(now));
    }
  }

  private boolean endedBadly(Machine now) {
    return was.since(now).anyMatch(event -> event.exit() != null && event.exit().bad());
  }

  private Machine look() {
    return new FlyMachines(calls).getKnown(was.id(), calls.time().deadline(LOOK));
  }

  private Machine onVersion(Machine now) {
    if (!now.instanceId().equals(version)) {
      throw MachineUpdater.failed(
          Kind.PUT_BACK,
          now,
          "was put back by the platform: it is %s on version %s (%s), not on the new version %s"
              .formatted(now.state(), now.instanceId(), wanted.of(now), version));
    }
    return now;
  }

  private Machine healthy(Machine started, Deadline limit) {
    var smoke = limit.within(calls.limits().smoke());
    var health = limit.within(calls.limits().smoke().plus(calls.limits().health()));
    var since = calls.time().now();
    var now = started;
    while (true) {
      ended(now, since);
      if (smoke.expired() && noWorse(now)) {
        return now;
      }
      if (health.expired()) {
        throw MachineUpdater.failed(
            Kind.UNHEALTHY, now, "runs, and these checks do not pass: " + failing(now));
      }
      if (!calls.time().await(health.atMost(BETWEEN))) {
        throw new com.hotdash.ops.error.InterruptedOpsException(
            MachineUpdater.fault(was.id(), "was changed; the watch over it was interrupted")
                .asOutcomeUnknown());
      }
      keep.run();
      now = onVersion(look());
    }
  }

  private void ended(Machine now, Instant since) {
    if (endedBadly(now) || !now.state().equals(MachineState.STARTED)) {
      throw MachineUpdater.failed(
          Kind.EXITED,
          now,
          "was started at %s, and ended: %s, now %s".formatted(since, exit(now), now.state()));
    }
  }

  private static String exit(Machine now) {
    return now.lastExit().map(MachineExit::toString).orElse("no exit event");
  }

  // No worse than before: a check that failed already does not hold up its own cure.
  private boolean noWorse(Machine now) {
    return reported(now) && failing(now).isEmpty();
  }

  // The slowest check says nothing for a while after a start, and silence is no good sign.
  private static boolean reported(Machine now) {
    return now.config() == null
        ? now.healthy().isPresent()
        : now.checks().size() >= now.config().checkCount();
  }

  private Set<String> failing(Machine now) {
    return Was.failing(now).stream()
        .filter(name -> !was.failing().contains(name))
        .collect(Collectors.toUnmodifiableSet());
  }
}
