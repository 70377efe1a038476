package com.hotdash.ops.fly;

import java.util.Set;

/**
 * A machine's state, by Fly's own word. A word that this version does not know is kept.
 *
 * @param value the word, such as {@code started}
 */
public record MachineState(String value) {
  /** Made and never started. */
  public static final MachineState CREATED = new MachineState("created");

  /** Running. */
  public static final MachineState STARTED = new MachineState("started");

  /** Not running, by a person, by auto-stop or because its process ended. */
  public static final MachineState STOPPED = new MachineState("stopped");

  /** Asleep with its memory kept. */
  public static final MachineState SUSPENDED = new MachineState("suspended");

  /** Broken. */
  public static final MachineState FAILED = new MachineState("failed");

  /** Gone. */
  public static final MachineState DESTROYED = new MachineState("destroyed");

  private static final Set<String> TRANSIENT =
      Set.of(
          "creating",
          "starting",
          "stopping",
          "restarting",
          "suspending",
          "destroying",
          "updating",
          "replacing",
          "launch_failed");

  /**
   * Returns whether the machine is on its way to another state.
   *
   * @return true for the states that Fly documents as transient
   */
  public boolean passing() {
    return TRANSIENT.contains(value);
  }

  /**
   * Returns whether the machine is gone or going.
   *
   * @return true if it no longer counts
   */
  public boolean gone() {
    return Set.of("destroying", "destroyed", "migrated", "replaced").contains(value);
  }

  // flyctl's rule, without its exception for standbys: what does not run must not be woken by an
  // update (facts of flyctl, internal/machine/update.go).
  boolean launchedByUpdate() {
    return Set.of("started", "starting", "failed").contains(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
