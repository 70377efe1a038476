package com.hotdash.ops.testkit.fly;

/**
 * Ways in which the live service has been seen, or is rumoured, to differ from the common case.
 * {@link FlySimulator#set} turns one on or off. What no source settles is a quirk here, so that a
 * client can be shown both.
 */
public enum FlyQuirk {
  /** Leases come without {@code status} and {@code data} around them, as the OpenAPI file says. */
  BARE_LEASES,
  /** A lease conflict has the body and the time form of 2022. */
  OLD_LEASE_CONFLICT,
  /** A wrong {@code current_version} is answered with 409; without this, with 412. */
  VERSION_MISMATCH_409,
  /** A 429 says {@code Retry-After}. */
  RETRY_AFTER,
  /** The {@code next_token} of a log page is a bare number of 19 digits, not text. */
  NUMERIC_LOG_TOKENS,
  /** A log page begins with the lines of the very nanosecond of the token, so pages overlap. */
  LOG_PAGES_OVERLAP,
  /** Within a log page the lines stand machine by machine. */
  LOG_PAGES_BY_MACHINE,
  /** Deploy tokens are refused for logs. */
  NO_LOGS_FOR_DEPLOY_TOKENS,
  /**
   * {@code autostop} comes back in words; without this, {@code off} is false and {@code stop} true.
   */
  AUTOSTOP_IN_WORDS,
  /** Empty lists and maps come as such; without this, they are {@code null}. */
  EMPTY_NOT_NULL,
  /** A wait for {@code stopped} without a version is answered with 400. */
  WAIT_STOPPED_WANTS_VERSION,
  /** A lookup of an image that is gone is a GraphQL error; without this, {@code null}. */
  MISSING_IMAGE_IS_ERROR,
  /** No rate limits, for tests that are about something else. */
  NO_RATE_LIMITS
}
