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
    "2000, 100, 3",
    "4000, 200, 1",
    "4000, 200, 2",
    "4000, 200, 3",
    "20000, 1000, 1",
    "20000, 1000, 2",
    "20000, 1000, 3"
  })
  void hundredThousandCalls_costsPredicted_areNeverThrottledAndUseTheWholeBudget(
      double maximum, double rate, long seed) {
    random = new Random(seed);
    var shop = new ModelShop(world, maximum, rate);
    for (int i = 0; i < 300; i++) {
      again(shop, CALLS);
    }
    world.runUntil(600 * World.SECOND);
    double share = shop.used / (rate * 600 + maximum);
    while (calls < 100_000) {
      world.runUntil(world.nanos() + 60 * World.SECOND);
    }

    assertThat(shop.throttled).isZero();
    assertThat(share).isGreaterThan(0.99);
  }

  /** So much is asked for and so little used that what is held is the limit, not the rate. */
  @ParameterizedTest
  @CsvSource({
    "2000, 100, 1",
    "2000, 100, 2",
    "4000, 200, 1",
    "4000, 200, 2",
    "20000, 1000, 1",
    "20000, 1000, 2"
  })
  void saturated_byWhatIsHeld_costsPredicted_useWhatCanBeUsed(
      double maximum, double rate, long seed) {
    random = new Random(seed);
    var dear = Priced.dear();
    var shape = new Load.Shape(dear.requested(), dear.actual(), 700);
    var shop = new ModelShop(world, maximum, rate);
    for (int i = 0; i < 300; i++) {
      same(shop, dear, 700);
    }
    world.runUntil(60 * World.SECOND);
    double first = shop.used;
    world.runUntil(600 * World.SECOND);

    assertThat(dear.requested()).isGreaterThan(800);
    assertThat(Load.sustained(maximum, rate, shape)).isLessThan(0.5 * rate);
    // In the first minute room is kept for others until it is clear that there are none.
    assertThat(shop.used).isGreaterThan(0.96 * Load.ceiling(maximum, rate, shape, 600));
    assertThat(shop.used - first).isGreaterThan(0.99 * Load.ceiling(maximum, rate, shape, 540));
    assertThat(shop.throttled).isZero();
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

  private void again(ModelShop shop, List<Priced> calls) {
    // What was never asked before comes when nothing is to spare any more.
    int known = world.seconds() < 60 ? calls.size() / 2 : calls.size();
    var call = calls.get(random.nextInt(known));
    send(shop, call, 80 + random.nextInt(400), () -> again(shop, calls));
  }

  private void same(ModelShop shop, Priced call, int runsMs) {
    int runs = (int) (runsMs * (0.7 + 0.6 * random.nextDouble()));
    send(shop, call, runs, () -> same(shop, call, runsMs));
  }

  private void send(ModelShop shop, Priced call, int runsMs, Runnable then) {
    var cost = predictor.affordable(call.document(), null, call.variables());
    acquire(
        cost,
        permit ->
            shop.call(
                call.requested(),
                call.actual(),
                line(),
                runsMs * World.MS,
                line(),
                charge -> {
                  settle(cost, permit, charge);
                  then.run();
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
