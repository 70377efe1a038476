package com.hotdash.ops.examples.lines;

import com.hotdash.ops.fly.FlyClient;
import com.hotdash.ops.fly.FlyService;
import com.hotdash.ops.github.GitHubClient;
import com.hotdash.ops.postgres.PgDiagnostics;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.shop.ShopNeeds;
import com.hotdash.ops.shopify.ShopDomain;
import com.hotdash.ops.shopify.ShopifyGuard;
import com.hotdash.ops.testkit.Estate;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.fly.FlyHost;
import com.hotdash.ops.testkit.fly.FlyToken.Kind;
import com.hotdash.ops.testkit.hotdash.Behaviour;
import com.hotdash.ops.testkit.postgres.Hotdash;
import com.hotdash.ops.testkit.postgres.PgServer;
import com.hotdash.ops.testkit.web.SeenRequest;
import com.hotdash.ops.testkit.web.Site;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Everything that the runbook can be configured with: the simulated estate in virtual time, and a
 * real PostgreSQL. It knows of each service what it was asked.
 */
final class LinesWorld implements AutoCloseable {
  static final String APP = "hotdash-production";
  private static final String ROUTE = "/app/orders";
  private static final String LOGIN = "connection authorized: user=hotdash_ops";
  private static final Secret GITHUB_TOKEN = Secret.of("ghp_lines0123456789abcdef");
  private static final int MOST_AT_ONCE = 5;

  private final FakeTime clock = FakeTime.startingAt(Instant.parse("2026-11-23T03:00:00Z"));
  private final Time time = new Time(clock.time().clock(), clock.time().ticker(), this::pass);
  private final Deque<Runnable> owned = new ArrayDeque<>();
  private final Map<Asked, Integer> before = new EnumMap<>(Asked.class);
  final Estate estate = own(Estate.start(clock.time()), Estate::close);
  final PgServer server =
      own(PgServer.builder().setting("log_statement", "mod").start(), PgServer::close);
  final Hotdash hotdash = server.createHotdash();
  final RunbookProcedures ops;

  /** Who can be asked. */
  enum Asked {
    /** The platform. */
    FLY,
    /** The pipeline. */
    GITHUB,
    /** The shop. */
    SHOP,
    /** The application. */
    APP,
    /** The vendors' status pages. */
    STATUS,
    /** The database. */
    DATABASE
  }

  LinesWorld() {
    pass(Duration.ofMinutes(10));
    estate.repository().push("deploy-production.yml", "Deploy: faster orders");
    estate.release(Behaviour.healthy().failing(ROUTE, 0.4));
    pass(Duration.ofMinutes(6));
    estate.github().grantAll(GITHUB_TOKEN, estate.repository());
    ops = runbook();
  }

  private RunbookProcedures runbook() {
    var shop =
        own(
            ShopifyGuard.builder()
                .time(time)
                .baseUrl(estate.shopify().address().toString())
                .build(),
            ShopifyGuard::close);
    var client =
        shop.client(ShopDomain.of(estate.shopify().domain()), estate.shopify().app().token());
    var github =
        own(
            GitHubClient.builder()
                .token(GITHUB_TOKEN)
                .repository("acme/hotdash")
                .baseUrl(estate.github().address().toString())
                .time(time)
                .build(),
            GitHubClient::close);
    var database =
        own(
            PgDiagnostics.builder().databaseUrl(Secret.of(hotdash.ops().url())).time(time).build(),
            PgDiagnostics::close);
    return own(
        RunbookProcedures.builder()
            .time(time)
            .environment(
                Environment.of(
                    Map.of(
                        "HOTDASH_OPS_APP_URL",
                        estate.hotdash().address().toString(),
                        "HOTDASH_OPS_STATUSPAGE_URLS",
                        "Example=" + estate.statusPage().address())))
            .operator("sam")
            .secretSource(
                name ->
                    name.startsWith("NEW_") || name.startsWith("OLD_")
                        ? Optional.of(Secret.of("value-of-" + name))
                        : Optional.empty())
            .platform(fly().app(APP).platform())
            .pipeline(github.pipeline())
            .shop(client.port(new ShopNeeds(Set.of("read_orders"), List.of())))
            .database(database.port())
            .build(),
        RunbookProcedures::close);
  }

  private FlyClient fly() {
    var fly = estate.fly();
    var web = fly.address(FlyHost.WEB).toString();
    return own(
        FlyClient.builder()
            .token(fly.token(Kind.DEPLOY, APP).secret())
            .readToken(fly.token(Kind.READ_ONLY, APP).secret())
            .operator("sam")
            .time(time)
            .address(FlyService.MACHINES, fly.address(FlyHost.MACHINES).toString())
            .address(FlyService.GRAPHQL, web)
            .address(FlyService.RELEASES, web)
            .address(FlyService.LOGS, web)
            .address(FlyService.PROMETHEUS, web + "/prometheus")
            .address(FlyService.REGISTRY, fly.address(FlyHost.REGISTRY).toString())
            .address(FlyService.INCIDENTS, fly.address(FlyHost.INCIDENTS) + "/v1/incidents")
            .build(),
        FlyClient::close);
  }

  /** Returns what was asked since the last call. */
  Set<Asked> asked() {
    var now = new EnumMap<Asked, Integer>(Asked.class);
    for (var each : Asked.values()) {
      now.put(each, count(each));
    }
    var more = EnumSet.noneOf(Asked.class);
    now.forEach(
        (who, count) -> {
          if (count > before.getOrDefault(who, 0)) {
            more.add(who);
          }
        });
    before.putAll(now);
    return more;
  }

  private int count(Asked who) {
    return who == Asked.DATABASE ? (int) server.logCount(LOGIN) : requests(who).size();
  }

  /** Returns the requests that one service got. */
  List<SeenRequest> requests(Asked who) {
    var sites =
        switch (who) {
          case FLY -> Stream.of(FlyHost.values()).map(estate.fly()::site);
          case GITHUB -> Stream.of(estate.github().site(), estate.github().logSite());
          case SHOP -> Stream.of(estate.shopify().site());
          case APP -> Stream.of(estate.hotdash().site());
          case STATUS -> Stream.of(estate.statusPage().site());
          case DATABASE -> Stream.<Site>empty();
        };
    return sites.flatMap(site -> site.requests().stream()).toList();
  }

  /** Returns what the server logged of statements by the runbook's role that change something. */
  List<String> statementsThatChange() {
    return server.logLines().stream()
        .filter(line -> line.contains(" hotdash_ops@"))
        .filter(line -> line.contains("LOG:  execute") || line.contains("LOG:  statement"))
        .toList();
  }

  /** Lets time pass, with customers. */
  private void pass(Duration wait) {
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

  private <T> T own(T resource, Consumer<T> close) {
    owned.push(() -> close.accept(resource));
    return resource;
  }

  @Override
  public void close() {
    while (!owned.isEmpty()) {
      owned.pop().run();
    }
  }
}
