package com.hotdash.ops.testkit.github;

import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Json;
import com.hotdash.ops.testkit.web.WebFault;
import com.hotdash.ops.time.Time;
import java.time.Duration;

/** The forms in which GitHub's secondary limits were recorded. */
public enum SecondaryLimit {
  /** 403 with {@code retry-after} in seconds, and thousands remaining. */
  RETRY_AFTER_SECONDS,
  /** 429 with {@code retry-after} as an HTTP date. */
  RETRY_AFTER_DATE,
  /** 403 that only {@code documentation_url} tells apart from a missing right. */
  DOCUMENTATION_URL,
  /** 403 that only the message tells apart from a missing right. */
  MESSAGE,
  /** 403 with the older wording. */
  ABUSE_MESSAGE,
  /** 403 with the header {@code gh-limited-by} and a message that says nothing. */
  GH_LIMITED_BY,
  /** 429 with neither {@code retry-after} nor a message. */
  BARE_429;

  private static final String SAYS =
      "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
  private static final String DOCS =
      "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api";

  /**
   * Returns the answer in this form, to lay on a route. Nothing is carried out.
   *
   * @param time where a date in the answer comes from
   * @param wait how long the answer asks to wait, in the forms that say so
   * @return the fault
   */
  public WebFault fault(Time time, Duration wait) {
    return WebFault.instead(answer(time, wait));
  }

  Answer answer(Time time, Duration wait) {
    var at = time.now();
    var said =
        switch (this) {
          case RETRY_AFTER_SECONDS ->
              said(403, SAYS, DOCS).with("Retry-After", Long.toString(wait.toSeconds()));
          case RETRY_AFTER_DATE ->
              said(429, SAYS, DOCS).with("Retry-After", Stamps.http(at.plus(wait)));
          case DOCUMENTATION_URL -> said(403, "Forbidden", DOCS + "#about-secondary-rate-limits");
          case MESSAGE -> said(403, SAYS, DOCS);
          case ABUSE_MESSAGE ->
              said(
                  403,
                  "You have triggered an abuse detection mechanism. Please retry later.",
                  DOCS);
          case GH_LIMITED_BY ->
              said(403, "Forbidden", DOCS).with("gh-limited-by", "creation-of-content");
          case BARE_429 -> Answer.empty(429);
        };
    return said.with("Date", Stamps.http(at))
        .with("x-ratelimit-limit", "5000")
        .with("x-ratelimit-remaining", "4000")
        .with("x-ratelimit-used", "1000")
        .with("x-ratelimit-reset", Long.toString(at.plus(Duration.ofHours(1)).getEpochSecond()))
        .with("x-ratelimit-resource", "core");
  }

  private static Answer said(int status, String message, String docs) {
    return Answer.json(status, Json.of("message", message, "documentation_url", docs));
  }
}
