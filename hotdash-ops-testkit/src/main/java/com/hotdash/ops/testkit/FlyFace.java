package com.hotdash.ops.testkit;

import com.hotdash.ops.testkit.fly.FlyApp;
import com.hotdash.ops.testkit.fly.FlyHealth;
import com.hotdash.ops.testkit.fly.FlyImage;
import com.hotdash.ops.testkit.fly.FlyLogLine;
import com.hotdash.ops.testkit.fly.FlyMachine;
import com.hotdash.ops.testkit.fly.FlySimulator;
import com.hotdash.ops.testkit.hotdash.Behaviour;
import com.hotdash.ops.testkit.hotdash.HotdashServer;
import com.hotdash.ops.testkit.hotdash.Machine;
import com.hotdash.ops.testkit.hotdash.Release;
import com.hotdash.ops.time.Time;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes Fly's machines and HotDash's machines the same ones: what an update puts on a machine at
 * Fly decides what it answers, and what it prints and answers shows in Fly's logs, metrics and
 * health checks.
 */
final class FlyFace implements AutoCloseable {
  private static final String APP = "hotdash-production";
  private static final String REGION = "ord";
  // Under the baseline of two shared cpus.
  private static final double IDLING = 0.06;

  private final Time time;
  private final FlySimulator fly;
  private final FlyApp app;
  private final HotdashServer hotdash;
  private final Map<String, Release> byDigest = new HashMap<>();
  private final Map<String, Instant> started = new HashMap<>();
  private final Map<String, Need> needs = new ConcurrentHashMap<>();

  /** The digest of the value that others know, and what comes of any other. */
  private record Need(String digest, Behaviour without) {}

  FlyFace(Time time, HotdashServer hotdash, Release first) {
    this.time = time;
    this.hotdash = hotdash;
    this.fly = FlySimulator.start(time);
    this.app = fly.app(APP);
    app.secrets(secrets(), time.now().minusSeconds(90_000));
    app.history(time.now().minusSeconds(86_400)).from(first.version()).complete(image(first));
    for (var machine : hotdash.machines()) {
      var atFly = app.machine(machine.id(), REGION, image(first));
      atFly.startedAt().ifPresent(at -> started.put(machine.id(), at));
      machine.listen(listener(atFly, machine));
      atFly.busy(IDLING);
    }
    fly.health(this::probe);
    fly.watch(this::follow);
  }

  FlySimulator fly() {
    return fly;
  }

  FlyApp app() {
    return app;
  }

  /** Puts a release on all machines, and writes it down as a deploy that ended well. */
  void deploy(Release release) {
    var image = image(release);
    app.history(time.now()).complete(image);
    app.deployed(image);
  }

  /** A process that starts with another value of the secret than the present one fails so. */
  void needs(String secret, Behaviour without) {
    var present = app.secretDigests().get(secret);
    if (present == null) {
      throw new IllegalArgumentException("there is no secret " + secret);
    }
    needs.put(secret, new Need(present, without));
  }

  /** Stores a value and has all machines take it, with a release record, as flyctl does. */
  void rotate(String secret, String value, Release newest) {
    app.secrets(Map.of(secret, value));
    deploy(newest);
  }

  private Release asStarted(FlyMachine machine, Release release) {
    var has = machine.secrets();
    return needs.entrySet().stream()
        .filter(need -> !need.getValue().digest().equals(has.get(need.getKey())))
        .findFirst()
        .map(need -> new Release(release.version(), release.image(), need.getValue().without()))
        .orElse(release);
  }

  @Override
  public void close() {
    fly.close();
  }

  private FlyImage image(Release release) {
    var reference = release.image();
    var image = fly.add(FlyImage.of(APP, reference.substring(reference.lastIndexOf(':') + 1)));
    synchronized (byDigest) {
      byDigest.put(image.digest(), release);
    }
    return image;
  }

  /** Called under the simulator's lock, at each change of a machine. */
  private void follow(FlyMachine atFly) {
    var began = atFly.startedAt().orElse(null);
    synchronized (started) {
      var before = began == null ? started.remove(atFly.id()) : started.put(atFly.id(), began);
      if (Objects.equals(before, began)) {
        return;
      }
    }
    if (began == null) {
      machine(atFly.id()).ifPresent(Machine::stop);
      return;
    }
    var release = atFly.image().map(this::release).orElseThrow();
    var here =
        machine(atFly.id())
            .orElseGet(
                () -> {
                  var added = hotdash.add(atFly.id(), release);
                  added.listen(listener(atFly, added));
                  return added;
                });
    here.update(asStarted(atFly, release), began);
  }

  private Release release(FlyImage image) {
    synchronized (byDigest) {
      var release = byDigest.get(image.digest());
      if (release == null) {
        throw new IllegalStateException("no release has the image " + image.reference());
      }
      return release;
    }
  }

  private Optional<Machine> machine(String id) {
    return hotdash.machines().stream().filter(m -> m.id().equals(id)).findFirst();
  }

  private FlyHealth.Probe probe(FlyMachine machine, String path) {
    var answer = hotdash.ask(machine.id(), path);
    var body = new ByteArrayOutputStream();
    try {
      answer.body().writeTo(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new FlyHealth.Probe(
        answer.status(),
        answer.status() == 0 ? "context deadline exceeded" : body.toString(StandardCharsets.UTF_8));
  }

  private Machine.Listener listener(FlyMachine machine, Machine here) {
    return new Machine.Listener() {
      @Override
      public void printed(String line) {
        app.log(new FlyLogLine(time.now(), machine.id(), REGION, "app", "info", line));
      }

      @Override
      public void answered(int status, double seconds, long count) {
        fly.metrics().requests(machine, status, seconds, count);
        double leaked = (double) here.release().behaviour().leakPerRequest() * count;
        if (leaked > 0) {
          fly.metrics().use(machine, leaked);
        }
      }
    };
  }

  private static Map<String, String> secrets() {
    var values = new TreeMap<String, String>();
    for (String name :
        new String[] {
          "DATABASE_URL", "DIRECT_URL", "SHOPIFY_API_KEY", "SHOPIFY_API_SECRET", "SHOPIFY_APP_URL",
          "SCOPES", "SUPABASE_URL", "SUPABASE_ANON_KEY", "SUPABASE_SERVICE_KEY", "SESSION_SECRET"
        }) {
      values.put(name, "first value of " + name);
    }
    return values;
  }
}
