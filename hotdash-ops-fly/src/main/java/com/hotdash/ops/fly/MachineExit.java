package com.hotdash.ops.fly;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a machine's process ended.
 *
 * @param exitCode the process's code, such as 137
 * @param oomKilled whether the kernel killed it for want of memory
 * @param requestedStop whether somebody asked for it: then it is a normal stop, whatever the code
 * @param restarting whether Fly was about to start it again
 * @param restartCount how often it was started again so far, 0 if Fly does not say
 * @param at when it ended, or {@code null} if Fly does not say
 */
public record MachineExit(
    int exitCode,
    boolean oomKilled,
    boolean requestedStop,
    boolean restarting,
    int restartCount,
    @Nullable Instant at) {
  static @Nullable MachineExit from(Fields request) {
    var exit = request.object("MonitorEvent").object("exit_event");
    if (exit.map().isEmpty()) {
      exit = request.object("exit_event");
    }
    return exit.map().isEmpty()
        ? null
        : new MachineExit(
            exit.integer("exit_code", exit.integer("guest_exit_code", 0)),
            exit.flag("oom_killed"),
            exit.flag("requested_stop"),
            exit.flag("restarting"),
            request.integer("restart_count", 0),
            exit.time("exited_at"));
  }

  /**
   * Returns whether this is trouble, by the rule of flyctl's smoke check: not asked for, and
   * restarting, or restarted more than once, or with a code other than zero.
   *
   * @return true if the machine did not end as it should
   */
  public boolean bad() {
    return !requestedStop && (restarting || restartCount > 1 || exitCode != 0 || oomKilled);
  }

  @Override
  public String toString() {
    return "exit code %d%s%s%s"
        .formatted(
            exitCode,
            oomKilled ? ", out of memory" : "",
            requestedStop ? ", requested" : "",
            restartCount == 0 ? "" : ", restarted " + restartCount + " times");
  }
}
