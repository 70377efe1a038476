package com.hotdash.ops.procedure;

import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.app.AppWindow;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.logs.LogSummary;
import com.hotdash.ops.logs.Signature;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.PlatformLook;
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
import com.hotdash.ops.shop.ShopBudget;
import com.hotdash.ops.shop.ShopCalls;
import com.hotdash.ops.shop.ShopLook;
import com.hotdash.ops.shop.ShopOperation;
import com.hotdash.ops.statuspage.StatusPages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Judges errors of the shop's interface (R5): a pure function of an observation. Immutable and
 * thread-safe.
 *
 * <p>That the shop answers us says nothing of the application, which holds a token of its own:
 * without its log or its counters the answer is never OK.
 */
public final class ShopApiErrorsProcedure implements Procedure {
  private static final List<ReadingKey<?>> REQUIRED =
      List.of(
          ShopLook.ANSWER,
          ShopLook.SCOPES,
          ShopLook.VERSION,
          ShopLook.BUDGET,
          ShopLook.SUBSCRIPTIONS);
  // Either tells how the application fares.
  private static final List<ReadingKey<?>> APPLICATION =
      List.of(PlatformLook.LOGS, AppReader.METRICS);
  private static final List<ReadingKey<?>> EXPLAINING = List.of(ShopLook.CALLS);
  private static final Set<Signature> TROUBLES =
      Set.of(Signature.SHOP_AUTH, Signature.SHOP_THROTTLED, Signature.SHOP_TIMEOUT);

  private final ShopThresholds thresholds;

  /**
   * Makes the procedure.
   *
   * @param thresholds from where on something is a problem
   */
  public ShopApiErrorsProcedure(ShopThresholds thresholds) {
    this.thresholds = thresholds;
  }

  @Override
  public Incident incident() {
    return Incident.SHOPIFY_API_ERRORS;
  }

  @Override
  public Set<ReadingKey<?>> needs() {
    return Set.of(
        ShopLook.ANSWER,
        ShopLook.SCOPES,
        ShopLook.VERSION,
        ShopLook.SUBSCRIPTIONS,
        ShopLook.CALLS,
        ShopLook.BUDGET,
        PlatformLook.LOGS,
        AppReader.METRICS,
        StatusPages.PAGES);
  }

  @Override
  public Diagnosis diagnose(Observation seen, Estate estate) {
    var findings = new ArrayList<ShopApiErrorsFinding>();
    add(seen, findings, ShopLook.ANSWER, (v, e) -> new Answer(v, thresholds.slow(), List.of(e)));
    add(seen, findings, ShopLook.SCOPES, (v, e) -> new Scopes(v, List.of(e)));
    add(
        seen,
        findings,
        ShopLook.VERSION,
        (v, e) -> new Version(v, seen.at(), thresholds.versionEnds(), List.of(e)));
    budget(seen, findings);
    application(seen, findings);
    own(seen, findings);
    add(seen, findings, ShopLook.SUBSCRIPTIONS, (v, e) -> new Subscriptions(v, List.of(e)));
    VendorPages.troubled(seen)
        .forEach(page -> findings.add(new VendorTrouble(page.value(), List.of(page.evidence()))));
    var advisor = new ShopApiErrorsAdvice(findings);
    return new Diagnosis(
        Incident.SHOPIFY_API_ERRORS,
        estate,
        seen.at(),
        verdict(seen, findings),
        List.copyOf(findings),
        notChecked(seen),
        advisor.recommendations(),
        advisor.contraindications());
  }

  private static <T> void add(
      Observation seen,
      List<ShopApiErrorsFinding> findings,
      ReadingKey<T> key,
      BiFunction<T, Evidence, ShopApiErrorsFinding> finding) {
    if (seen.get(key) instanceof Reading.Read<T> read) {
      findings.add(finding.apply(read.value(), read.evidence()));
    }
  }

  private void budget(Observation seen, List<ShopApiErrorsFinding> findings) {
    if (!(seen.get(ShopLook.BUDGET) instanceof Reading.Read<ShopBudget> read)) {
      return;
    }
    var budget = read.value();
    var largest =
        seen.get(ShopLook.CALLS)
            .toOptional()
            .flatMap(
                calls ->
                    calls.operations().stream()
                        .max(Comparator.comparingDouble(ShopOperation::requested)));
    double needed =
        largest.map(ShopOperation::requested).orElse(0.0) > 1
            ? largest.orElseThrow().requested()
            : thresholds.lowShare() * budget.maximum();
    var of =
        largest
            .filter(each -> each.requested() > 1)
            .map(ShopOperation::name)
            .orElse("a call of a tenth of it");
    findings.add(new Budget(budget, needed, of, List.of(read.evidence())));
    if (!budget.watched().isZero()) {
      findings.add(
          new ForeignUse(budget, thresholds.foreignShare(), needed, List.of(read.evidence())));
    }
  }

  private void application(Observation seen, List<ShopApiErrorsFinding> findings) {
    if (seen.get(PlatformLook.LOGS) instanceof Reading.Read<LogSummary> read) {
      var log = read.value();
      var troubles =
          log.sightings().stream().filter(e -> TROUBLES.contains(e.signature())).toList();
      boolean goOn = troubles.stream().anyMatch(each -> Lately.goesOn(each.last(), seen.at()));
      findings.add(
          new Logged(
              troubles,
              thresholds.leastTimeouts(),
              seen.at(),
              Lately.readEnough(log, goOn, seen.at()),
              log.coverage().toString(),
              List.of(read.evidence())));
    }
    if (seen.get(AppReader.METRICS) instanceof Reading.Read<AppWindow> read) {
      findings.add(
          new ApplicationCalls(
              read.value().apiCalls(), thresholds.errorShare(), List.of(read.evidence())));
    }
  }

  private void own(Observation seen, List<ShopApiErrorsFinding> findings) {
    if (seen.get(ShopLook.CALLS) instanceof Reading.Read<ShopCalls> read) {
      var calls = read.value();
      findings.add(new OwnCalls(calls, thresholds.errorShare(), List.of(read.evidence())));
      calls.operations().stream()
          .filter(each -> each.calls() >= thresholds.leastCalls())
          .filter(each -> each.repeated() >= thresholds.repeatShare() * each.calls())
          .forEach(each -> findings.add(new Waste(each, calls.window(), List.of(read.evidence()))));
    }
  }

  /** What should have been read and was not keeps the whole from being OK. */
  private static Verdict verdict(Observation seen, List<? extends ShopApiErrorsFinding> findings) {
    // Of the application's log and counters one that tells is enough; a problem counts from either.
    var application = findings.stream().filter(ShopApiErrorsProcedure::ofApplication).toList();
    var verdicts =
        new ArrayList<>(
            findings.stream()
                .filter(each -> !(each instanceof VendorTrouble))
                .filter(each -> !ofApplication(each) || each.verdict() == Verdict.PROBLEM)
                .map(Finding::verdict)
                .toList());
    if (application.stream().noneMatch(each -> each.verdict() != Verdict.UNKNOWN)) {
      verdicts.add(Verdict.UNKNOWN);
    }
    for (var key : REQUIRED) {
      if (seen.get(key).obstacle().isPresent()) {
        verdicts.add(Verdict.UNKNOWN);
      }
    }
    return Verdict.rollUp(verdicts);
  }

  private static boolean ofApplication(ShopApiErrorsFinding finding) {
    return finding instanceof Logged || finding instanceof ApplicationCalls;
  }

  private static List<NotChecked> notChecked(Observation seen) {
    var list = new ArrayList<NotChecked>();
    for (var keys : List.of(REQUIRED, APPLICATION, EXPLAINING)) {
      for (var key : keys) {
        seen.get(key).obstacle().ifPresent(list::add);
      }
    }
    seen.get(ShopLook.BUDGET)
        .toOptional()
        .filter(budget -> budget.watched().isZero())
        .ifPresent(
            budget ->
                list.add(
                    new NotChecked(
                        "who else draws on the budget of calls",
                        Why.TOO_LITTLE_DATA,
                        "it was looked at once only",
                        "look again with more time")));
    list.addAll(VendorPages.notChecked(seen));
    return list;
  }
}
