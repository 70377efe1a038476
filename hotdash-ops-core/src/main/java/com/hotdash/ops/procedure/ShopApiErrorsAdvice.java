package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.logs.Signature;
import com.hotdash.ops.procedure.ShopPoints.Budget;
import com.hotdash.ops.procedure.ShopPoints.ForeignUse;
import com.hotdash.ops.procedure.ShopState.Answer;
import com.hotdash.ops.procedure.ShopState.Scopes;
import com.hotdash.ops.procedure.ShopState.Subscriptions;
import com.hotdash.ops.procedure.ShopState.Version;
import com.hotdash.ops.procedure.ShopUse.ApplicationCalls;
import com.hotdash.ops.procedure.ShopUse.Logged;
import com.hotdash.ops.procedure.ShopUse.OwnCalls;
import com.hotdash.ops.procedure.ShopUse.Waste;
import com.hotdash.ops.shop.RestoreSubscriptions;
import com.hotdash.ops.shop.ShopBudget;
import com.hotdash.ops.shop.ShopOperation;
import com.hotdash.ops.shop.ShopTrouble;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What would help against errors of the shop's interface, and what must not be done. */
final class ShopApiErrorsAdvice {
  // From here on one answer is better fetched as a file: half of what one document may ask for.
  private static final double BULK_FROM = 500;
  // Where so many fit at once, what each holds in flight does not bound anybody.
  private static final double ROOM_FOR = 10;
  // From how many times the cost on a document asks for far more than comes back.
  private static final double EMPTY_FROM = 3;
  private static final int MOST_OPERATIONS = 3;

  private final List<ShopApiErrorsFinding> findings;

  ShopApiErrorsAdvice(List<ShopApiErrorsFinding> findings) {
    this.findings = findings;
  }

  List<Recommendation> recommendations() {
    var list = new ArrayList<Recommendation>();
    answer().ifPresent(answer -> answered(answer, list));
    if (unauthorized()) {
      list.add(
          Recommendation.advice(
              "shop.secrets-first",
              "see whether a secret of the shop was changed just before",
              "what refuses a credential may do so since it was changed",
              "ops.secretRotationIssues().diagnose()"));
      list.add(ShopTokens.renew());
    }
    one(Scopes.class)
        .ifPresent(
            scopes ->
                list.add(
                    advice(
                        "shop.grant-scopes",
                        "grant "
                            + String.join(", ", scopes.scopes().missing())
                            + " to the app, and let the merchant accept it",
                        scopes.summary()
                            + "; what may not be read is left out of answers without an error")));
    if (throttled()) {
      budget().ifPresent(each -> list.add(waiting(each)));
    }
    ownThrottled(each -> !takesPoints(each))
        .ifPresent(
            each ->
                list.add(
                    advice(
                        "shop.fewer-rest-calls",
                        "make fewer REST calls such as " + each.name() + ", or ask by GraphQL",
                        each.throttled()
                            + " were answered 429: REST has a bucket of calls of its own, and says"
                            + " in Retry-After how long to wait")));
    one(ForeignUse.class)
        .ifPresent(
            foreign ->
                list.add(
                    advice(
                        "shop.slow-others",
                        "find the other processes of this app and slow them down: "
                            + number(foreign.budget().foreignPerSecond())
                            + " points/s are theirs",
                        foreign.summary())));
    all(OwnCalls.class).forEach(own -> operations(own, list));
    all(Waste.class).forEach(waste -> list.add(waste(waste)));
    if (timeouts()) {
      list.add(
          advice(
              "shop.smaller-queries",
              "make the query smaller, or fetch it as a bulk operation",
              "the service gives up on an answer after about 10 s by itself"));
    }
    one(Subscriptions.class).ifPresent(missing -> list.add(restore(missing)));
    one(Version.class)
        .ifPresent(
            version ->
                list.add(
                    advice(
                        "shop.upgrade-version",
                        "move to "
                            + Objects.requireNonNullElse(
                                version.version().newest(), "the newest stable version"),
                        version.summary())));
    if (list.isEmpty()) {
      one(ApplicationCalls.class).ifPresent(each -> list.add(readErrors(each)));
    }
    return list;
  }

  private static void answered(Answer answer, List<Recommendation> list) {
    if (answer.verdict() == Verdict.PROBLEM && !answer.answer().nextStep().isEmpty()) {
      list.add(advice("shop.answer", answer.answer().nextStep(), answer.summary()));
    }
    if (answer.once()) {
      list.add(
          Recommendation.advice(
              "shop.look-again",
              "look once more: one late or failed answer tells little",
              answer.summary(),
              "ops.shopifyApiErrors().diagnose()"));
    }
  }

  /** The shop answers us, and nothing is logged: what fails is in the calls themselves. */
  private static Recommendation readErrors(ApplicationCalls calls) {
    return Recommendation.advice(
        "shop.read-errors",
        "read what the application logs of these calls, and judge all incidents by one look",
        calls.summary(),
        "ops.triage()");
  }

  private static Recommendation waiting(Budget budget) {
    var wait = budget.budget().waitFor(budget.needed());
    return advice(
        "shop.wait-for-points",
        String.format(
            Locale.ROOT,
            "let calls wait (requested − available) / %.0f seconds and no longer: %s",
            budget.budget().restoreRate(),
            wait.isZero()
                ? "right now there is enough for " + budget.of()
                : String.format(
                    Locale.ROOT, "%.1f s for %s", wait.toMillis() / 1_000.0, budget.of())),
        "a throttled call comes with status 200 and did not run; growing waits waste the budget");
  }

  /** The dearest first, with the numbers that say what would save most. */
  private void operations(OwnCalls own, List<Recommendation> list) {
    var budget = budget().map(Budget::budget).orElse(null);
    double all = own.calls().pointsPerSecond() * Math.max(1, own.calls().window().toSeconds());
    for (var each : own.calls().operations().stream().limit(MOST_OPERATIONS).toList()) {
      if (each.requested() >= BULK_FROM) {
        list.add(
            advice(
                "shop.bulk-operation",
                "fetch "
                    + each.name()
                    + " as a bulk operation, or lower its innermost page size: it asks for up to "
                    + number(each.requested())
                    + " of the 1,000 points that one document may cost",
                "a bulk operation is charged as one mutation, about 10 points, and has no pages"));
      } else if (asksTooMuch(each)) {
        list.add(smallerPages(each, budget));
      }
      boolean hot = own.verdict() == Verdict.PROBLEM || throttled();
      if (hot && all > 0 && each.points() > 0) {
        list.add(
            advice(
                "shop.call-less",
                "call " + each.name() + " less often",
                String.format(
                    Locale.ROOT,
                    "its %,d calls of %.0f points are %.0f %% of what this process used",
                    each.calls(),
                    each.each(),
                    100 * each.points() / all)));
      }
    }
  }

  private static boolean asksTooMuch(ShopOperation each) {
    return each.each() > 0 && each.requested() >= EMPTY_FROM * each.each() && each.requested() > 50;
  }

  private static Recommendation smallerPages(ShopOperation each, @Nullable ShopBudget budget) {
    var because =
        String.format(
            Locale.ROOT,
            "it asks for %.0f points and costs %.0f; what it asks for is held until it ends",
            each.requested(),
            each.each());
    if (budget != null
        && !each.usual().isZero()
        && budget.maximum() / each.requested() < ROOM_FOR) {
      because +=
          String.format(
              Locale.ROOT,
              ", so that at most %.0f run at once, %.0f points/s of %.0f",
              Math.floor(budget.maximum() / each.requested()),
              budget.bound(each.requested(), each.each(), each.usual()),
              budget.restoreRate());
    }
    return advice(
        "shop.page-size",
        "lower the page sizes of " + each.name() + " towards what comes back",
        because);
  }

  private static Recommendation waste(Waste waste) {
    return waste.operation().period() == null
        ? advice(
            "shop.cache",
            "cache "
                + waste.operation().name()
                + ": "
                + waste.perHour()
                + " ask for what was asked before",
            waste.summary())
        : advice(
            "shop.subscribe",
            "subscribe to the change instead of polling "
                + waste.operation().name()
                + ", and reconcile now and then: "
                + waste.perHour(),
            waste.summary() + "; deliveries are not guaranteed, so a slow poll stays as a net");
  }

  private static Recommendation restore(Subscriptions missing) {
    return Recommendation.resolution(
        RestoreSubscriptions.ID,
        "make the missing subscriptions, and read the gap",
        missing.summary() + "; after 8 failures in a row the service deletes a subscription",
        Remedy.of(Incident.SHOPIFY_API_ERRORS, "restoreSubscriptions"));
  }

  List<Contraindication> contraindications() {
    var list = new ArrayList<Contraindication>();
    if (unauthorized()) {
      list.addAll(ShopTokens.not());
    }
    if (timeouts()) {
      list.add(
          new Contraindication(
              "shop.raise-timeouts",
              "do not raise timeouts",
              "the service gives up after about 10 s by itself, and whoever waits longer holds"
                  + " connections meanwhile"));
    }
    if (throttled()) {
      list.add(
          new Contraindication(
              "shop.retry-at-once",
              "do not add retries",
              "a throttled call sent again too soon is refused again, and all callers of the app"
                  + " share the budget"));
    }
    answer()
        .map(each -> each.answer().trouble())
        .filter(each -> each == ShopTrouble.REJECTED || each == ShopTrouble.LOCKED)
        .ifPresent(
            trouble ->
                list.add(
                    new Contraindication(
                        "shop.go-on-calling",
                        "do not go on calling this shop",
                        "the shop " + trouble.clause() + ": each further call makes it worse")));
    return list;
  }

  private boolean unauthorized() {
    return answer().filter(each -> each.answer().trouble() == ShopTrouble.UNAUTHORIZED).isPresent()
        || logged(Signature.SHOP_AUTH);
  }

  private boolean throttled() {
    return answer().filter(each -> each.answer().trouble() == ShopTrouble.THROTTLED).isPresent()
        || one(Budget.class).isPresent()
        || logged(Signature.SHOP_THROTTLED)
        || ownThrottled(ShopApiErrorsAdvice::takesPoints).isPresent();
  }

  private Optional<ShopOperation> ownThrottled(Predicate<ShopOperation> which) {
    return all(OwnCalls.class).stream()
        .flatMap(own -> own.calls().operations().stream())
        .filter(each -> each.throttled() > 0)
        .filter(which)
        .max(Comparator.comparingLong(ShopOperation::throttled));
  }

  private static boolean takesPoints(ShopOperation each) {
    return each.requested() > 0;
  }

  private boolean timeouts() {
    return answer().filter(each -> each.answer().trouble() == ShopTrouble.TIMED_OUT).isPresent()
        || logged(Signature.SHOP_TIMEOUT);
  }

  private boolean logged(Signature signature) {
    return all(Logged.class).stream().anyMatch(each -> each.count(signature) > 0);
  }

  private Optional<Answer> answer() {
    return all(Answer.class).stream().findFirst();
  }

  private Optional<Budget> budget() {
    return all(Budget.class).stream().findFirst();
  }

  /** The first of a kind that is a problem. */
  private <F extends ShopApiErrorsFinding> Optional<F> one(Class<F> type) {
    return all(type).stream().filter(each -> each.verdict() == Verdict.PROBLEM).findFirst();
  }

  private <F> List<F> all(Class<F> type) {
    return findings.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static Recommendation advice(String id, String what, String because) {
    return Recommendation.advice(id, what, because, "");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }
}
