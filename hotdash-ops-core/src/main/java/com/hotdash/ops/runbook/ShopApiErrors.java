package com.hotdash.ops.runbook;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.error.Fault;
import com.hotdash.ops.procedure.ShopApiErrorsProcedure;
import com.hotdash.ops.procedure.ShopThresholds;
import com.hotdash.ops.resolution.Engine;
import com.hotdash.ops.resolution.Resolution;
import com.hotdash.ops.shop.RestoreSubscriptions;
import com.hotdash.ops.shop.ShopReader;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The fifth incident: the shop's interface refuses, throttles or does not answer. Diagnosing only
 * reads, costs about 20 points, and watches the budget for some seconds. Thread-safe.
 */
public final class ShopApiErrors implements Chapter {
  private final RunbookProcedures runbook;
  private final Judge judge;
  private final Engine engine;
  private final ShopThresholds thresholds;
  private final @Nullable ShopReader shop;

  ShopApiErrors(
      RunbookProcedures runbook,
      Judge judge,
      Engine engine,
      ShopThresholds thresholds,
      @Nullable ShopReader shop) {
    this.runbook = runbook;
    this.judge = judge;
    this.engine = engine;
    this.thresholds = thresholds;
    this.shop = shop;
  }

  static void register(ShopReader shop, Engine.Builder engine) {
    engine.action(new RestoreSubscriptions(shop));
  }

  @Override
  public Incident incident() {
    return Incident.SHOPIFY_API_ERRORS;
  }

  /**
   * Looks at the shop, at the application's log and at its counters, and judges.
   *
   * @param within how long the look may take, more than zero; under 4 s others' use of the budget
   *     is not watched
   * @return the diagnosis; what could not be looked at is listed there
   */
  @Override
  public Diagnosis diagnose(Duration within) {
    return judge.diagnose(new ShopApiErrorsProcedure(thresholds), within);
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

  @Override
  public String toString() {
    return "Shop API errors: diagnose(), restoreSubscriptions(),"
        + " rotateSecret(newPlace, previousName, previousPlace)";
  }
}
