package com.hotdash.ops.runbook;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.error.Fault;
import com.hotdash.ops.observation.Observer;
import com.hotdash.ops.procedure.ShopApiErrorsProcedure;
import com.hotdash.ops.procedure.ShopThresholds;
import com.hotdash.ops.resolution.Engine;
import com.hotdash.ops.resolution.Resolution;
import com.hotdash.ops.shop.RestoreSubscriptions;
import com.hotdash.ops.shop.ShopReader;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The fifth incident: the shop's interface refuses, throttles or does not answer. Diagnosing only
 * reads, costs about 20 points, and watches the budget for some seconds. Thread-safe.
 */
public final class ShopApiErrors {
  /** How long a diagnosis may take, unless said otherwise. */
  public static final Duration WITHIN = Duration.ofSeconds(15);

  private final RunbookProcedures runbook;
  private final Observer observer;
  private final Engine engine;
  private final Time time;
  private final @Nullable ShopReader shop;

  ShopApiErrors(
      RunbookProcedures runbook,
      Observer observer,
      Engine engine,
      Time time,
      @Nullable ShopReader shop) {
    this.runbook = runbook;
    this.observer = observer;
    this.engine = engine;
    this.time = time;
    this.shop = shop;
  }

  static void register(ShopReader shop, Engine.Builder engine) {
    engine.action(new RestoreSubscriptions(shop));
  }

  /**
   * Looks at the shop, at the application's log and at its counters, and judges, within {@link
   * #WITHIN}.
   *
   * @return the diagnosis; what could not be looked at is listed there
   */
  public Diagnosis diagnose() {
    return diagnose(WITHIN);
  }

  /**
   * Looks at the shop, at the application's log and at its counters, and judges.
   *
   * @param within how long the look may take, more than zero; under 4 s others' use of the budget
   *     is not watched
   * @return the diagnosis; what could not be looked at is listed there
   */
  public Diagnosis diagnose(Duration within) {
    var procedure = new ShopApiErrorsProcedure(ShopThresholds.DEFAULT);
    var seen = observer.observe(procedure.needs(), time.deadline(within));
    return procedure.diagnose(seen, runbook.estate());
  }

  /**
   * Makes the subscriptions that the application needs and that are not listed. Undoing it ends
   * those that it made.
   *
   * @return the resolution, to be planned
   * @throws ConfigurationException if no shop is configured
   */
  public Resolution restoreSubscriptions() {
    if (shop == null) {
      throw new ConfigurationException(
          Fault.of("runbook", RestoreSubscriptions.ID, "no shop is configured")
              .withNextStep(
                  "set SHOPIFY_SHOP and SHOPIFY_ADMIN_TOKEN, or hand the builder a shop"));
    }
    var action = new RestoreSubscriptions(shop);
    return engine.resolution(RestoreSubscriptions.ID, action::propose);
  }

  /**
   * Shows how the client secret of the shop's app is replaced, for a schedule or a leak; a token
   * that is refused needs a new token instead. Looking at it changes nothing.
   *
   * @param newPlace where the new value is, such as the name of a variable; never the value
   * @param previousName the variable by which the application reads the old value meanwhile, such
   *     as {@code SHOPIFY_API_SECRET_PREVIOUS}
   * @param previousPlace where the old value is
   * @return the rotation
   */
  public ShopSecretRotation rotateSecret(
      String newPlace, String previousName, String previousPlace) {
    return new ShopSecretRotation(runbook.platform(), newPlace, previousName, previousPlace, false);
  }

  Resolution resolution(Remedy remedy) {
    return switch (remedy.verb() + "/" + remedy.arguments().size()) {
      case "restoreSubscriptions/0" -> restoreSubscriptions();
      default -> throw new IllegalArgumentException("there is no " + remedy.line());
    };
  }

  @Override
  public String toString() {
    return "Shop API errors: diagnose(), restoreSubscriptions(),"
        + " rotateSecret(newPlace, previousName, previousPlace)";
  }
}
