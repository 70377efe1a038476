package com.hotdash.ops.escalation;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.procedure.ErrorShares;
import com.hotdash.ops.procedure.ErrorSigns;
import com.hotdash.ops.procedure.HealthCheckFailuresFinding;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How urgent a trouble is, and why. A pure function of what was found.
 *
 * @param priority the priority
 * @param because why, as clauses; the first decided
 */
public record Urgency(Priority priority, List<String> because) {
  private static final int REASONS = 5;

  /** Routes of the shop's money: HotDash serves pages of orders and the shop's webhooks. */
  private static final Pattern REVENUE =
      Pattern.compile(
          "(?i)/(?:[\\w.{}:-]+/){0,10}(?:orders?|checkouts?|carts?|payments?)(?![\\w-])");

  /** Copies the reasons. */
  public Urgency {
    because = List.copyOf(because);
  }

  /**
   * Judges one diagnosis: {@link Priority#P0} if no machine is healthy, all own probes fail or more
   * than half of the answers are errors; {@link Priority#P1} if too many answers are errors, a
   * problem hurts users now, or shows on a route of orders or of checkout; {@link Priority#P2} for
   * any other warning; {@link Priority#P3} for the rest, and where nobody could look.
   *
   * @param diagnosis what was found
   * @return the urgency; {@link Priority#P3} of one that is OK
   */
  public static Urgency of(Diagnosis diagnosis) {
    var reasons =
        diagnosis.findings().stream()
            .filter(finding -> finding.verdict() == Verdict.PROBLEM)
            .map(Urgency::reason)
            .sorted(Comparator.comparing(Reason::priority))
            .toList();
    if (!reasons.isEmpty()) {
      var worst = reasons.get(0).priority();
      return new Urgency(
          worst,
          reasons.stream()
              .filter(each -> each.priority() == worst)
              .map(Reason::because)
              .limit(REASONS)
              .toList());
    }
    return new Urgency(
        Priority.P3,
        List.of(
            diagnosis.verdict() == Verdict.OK
                ? "nothing is wrong"
                : "nobody could look at everything, and nothing wrong was seen"));
  }

  /**
   * Judges several diagnoses of one moment.
   *
   * @param diagnoses what was found
   * @return the most urgent; {@link Priority#P3} if there is none
   */
  public static Urgency of(Collection<Diagnosis> diagnoses) {
    Optional<Urgency> worst =
        diagnoses.stream().map(Urgency::of).min(Comparator.comparing(Urgency::priority));
    return worst.orElseGet(() -> new Urgency(Priority.P3, List.of("nothing was looked at")));
  }

  private record Reason(Priority priority, String because) {}

  private static Reason reason(Finding finding) {
    var summary = firstLine(finding);
    if (down(finding)) {
      return new Reason(Priority.P0, "nobody is served: " + summary);
    }
    if (finding instanceof ErrorShares.ErrorRate
        || finding instanceof ErrorShares.ApplicationErrors) {
      // These are critical from more than half on; the runbook names no number.
      return finding.severity() == Severity.CRITICAL
          ? new Reason(Priority.P0, "more than half of all answers are errors: " + summary)
          : new Reason(Priority.P1, "too many answers are errors: " + summary);
    }
    if (finding.severity() == Severity.CRITICAL) {
      return new Reason(Priority.P1, "users are hurt now: " + summary);
    }
    var revenue = revenue(finding);
    if (revenue.isPresent()) {
      return new Reason(
          Priority.P1, "it is on the way of orders, " + revenue.get() + ": " + summary);
    }
    return finding.severity() == Severity.WARNING
        ? new Reason(Priority.P2, summary)
        : new Reason(Priority.P3, "worth knowing: " + summary);
  }

  private static boolean down(Finding finding) {
    if (finding instanceof ErrorSigns.Fleet fleet) {
      return noneServes(fleet.machines());
    }
    if (finding instanceof HealthCheckFailuresFinding.Checks checks) {
      return noneServes(checks.machines());
    }
    if (finding instanceof HealthCheckFailuresFinding.Probes probes) {
      return probes.failing().size() == probes.health().machines().size();
    }
    return finding instanceof ErrorShares.OwnProbes probes && probes.failed() == probes.asked();
  }

  /** A machine that has not reported may serve: that is not known to be an outage. */
  private static boolean noneServes(Machines machines) {
    return machines.running().stream()
        .map(Machine::health)
        .allMatch(health -> health == Machine.Health.FAILING);
  }

  private static Optional<String> revenue(Finding finding) {
    return Stream.concat(
            Stream.of(finding.summary()), finding.evidence().stream().map(Evidence::value))
        .map(REVENUE::matcher)
        .filter(matcher -> matcher.find())
        .map(matcher -> matcher.group())
        .findFirst();
  }

  private static String firstLine(Finding finding) {
    return finding
        .summary()
        .lines()
        .findFirst()
        .filter(line -> !line.isBlank())
        .orElse(finding.id());
  }

  @Override
  public String toString() {
    return priority + ": " + String.join("; ", because);
  }
}
