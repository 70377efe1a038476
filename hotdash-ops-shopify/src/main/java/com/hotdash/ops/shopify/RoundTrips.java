package com.hotdash.ops.shopify;

/** The shortest round trip of late: no way to the server takes longer than half of it. */
final class RoundTrips {
  // A line that became slower is known after two windows; one that became faster at once.
  private static final long WINDOW = 30_000_000_000L;
  // Before the first reply: half a second there is more than any line in use takes.
  private static final long UNKNOWN = 1_000_000_000L;

  private long shortest = UNKNOWN;
  private long before = UNKNOWN;
  private long since;
  private boolean any;

  void took(long nanos, long now) {
    if (!any) {
      any = true;
      shortest = nanos;
      before = nanos;
      since = now;
      return;
    }
    if (now - since > WINDOW) {
      before = shortest;
      shortest = nanos;
      since = now;
    }
    shortest = Math.min(shortest, nanos);
  }

  long half() {
    return Math.min(shortest, before) / 2;
  }
}
