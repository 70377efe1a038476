package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.fly.FlyClient;
import com.hotdash.ops.fly.FlyService;
import com.hotdash.ops.resolution.FileJournal;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.Estate;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.fly.FlyHost;
import com.hotdash.ops.testkit.fly.FlyToken.Kind;
import com.hotdash.ops.time.Time;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Where incidents on Fly take place: a simulated Fly over HTTP on this machine, HotDash on four
 * machines of it, customers, and the runbook's eyes and hands. Time in it is virtual: whoever waits
 * lets it pass. Closing it leaves nothing behind.
 */
final class FlyHall implements AutoCloseable {
  private static final String APP = "hotdash-production";
  private static final int MACHINES = 4;

  private final Path directory;
  private final Customers customers;
  private final Time time;
  private final Estate estate;
  private final List<Secret> tokens;
  private final FlyClient client;

  /**
   * @param began the virtual time that it begins with
   */
  FlyHall(Path directory, Instant began) {
    this.directory = directory;
    var clock = FakeTime.startingAt(began);
    customers = new Customers(clock);
    time = customers.time();
    estate = Estate.start(time);
    var image = estate.flyApp().machines().get(0).image().orElseThrow();
    while (estate.flyApp().machines().size() < MACHINES) {
      estate.flyApp().machine("ord", image);
    }
    customers.visit(estate);
    tokens =
        List.of(
            estate.fly().token(Kind.DEPLOY, APP).secret(),
            estate.fly().token(Kind.READ_ONLY, APP).secret());
    client = client();
  }

  private FlyClient client() {
    var web = address(FlyHost.WEB);
    return FlyClient.builder()
        .token(tokens.get(0))
        .readToken(tokens.get(1))
        .operator("game day")
        .time(time)
        .address(FlyService.MACHINES, address(FlyHost.MACHINES))
        .address(FlyService.GRAPHQL, web)
        .address(FlyService.RELEASES, web)
        .address(FlyService.LOGS, web)
        .address(FlyService.PROMETHEUS, web + "/prometheus")
        .address(FlyService.REGISTRY, address(FlyHost.REGISTRY))
        .address(FlyService.INCIDENTS, address(FlyHost.INCIDENTS) + "/v1/incidents")
        .build();
  }

  private String address(FlyHost host) {
    return estate.fly().address(host).toString();
  }

  /** Makes the runbook, by hand and through the public API only. */
  RunbookProcedures runbook() {
    return RunbookProcedures.builder()
        .time(time)
        .environmentName("game day")
        .operator("game day")
        .platform(client.app(APP).platform())
        .journal(new FileJournal(directory.resolve("journal.jsonl")))
        .build();
  }

  Time time() {
    return time;
  }

  Customers customers() {
    return customers;
  }

  Estate estate() {
    return estate;
  }

  /** Returns a redactor that knows the tokens. */
  Redactor redactor() {
    return Redactor.SHAPES.and(Redactor.of(tokens));
  }

  String description() {
    return "Fly, simulated over HTTP in virtual time: app " + APP + " on " + MACHINES + " machines";
  }

  @Override
  public void close() {
    client.close();
    estate.close();
  }
}
