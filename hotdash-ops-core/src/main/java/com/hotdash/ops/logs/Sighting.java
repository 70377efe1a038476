package com.hotdash.ops.logs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lines with one signature.
 *
 * @param signature what they say
 * @param count how many
 * @param errors how many of them are errors, by their level or their status
 * @param lately how many of the window's last five minutes; of all of it, if its end is not known
 * @param first the earliest, or {@code null} if no line has a time
 * @param last the latest, or {@code null}
 * @param since when those began that come now: what a silence parts from them, long for how often
 *     they come, is not counted; {@code null} if no line has a time
 * @param machines how many on each machine; at most 50
 * @param details exit codes, check names, proxy codes or host and port, with their counts
 * @param samples at most three, the earliest; redacted
 */
public record Sighting(
    Signature signature,
    long count,
    long errors,
    long lately,
    @Nullable Instant first,
    @Nullable Instant last,
    @Nullable Instant since,
    Map<String, Long> machines,
    Map<String, Long> details,
    List<String> samples) {
  // As for logged errors: what was silent for so long is over.
  static final Duration LATELY = Duration.ofMinutes(5);

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%,7d %s%s", count, signature, details.isEmpty() ? "" : " " + details);
  }
}
