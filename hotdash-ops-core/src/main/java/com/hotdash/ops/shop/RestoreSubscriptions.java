package com.hotdash.ops.shop;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom;
import com.hotdash.ops.resolution.Action;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.resolution.Effect;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Pace;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the subscriptions that the application needs and that are missing, one after another.
 * Undoing it ends those that were made, by their ids, and no others. Thread-safe.
 */
public final class RestoreSubscriptions implements Action {
  /** The action's id. */
  public static final String ID = "shop.restore-subscriptions";

  private final ShopReader reader;

  /**
   * Makes the action for a shop.
   *
   * @param reader the shop; it can be changed if it is a {@link Shop}
   */
  public RestoreSubscriptions(ShopReader reader) {
    this.reader = reader;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Effect effect() {
    return Effect.REVERSIBLE;
  }

  @Override
  public Optional<Control> control() {
    return reader instanceof Shop shop ? Optional.of(shop.control()) : Optional.empty();
  }

  /** That the service refuses a second one like the first is not documented. */
  @Override
  public boolean absenceProves() {
    return false;
  }

  @Override
  public Symptom symptom(Proposal proposal) {
    return new SubscriptionSymptom(reader, proposal.goal());
  }

  /**
   * Finds out what is missing. Reads only.
   *
   * @param deadline when to stop looking
   * @return the change, with no step if nothing is missing; or why it could not look
   */
  public Reading<Proposal> propose(Deadline deadline) {
    try (var look = reader.look(deadline)) {
      return look.subscriptions().map(this::propose);
    }
  }

  private Proposal propose(ShopSubscriptions seen) {
    var shop = reader.identity().identity();
    var steps =
        seen.missing().stream()
            .map(each -> SubscriptionSteps.create(SubscriptionSteps.target(shop, each)))
            .toList();
    var notPromised = new ArrayList<String>();
    notPromised.add(
        "Events that were missed are not told again: read what changed since the subscription was"
            + " lost.");
    notPromised.add(
        "A subscription that the service keeps from the app's own file is not listed: if one of"
            + " these stands there, its events will come twice.");
    return new Proposal(
        ID,
        SubscriptionSteps.shop(shop),
        Map.of(),
        steps,
        SubscriptionSymptom.goal(seen.missing()),
        Pace.CAREFUL,
        notPromised,
        steps.stream().flatMap(step -> reader.byHand(step).stream()).toList(),
        objections(seen));
  }

  private static List<Objection> objections(ShopSubscriptions seen) {
    var list = new ArrayList<Objection>();
    if (seen.wanted().isEmpty()) {
      list.add(
          Objection.hard(
              "not-said",
              "nobody said which subscriptions must be there",
              "set HOTDASH_OPS_SHOPIFY_WEBHOOKS to TOPIC=https://address,…"));
    }
    if (!seen.complete()) {
      list.add(
          Objection.hard(
              "not-all-seen",
              "not all subscriptions could be listed, so what seems missing may be there",
              "look at them by hand"));
    }
    return list;
  }
}
