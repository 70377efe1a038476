package com.hotdash.ops.github;

import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.http.HttpUnreachableException;
import com.hotdash.ops.secret.Redactor;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/** Turns what a call throws into a reading that says what could not be read, and why. */
final class Looking {
  private Looking() {}

  static <T> Reading<T> at(String what, Redactor redactor, Supplier<Reading<T>> look) {
    try {
      return look.get();
    } catch (OpsException e) {
      return Reading.unread(
          new NotChecked(
              what,
              why(e),
              redactor.redact(detail(what, e.problem())),
              redactor.redact(e.nextStep().orElse("try again"))));
    } catch (IllegalStateException | UncheckedIOException e) {
      // The client was closed under the look, or the reader of a log failed.
      return Reading.unread(
          new NotChecked(
              what, Why.CANCELLED, redactor.redact(String.valueOf(e.getMessage())), "try again"));
    }
  }

  /** Without what the reading is called anyway. */
  private static String detail(String what, String problem) {
    return problem.startsWith(what + ": ") ? problem.substring(what.length() + 2) : problem;
  }

  private static Why why(OpsException e) {
    if (e instanceof InterruptedOpsException) {
      return Why.CANCELLED;
    }
    if (e instanceof HttpUnreachableException unreachable) {
      return unreachable.kind() == HttpUnreachableException.Kind.TIMED_OUT
          ? Why.TIMED_OUT
          : Why.UNREACHABLE;
    }
    if (e instanceof GitHubException refused) {
      return switch (refused.kind()) {
        case NOT_AUTHENTICATED, NOT_PERMITTED, NOT_FOUND -> Why.NOT_PERMITTED;
        case GONE -> Why.TOO_LITTLE_DATA;
        case RATE_LIMITED, SECONDARY_RATE_LIMITED, UNAVAILABLE, REFUSED, CONFLICT ->
            Why.UNREACHABLE;
        case INVALID, NOT_UNDERSTOOD -> Why.NOT_UNDERSTOOD;
      };
    }
    return Why.NOT_UNDERSTOOD;
  }
}
