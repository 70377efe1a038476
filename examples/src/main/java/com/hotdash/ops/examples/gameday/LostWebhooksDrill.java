package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.examples.gameday.Merchant.Order;
import com.hotdash.ops.procedure.ShopState.Subscriptions;
import com.hotdash.ops.text.Plot;
import com.hotdash.ops.text.Plot.Marker;
import com.hotdash.ops.text.Plot.Point;
import com.hotdash.ops.text.Plot.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The fifth incident: the shop no longer tells HotDash of new orders. */
final class LostWebhooksDrill implements WorldDrill {
  private static final Duration FAILS = Duration.ofMinutes(4);

  private @Nullable Merchant selling;
  private Instant well = Instant.MIN;
  private int effects;

  @Override
  public Incident incident() {
    return Incident.SHOPIFY_API_ERRORS;
  }

  @Override
  public String title() {
    return "Shopify deletes a webhook";
  }

  @Override
  public String story() {
    return "HotDash answers a merchant's webhooks with 500 for four minutes. After the eighth failure in"
        + " a row Shopify deletes the subscription, and HotDash recovers without ever hearing of"
        + " an order again: no call fails, so nothing in its log or counters tells. The runbook"
        + " compares what is subscribed to with what must be, and makes what is missing again.";
  }

  private Merchant merchant() {
    return Objects.requireNonNull(selling, "prepare comes first");
  }

  @Override
  public void prepare(FlyHall hall) {
    var merchant = new Merchant(hall.world().shopify().app(), hall.time()::now);
    hall.customers().besides(merchant::sell);
    selling = merchant;
  }

  @Override
  public String strike(FlyHall hall) {
    merchant().answered(500);
    hall.customers().pass(FAILS);
    merchant().answered(200);
    well = hall.time().now();
    effects = hall.world().shopify().effects().size();
    return "webhooks fail";
  }

  @Override
  public void judge(Diagnosis diagnosis, DrillResult result) {
    result.require(
        diagnosis
            .finding(Subscriptions.class)
            .filter(found -> found.subscriptions().missing().equals(List.of(FlyHall.ORDERS)))
            .isPresent(),
        "the diagnosis misses the subscription: " + Told.summary(diagnosis));
  }

  @Override
  public String because() {
    return "HotDash hears of no orders";
  }

  /** Every order after the cure must be told; those before are to be read by a query. */
  @Override
  public void witness(FlyHall hall, Instant struck, Instant cured, DrillResult result) {
    result.mark(new Marker(well, "HotDash is well again"));
    int made = hall.world().shopify().effects().size() - effects;
    result.require(made == 1, "the shop was changed " + made + " times");
    var orders = merchant().since(struck);
    long unheard = orders.stream().filter(order -> !order.told()).count();
    long late = merchant().since(cured).stream().filter(order -> !order.told()).count();
    result.require(unheard > 0, "no order was lost, so nothing was broken");
    result.require(late == 0, late + " orders were not told after the cure");
    result.fared(
        "Orders",
        orders.size()
            + " orders since HotDash failed, "
            + unheard
            + " of them not told, "
            + late
            + " after the cure",
        late);
    var sum = new ArrayList<Point>();
    int count = 0;
    for (Order order : orders) {
      count += order.told() ? 0 : 1;
      sum.add(new Point(order.at(), count));
    }
    result.saw(
        new Plot(
            "Orders of which HotDash never heard",
            "",
            List.of(Series.steps("orders", sum)),
            List.of()));
  }
}
