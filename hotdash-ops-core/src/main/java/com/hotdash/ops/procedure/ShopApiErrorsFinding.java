package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.logs.Sighting;
import com.hotdash.ops.logs.Signature;
import com.hotdash.ops.metrics.ApiCalls;
import com.hotdash.ops.metrics.Binomial;
import com.hotdash.ops.shop.ShopAnswer;
import com.hotdash.ops.shop.ShopBudget;
import com.hotdash.ops.shop.ShopCalls;
import com.hotdash.ops.shop.ShopOperation;
import com.hotdash.ops.shop.ShopScopes;
import com.hotdash.ops.shop.ShopSubscriptions;
import com.hotdash.ops.shop.ShopTrouble;
import com.hotdash.ops.shop.ShopVersion;
import com.hotdash.ops.shop.Subscription;
import com.hotdash.ops.statuspage.PageStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Whether the shop's interface serves the application, and what its calls cost. */
public sealed interface ShopApiErrorsFinding extends Finding {
  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /**
   * What the shop answered to the least that can be asked, with the token that was handed in. The
   * application may hold another one. What it refuses is a problem at once; what may be over with
   * the next call is one if it comes twice, which is the least that exact bounds put above 5 %.
   *
   * @param answer the answer
   * @param slow from how long on it took too long
   * @param evidence where it was seen
   */
  record Answer(ShopAnswer answer, Duration slow, List<Evidence> evidence)
      implements ShopApiErrorsFinding {
    /** Copies the list. */
    public Answer {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "shop.answer";
    }

    @Override
    public Severity weight() {
      return answer.trouble() == ShopTrouble.NONE ? Severity.WARNING : Severity.CRITICAL;
    }

    @Override
    public Verdict verdict() {
      if (answer.trouble() == ShopTrouble.NOT_UNDERSTOOD) {
        return Verdict.UNKNOWN; // something else than the shop may have answered
      }
      if (answer.passing(slow)) {
        var before = answer.before();
        return before != null && before.passing(slow) ? Verdict.PROBLEM : Verdict.UNKNOWN;
      }
      return answer.trouble() == ShopTrouble.NONE ? Verdict.OK : Verdict.PROBLEM;
    }

    /** Late or failed, and not asked twice. */
    boolean once() {
      return verdict() == Verdict.UNKNOWN && answer.passing(slow);
    }

    @Override
    public String summary() {
      return answer.toString();
    }
  }

  /**
   * What is left of the budget of calls.
   *
   * @param budget the budget
   * @param needed what a call must find, in points
   * @param of whose need that is
   * @param evidence where it was seen
   */
  record Budget(ShopBudget budget, double needed, String of, List<Evidence> evidence)
      implements ShopApiErrorsFinding {
    /** Copies the list. */
    public Budget {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "shop.budget";
    }

    @Override
    public Severity weight() {
      return Severity.CRITICAL;
    }

    @Override
    public Verdict verdict() {
      return budget.available() < needed && !budget.usedByUs() ? Verdict.PROBLEM : Verdict.OK;
    }

    @Override
    public String summary() {
      return verdict() == Verdict.PROBLEM
          ? text(
              "the budget of calls has %s left; %s needs %.0f: it would be throttled for %.1f s",
              budget, of, needed, budget.waitFor(needed).toMillis() / 1_000.0)
          : "the budget of calls has "
              + budget
              + " left"
              + (budget.usedByUs()
                  ? text("; %.0f points/s are this process's own", budget.ownPerSecond())
                  : "");
    }
  }

  /**
   * What other processes of the same app take from the budget. Some use is as it should be: the
   * application itself is such a process.
   *
   * @param budget the budget, watched for a while
   * @param share from which share of what comes back on it is a problem
   * @param evidence where it was seen
   */
  record ForeignUse(ShopBudget budget, double share, List<Evidence> evidence)
      implements ShopApiErrorsFinding {
    /** Copies the list. */
    public ForeignUse {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "shop.foreign-use";
    }

    @Override
    public Severity weight() {
      return Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      return budget.foreignShare() >= share ? Verdict.PROBLEM : Verdict.OK;
    }

    @Override
    public String summary() {
      if (budget.foreignPerSecond() < 1) {
        return budget.atLeast()
            ? text(
                "others take at most the %.0f points/s that come back: the budget is full",
                budget.restoreRate())
            : "nobody else was seen to draw on the budget";
      }
      return text(
          "others took %s%.0f points/s, %.0f %% of what comes back, over %.1f s",
          budget.atLeast() ? "at least " : "",
          budget.foreignPerSecond(),
          100 * budget.foreignShare(),
          budget.watched().toMillis() / 1_000.0);
    }
  }

  /**
   * What the token may do. What it may not shows as less data, hardly ever as an error.
   *
   * @param scopes the scopes
   * @param evidence where it was seen
   */
  record Scopes(ShopScopes scopes, List<Evidence> evidence) implements ShopApiErrorsFinding {
    /** Copies the list. */
    public Scopes {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "shop.scopes";
    }

    @Override
    public Severity weight() {
      return Severity.CRITICAL;
    }

    @Override
    public Verdict verdict() {
      return scopes.missing().isEmpty() ? Verdict.OK : Verdict.PROBLEM;
    }

    @Override
    public String summary() {
      if (!scopes.missing().isEmpty()) {
        return "the token lacks " + String.join(", ", scopes.missing());
      }
      return scopes.wanted().isEmpty()
          ? scopes.granted().size() + " scopes are granted; nobody said which are needed"
          : "the token has all " + scopes.wanted().size() + " scopes that are needed";
    }
  }

  /**
   * Which version of the interface answers.
   *
   * @param version the version
   * @param at when it was looked at
   * @param ends how long before its end a version is to be left
   * @param evidence where it was seen
   */
  record Version(ShopVersion version, Instant at, Duration ends, List<Evidence> evidence)
      implements ShopApiErrorsFinding {
    /** Copies the list. */
    public Version {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "shop.version";
    }

    @Override
    public Severity weight() {
      return Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      return version.another() || ending() ? Verdict.PROBLEM : Verdict.OK;
    }

    private boolean ending() {
      var until = version.accessibleUntil();
      return until != null && at.plus(ends).isAfter(until);
    }

    @Override
    public String summary() {
      if (version.another()) {
        return "version "
            + version.asked()
            + " was asked for and "
            + version.served()
            + " answered: the first is no longer accessible, and fields may mean other things";
      }
      var text = "version " + version.served() + " answers";
      var until = version.accessibleUntil();
      return until == null ? text : text + ", until " + until;
    }
  }

  /**
   * What the application itself has counted of its calls. One that was throttled came with status
   * 200 and may be counted as a success.
   *
   * @param calls its calls, by operation
   * @param threshold the share of errors that is still good
   * @param evidence where it was seen
   */
  record ApplicationCalls(List<ApiCalls> calls, double threshold, List<Evidence> evidence)
      implements ShopApiErrorsFinding {
    /** Copies the lists. */
    public ApplicationCalls {
      calls = List.copyOf(calls);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "shop.application-calls";
    }

    @Override
    public Severity weight() {
      return Severity.CRITICAL;
    }

    @Override
    public Verdict verdict() {
      return Binomial.judge(errors(), total(), threshold);
    }

    private double errors() {
      return calls.stream().mapToDouble(ApiCalls::errors).sum();
    }

    private double total() {
      return calls.stream().mapToDouble(ApiCalls::calls).sum();
    }

    @Override
    public String summary() {
      if (!(total() > 0)) {
        return "the application counted no call to the shop";
      }
      var worst =
          calls.stream()
              .filter(each -> each.errors() > 0)
              .max((a, b) -> Double.compare(a.errors(), b.errors()))
              .map(each -> "; most of " + each)
              .orElse("");
      return text("the application counted %.0f errors in %.0f calls", errors(), total())
          + (verdict() == Verdict.UNKNOWN ? ": too few to tell" : "")
          + worst;
    }
  }

  /**
   * What the application's log tells of the shop's interface.
   *
   * @param sightings refused tokens, throttled calls, timeouts; empty if none was seen
   * @param leastTimeouts how many timeouts are a problem
   * @param complete whether the whole window was read
   * @param coverage how much was read
   * @param evidence where it was seen
   */
  record Logged(
      List<Sighting> sightings,
      int leastTimeouts,
      boolean complete,
      String coverage,
      List<Evidence> evidence)
      implements ShopApiErrorsFinding {
    /** Copies the lists. */
    public Logged {
      sightings = List.copyOf(sightings);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "shop.logged";
    }

    @Override
    public Severity weight() {
      return count(Signature.SHOP_AUTH) > 0 ? Severity.CRITICAL : Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      if (count(Signature.SHOP_AUTH) > 0
          || count(Signature.SHOP_THROTTLED) > 0
          || count(Signature.SHOP_TIMEOUT) >= leastTimeouts) {
        return Verdict.PROBLEM;
      }
      return complete ? Verdict.OK : Verdict.UNKNOWN;
    }

    /**
     * Counts the lines with one signature.
     *
     * @param signature which
     * @return how many
     */
    public long count(Signature signature) {
      return sightings.stream()
          .filter(each -> each.signature() == signature)
          .mapToLong(Sighting::count)
          .sum();
    }

    @Override
    public String summary() {
      if (sightings.isEmpty()) {
        return "the log tells of no trouble with the shop"
            + (complete ? "" : ", but not all of it was read: " + coverage);
      }
      return "the log tells of "
          + sightings.stream()
              .map(each -> each.count() + " × " + each.signature())
              .collect(Collectors.joining(", "));
    }
  }

  /**
   * What this process itself has called, and what that cost.
   *
   * @param calls the calls
   * @param threshold the share of failed calls that is still good
   * @param evidence where it was seen
   */
  record OwnCalls(ShopCalls calls, double threshold, List<Evidence> evidence)
      implements ShopApiErrorsFinding {
    private static final int SHOWN = 3;

    /** Copies the list. */
    public OwnCalls {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "shop.own-calls";
    }

    @Override
    public Severity weight() {
      return Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      if (sum(ShopOperation::throttled) > 0) {
        return Verdict.PROBLEM;
      }
      var failed =
          Binomial.judge(
              (double) sum(ShopOperation::failed), (double) sum(ShopOperation::calls), threshold);
      return failed == Verdict.PROBLEM ? Verdict.PROBLEM : Verdict.OK;
    }

    private long sum(ToLongFunction<ShopOperation> of) {
      return calls.operations().stream().mapToLong(of).sum();
    }

    @Override
    public String summary() {
      var all =
          text(
              "this process used %.1f points/s over %d s; %d of its %d calls were throttled, %d"
                  + " failed",
              calls.pointsPerSecond(),
              calls.window().toSeconds(),
              sum(ShopOperation::throttled),
              sum(ShopOperation::calls),
              sum(ShopOperation::failed));
      if (calls.operations().isEmpty()) {
        return all;
      }
      return calls.operations().stream()
          .limit(SHOWN)
          .map(ShopOperation::toString)
          .collect(Collectors.joining("; ", all + "; most of it: ", ""));
    }
  }

  /**
   * An operation that this process asks for again and again. It is waste, not an error.
   *
   * @param operation which
   * @param window over which time
   * @param evidence where it was seen
   */
  record Waste(ShopOperation operation, Duration window, List<Evidence> evidence)
      implements ShopApiErrorsFinding {
    /** Copies the list. */
    public Waste {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return operation.period() == null ? "shop.repeats" : "shop.polling";
    }

    @Override
    public Severity weight() {
      return Severity.INFO;
    }

    @Override
    public Verdict verdict() {
      return Verdict.OK;
    }

    /**
     * Returns what repeating costs.
     *
     * @return points each hour
     */
    public double pointsPerHour() {
      return operation.repeated() * operation.each() * 3_600 / Math.max(1, window.toNanos() / 1e9);
    }

    @Override
    public String summary() {
      var period = operation.period();
      return text(
          "%s asks the same %s: %d of %d calls repeat another, %s",
          operation.name(),
          period == null ? "again" : "every " + text("%.1f s", period.toMillis() / 1_000.0),
          operation.repeated(),
          operation.calls(),
          perHour());
    }

    /** Returns what repeating costs each hour, in words: points, or calls that cost none. */
    String perHour() {
      return operation.each() > 0
          ? text("%.0f points/h", pointsPerHour())
          : text("%.0f calls/h", operation.repeated() * 3_600e9 / Math.max(1, window.toNanos()));
    }
  }

  /**
   * What is subscribed to.
   *
   * @param subscriptions the subscriptions
   * @param evidence where it was seen
   */
  record Subscriptions(ShopSubscriptions subscriptions, List<Evidence> evidence)
      implements ShopApiErrorsFinding {
    /** Copies the list. */
    public Subscriptions {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "shop.subscriptions";
    }

    @Override
    public Severity weight() {
      return Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      if (subscriptions.missing().isEmpty()) {
        return Verdict.OK;
      }
      return subscriptions.complete() ? Verdict.PROBLEM : Verdict.UNKNOWN;
    }

    @Override
    public String summary() {
      var parts = new ArrayList<String>();
      var missing = subscriptions.missing();
      if (!missing.isEmpty()) {
        parts.add(
            missing.size()
                + " of "
                + subscriptions.wanted().size()
                + " subscriptions are not listed: "
                + missing.stream().map(Subscription::toString).collect(Collectors.joining(", ")));
      } else if (subscriptions.wanted().isEmpty()) {
        parts.add(
            subscriptions.present().size()
                + " subscriptions are listed; nobody said which are needed");
      } else {
        parts.add("all " + subscriptions.wanted().size() + " subscriptions are there");
      }
      if (!subscriptions.complete()) {
        parts.add("not all could be listed");
      }
      return String.join("; ", parts);
    }
  }

  /**
   * A vendor's status page that tells of trouble. Such pages lag, so it decides nothing.
   *
   * @param page the page
   * @param evidence where it was seen
   */
  record VendorTrouble(PageStatus page, List<Evidence> evidence) implements ShopApiErrorsFinding {
    /** Copies the list. */
    public VendorTrouble {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "vendor.status-page";
    }

    @Override
    public Severity weight() {
      return Severity.INFO;
    }

    @Override
    public Verdict verdict() {
      return Verdict.UNKNOWN;
    }

    @Override
    public String summary() {
      return page + " (weak: vendor pages lag)";
    }
  }
}
