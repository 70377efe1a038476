package com.hotdash.ops.fly;

import com.hotdash.ops.secret.Redactor;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an app's log, as Fly keeps it.
 *
 * @param at when, by Fly's clock, or {@code null} if the entry has no time that can be read
 * @param instance the machine it came from; empty if Fly does not say
 * @param region the machine's region
 * @param provider who wrote it: {@code app}, {@code runner} or {@code proxy}
 * @param level Fly's guess, nearly always {@code info} for what an app writes
 * @param message the text, redacted; for a proxy's error its text
 * @param httpStatus the status the proxy answered, or {@code null} if it does not say
 */
public record FlyLogEntry(
    @Nullable Instant at,
    String instance,
    String region,
    String provider,
    String level,
    String message,
    @Nullable Integer httpStatus) {
  static FlyLogEntry from(Fields data, Redactor redactor) {
    var attributes = data.object("attributes");
    var meta = attributes.object("meta");
    var error = meta.object("error").text("message", "");
    var message = attributes.text("message", "");
    int status = meta.object("http").object("response").integer("status_code", 0);
    return new FlyLogEntry(
        attributes.time("timestamp"),
        attributes.text("instance", meta.text("instance", "")),
        attributes.text("region", meta.text("region", "")),
        meta.object("event").text("provider", ""),
        attributes.text("level", ""),
        redactor.redact(
            error.isEmpty() || message.contains(error) ? message : (message + " " + error).strip()),
        status == 0 ? null : status);
  }

  @Override
  public String toString() {
    return at + " " + instance + " " + provider + " [" + level + "] " + message;
  }
}
