package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.Onset;
import com.hotdash.ops.platform.RollBack;
import com.hotdash.ops.procedure.HighErrorRateFinding.ApplicationErrors;
import com.hotdash.ops.procedure.HighErrorRateFinding.Began;
import com.hotdash.ops.procedure.HighErrorRateFinding.Dependency;
import com.hotdash.ops.procedure.HighErrorRateFinding.ErrorRate;
import com.hotdash.ops.procedure.HighErrorRateFinding.Fleet;
import com.hotdash.ops.procedure.HighErrorRateFinding.LoggedErrors;
import com.hotdash.ops.procedure.HighErrorRateFinding.OwnProbes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What would help against a high error rate, and what must not be done. */
final class HighErrorRateAdvice {
  private final List<HighErrorRateFinding> findings;

  HighErrorRateAdvice(List<HighErrorRateFinding> findings) {
    this.findings = findings;
  }

  List<Recommendation> recommendations() {
    var list = new ArrayList<Recommendation>();
    if (!tooMany()) {
      tooFew().ifPresent(list::add);
      return list;
    }
    all(Dependency.class).forEach(each -> list.add(dependencyFirst(each)));
    began().filter(each -> fits(each.onset())).ifPresent(each -> list.add(rollBack(each)));
    one(LoggedErrors.class)
        .ifPresent(
            logged ->
                list.add(
                    Recommendation.advice(
                        "errors.read-groups",
                        "read the samples of " + logged.groups().get(0).fingerprint(),
                        logged.summary(),
                        "")));
    return list;
  }

  /** Nobody can tell from so few requests; more of them, or more time, can. */
  private Optional<Recommendation> tooFew() {
    return one(ErrorRate.class)
        .filter(each -> each.verdict() == Verdict.UNKNOWN)
        .map(
            each ->
                Recommendation.advice(
                    "errors.look-again",
                    "use the application yourself for a minute, some thirty requests, then look"
                        + " again",
                    each.summary(),
                    "ops.highErrorRate().diagnose()"));
  }

  private static Recommendation dependencyFirst(Dependency dependency) {
    return dependency.database()
        ? Recommendation.advice(
            "errors.database-first",
            "look at the database first",
            dependency.summary(),
            "ops.databaseConnectionIssues().diagnose()")
        : Recommendation.advice(
            "errors.shop-first",
            "look at the shop's interface first: credentials, then the budget of calls",
            dependency.summary(),
            "ops.shopifyApiErrors().diagnose()");
  }

  private Recommendation rollBack(Began began) {
    var none =
        one(Fleet.class)
            .filter(fleet -> !fleet.machines().running().isEmpty())
            .filter(fleet -> fleet.count(Machine.Health.HEALTHY) == 0)
            .filter(fleet -> fleet.count(Machine.Health.FAILING) > 0);
    return Recommendation.resolution(
        RollBack.ID,
        none.isPresent()
            ? "go back to the release before, on all machines at once: none is healthy"
            : "go back to the release before, one machine first",
        began.summary(),
        Remedy.of(Incident.HIGH_ERROR_RATE, none.isPresent() ? "rollBackAllAtOnce" : "rollBack"));
  }

  List<Contraindication> contraindications() {
    var list = new ArrayList<Contraindication>();
    for (var dependency : all(Dependency.class)) {
      list.add(
          new Contraindication(
              "platform.restart",
              "do not restart machines",
              dependency.summary()
                  + ": a restart does not repair that, and reconnects all at once"));
    }
    if (tooMany() && began().filter(each -> fits(each.onset())).isEmpty()) {
      list.add(
          new Contraindication(
              RollBack.ID,
              "do not roll back on suspicion",
              began().map(HighErrorRateFinding::summary).orElse("nobody knows since when")
                  + ": older code may not fit the schema, and nothing says that newer code is the"
                  + " cause"));
    }
    return list;
  }

  /** While a dependency fails, code that was released just before is no likely cause. */
  private boolean fits(Onset onset) {
    return onset.strength() != Onset.Strength.NONE && all(Dependency.class).isEmpty();
  }

  private boolean tooMany() {
    return Stream.of(one(ErrorRate.class), one(ApplicationErrors.class), one(OwnProbes.class))
        .flatMap(Optional::stream)
        .anyMatch(each -> each.verdict() == Verdict.PROBLEM);
  }

  private Optional<Began> began() {
    return one(Began.class);
  }

  private <F> Optional<F> one(Class<F> type) {
    return all(type).stream().findFirst();
  }

  private <F> List<F> all(Class<F> type) {
    return findings.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
