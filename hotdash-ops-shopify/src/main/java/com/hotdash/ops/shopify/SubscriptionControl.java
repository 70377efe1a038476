package com.hotdash.ops.shopify;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.resolution.StepOutcome.Status;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.resolution.TargetState;
import com.hotdash.ops.shop.SubscriptionSteps;
import com.hotdash.ops.time.Deadline;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes and ends webhook subscriptions, one write each. Whether Shopify would refuse a second one
 * of the same topic and address is not documented, so a write whose answer was lost is looked for
 * and never sent again.
 */
final class SubscriptionControl implements Control {
  private final ShopifyClient client;

  SubscriptionControl(ShopifyClient client) {
    this.client = client;
  }

  @Override
  public Reading<TargetState> observe(Target target, Deadline deadline) {
    if (target.kind().equals(SubscriptionSteps.SHOP)) {
      return target.id().equals(client.shop().value())
          ? Reading.of(TargetState.of(Map.of()), evidence("the shop that is configured"))
          : otherShop(target);
    }
    try {
      if (!SubscriptionSteps.shopOf(target).equals(client.shop().value())) {
        return otherShop(target);
      }
      var subscription = SubscriptionSteps.subscriptionOf(target);
      var found = Subscriptions.read(client, deadline, Sending.UNSEEN);
      var id = found.all().get(subscription);
      boolean there = id != null;
      if (!there && !found.complete()) {
        return unread(target, Why.NOT_UNDERSTOOD, "not all of them could be listed");
      }
      return Reading.of(
          TargetState.of(
              Map.of(
                  SubscriptionSteps.SUBSCRIBED,
                  there ? SubscriptionSteps.YES : SubscriptionSteps.NO,
                  SubscriptionSteps.ID,
                  there ? id : SubscriptionSteps.NONE)),
          evidence(subscription + (there ? " is there" : " is not there")));
    } catch (IllegalArgumentException e) {
      return unread(target, Why.NOT_UNDERSTOOD, String.valueOf(e.getMessage()));
    } catch (OpsException e) {
      return Reading.unread(ShopTroubles.notChecked(target.label(), e, client.redactor()));
    }
  }

  private Reading<TargetState> otherShop(Target target) {
    return unread(target, Why.NOT_CONFIGURED, "this is " + client.shop());
  }

  private static Reading<TargetState> unread(Target target, Why why, String detail) {
    return Reading.unread(new NotChecked(target.label(), why, detail, "plan afresh"));
  }

  private Evidence evidence(String value) {
    return Evidence.of(value, "webhookSubscriptions of " + client.shop(), client.time().now());
  }

  @Override
  public StepOutcome make(Step step, Deadline deadline) {
    var moved = moved(step, deadline);
    if (moved != null) {
      return moved;
    }
    try {
      var refusal =
          switch (step.kind()) {
            case SubscriptionSteps.CREATE -> create(step, deadline);
            case SubscriptionSteps.DELETE -> delete(step, deadline);
            default -> "nothing was sent: no such step: " + step.kind();
          };
      return refusal == null
          ? seen(step, deadline, "accepted")
          : StepOutcome.failed(client.redactor().redact(refusal));
    } catch (OpsException e) {
      return e.outcomeUnknown()
          ? seen(step, deadline, "the answer was lost (" + e.problem() + ")")
          : StepOutcome.failed(
              "not made: " + e.problem() + e.nextStep().map(next -> "; " + next).orElse(""));
    }
  }

  /** Checks again, right before the write, what the engine checked before its intent. */
  private @Nullable StepOutcome moved(Step step, Deadline deadline) {
    var seen = observe(step.target(), deadline);
    if (seen instanceof Reading.Read<TargetState> read) {
      return read.value().matches(step.assumes())
          ? null
          : StepOutcome.moved(read.value().difference(step.assumes()));
    }
    return StepOutcome.failed("nothing was sent: " + seen.obstacle().orElseThrow());
  }

  private @Nullable String create(Step step, Deadline deadline) {
    var subscription = SubscriptionSteps.subscriptionOf(step.target());
    return change(
        ShopDocuments.SUBSCRIBE,
        Map.of("topic", subscription.topic(), "to", Map.of("uri", subscription.uri())),
        "webhookSubscriptionCreate",
        deadline);
  }

  private @Nullable String delete(Step step, Deadline deadline) {
    var id =
        step.assumes().containsKey(SubscriptionSteps.ID)
            ? step.assumes().get(SubscriptionSteps.ID)
            : Subscriptions.read(client, deadline, Sending.UNSEEN)
                .all()
                .get(SubscriptionSteps.subscriptionOf(step.target()));
    return id == null
        ? "nothing was sent: it is gone"
        : change(
            ShopDocuments.UNSUBSCRIBE, Map.of("id", id), "webhookSubscriptionDelete", deadline);
  }

  /** Returns why Shopify refused, or {@code null} if it did not. */
  private @Nullable String change(
      String document, Map<String, ?> variables, String field, Deadline deadline) {
    var reply = client.call(document, null, variables, Lane.INTERACTIVE, deadline);
    var payload = reply.data().get(field);
    if (payload == null) {
      throw new ShopifyException(
          ShopifyException.Kind.NOT_UNDERSTOOD,
          0,
          Fault.of(ShopifyException.SERVICE, field, "the answer holds no " + field)
              .withNextStep("look whether it was made")
              .asOutcomeUnknown(),
          Map.of());
    }
    for (var error : ReplyJson.list(ReplyJson.at(payload, "userErrors"))) {
      return "Shopify refused: " + ReplyJson.at(error, "message");
    }
    return null;
  }

  private StepOutcome seen(Step step, Deadline deadline, String how) {
    var seen = observe(step.target(), deadline);
    if (seen instanceof Reading.Read<TargetState> read) {
      return step.reachedBy(read.value())
          ? new StepOutcome(
              Status.DONE, how + "; seen: " + read.evidence().value(), read.value().fields())
          : StepOutcome.uncertain(
              how + ", and its effect was not seen: " + read.evidence().value());
    }
    return StepOutcome.uncertain(
        how + ", and it could not be looked at: " + seen.obstacle().orElseThrow());
  }

  @Override
  public void close() {
    // Holds nothing: the connections are the client's.
  }
}
