package com.hotdash.ops.shopify;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.shopify.ShopifyException.Kind;
import com.hotdash.ops.shopify.Treatment.Again;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says why a call to a shop did not give its result. Whatever came last: if an earlier try may have
 * been carried out, the outcome is unknown.
 *
 * @param operation such as {@code graphql.mutation}
 */
record CallFailures(ShopDomain shop, String operation, Redactor redactor) {
  private static final String LOOK_FIRST = "look whether the change was made before trying again";

  /** Returns what was answered, without secrets. */
  String told(Judgement judged) {
    return redactor.redact(
        shop + " answered " + judged.status() + ": " + judged.refusal() + ", " + judged.message());
  }

  /**
   * A refusal.
   *
   * @param lost whether this or an earlier try may have been carried out
   * @param repeatable whether the caller may make the same call again all the same
   */
  ShopifyException refused(Judgement judged, boolean lost, boolean repeatable) {
    var treatment = judged.treatment();
    var fault =
        Fault.of(ShopifyException.SERVICE, operation, told(judged))
            .withNextStep(lost ? LOOK_FIRST : treatment.nextStep())
            .withRequestId(judged.requestId());
    if (treatment.again() != Again.NEVER && (!lost || repeatable)) {
      fault = fault.asRetryable(judged.retryAfter());
    }
    return new ShopifyException(
        Objects.requireNonNull(judged.refusal()),
        judged.status(),
        lost ? fault.asOutcomeUnknown() : fault,
        data(judged),
        judged.charge());
  }

  /** No business error, though it is told like one: the change may be made in this moment. */
  ShopifyException stillRunning(Judgement judged) {
    return new ShopifyException(
        Kind.CONFLICT,
        judged.status(),
        Fault.of(
                ShopifyException.SERVICE,
                operation,
                shop + " still works on an earlier try with the same key")
            .withNextStep(LOOK_FIRST)
            .withRequestId(judged.requestId())
            .asOutcomeUnknown(),
        data(judged),
        judged.charge());
  }

  /** The token was refused, and there is no newer one. */
  ShopifyException notRenewed(String problem, boolean lost) {
    var fault =
        Fault.of(
                ShopifyException.SERVICE,
                operation,
                shop
                    + " refused the access token, and renewing it failed: "
                    + redactor.redact(problem))
            .withNextStep(lost ? LOOK_FIRST : Treatment.of(Kind.UNAUTHORIZED).nextStep());
    return new ShopifyException(
        Kind.UNAUTHORIZED, 401, lost ? fault.asOutcomeUnknown() : fault, Map.of());
  }

  /** An earlier try may have been carried out, whatever happened since. */
  ShopifyException uncertain(String problem) {
    return new ShopifyException(
        Kind.NOT_ADMITTED,
        0,
        Fault.of(
                ShopifyException.SERVICE,
                operation,
                "the answer of an earlier try was lost, and then: " + problem)
            .withNextStep(LOOK_FIRST)
            .asOutcomeUnknown(),
        Map.of());
  }

  InterruptedOpsException interrupted(boolean lost) {
    var fault =
        Fault.of(
            ShopifyException.SERVICE,
            operation,
            "the call to " + shop + " was given up between two tries: interrupted");
    return new InterruptedOpsException(
        lost ? fault.withNextStep(LOOK_FIRST).asOutcomeUnknown() : fault);
  }

  /** How long to wait where the service says nothing better (shopify.md, section 3). */
  static Duration askedFor(Judgement judged) {
    return judged.retryAfter() == null ? Duration.ofSeconds(1) : judged.retryAfter();
  }

  private static Map<String, @Nullable Object> data(Judgement judged) {
    var data = judged.body() == null ? null : ReplyJson.map(judged.body().get("data"));
    return data == null ? Map.of() : data;
  }
}
