package com.hotdash.ops.http;

import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import org.slf4j.Logger;

/** Decides whether a failed call is made again, and when. */
final class Tries {
  private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(10);

  private final HttpService service;
  private final Logger log;
  private final Time time;
  private final IntervalFunction afterFailure;
  private final IntervalFunction afterTooMany;

  Tries(HttpService service, Duration firstInterval, Logger log) {
    this.service = service;
    this.log = log;
    this.time = service.time;
    this.afterFailure = intervals(firstInterval);
    // A service that counts calls forgets them by the second.
    var second = Duration.ofSeconds(1);
    this.afterTooMany = intervals(firstInterval.compareTo(second) > 0 ? firstInterval : second);
  }

  private static IntervalFunction intervals(Duration first) {
    var longest = first.compareTo(LONGEST_INTERVAL) > 0 ? first : LONGEST_INTERVAL;
    return IntervalFunction.ofExponentialRandomBackoff(first, 2.0, 0.3, longest);
  }

  /**
   * @param readerMayRepeat whether the reader may see the body of a second try
   */
  <T> T run(
      Hop first,
      CallContext context,
      Deadline limit,
      BodyReader<T> reader,
      boolean readerMayRepeat) {
    var request = context.request();
    int most = request.tries > 0 ? request.tries : service.tries;
    boolean lost = false;
    for (int number = 1; ; number++) {
      var attempt = new Attempt<>(service, context, limit, reader);
      long begun = time.ticker().nanos();
      try {
        var result = attempt.run(first);
        log("done", context, attempt.status(), begun, number);
        return result;
      } catch (HttpException e) {
        log(ended(e), context, attempt.status(), begun, number);
        lost |= e.outcomeUnknown();
        var wait = wait(e, number);
        boolean again =
            number < most
                && mayRepeat(request, e)
                && (readerMayRepeat || !attempt.readerStarted())
                && wait.compareTo(limit.remaining()) < 0;
        if (!again) {
          throw number > 1 ? e.asLastOf(number, lost) : e;
        }
        pause(wait, context, lost);
      }
    }
  }

  private static boolean mayRepeat(HttpRequest request, HttpException failure) {
    if (failure instanceof HttpStatusException refused) {
      return Statuses.triedAgain(refused.status())
          && (request.repeatable() || request.notExecutedOn.contains(refused.status()));
    }
    return failure instanceof HttpUnreachableException unreachable
        && unreachable.worthAnother()
        && (request.repeatable() || !failure.outcomeUnknown());
  }

  private Duration wait(HttpException failure, int number) {
    boolean tooMany = failure instanceof HttpStatusException refused && refused.status() == 429;
    var interval = tooMany ? afterTooMany : afterFailure;
    return failure.retryAfter().orElseGet(() -> Duration.ofMillis(interval.apply(number)));
  }

  private void pause(Duration wait, CallContext context, boolean lost) {
    log.debug("http call waits [op={} ms={}]", context.request().operation, wait.toMillis());
    if (!time.await(wait)) {
      throw context.interrupted(lost);
    }
  }

  private static String ended(HttpException failure) {
    if (failure instanceof HttpUnreachableException unreachable) {
      return unreachable.kind().name();
    }
    return failure instanceof HttpProtocolException protocol ? protocol.kind().name() : "refused";
  }

  private void log(String how, CallContext context, int status, long begun, int number) {
    if (log.isDebugEnabled()) {
      log.debug(
          "http call {} [op={} status={} ms={} attempt={}]",
          how,
          context.request().operation,
          status,
          (time.ticker().nanos() - begun) / 1_000_000,
          number);
    }
  }
}
