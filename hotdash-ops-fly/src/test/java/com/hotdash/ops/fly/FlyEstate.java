package com.hotdash.ops.fly;

import com.hotdash.ops.platform.PlatformReader;
import com.hotdash.ops.resolution.Verification.Patience;
import com.hotdash.ops.runbook.RunbookBuilder;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.testkit.Estate;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.fly.FlyHost;
import com.hotdash.ops.testkit.fly.FlyToken.Kind;
import com.hotdash.ops.testkit.hotdash.Behaviour;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.time.Instant;

/**
 * The whole simulated world with a Fly client and a runbook. Customers do not pause while somebody
 * works on a cure: whenever time passes, each machine gets a request a second.
 */
final class FlyEstate implements AutoCloseable {
  static final String APP = "hotdash-production";
  static final String ROUTE = "/app/orders";
  private static final int MOST_AT_ONCE = 5;

  final FakeTime clock = FakeTime.startingAt(Instant.parse("2026-11-23T03:00:00Z"));
  final Estate estate = Estate.start(clock.time());
  final Time time = new Time(clock.time().clock(), clock.time().ticker(), this::pass);
  final FlyClient client = builder().build();

  FlyClient.Builder builder() {
    var fly = estate.fly();
    var web = fly.address(FlyHost.WEB).toString();
    return FlyClient.builder()
        .token(fly.token(Kind.DEPLOY, APP).secret())
        .readToken(fly.token(Kind.READ_ONLY, APP).secret())
        .operator("alice")
        .time(time)
        .address(FlyService.MACHINES, fly.address(FlyHost.MACHINES).toString())
        .address(FlyService.GRAPHQL, web)
        .address(FlyService.RELEASES, web)
        .address(FlyService.LOGS, web)
        .address(FlyService.PROMETHEUS, web + "/prometheus")
        .address(FlyService.REGISTRY, fly.address(FlyHost.REGISTRY).toString())
        .address(FlyService.INCIDENTS, fly.address(FlyHost.INCIDENTS) + "/v1/incidents");
  }

  /** Quiet minutes, then a release of which some requests fail, then some more minutes. */
  FlyEstate badRelease(Behaviour behaviour, Duration since) {
    pass(Duration.ofMinutes(10));
    estate.release(behaviour);
    pass(since);
    return this;
  }

  RunbookBuilder runbook() {
    return runbook(client.app(APP).platform());
  }

  RunbookBuilder runbook(PlatformReader platform) {
    return RunbookProcedures.builder()
        .time(time)
        .environmentName("production")
        .operator("sam")
        .patience(
            new Patience(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofSeconds(10)))
        .platform(platform);
  }

  /** Lets time pass, with customers. */
  void pass(Duration wait) {
    var left = wait;
    while (!left.isNegative() && !left.isZero()) {
      long seconds = Math.min(MOST_AT_ONCE, left.toSeconds());
      if (seconds > 0) {
        estate.hotdash().serve("GET", ROUTE, seconds);
      }
      var now = seconds > 0 ? Duration.ofSeconds(seconds) : left;
      clock.advance(now);
      left = left.minus(now);
    }
  }

  @Override
  public void close() {
    client.close();
    estate.close();
  }
}
