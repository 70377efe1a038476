package com.hotdash.ops.benchmarks;

import com.hotdash.ops.fly.FlyClient;
import com.hotdash.ops.fly.FlyService;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.fly.FlyHost;
import com.hotdash.ops.testkit.fly.FlyImage;
import com.hotdash.ops.testkit.fly.FlyLogLine;
import com.hotdash.ops.testkit.fly.FlySimulator;
import com.hotdash.ops.testkit.fly.FlyToken.Kind;
import com.hotdash.ops.time.Time;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * What each operation of {@code FlyClient} costs in requests, bytes and time, beside the fewest
 * requests by which Fly's protocol lets it be done, on a simulated Fly with four machines.
 *
 * <p>Requests are those that the simulator was sent. Bytes are bodies, both ways. Time is virtual,
 * and so what Fly and its limits make one wait; beside it stands the real time, most of which is
 * the simulator's.
 */
public final class FlyRun {
  private static final String APP = "hotdash-production";
  private static final int MACHINES = 4;

  private FlyRun() {}

  /**
   * Measures each operation in a world of its own and prints a table.
   *
   * @param args none
   */
  public static void main(String[] args) {
    var operations = FlyOperations.all(MACHINES);
    // Classes load and pools fill in the first round.
    operations.forEach(FlyRun::measured);
    System.out.println("| operation | requests | least | bytes | time at Fly | here |");
    System.out.println("|---|---|---|---|---|---|");
    operations.forEach(operation -> System.out.println(measured(operation)));
  }

  private static String measured(FlyOperations.Operation operation) {
    var clock = FakeTime.startingAt(Instant.parse("2026-11-23T03:00:00Z"));
    var bytes = new AtomicLong();
    try (var fly = world(clock);
        var client = client(fly, clock.time(), bytes)) {
      var machine = fly.app(APP).machines().get(0).id();
      var scene = new FlyOperations.Scene(client.app(APP), clock.time(), machine);
      operation.before().accept(scene);
      bytes.set(0);
      long before = requests(fly);
      var began = clock.now();
      long nanos = Time.SYSTEM.ticker().nanos();
      operation.call().accept(scene);
      long took = (Time.SYSTEM.ticker().nanos() - nanos) / 1_000_000;
      return String.format(
          Locale.ROOT,
          "| `%s` | %d | %d: %s | %,d | %.1f s | %d ms |",
          operation.name(),
          requests(fly) - before,
          operation.least(),
          operation.those(),
          bytes.get(),
          Duration.between(began, clock.now()).toMillis() / 1000.0,
          took);
    }
  }

  private static long requests(FlySimulator fly) {
    long all = 0;
    for (var host : FlyHost.values()) {
      all += fly.site(host).requests().size();
    }
    return all;
  }

  private static FlySimulator world(FakeTime clock) {
    var fly = FlySimulator.start(clock.time());
    var good = fly.add(FlyImage.of(APP, "deployment-1"));
    var bad = fly.add(FlyImage.of(APP, "deployment-2"));
    var app = fly.app(APP);
    app.secrets(Map.of("SESSION_SECRET", "one", "SCOPES", "two"));
    app.history(clock.now().minus(Duration.ofHours(20))).complete(good).complete(bad);
    for (int i = 0; i < MACHINES; i++) {
      app.machine("ord", bad);
    }
    var id = app.machines().get(0).id();
    for (int i = 0; i < 250; i++) {
      app.log(new FlyLogLine(clock.now(), id, "ord", "app", "info", "GET /app/orders 200 " + i));
      clock.advance(Duration.ofMillis(100));
    }
    return fly;
  }

  private static FlyClient client(FlySimulator fly, Time time, AtomicLong bytes) {
    var web = fly.address(FlyHost.WEB).toString();
    var counting =
        new OkHttpClient.Builder().addInterceptor(chain -> counted(chain, bytes)).build();
    return FlyClient.builder()
        .token(fly.token(Kind.DEPLOY, APP).secret())
        .readToken(fly.token(Kind.READ_ONLY, APP).secret())
        .org("acme")
        .time(time)
        .transport(counting)
        .address(FlyService.MACHINES, fly.address(FlyHost.MACHINES).toString())
        .address(FlyService.GRAPHQL, web)
        .address(FlyService.RELEASES, web)
        .address(FlyService.LOGS, web)
        .address(FlyService.PROMETHEUS, web + "/prometheus")
        .address(FlyService.REGISTRY, fly.address(FlyHost.REGISTRY).toString())
        .address(FlyService.INCIDENTS, fly.address(FlyHost.INCIDENTS) + "/v1/incidents")
        .build();
  }

  private static Response counted(Interceptor.Chain chain, AtomicLong bytes) throws IOException {
    var body = chain.request().body();
    var response = chain.proceed(chain.request());
    bytes.addAndGet(
        (body == null ? 0 : body.contentLength()) + response.peekBody(32L << 20).bytes().length);
    return response;
  }
}
