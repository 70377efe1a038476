package com.hotdash.ops.fly;

import com.hotdash.ops.http.HttpRequest;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a state of a machine by long polls, with a deadline of its own: Fly waits for 60 s at
 * most, and refuses to be asked for more.
 */
record MachineWait(
    AppCalls calls, String machineId, @Nullable String version, List<MachineState> states) {
  private static final long LONGEST_POLL_SECONDS = 60;
  // The lease must be refreshed between the polls.
  private static final long LEASED_POLL_SECONDS = 8;
  private static final Duration ANSWER_MARGIN = Duration.ofSeconds(15);
  // With the poll of 8 s less than what a lease has left when it needs no refresh.
  private static final Duration LEASED_ANSWER_MARGIN = Duration.ofSeconds(10);

  /**
   * Waits. Returns whether a state was reached before the deadline.
   *
   * @param between runs after each poll that ended without; may throw to end the waiting
   */
  boolean await(Deadline deadline, Runnable between) {
    return await(deadline, LONGEST_POLL_SECONDS, between);
  }

  boolean awaitLeased(Deadline deadline, Runnable between) {
    return await(deadline, LEASED_POLL_SECONDS, between);
  }

  private boolean await(Deadline deadline, long longest, Runnable between) {
    while (!deadline.expired()) {
      long seconds = Math.max(1, Math.min(longest, deadline.remaining().toSeconds()));
      if (poll(seconds, deadline)) {
        return true;
      }
      between.run();
    }
    return false;
  }

  private static Duration margin(long seconds) {
    return seconds <= LEASED_POLL_SECONDS ? LEASED_ANSWER_MARGIN : ANSWER_MARGIN;
  }

  private boolean poll(long seconds, Deadline deadline) {
    var wanted =
        states.isEmpty()
            ? "settled"
            : states.stream().map(MachineState::value).collect(Collectors.joining(","));
    var request =
        HttpRequest.get("machine.wait", calls.machinePath(machineId, "wait"))
            .param("state", wanted)
            .param("timeout", Long.toString(seconds))
            .callTimeout(Duration.ofSeconds(seconds).plus(margin(seconds)))
            .accept(408);
    if (version != null && !version.isEmpty()) {
      request.param("version", version);
    }
    try {
      var answer = calls.api().send(FlyApi.machines("machine.wait", machineId, request), deadline);
      return answer.status() != 408;
    } catch (FlyNotFoundException e) {
      if (states.contains(MachineState.DESTROYED)) {
        return true;
      }
      throw e;
    } catch (com.hotdash.ops.http.HttpUnreachableException e) {
      // The poll took all the time there was: not reached in time.
      if (deadline.expired()) {
        return false;
      }
      throw e;
    }
  }
}
