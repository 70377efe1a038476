package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.platform.RestartMachines;

/** What to do first, and what not to do, while the application's ground is gone. */
final class DependencyAdvice {
  private DependencyAdvice() {}

  static Recommendation first(String prefix, Dependency failing) {
    boolean database = failing.name().equals(Dependency.DATABASE);
    return Recommendation.advice(
        prefix + (database ? ".database-first" : ".shop-first"),
        "look at the " + failing.name() + " first",
        failing.text(),
        database
            ? "ops.databaseConnectionIssues().diagnose()"
            : "ops.shopifyApiErrors().diagnose()");
  }

  static Contraindication noRestart(Dependency failing) {
    return new Contraindication(
        RestartMachines.ID,
        "do not restart machines",
        "the "
            + failing.name()
            + " fails: a restart does not repair that, and reconnects all at once; "
            + failing.text());
  }

  /** Said alike by whoever finds that the database refuses a password. */
  static Contraindication noMoreLogins() {
    return new Contraindication(
        "database.retry-login",
        "try the login again",
        "further refused passwords can ban this address for half an hour");
  }
}
