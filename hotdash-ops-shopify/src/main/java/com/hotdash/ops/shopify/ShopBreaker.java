package com.hotdash.ops.shopify;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.time.Ticker;
import com.hotdash.ops.time.Time;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps calls from a shop that cannot answer them. Failures of Shopify's side and of the way to it
 * count; throttling, a wrong call and a business error do not. It opens when half of the last 20
 * calls failed, waits 10 s and longer each time, and closes when a ping succeeds. Thread-safe.
 */
final class ShopBreaker {
  private static final int WINDOW = 20;
  private static final int LEAST_CALLS = 5;
  private static final float OPEN_AT_PERCENT = 50;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final CircuitBreaker breaker;
  private final String shop;
  private volatile String why = "too many of its last calls failed";

  ShopBreaker(String shop, Time time) {
    this.shop = shop;
    breaker =
        CircuitBreaker.of(
            shop,
            CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(WINDOW)
                .minimumNumberOfCalls(LEAST_CALLS)
                .failureRateThreshold(OPEN_AT_PERCENT)
                .permittedNumberOfCallsInHalfOpenState(1)
                .waitIntervalFunctionInOpenState(
                    IntervalFunction.ofExponentialBackoff(FIRST_WAIT, 2, LONGEST_WAIT))
                .clock(elapsed(time.ticker()).withZone(ZoneOffset.UTC))
                .currentTimestampFunction(clock -> time.ticker().nanos(), TimeUnit.NANOSECONDS)
                .build());
  }

  /** A clock that nobody sets back: with the system's own, a healthy shop would stay closed. */
  private static InstantSource elapsed(Ticker ticker) {
    long begun = ticker.nanos();
    return () -> Instant.EPOCH.plusNanos(ticker.nanos() - begun);
  }

  /**
   * Lets a call through, or throws.
   *
   * @param ping the trial of a shop that has failed: tells how it went, and throws if it fails
   *     again
   */
  void check(String operation, Runnable ping) {
    if (!breaker.tryAcquirePermission()) {
      throw open(operation);
    }
    if (breaker.getState() == CircuitBreaker.State.HALF_OPEN) {
      trial(ping);
      if (!breaker.tryAcquirePermission()) {
        throw open(operation);
      }
    }
  }

  /** A ping of which nothing was learned, for whatever reason, leaves the trial to the next. */
  private void trial(Runnable ping) {
    try {
      ping.run();
    } finally {
      if (breaker.getState() == CircuitBreaker.State.HALF_OPEN) {
        breaker.releasePermission();
      }
    }
  }

  /**
   * Throws if the shop was stopped while a call waited for its points: to a shop that locks its
   * callers out, each further one makes it worse.
   */
  void stillClosed(String operation) {
    if (breaker.getState() != CircuitBreaker.State.CLOSED) {
      throw open(operation);
    }
  }

  void succeeded() {
    breaker.onSuccess(0, TimeUnit.NANOSECONDS);
  }

  void failed(String problem) {
    if (breaker.getState() != CircuitBreaker.State.OPEN) {
      why = problem;
    }
    breaker.onError(0, TimeUnit.NANOSECONDS, new IllegalStateException(problem));
  }

  /**
   * Counts an answer.
   *
   * @param judged the answer, or {@code null} if it was too long to be read
   */
  void judged(@Nullable Judgement judged) {
    if (judged == null || judged.refusal() == null) {
      succeeded();
      return;
    }
    // Without what the service said: somebody else's call may have a secret in it.
    refused(judged.treatment(), shop + " answered " + judged.status() + ": " + judged.refusal());
  }

  /** Counts a refusal. */
  void refused(Treatment treatment, String problem) {
    if (treatment.stop() != null) {
      stop(treatment.stop(), problem);
    } else if (treatment.failure()) {
      failed(problem);
    } else {
      succeeded(); // the service is there and has answered
    }
  }

  /** The call says nothing about whether the shop can answer. */
  void undecided() {
    breaker.releasePermission();
  }

  void stop(Duration time, String problem) {
    why = problem;
    breaker.releasePermission();
    breaker.transitionToOpenStateFor(time);
  }

  private ShopifyException open(String operation) {
    var kind = ShopifyException.Kind.BREAKER_OPEN;
    return new ShopifyException(
        kind,
        0,
        Fault.of(
                ShopifyException.SERVICE,
                operation,
                "not sent to " + shop + ": calls to it are stopped: " + why)
            .withNextStep(Treatment.of(kind).nextStep())
            .asRetryable(null),
        Map.of());
  }
}
