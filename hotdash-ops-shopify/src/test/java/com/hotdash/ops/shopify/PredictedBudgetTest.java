package com.hotdash.ops.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.testkit.shopify.ShopifyLimits;
import com.hotdash.ops.testkit.shopify.ShopifySimulator;
import com.hotdash.ops.testkit.web.Call;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The budget of callers who never state a cost: it is predicted and learned. The volume on the
 * light model, with the simulator's costs; the shape on the simulator itself.
 */
class PredictedBudgetTest {
  private static final List<Priced> CALLS = Priced.all();
  private static final List<String> DOCUMENTS =
      List.of(
          "{ orders(first: 250) { nodes { id name } } }",
          "{ products(first: 20) { nodes { id variants(first: 5) { nodes { id } } } } }",
          "{ orders(first: 50) { nodes { id lineItems(first: 50) { nodes { id } } } } }",
          "{ shop { name } }");

  private final World world = new World();
  private final CostPredictor predictor = new CostPredictor(CostTables.load());
  private final ShopGate gate =
      new ShopGate("hotdash-dev.myshopify.com", world::nanos, world, 0.2, 10_000);
  private Random random = new Random(1);
  private int calls;
  private int throttled;
  private double used;

  @ParameterizedTest
  @CsvSource({
    "2000, 100, 1",
    "2000, 100, 2",
    "4000, 200, 1",
    "4000, 200, 2",
    "20000, 1000, 1",
    "20000, 1000, 2"
  })
  void hundredThousandCalls_costsPredicted_areNeverThrottledAndUseTheWholeBudget(
      double maximum, double rate, long seed) {
    random = new Random(seed);
    var shop = new ModelShop(world, maximum, rate);
    for (int i = 0; i < 300; i++) {
      again(shop);
    }
    world.runUntil(600 * World.SECOND);
    double share = shop.used / (rate * 600 + maximum);
    while (calls < 100_000 && seed == 1) {
      world.runUntil(world.nanos() + 60 * World.SECOND);
    }

    assertThat(shop.throttled).isZero();
    assertThat(share).isGreaterThan(0.99);
  }

  @ParameterizedTest
  @CsvSource({"STANDARD, 600", "ADVANCED, 300", "PLUS, 120"})
  void saturated_onTheSimulator_isNeverThrottledAndUsesTheWholeBudget(String plan, int seconds) {
    var start = Instant.parse("2026-11-23T03:00:00Z");
    var time = new Time(() -> start.plusNanos(world.nanos()), world::nanos, wait -> {});
    var limits =
        switch (plan) {
          case "STANDARD" -> ShopifyLimits.STANDARD;
          case "ADVANCED" -> ShopifyLimits.ADVANCED;
          default -> ShopifyLimits.PLUS;
        };
    try (var shop = ShopifySimulator.start(time, "hotdash-dev.myshopify.com")) {
      shop.limits(limits);
      shop.latency(() -> Duration.ofMillis(80 + random.nextInt(100)));
      var token = shop.app().token("read_orders", "read_products").reveal();
      for (int i = 0; i < 100; i++) {
        again(shop, token);
      }
      world.runUntil(seconds * World.SECOND);
    }

    assertThat(throttled).isZero();
    assertThat(calls).isPositive();
    double whole = gate.status().maximumAvailable() + seconds * gate.status().restoreRate();
    assertThat(used).isGreaterThan(0.99 * whole);
  }

  private void again(ModelShop shop) {
    // What was never asked before comes when nothing is to spare any more.
    int known = world.seconds() < 60 ? CALLS.size() / 2 : CALLS.size();
    var call = CALLS.get(random.nextInt(known));
    var cost = predictor.affordable(call.document(), null, call.variables());
    acquire(
        cost,
        permit ->
            shop.call(
                call.requested(),
                call.actual(),
                line(),
                (80 + random.nextInt(400)) * World.MS,
                line(),
                charge -> {
                  settle(cost, permit, charge);
                  again(shop);
                }));
  }

  private void again(ShopifySimulator shop, String token) {
    var document = DOCUMENTS.get(random.nextInt(DOCUMENTS.size()));
    var cost = predictor.affordable(document, null, Map.of());
    acquire(cost, permit -> world.in(line(), () -> arrive(shop, token, document, cost, permit)));
  }

  private void acquire(QueryCost cost, Consumer<Permit> then) {
    var deadline = Deadline.after(Duration.ofHours(10), world::nanos);
    var sent = gate.acquireAsync(cost.held(), Lane.INTERACTIVE, deadline).thenAccept(then);
    if (sent.isCompletedExceptionally()) {
      sent.join();
    }
  }

  private void arrive(
      ShopifySimulator shop, String token, String document, QueryCost cost, Permit permit) {
    var exchange =
        shop.begin(
            new Call(
                "POST",
                "/admin/api/2026-10/graphql.json",
                null,
                Map.of("x-shopify-access-token", token, "content-type", "application/json"),
                "{\"query\":\"" + document + "\"}"));
    world.in(
        exchange.takes().toNanos(),
        () -> {
          var reply = exchange.end();
          world.in(
              line(),
              () -> {
                var judged =
                    Judgement.ofGraphql(
                        reply.status(),
                        name -> null,
                        reply.body().getBytes(StandardCharsets.UTF_8));
                settle(cost, permit, Objects.requireNonNull(judged.charge(), reply::body));
                again(shop, token);
              });
        });
  }

  private void settle(QueryCost cost, Permit permit, Charge charge) {
    predictor.learn(cost, (int) charge.requestedQueryCost());
    permit.settle(charge);
    calls++;
    used += charge.spent();
    throttled += charge.actualQueryCost() == null ? 1 : 0;
  }

  /** One way over the line: 10 to 40 ms. */
  private long line() {
    return (10 + random.nextInt(31)) * World.MS;
  }
}
