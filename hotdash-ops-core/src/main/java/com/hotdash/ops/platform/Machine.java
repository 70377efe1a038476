package com.hotdash.ops.platform;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One machine of the application, as it was at one moment.
 *
 * @param id its identity, which never changes
 * @param version the identity of its configuration, which changes with every update
 * @param region where it stands
 * @param group the process group
 * @param state what it does
 * @param stateText the platform's own word for that
 * @param image what it runs
 * @param release the release that it says it belongs to, or {@code null}; a hint only
 * @param guest its size
 * @param cordoned whether it was taken out of rotation by hand
 * @param hostReachable whether the platform can reach the host that it stands on
 * @param checksConfigured how many checks it should report
 * @param checks what its checks last said; empty means not reported yet
 * @param exits its last ends, newest first
 * @param startedAt when it last started, or {@code null} if the platform does not say
 * @param woken how it was woken, if its last start was that; {@code null} after any other start, or
 *     if the platform does not say
 */
public record Machine(
    String id,
    String version,
    String region,
    String group,
    MachineState state,
    String stateText,
    Image image,
    @Nullable Integer release,
    Guest guest,
    boolean cordoned,
    boolean hostReachable,
    int checksConfigured,
    List<MachineCheck> checks,
    List<MachineExit> exits,
    @Nullable Instant startedAt,
    @Nullable MachineWake woken) {
  /**
   * A machine that was not woken, as far as anybody says.
   *
   * @param id its identity
   * @param version the identity of its configuration
   * @param region where it stands
   * @param group the process group
   * @param state what it does
   * @param stateText the platform's own word for that
   * @param image what it runs
   * @param release the release that it says it belongs to, or {@code null}
   * @param guest its size
   * @param cordoned whether it was taken out of rotation by hand
   * @param hostReachable whether the platform can reach the host that it stands on
   * @param checksConfigured how many checks it should report
   * @param checks what its checks last said
   * @param exits its last ends, newest first
   * @param startedAt when it last started, or {@code null}
   */
  public Machine(
      String id,
      String version,
      String region,
      String group,
      MachineState state,
      String stateText,
      Image image,
      @Nullable Integer release,
      Guest guest,
      boolean cordoned,
      boolean hostReachable,
      int checksConfigured,
      List<MachineCheck> checks,
      List<MachineExit> exits,
      @Nullable Instant startedAt) {
    this(
        id,
        version,
        region,
        group,
        state,
        stateText,
        image,
        release,
        guest,
        cordoned,
        hostReachable,
        checksConfigured,
        checks,
        exits,
        startedAt,
        null);
  }

  /** Copies the lists. */
  public Machine {
    checks = List.copyOf(checks);
    exits = List.copyOf(exits);
  }

  /** How well a machine is, by what the platform knows. */
  public enum Health {
    /** It runs, and all its checks pass. */
    HEALTHY,
    /** It runs, and a check fails. */
    FAILING,
    /** It runs, and no check says how; or its host cannot be reached. */
    UNKNOWN,
    /** It does not run. */
    NOT_RUNNING
  }

  /**
   * Returns whether it is down by an end that nobody asked for: the platform gave up on it, or it
   * ended with an error and was not started again. A machine that sleeps is none.
   *
   * @return true for what a crash left behind
   */
  public boolean crashed() {
    if (state == MachineState.FAILED) {
      return true;
    }
    var last = exits.isEmpty() ? null : exits.get(0);
    return state == MachineState.STOPPED
        && last != null
        && !last.requested()
        && (last.code() != 0 || last.outOfMemory());
  }

  /**
   * Tells how well it is. A check that has not reported yet is no good sign.
   *
   * @return the health
   */
  public Health health() {
    if (state != MachineState.STARTED) {
      return Health.NOT_RUNNING;
    }
    if (checks.stream().anyMatch(each -> each.status() == MachineCheck.Status.CRITICAL)) {
      return Health.FAILING;
    }
    boolean reported = !checks.isEmpty() && checks.size() >= checksConfigured;
    return hostReachable
            && reported
            && checks.stream().noneMatch(each -> each.status() == MachineCheck.Status.UNKNOWN)
        ? Health.HEALTHY
        : Health.UNKNOWN;
  }
}
