package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.platform.ChangeSecrets;

/**
 * Storing a secret's value, said alike by whoever recommends it. Places in the runbook's source of
 * secrets, never values; whoever keeps them elsewhere says so.
 */
final class SecretValues {
  private static final String NEW = "NEW_";
  private static final String OLD = "OLD_";

  private SecretValues() {}

  static Recommendation store(String name, String because) {
    return Recommendation.resolution(
        ChangeSecrets.ID,
        "store " + name + " from the place " + NEW + name + ", and have all machines take it",
        because,
        Remedy.platform("setSecret", name, NEW + name));
  }

  /** The value before; not where it leaked, and not where it was revoked. */
  static Recommendation putBack(String name, String because) {
    return from(
        name,
        "unless it leaked or was revoked: put "
            + name
            + " back from the place "
            + OLD
            + name
            + "; first look for a quote or line end too many in the new one",
        because);
  }

  /** The same, where something else comes first. */
  static Recommendation from(String name, String what, String because) {
    return Recommendation.resolution(
        ChangeSecrets.ID, what, because, Remedy.platform("setSecret", name, OLD + name));
  }
}
