package com.hotdash.ops.examples.host;

import com.hotdash.ops.escalation.WrittenAlerts;
import com.hotdash.ops.fly.FlyClient;
import com.hotdash.ops.fly.FlyService;
import com.hotdash.ops.resolution.MemoryJournal;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.testkit.Estate;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.fly.FlyHost;
import com.hotdash.ops.testkit.fly.FlyToken;
import com.hotdash.ops.testkit.fly.FlyToken.Kind;
import com.hotdash.ops.testkit.hotdash.Behaviour;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.time.Instant;

/**
 * Somewhere to try a runbook of one's own: HotDash on a simulated Fly, over HTTP, in virtual time.
 * Whoever waits lets time pass, and customers come by meanwhile: minutes take a moment.
 */
final class EstateWorld implements AutoCloseable {
  private static final String APP = "hotdash-production";
  private static final String ROUTE = "/app/orders";
  private static final int EACH_SECOND = 4;

  private final FakeTime clock = FakeTime.startingAt(Instant.parse("2026-11-23T03:00:00Z"));
  private final Time time = new Time(clock.time().clock(), clock.time().ticker(), this::pass);
  private final Estate estate = Estate.start(clock.time());
  private final FlyToken deploy = estate.fly().token(Kind.DEPLOY, APP);
  private final FlyToken read = estate.fly().token(Kind.READ_ONLY, APP);
  private final StringBuilder told = new StringBuilder();
  private final FlyClient fly = fly();
  private final RunbookProcedures ops =
      RunbookProcedures.builder()
          .time(time)
          .operator("sam")
          .platform(fly.app(APP).platform())
          .journal(new MemoryJournal())
          .alerts(new WrittenAlerts("the test", told, fly.redactor()))
          .build();

  EstateWorld() {
    pass(Duration.ofMinutes(20));
  }

  private FlyClient fly() {
    var world = estate.fly();
    var web = world.address(FlyHost.WEB).toString();
    return FlyClient.builder()
        .token(deploy.secret())
        .readToken(read.secret())
        .operator("sam")
        .time(time)
        .address(FlyService.MACHINES, world.address(FlyHost.MACHINES).toString())
        .address(FlyService.GRAPHQL, web)
        .address(FlyService.RELEASES, web)
        .address(FlyService.LOGS, web)
        .address(FlyService.PROMETHEUS, web + "/prometheus")
        .address(FlyService.REGISTRY, world.address(FlyHost.REGISTRY).toString())
        .address(FlyService.INCIDENTS, world.address(FlyHost.INCIDENTS) + "/v1/incidents")
        .build();
  }

  /** Puts a release on all machines that fails a share of the orders, for some minutes. */
  void badRelease() {
    estate.release(Behaviour.healthy().failing(ROUTE, 0.4));
    pass(Duration.ofMinutes(4));
  }

  /** Lets Fly refuse our tokens: nothing can be judged any more. */
  void revoke() {
    estate.fly().revoke(deploy);
    estate.fly().revoke(read);
  }

  /** Lets time pass, with customers. */
  void pass(Duration wait) {
    var left = wait;
    for (; left.compareTo(Duration.ofSeconds(1)) >= 0; left = left.minusSeconds(1)) {
      estate.hotdash().serve("GET", ROUTE, EACH_SECOND);
      clock.advance(Duration.ofSeconds(1));
    }
    if (!left.isNegative()) {
      clock.advance(left);
    }
  }

  RunbookProcedures ops() {
    return ops;
  }

  /** Returns how often a request changed something at Fly. */
  long changes() {
    return estate.fly().changes().stream()
        .filter(change -> change.kind().equals("machine.update"))
        .count();
  }

  /** Returns what people were told. */
  String told() {
    return told.toString();
  }

  @Override
  public void close() {
    ops.close();
    fly.close();
    estate.close();
  }
}
