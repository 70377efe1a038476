package com.hotdash.ops.shop;

import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Deadline;
import java.util.Optional;

/** The eyes of the runbook in a shop's interface. It changes nothing. Thread-safe. */
public interface ShopReader {
  /**
   * Tells which shop this is, from its configuration alone.
   *
   * @return the shop, without credentials
   */
  Estate.Part identity();

  /**
   * Returns what takes this shop's credentials out of texts. Default: it knows their shapes only.
   *
   * @return the redactor
   */
  default Redactor redactor() {
    return Redactor.SHAPES;
  }

  /**
   * Begins one look. Nothing is sent before the first reading is asked for.
   *
   * @param deadline when all readings of this look must have ended
   * @return the look; the caller closes it
   */
  ShopLook look(Deadline deadline);

  /**
   * Tells how a person makes a step without this library.
   *
   * @param step a step that {@link SubscriptionSteps} names
   * @return the call, without credentials; by default it is not known
   */
  default Optional<String> byHand(Step step) {
    return Optional.empty();
  }
}
