package com.hotdash.ops.github;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.github.GitHubException.Kind;
import com.hotdash.ops.http.HttpHead;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers that GitHub wants no calls for a while, and keeps them from being sent: going on while
 * limited can get the token banned.
 */
final class RateGate {
  private static final Duration SECONDARY = Duration.ofSeconds(60);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final int MOST_DOUBLINGS = 4;

  private final Time time;
  private @Nullable Instant closedUntil;
  private Kind why = Kind.RATE_LIMITED;
  private int inARow;

  RateGate(Time time) {
    this.time = time;
  }

  /** Throws if a limit still holds. */
  synchronized void check(String operation) {
    if (closedUntil == null) {
      return;
    }
    var left = Duration.between(time.now(), closedUntil);
    if (left.isNegative() || left.isZero()) {
      closedUntil = null;
      return;
    }
    throw new GitHubException(
        why,
        0,
        List.of(),
        Fault.of(
                GitHubApi.SERVICE,
                operation,
                "not sent: GitHub's "
                    + (why == Kind.RATE_LIMITED ? "hourly" : "secondary")
                    + " rate limit holds for another "
                    + seconds(left))
            .withNextStep(
                "wait, or use another token; the limit ends at "
                    + closedUntil.truncatedTo(ChronoUnit.SECONDS))
            .asRetryable(left),
        null);
  }

  /** What sort of limit an answer tells of, or {@code null} if of none. */
  static @Nullable Kind limit(int status, HttpHead head, Fields body) {
    if (status != 403 && status != 429) {
      return null;
    }
    var message = body.text("message", "").toLowerCase(Locale.ROOT);
    if (head.header("gh-limited-by").isPresent()
        || body.text("documentation_url", "").endsWith("secondary-rate-limits")
        || message.contains("secondary rate")
        || message.contains("abuse detection")) {
      return Kind.SECONDARY_RATE_LIMITED;
    }
    if (head.header("x-ratelimit-remaining").map(String::strip).orElse("").equals("0")) {
      return Kind.RATE_LIMITED;
    }
    return status == 429 || head.header("Retry-After").isPresent()
        ? Kind.SECONDARY_RATE_LIMITED
        : null;
  }

  /** Closes the gate, and returns for how long. */
  synchronized Duration close(Kind kind, HttpHead head) {
    var wait = wait(kind, head);
    why = kind;
    inARow++;
    var until = time.now().plus(wait);
    if (closedUntil == null || closedUntil.isBefore(until)) {
      closedUntil = until;
    }
    return wait;
  }

  synchronized void passed() {
    inARow = 0;
  }

  private Duration wait(Kind kind, HttpHead head) {
    // The server's clock made the times, so the server's clock measures them.
    var serverNow = head.header("Date").flatMap(RateGate::date).orElseGet(time::now);
    var asked = head.header("Retry-After").map(String::strip).orElse("");
    Optional<Duration> told =
        asked.matches("\\d{1,9}")
            ? Optional.of(Duration.ofSeconds(Long.parseLong(asked)))
            : date(asked).map(until -> Duration.between(serverNow, until));
    if (told.isEmpty() && kind == Kind.RATE_LIMITED) {
      told =
          head.header("x-ratelimit-reset")
              .filter(text -> text.matches("\\d{1,12}"))
              .map(text -> Instant.ofEpochSecond(Long.parseLong(text)).plusSeconds(1))
              .map(until -> Duration.between(serverNow, until));
    }
    var wait = told.orElseGet(() -> SECONDARY.multipliedBy(1L << Math.min(inARow, MOST_DOUBLINGS)));
    if (wait.isNegative() || wait.isZero()) {
      return Duration.ofSeconds(1);
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty(); // a date that nobody can read counts as none
    }
  }

  private static String seconds(Duration wait) {
    return Math.max(1, wait.toSeconds()) + " s";
  }
}
