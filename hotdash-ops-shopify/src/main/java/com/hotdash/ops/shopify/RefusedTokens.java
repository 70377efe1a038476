package com.hotdash.ops.shopify;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.shopify.ShopifyException.Kind;
import com.hotdash.ops.time.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that one shop refused of late: nothing more is sent with them (shopify.md, section 5).
 * Should one have been refused by mistake, a single call finds it out each minute. Thread-safe.
 */
final class RefusedTokens {
  static final Duration TRIED_AGAIN = Duration.ofMinutes(1);

  /** A newer token is always tried: the oldest are forgotten. */
  private static final int MOST = 16;

  private final String shop;
  private final Ticker ticker;
  private final Deque<Refused> all = new ArrayDeque<>();
  private volatile boolean any;

  RefusedTokens(String shop, Ticker ticker) {
    this.shop = shop;
    this.ticker = ticker;
  }

  /**
   * Lets a call through, or throws.
   *
   * @return whether this call is the one that tries a refused token again
   */
  boolean admit(String operation, Secret token) {
    if (!any) {
      return false;
    }
    synchronized (all) {
      var refused = find(token);
      long now = ticker.nanos();
      if (refused == null) {
        return false;
      }
      if (now - refused.triedAt < TRIED_AGAIN.toNanos()) {
        throw notSent(operation, now - refused.at);
      }
      refused.triedAt = now;
      return true;
    }
  }

  /** Throws if the token was refused while a call waited for its points. */
  void stillGood(String operation, Secret token) {
    if (!any) {
      return;
    }
    synchronized (all) {
      var refused = find(token);
      if (refused != null) {
        throw notSent(operation, ticker.nanos() - refused.at);
      }
    }
  }

  /** Learns from an answer. */
  void judged(Secret token, Judgement judged) {
    if (judged.refusal() == Kind.UNAUTHORIZED) {
      refused(token);
    } else if (any && judged.status() < 300) {
      synchronized (all) {
        all.remove(find(token));
        any = !all.isEmpty();
      }
    }
  }

  private void refused(Secret token) {
    long now = ticker.nanos();
    synchronized (all) {
      var known = find(token);
      if (known != null) {
        known.triedAt = now;
        return;
      }
      if (all.size() == MOST) {
        all.removeFirst();
      }
      all.addLast(new Refused(token, now));
      any = true;
    }
  }

  private @Nullable Refused find(Secret token) {
    for (var each : all) {
      if (each.token.matches(token)) {
        return each;
      }
    }
    return null;
  }

  private ShopifyException notSent(String operation, long nanos) {
    var problem =
        "not sent to "
            + shop
            + ": it refused this access token "
            + Duration.ofNanos(nanos).toSeconds()
            + " s ago, and every further call would be refused";
    return new ShopifyException(
        Kind.UNAUTHORIZED,
        0,
        Fault.of(ShopifyException.SERVICE, operation, problem)
            .withNextStep(Treatment.of(Kind.UNAUTHORIZED).nextStep()),
        Map.of());
  }

  private static final class Refused {
    private final Secret token;
    private final long at;
    private long triedAt;

    Refused(Secret token, long at) {
      this.token = token;
      this.at = at;
      this.triedAt = at;
    }
  }
}
