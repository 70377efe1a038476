package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Call;
import com.hotdash.ops.testkit.web.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code api.machines.dev}: finds the route, and carries a call out once it may go on. */
final class MachinesHost {
  private static final Duration SLICE = Duration.ofMillis(20);

  private final FlyWorld world;
  private final AppRoutes apps;
  private final MachineRoutes machines;
  private final WaitRoute wait;
  private final SecretRoutes secrets;
  private final MetadataRoutes metadata;

  MachinesHost(FlyWorld world) {
    this.world = world;
    this.apps = new AppRoutes(world);
    this.machines = new MachineRoutes(world);
    this.wait = new WaitRoute();
    this.secrets = new SecretRoutes(world);
    this.metadata = new MetadataRoutes(world);
  }

  /** A call that may have to be held: it is asked again until it has an answer. */
  interface Held extends Supplier<@Nullable Answer> {}

  /** What a route needs to know of its call. */
  record Context(Call call, FlyToken token, AppState app, Instant arrived) {
    String query(String name, String otherwise) {
      return call.query().getOrDefault(name, otherwise);
    }

    @Nullable String nonce() {
      return call.header("fly-machine-lease-nonce");
    }

    Map<String, @Nullable Object> body() {
      var body = Json.object(call.body());
      if (body == null) {
        throw Refusal.of(400, "invalid_argument: unable to parse the request body as JSON");
      }
      return body;
    }
  }

  Answer answer(Call call) {
    try {
      Held held;
      synchronized (world) {
        world.settle();
        held = route(call);
      }
      while (true) {
        synchronized (world) {
          world.settle();
          var answer = held.get();
          if (answer != null) {
            return answer;
          }
          if (world.closed) {
            return Answer.text(502, "text/plain", "the simulator was closed");
          }
        }
        if (!world.time.await(SLICE)) {
          return Answer.text(502, "text/plain", "the simulator was interrupted");
        }
      }
    } catch (Refusal e) {
      return e.answer();
    }
  }

  private Held route(Call call) {
    var parts = call.segments();
    if (parts.size() < 2 || !parts.get(0).equals("v1")) {
      return MachinesHost::notFound;
    }
    var token =
        world.tokens.check(Tokens.Service.MACHINES, call.header("authorization"), world.now());
    String key = call.method() + ' ' + parts.get(1);
    if (key.equals("GET tokens") && parts.equals(List.of("v1", "tokens", "current"))) {
      return () -> apps.token(token);
    }
    if (key.equals("GET orgs") && parts.size() == 4 && parts.get(3).equals("machines")) {
      Tokens.permit(token, null, Tokens.Right.READ);
      return () -> apps.orgMachines(parts.get(2), call.query());
    }
    if (!parts.get(1).equals("apps")) {
      return MachinesHost::notFound;
    }
    if (parts.size() <= 2 && !call.method().matches("GET|POST")) {
      return MachinesHost::wrongMethod;
    }
    if (parts.size() == 2) {
      return () -> apps.all(call, token);
    }
    if (parts.size() == 3 && !call.method().matches("GET|DELETE")) {
      return MachinesHost::wrongMethod;
    }
    var app = app(parts.get(2));
    var right = call.method().equals("GET") ? Tokens.Right.READ : Tokens.Right.WRITE;
    boolean exec = parts.size() == 6 && parts.get(5).equals("exec");
    Tokens.permit(token, app.name, exec ? Tokens.Right.EXEC : right);
    var context = new Context(call, token, app, world.now());
    if (parts.size() == 3) {
      return () -> apps.one(context);
    }
    if (parts.get(3).equals("secrets") && parts.size() <= 5) {
      limit("secrets." + call.method(), app.name);
      return () -> secrets.answer(context, parts.size() == 5 ? parts.get(4) : null);
    }
    return parts.get(3).equals("machines") ? machineRoute(context, parts) : MachinesHost::notFound;
  }

  private Held machineRoute(Context context, List<String> parts) {
    var call = context.call;
    if (parts.size() == 4) {
      if (!call.method().matches("GET|POST")) {
        return MachinesHost::wrongMethod;
      }
      boolean list = call.method().equals("GET");
      limit(list ? "machine.list" : "machine.create", context.app.name);
      return () -> list ? machines.list(context) : machines.create(context);
    }
    var machine = context.app.machines.get(parts.get(4));
    String verb = parts.size() == 5 ? "" : parts.get(5);
    limit(action(call.method(), verb), parts.get(4));
    boolean gone = machine != null && machine.state.equals("destroyed");
    boolean look = get(call) && (verb.isEmpty() || verb.equals("wait"));
    if (machine == null || (gone && !look)) {
      throw Refusal.of(404, "machine not found");
    }
    if (verb.equals("wait") && get(call)) {
      return wait.open(context, machine);
    }
    if (verb.equals("metadata") && parts.size() <= 7) {
      return () -> metadata.answer(context, machine, parts.size() == 7 ? parts.get(6) : null);
    }
    return parts.size() <= 6 ? machines.open(context, machine, verb) : MachinesHost::notFound;
  }

  private static boolean get(Call call) {
    return call.method().equals("GET");
  }

  private static String action(String method, String verb) {
    if (verb.isEmpty()) {
      return switch (method) {
        case "GET" -> "machine.get";
        case "DELETE" -> "machine.destroy";
        default -> "machine.update";
      };
    }
    return "machine." + verb + '.' + method;
  }

  private AppState app(String name) {
    var app = world.apps.get(name);
    if (app == null) {
      throw Refusal.of(404, "app not found");
    }
    if (!app.org.equals(world.org)) {
      throw Refusal.of(403, "token is not authorized to access this resource");
    }
    return app;
  }

  private void limit(String action, String identifier) {
    if (world.has(FlyQuirk.NO_RATE_LIMITS) || world.limits.take(action, identifier, world.now())) {
      return;
    }
    var answer = Answer.json(429, Json.of("error", "rate limit exceeded"));
    throw Refusal.with(world.has(FlyQuirk.RETRY_AFTER) ? answer.with("Retry-After", "1") : answer);
  }

  private static Answer wrongMethod() {
    return Answer.text(405, "text/plain; charset=utf-8", "Method Not Allowed\n");
  }

  private static Answer notFound() {
    return Answer.text(404, "text/plain; charset=utf-8", "404 page not found\n");
  }
}
