package com.hotdash.ops.procedure;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.shop.ShopBudget;
import java.util.List;
import java.util.Locale;

/** What is left of the budget of calls, and who uses it up. */
public sealed interface ShopPoints extends ShopApiErrorsFinding {
  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
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
      implements ShopPoints {
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
   * @param share from which share of what comes back on it may be a problem
   * @param needed what a call must find, in points: who leaves that for a minute troubles nobody
   * @param evidence where it was seen
   */
  record ForeignUse(ShopBudget budget, double share, double needed, List<Evidence> evidence)
      implements ShopPoints {
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
      boolean low = Math.min(budget.available(), inAMinute()) < needed;
      return budget.foreignShare() >= share && low ? Verdict.PROBLEM : Verdict.OK;
    }

    private double inAMinute() {
      double grows = budget.restoreRate() - budget.foreignPerSecond() - budget.ownPerSecond();
      return budget.available() + 60 * grows;
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
}
