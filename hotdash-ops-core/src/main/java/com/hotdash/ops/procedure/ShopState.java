package com.hotdash.ops.procedure;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.shop.ShopAnswer;
import com.hotdash.ops.shop.ShopScopes;
import com.hotdash.ops.shop.ShopSubscriptions;
import com.hotdash.ops.shop.ShopTrouble;
import com.hotdash.ops.shop.ShopVersion;
import com.hotdash.ops.shop.Subscription;
import com.hotdash.ops.time.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the shop's interface says of itself, its token and its subscriptions. */
public sealed interface ShopState extends ShopApiErrorsFinding {
  /**
   * What the shop answered to the least that can be asked, with the token that was handed in. The
   * application may hold another one. What it refuses is a problem at once; what may be over with
   * the next call is one if it comes twice, which is the least that exact bounds put above 5 %.
   *
   * @param answer the answer
   * @param slow from how long on it took too long
   * @param evidence where it was seen
   */
  record Answer(ShopAnswer answer, Duration slow, List<Evidence> evidence) implements ShopState {
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
   * What the token may do. What it may not shows as less data, hardly ever as an error.
   *
   * @param scopes the scopes
   * @param evidence where it was seen
   */
  record Scopes(ShopScopes scopes, List<Evidence> evidence) implements ShopState {
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
      implements ShopState {
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
      return until == null ? text : text + ", until " + Stamp.of(until);
    }
  }

  /**
   * What is subscribed to.
   *
   * @param subscriptions the subscriptions
   * @param evidence where it was seen
   */
  record Subscriptions(ShopSubscriptions subscriptions, List<Evidence> evidence)
      implements ShopState {
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
}
