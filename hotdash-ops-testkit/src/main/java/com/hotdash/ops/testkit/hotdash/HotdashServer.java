package com.hotdash.ops.testkit.hotdash;

import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Call;
import com.hotdash.ops.testkit.web.Site;
import com.hotdash.ops.time.Time;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * HotDash on a loopback port: several machines behind one front door, which sends each request to
 * the next running machine, or to the one that {@code fly-force-instance-id} names. What a machine
 * answers comes from the image that it runs, so a cure is seen over the wire. Thread-safe.
 */
public final class HotdashServer implements AutoCloseable {
  private static final String PROM = "text/plain; version=0.0.4; charset=utf-8";
  private static final String HTML = "text/html; charset=utf-8";

  private final Time time;
  private final Site site;
  private final List<Machine> machines = new CopyOnWriteArrayList<>();
  private volatile Runnable before = () -> {};
  private int next;

  private HotdashServer(Time time, Release release, int count) {
    this.time = time;
    for (int i = 1; i <= count; i++) {
      machines.add(new Machine(String.format(Locale.ROOT, "148e%010d", i), release, time));
    }
    this.site = Site.start(time, false, this::answer);
  }

  /**
   * Starts the application.
   *
   * @param time what the machines go by
   * @param release what all of them run
   * @param count how many machines, one at least
   * @return the application, serving
   */
  public static HotdashServer start(Time time, Release release, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("an application has one machine at least, not " + count);
    }
    return new HotdashServer(time, release, count);
  }

  /**
   * Returns where the front door listens.
   *
   * @return the address, without a slash at the end
   */
  public URI address() {
    return site.address();
  }

  /**
   * Returns the front door: its record of requests, and where to lay faults.
   *
   * @return the server
   */
  public Site site() {
    return site;
  }

  /**
   * Returns the machines, running or not.
   *
   * @return the machines
   */
  public List<Machine> machines() {
    return List.copyOf(machines);
  }

  /**
   * Adds a machine, as a platform does that scales out.
   *
   * @param id the machine's id
   * @param release what it runs
   * @return the machine, running
   */
  public Machine add(String id, Release release) {
    var machine = new Machine(id, release, time);
    machines.add(machine);
    return machine;
  }

  /**
   * Puts a release on all machines.
   *
   * @param release the release
   */
  public void deploy(Release release) {
    machines.forEach(m -> m.update(release));
  }

  /**
   * Sends the same traffic to each running machine.
   *
   * @param method such as {@code GET}
   * @param route the path, as the application labels it
   * @param each how many requests each machine gets
   */
  public void serve(String method, String route, long each) {
    machines.stream().filter(Machine::running).forEach(m -> m.serve(method, route, each));
  }

  /**
   * Sets what happens before each request, such as bringing the rest of a world up to the present.
   *
   * @param step what happens; called without any lock held
   */
  public void beforeEach(Runnable step) {
    before = step;
  }

  /**
   * Asks one machine, without the wire and past the front door.
   *
   * @param machine its id
   * @param path such as {@code /health}
   * @return what it answers
   */
  public Answer ask(String machine, String path) {
    return served(new Call("GET", path, null, Map.of("fly-force-instance-id", machine), ""));
  }

  /** Closes the front door. */
  @Override
  public void close() {
    site.close();
  }

  /**
   * Picks the machine of a request; the pinned one also if it is stopped, and null if none runs.
   */
  private synchronized @Nullable Machine pick(@Nullable String pinned) {
    if (pinned != null) {
      return machines.stream().filter(m -> m.id().equals(pinned)).findFirst().orElse(null);
    }
    for (int i = 0; i < machines.size(); i++) {
      var machine = machines.get(next % machines.size());
      next++;
      if (machine.running()) {
        return machine;
      }
    }
    return null;
  }

  private Answer answer(Call call) {
    before.run();
    return served(call);
  }

  private Answer served(Call call) {
    var machine = pick(call.header("fly-force-instance-id"));
    if (machine == null || !machine.running()) {
      return Answer.text(503, "text/plain", "no healthy machine: [PR01]");
    }
    machine.live();
    var behaviour = machine.release().behaviour();
    return switch (behaviour.healthStyle()) {
      case HANGING -> isHealth(call) ? Answer.hanging() : routed(call, machine, behaviour);
      case CLOSING -> Answer.closing();
      case LOGIN ->
          isHealth(call)
              ? Answer.empty(302).with("Location", "/auth/login")
              : routed(call, machine, behaviour);
      case HTML ->
          isHealth(call)
              ? Answer.text(200, HTML, "<!doctype html><title>HotDash</title>")
              : routed(call, machine, behaviour);
      case HONEST, ALWAYS_200 -> routed(call, machine, behaviour);
    };
  }

  private Answer routed(Call call, Machine machine, Behaviour behaviour) {
    var now = time.now();
    return switch (call.path()) {
      case "/health" -> HealthAnswers.plain(behaviour, now);
      case "/api/monitoring/health" -> HealthAnswers.monitoring(behaviour, now);
      case "/api/health" -> HealthAnswers.api(behaviour);
      case "/metrics" -> Answer.text(200, PROM, machine.metrics());
      case "/auth/login" -> Answer.text(200, HTML, "<!doctype html><title>Log in</title>");
      default -> page(call, machine);
    };
  }

  private static Answer page(Call call, Machine machine) {
    return machine.page(call.method(), call.path())
        ? Answer.text(200, HTML, "<!doctype html><title>HotDash</title>")
        : Answer.text(500, HTML, "<h1>Application Error</h1>");
  }

  private static boolean isHealth(Call call) {
    return call.path().endsWith("/health");
  }
}
