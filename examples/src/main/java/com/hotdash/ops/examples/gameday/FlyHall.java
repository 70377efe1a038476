package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.database.DatabaseReader;
import com.hotdash.ops.fly.FlyClient;
import com.hotdash.ops.github.GitHubClient;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.shop.Shop;
import com.hotdash.ops.shop.ShopNeeds;
import com.hotdash.ops.shop.Subscription;
import com.hotdash.ops.shopify.ShopDomain;
import com.hotdash.ops.shopify.ShopifyClient;
import com.hotdash.ops.shopify.ShopifyGuard;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Where incidents of the simulated world take place: Fly, the application, GitHub, Shopify and a
 * vendor's status page in virtual time, in which whoever waits lets it pass, and the runbook's eyes
 * and hands. Closing it leaves nothing behind.
 */
final class FlyHall implements AutoCloseable {
  static final Subscription ORDERS =
      new Subscription("ORDERS_CREATE", "https://hotdash.example/webhooks/orders");
  private static final Subscription UNINSTALLED =
      new Subscription("APP_UNINSTALLED", "https://hotdash.example/webhooks/app");
  private static final String SUBSCRIBE =
      "mutation Subscribe($topic: WebhookSubscriptionTopic!, $to: WebhookSubscriptionInput!) {"
          + " webhookSubscriptionCreate(topic: $topic, webhookSubscription: $to) {"
          + " userErrors { message } } }";

  private final Path directory;
  private final DatabaseReader database;
  private final Customers customers;
  private final Time time;
  private final SimulatedHotdash world;
  private final FlyClient fly;
  private final GitHubClient github;
  private final Shop shop;
  private final Kept kept = new Kept();

  /**
   * @param began the virtual time that it begins with
   * @param database the application's, which is well; it lives in real time
   */
  FlyHall(Path directory, Instant began, DatabaseReader database) {
    this.directory = directory;
    this.database = database;
    var clock = FakeTime.startingAt(began);
    customers = new Customers(clock::now, clock::advance);
    var plain = clock.time();
    time = new Time(plain.clock(), plain.ticker(), this::sleep);
    world = kept.keep(new SimulatedHotdash(time, customers));
    var environment = Environment.of(world.variables());
    fly = kept.keep(FlyClient.from(environment).time(time).build());
    github =
        kept.keep(
            GitHubClient.builder()
                .token(environment.secret("GITHUB_TOKEN").orElseThrow())
                .repository(variable("GITHUB_REPOSITORY"))
                .baseUrl(variable("GITHUB_API_URL"))
                .time(time)
                .build());
    shop = shop();
  }

  private Shop shop() {
    var shopify = world.shopify();
    var guard =
        kept.keep(ShopifyGuard.builder().baseUrl(shopify.address().toString()).time(time).build());
    ShopifyClient client =
        kept.keep(guard.client(ShopDomain.of(shopify.domain()), shopify.app().token()));
    for (var each : List.of(ORDERS, UNINSTALLED)) {
      client.call(SUBSCRIBE, Map.of("topic", each.topic(), "to", Map.of("uri", each.uri())));
    }
    return client.port(new ShopNeeds(Set.of("read_orders"), List.of(ORDERS, UNINSTALLED)));
  }

  private String variable(String name) {
    return Objects.requireNonNull(world.variables().get(name));
  }

  private void sleep(Duration wait) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before a wait of " + wait);
    }
    customers.pass(wait);
  }

  /** Makes the runbook of the whole world, through the public API only. */
  RunbookProcedures runbook() {
    var app = fly.app(SimulatedHotdash.APP);
    var outside =
        Map.of(
            "HOTDASH_OPS_ENV", "game day",
            "HOTDASH_OPS_OPERATOR", "game day",
            "HOTDASH_OPS_APP_URL", variable("HOTDASH_OPS_APP_URL"),
            "HOTDASH_OPS_STATUSPAGE_URLS", variable("HOTDASH_OPS_STATUSPAGE_URLS"),
            "HOTDASH_OPS_JOURNAL", directory.resolve("journal.jsonl").toString());
    return RunbookProcedures.builder()
        .environment(Environment.of(outside))
        .time(time)
        // One reading after another: a wait of one must not pass the time of another's request.
        .executor(Runnable::run)
        .platform(app.platform())
        .instances(app.instances())
        .pipeline(github.pipeline())
        .shop(shop)
        .database(database)
        .build();
  }

  Time time() {
    return time;
  }

  Customers customers() {
    return customers;
  }

  SimulatedHotdash world() {
    return world;
  }

  /** Returns a redactor that knows the tokens. */
  Redactor redactor() {
    return Redactor.SHAPES.and(fly.redactor()).and(github.redactor()).and(shop.redactor());
  }

  String description() {
    return world.description() + ", GitHub, Shopify and a status page, in virtual time";
  }

  @Override
  public void close() {
    kept.close();
  }
}
