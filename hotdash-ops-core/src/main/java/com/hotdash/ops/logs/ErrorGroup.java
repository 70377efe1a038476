package com.hotdash.ops.logs;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One error, however many ids it came with.
 *
 * @param fingerprint a hash of its identity, with the version of the rules; the same in every
 *     reading
 * @param type the exception's type, or {@code null}
 * @param code the error's code, such as {@code P2024}, or {@code null}
 * @param status the HTTP status, or {@code null}
 * @param template the message with ids masked; redacted
 * @param frames the application's own frames, innermost first, without line numbers
 * @param count how many there are in the window
 * @param share their share of all errors in the window
 * @param before how many there are in the window before
 * @param trend how it stands against the window before
 * @param first when it was first seen, or {@code null} if no line has a time
 * @param last when it was last seen, or {@code null}
 * @param machines how many on each machine; at most 50
 * @param routes how many on each route; at most 50
 * @param release the last change before it was first seen, or {@code null}
 * @param beganAfter the change that it began after: lines from before the change were read and it
 *     is not among them; or {@code null}
 * @param samples at most three, the earliest; redacted
 */
public record ErrorGroup(
    String fingerprint,
    @Nullable String type,
    @Nullable String code,
    @Nullable Integer status,
    String template,
    List<String> frames,
    long count,
    double share,
    long before,
    Trend trend,
    @Nullable Instant first,
    @Nullable Instant last,
    Map<String, Long> machines,
    Map<String, Long> routes,
    @Nullable Change release,
    @Nullable Change beganAfter,
    List<String> samples) {
  @Override
  public String toString() {
    var name = new StringBuilder(template.lines().findFirst().orElse(""));
    if (status != null && name.indexOf(status.toString()) < 0) {
      name.insert(0, status + " ");
    }
    if (code != null && name.indexOf(code) < 0) {
      name.insert(0, code + " ");
    }
    if (type != null && name.indexOf(type) < 0) {
      name.insert(0, type + ": ");
    }
    return String.format(
        Locale.ROOT,
        "%,7d %3.0f%% %s%s %s",
        count,
        share * 100,
        trend == Trend.UNKNOWN ? "" : trend.name().toLowerCase(Locale.ROOT) + " ",
        beganAfter == null ? "" : "(after " + beganAfter.name() + ")",
        name.length() > 80 ? name.substring(0, 79) + "…" : name);
  }
}
