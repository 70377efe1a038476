package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.examples.gameday.DrillResult.Round;
import com.hotdash.ops.examples.gameday.Merchant.Order;
import com.hotdash.ops.procedure.ShopApiErrorsFinding.Subscriptions;
import com.hotdash.ops.resolution.Verification;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.text.Plot;
import com.hotdash.ops.text.Plot.Marker;
import com.hotdash.ops.text.Plot.Point;
import com.hotdash.ops.text.Plot.Series;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The drill of a lost webhook, from the healthy state to the healthy state, in virtual time. */
final class LostWebhooksRun {
  private static final Duration QUIET = Duration.ofMinutes(20);
  private static final Duration FAILS = Duration.ofMinutes(4);
  private static final Duration STANDS = Duration.ofMinutes(4);
  private static final Duration AFTER = Duration.ofMinutes(5);
  private static final Duration MARGIN = Duration.ofMinutes(3);
  // So that the application makes enough calls meanwhile to tell.
  private static final Duration LONG_LOOK = Duration.ofSeconds(30);

  private final Time real;
  private final ShopHall hall;
  private final Progress progress;
  private final DrillResult result = new DrillResult(new LostWebhooksDrill());

  /**
   * @param real the time that a person who watches lives in
   */
  LostWebhooksRun(Time real, ShopHall hall, Progress progress) {
    this.real = real;
    this.hall = hall;
    this.progress = progress;
  }

  DrillResult run() {
    progress.line("");
    progress.line(result.drill().title());
    try (var ops = hall.runbook()) {
      progress.begin("twenty minutes of orders");
      hall.merchant().sell(QUIET, 200);
      before(ops);
      var broken = hall.time().now();
      mark("HotDash answers 500");
      progress.begin("webhooks fail");
      hall.merchant().sell(FAILS, 500);
      mark("HotDash is well again");
      hall.merchant().sell(STANDS, 200);
      progress.done(
          "the subscription is gone, and HotDash well, for " + STANDS.toMinutes() + " min");
      diagnose(ops);
      cure(ops);
      var cured = hall.time().now();
      hall.merchant().sell(AFTER, 200);
      after(ops);
      fared(broken, cured);
      saw(broken.minus(MARGIN));
    } catch (OpsException e) {
      result.fail(String.valueOf(e.getMessage()));
    }
    result.failures().forEach(why -> progress.done("FAILED: " + why));
    progress.done(result.verified() ? "verified; " + result.fared() : "NOT verified");
    return result;
  }

  private void before(RunbookProcedures ops) {
    progress.begin("looking before anything breaks");
    var before = ops.shopifyApiErrors().diagnose();
    result.require(before.verdict() == Verdict.OK, "before the fault: " + Told.summary(before));
    progress.done("before: " + before.verdict());
  }

  private void diagnose(RunbookProcedures ops) {
    progress.begin("diagnosing");
    int effects = hall.changes();
    var began = real.now();
    var diagnosis = ops.shopifyApiErrors().diagnose();
    var took = Duration.between(began, real.now());
    mark("diagnosed");
    result.diagnosed(diagnosis, took);
    result.require(hall.changes() == effects, "looking changed something in the shop");
    result.require(
        diagnosis.verdict() == Verdict.PROBLEM
            && diagnosis
                .finding(Subscriptions.class)
                .filter(found -> found.subscriptions().missing().equals(List.of(ShopHall.ORDERS)))
                .isPresent(),
        "the diagnosis misses the subscription: " + Told.summary(diagnosis));
    progress.done("diagnosed in " + Told.seconds(took) + ": " + Told.summary(diagnosis));
  }

  private void cure(RunbookProcedures ops) {
    progress.begin("planning and applying");
    var remedy =
        Objects.requireNonNull(result.first()).recommendations().stream()
            .map(Recommendation::remedy)
            .filter(Objects::nonNull)
            .findFirst();
    if (remedy.isEmpty()) {
      result.fail("the diagnosis recommends nothing that can be done");
      return;
    }
    int effects = hall.changes();
    var plan = ops.resolution(remedy.get()).plan();
    result.require(hall.changes() == effects, "planning changed something in the shop");
    var execution = plan.apply("HotDash hears of no orders");
    result.applied(new Round(plan, execution));
    execution.stopped().ifPresent(why -> result.fail("the plan stopped: " + why));
    result.require(hall.changes() == effects + 1, "the shop was changed more than once, or never");
    mark("plan applied");
    progress.done("plan applied: " + execution.done() + " of " + plan.steps().size() + " steps");
    progress.begin("verifying");
    var verification = execution.verify();
    result.verified(verification);
    result.require(
        verification.result() == Verification.Result.CURED, "verification: " + verification);
    progress.done(verification.result() + ": " + verification.detail());
  }

  private void after(RunbookProcedures ops) {
    progress.begin("looking again, minutes later");
    var last = ops.shopifyApiErrors().diagnose(LONG_LOOK);
    result.diagnosedAgain(last);
    result.require(last.verdict() == Verdict.OK, "minutes later: " + Told.summary(last));
    progress.done("minutes later: " + last.verdict());
  }

  /** Every order after the cure must be told; those before are to be read by a query. */
  private void fared(Instant broken, Instant cured) {
    var orders = hall.merchant().since(broken);
    long unheard = orders.stream().filter(order -> !order.told()).count();
    long late = hall.merchant().since(cured).stream().filter(order -> !order.told()).count();
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
  }

  private void saw(Instant from) {
    var unheard = new ArrayList<Point>();
    int sum = 0;
    for (Order order : hall.merchant().since(from)) {
      sum += order.told() ? 0 : 1;
      unheard.add(new Point(order.at(), sum));
    }
    result.saw(
        new Plot(
            "Orders of which HotDash never heard",
            "",
            List.of(Series.steps("orders", unheard)),
            List.of()));
  }

  private void mark(String label) {
    result.mark(new Marker(hall.time().now(), label));
  }
}
