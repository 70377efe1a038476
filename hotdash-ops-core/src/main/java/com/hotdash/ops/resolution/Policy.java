package com.hotdash.ops.resolution;

import com.hotdash.ops.time.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the engine may do without being asked again.
 *
 * @param maxSteps the blast radius: how many objects one plan may change; more can be overridden by
 *     name
 * @param readOnly whether nothing may be changed at all
 * @param killSwitch stops everything while it is thrown
 * @param cooldowns how long a target is left alone after a step of a kind, by that kind; sooner can
 *     be overridden by name. Measured from the beginning of the execution that made the step
 */
public record Policy(
    int maxSteps, boolean readOnly, KillSwitch killSwitch, Map<String, Duration> cooldowns) {
  /**
   * At most 20 objects, changes allowed, no kill switch, ten minutes between two restarts of a
   * machine.
   */
  public static final Policy DEFAULT =
      new Policy(20, false, KillSwitch.OFF, Map.of("machine.restart", Duration.ofMinutes(10)));

  /** Checks the bounds, and copies the cooldowns. */
  public Policy {
    cooldowns = Collections.unmodifiableMap(new TreeMap<>(cooldowns));
    cooldowns.forEach((kind, cooldown) -> Limits.positive(cooldown, "the cooldown of " + kind));
    if (maxSteps < 1) {
      throw new IllegalArgumentException("a plan must be allowed at least one step");
    }
  }

  /**
   * Sets the blast radius.
   *
   * @param steps how many objects one plan may change, at least 1
   * @return a changed copy
   */
  public Policy withMaxSteps(int steps) {
    return new Policy(steps, readOnly, killSwitch, cooldowns);
  }

  /**
   * Forbids or allows all changes.
   *
   * @param forbidden true to forbid
   * @return a changed copy
   */
  public Policy withReadOnly(boolean forbidden) {
    return new Policy(maxSteps, forbidden, killSwitch, cooldowns);
  }

  /**
   * Sets the kill switch.
   *
   * @param toAsk the switch to ask
   * @return a changed copy
   */
  public Policy withKillSwitch(KillSwitch toAsk) {
    return new Policy(maxSteps, readOnly, toAsk, cooldowns);
  }

  /**
   * Sets how long a target is left alone after a step of a kind.
   *
   * @param kind the kind of step, such as {@code machine.restart}
   * @param howLong the cooldown, or zero for none
   * @return a changed copy
   * @throws IllegalArgumentException if {@code howLong} is negative
   */
  public Policy withCooldown(String kind, Duration howLong) {
    var changed = new TreeMap<>(cooldowns);
    if (howLong.isZero()) {
      changed.remove(kind);
    } else {
      changed.put(kind, howLong);
    }
    return new Policy(maxSteps, readOnly, killSwitch, changed);
  }

  /**
   * Merges two policies: of each rule the stricter one counts, and either kill switch stops
   * everything.
   *
   * @param other the other policy
   * @return a policy that allows nothing that one of both forbids
   */
  public Policy stricter(Policy other) {
    var longest = new TreeMap<>(cooldowns);
    other.cooldowns.forEach(
        (kind, howLong) -> longest.merge(kind, howLong, (a, b) -> a.compareTo(b) < 0 ? b : a));
    return new Policy(
        Math.min(maxSteps, other.maxSteps),
        readOnly || other.readOnly,
        either(killSwitch, other.killSwitch),
        longest);
  }

  private static KillSwitch either(KillSwitch one, KillSwitch other) {
    if (one.equals(KillSwitch.OFF) || one.equals(other)) {
      return other;
    }
    return other.equals(KillSwitch.OFF) ? one : () -> one.thrown().or(other::thrown);
  }

  /** Says what is allowed and what is not. Does not ask the kill switch. */
  @Override
  public String toString() {
    var rules = new ArrayList<String>();
    rules.add(readOnly ? "nothing may be changed (read-only)" : "changes are allowed");
    rules.add("at most " + maxSteps + " objects by one plan (can be overridden: blast-radius)");
    cooldowns.forEach(
        (kind, howLong) ->
            rules.add(
                kind
                    + " of the same target not within "
                    + text(howLong)
                    + " (can be overridden: cooldown)"));
    rules.add(
        killSwitch.equals(KillSwitch.OFF) ? "no kill switch" : "a kill switch stops everything");
    return String.join("; ", rules);
  }

  static String text(Duration duration) {
    return duration.toSeconds() % 60 == 0
        ? duration.toMinutes() + " min"
        : duration.toSeconds() + " s";
  }
}
