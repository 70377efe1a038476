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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The budget on the simulator, whose costs the callers never state: they are predicted. */
class PredictedBudgetTest {
  private static final List<String> DOCUMENTS =
      List.of(
          "{ orders(first: 250) { nodes { id name } } }",
          "{ products(first: 20) { nodes { id variants(first: 5) { nodes { id } } } } }",
          "{ orders(first: 50) { nodes { id lineItems(first: 50) { nodes { id } } } } }",
          "{ shop { name } }");

  private final World world = new World();
  private final Random random = new Random(1);
  private final CostPredictor predictor = new CostPredictor(CostTables.load());
  private final ShopGate gate =
      new ShopGate("hotdash-dev.myshopify.com", world::nanos, world, 0.2, 10_000);
  private int calls;
  private int throttled;
  private double used;

  @ParameterizedTest
  @CsvSource({"STANDARD", "ADVANCED", "PLUS"})
  void saturated_costsPredicted_isNeverThrottledAndUsesTheWholeBudget(String plan) {
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
      world.runUntil(120 * World.SECOND);
    }

    assertThat(throttled).isZero();
    assertThat(calls).isPositive();
    double whole = gate.status().maximumAvailable() + 120 * gate.status().restoreRate();
    assertThat(used).isGreaterThan(0.97 * whole);
  }

  private void again(ShopifySimulator shop, String token) {
    var document = DOCUMENTS.get(random.nextInt(DOCUMENTS.size()));
    var cost = predictor.affordable(document, null, Map.of());
    var sent =
        gate.acquireAsync(
                cost.requested(),
                Lane.INTERACTIVE,
                Deadline.after(Duration.ofHours(1), world::nanos))
            .thenAccept(
                permit ->
                    world.in(
                        (10 + random.nextInt(31)) * World.MS,
                        () -> arrive(shop, token, document, cost, permit)));
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
              (10 + random.nextInt(31)) * World.MS,
              () -> {
                var judged =
                    Judgement.ofGraphql(
                        reply.status(),
                        name -> null,
                        reply.body().getBytes(StandardCharsets.UTF_8));
                var charge = Objects.requireNonNull(judged.charge(), reply::body);
                predictor.learn(cost, (int) charge.requestedQueryCost());
                permit.settle(charge);
                calls++;
                used += charge.spent();
                throttled += charge.actualQueryCost() == null ? 1 : 0;
                again(shop, token);
              });
        });
  }
}
