package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Json;
import java.util.List;

/** {@code POST …/exec}: a handful of commands that a small Linux has. */
final class ExecRoute {
  ExecRoute() {}

  Answer answer(MachinesHost.Context context, MachineState machine) {
    MachineRoutes.mine(context, machine);
    var body = context.body();
    var words = Tree.list(body.get("command")).stream().map(String::valueOf).toList();
    var old = Tree.text(body.get("cmd"));
    if (words.isEmpty() && old != null && !old.isBlank()) {
      words = List.of(old.trim().split("\\s+"));
    }
    if (words.isEmpty()) {
      throw Refusal.of(400, "invalid_argument: command is required");
    }
    var timeout = Tree.number(body.get("timeout"));
    if (timeout != null && (timeout < 0 || timeout > 60)) {
      throw Refusal.of(400, "invalid_argument: timeout must be inside range [0s, 1m0s]");
    }
    if (!machine.running()) {
      throw Refusal.of(
          412, "failed_precondition: machine is not running, currently " + machine.state);
    }
    machine.world.changed("machine.exec", machine.id, words.get(0));
    return run(machine, words);
  }

  private static Answer run(MachineState machine, List<String> words) {
    return switch (words.get(0)) {
      case "true" -> result(0, "", "");
      case "false" -> result(1, "", "");
      case "echo" -> result(0, String.join(" ", words.subList(1, words.size())) + "\n", "");
      case "hostname" -> result(0, machine.id + "\n", "");
      case "free" -> {
        long total = Guests.memoryMb(machine.current.config());
        yield result(0, "       total\nMem: " + total + "\n", "");
      }
      default -> result(127, "", words.get(0) + ": not found\n");
    };
  }

  private static Answer result(int code, String out, String err) {
    return Answer.json(
        200, Json.of("exit_code", code, "exit_signal", 0, "stdout", out, "stderr", err));
  }
}
