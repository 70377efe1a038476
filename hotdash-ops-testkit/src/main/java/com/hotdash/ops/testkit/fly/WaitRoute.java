package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code GET …/wait}: a long poll of at most a minute. */
final class WaitRoute {
  private static final Set<String> STATES =
      Set.of("started", "stopped", "suspended", "destroyed", "failed", "settled");

  WaitRoute() {}

  MachinesHost.Held open(MachinesHost.Context context, MachineState machine) {
    var states = states(context.call().rawQuery());
    var timeout = timeout(context.query("timeout", "60"));
    String version = context.query("version", context.query("instance_id", ""));
    if (version.isEmpty()
        && states.contains("stopped")
        && machine.world.has(FlyQuirk.WAIT_STOPPED_WANTS_VERSION)) {
      throw Refusal.of(400, "invalid_argument: instance_id is required to wait for stopped");
    }
    var end = context.arrived().plus(timeout);
    return () -> look(machine, states, version, !machine.world.now().isBefore(end));
  }

  private static @Nullable Answer look(
      MachineState machine, List<String> states, String version, boolean late) {
    if (machine.state.equals("destroyed") && !states.contains("destroyed")) {
      throw Refusal.of(404, "machine not found");
    }
    boolean thatVersion = version.isEmpty() || version.equals(machine.current.id());
    boolean there =
        states.contains(machine.state) || (states.contains("settled") && !machine.transientState());
    if (there && thatVersion) {
      var event = machine.events.all().isEmpty() ? null : machine.events.all().get(0).get("id");
      return Answer.json(
          200,
          Json.of(
              "ok",
              true,
              "state",
              machine.state,
              "event_id",
              event,
              "version",
              machine.current.id()));
    }
    if (late) {
      throw Refusal.of(
          408,
          "deadline_exceeded: machine failed to reach desired state, "
              + states.get(0)
              + ", currently "
              + (thatVersion ? machine.state : "replaced"));
    }
    return null;
  }

  private static List<String> states(@Nullable String query) {
    var found = new ArrayList<String>();
    for (String pair : (query == null ? "" : query).split("&", -1)) {
      if (pair.startsWith("state=")) {
        var value = URLDecoder.decode(pair.substring(6), StandardCharsets.UTF_8);
        found.addAll(List.of(value.split(",", -1)));
      }
    }
    for (String state : found) {
      if (!STATES.contains(state)) {
        throw Refusal.of(400, "invalid_argument: unknown state '" + state + "'");
      }
    }
    return found.isEmpty() ? List.of("started") : found;
  }

  private static Duration timeout(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw Refusal.of(400, "invalid_argument: timeout is not a whole number of seconds");
    }
    int seconds = Integer.parseInt(text);
    if (seconds < 1 || seconds > 60) {
      throw Refusal.of(
          400,
          "invalid_argument: invalid WaitMachineRequest.Timeout: value must be inside range [1s,"
              + " 1m0s]");
    }
    return Duration.ofSeconds(seconds);
  }
}
