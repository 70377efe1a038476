package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Json;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code …/lease}: look, acquire or refresh, release. */
final class LeaseRoute {
  private static final long DEFAULT_TTL = 30;

  private LeaseRoute() {}

  static Answer answer(MachinesHost.Context context, MachineState machine) {
    return switch (context.call().method()) {
      case "POST" -> take(context, machine);
      case "DELETE" -> {
        machine.lease.release(context.nonce());
        yield Answer.json(200, Json.of("status", "success", "data", Json.of("ok", true)));
      }
      default -> {
        var lease = machine.lease.now();
        if (lease == null) {
          throw Refusal.of(404, "lease not found");
        }
        yield Answer.json(200, machine.lease.json(lease));
      }
    };
  }

  private static Answer take(MachinesHost.Context context, MachineState machine) {
    Map<String, @Nullable Object> body =
        context.call().body().isEmpty() ? Map.of() : context.body();
    var inBody = Tree.number(body.get("ttl"));
    var inQuery = context.query("ttl", "");
    if (!inQuery.isEmpty() && !inQuery.matches("[0-9]{1,9}")) {
      throw Refusal.of(400, "invalid_argument: ttl is not a whole number of seconds");
    }
    long ttl = inBody != null ? inBody : inQuery.isEmpty() ? DEFAULT_TTL : Long.parseLong(inQuery);
    if (ttl < 1) {
      throw Refusal.of(400, "invalid_argument: ttl must be positive");
    }
    var why = Tree.text(body.get("description"));
    var lease =
        machine.lease.take(
            context.nonce(),
            Duration.ofSeconds(ttl),
            context.token().owner(),
            why == null ? "" : why);
    return Answer.json(201, machine.lease.json(lease));
  }
}
