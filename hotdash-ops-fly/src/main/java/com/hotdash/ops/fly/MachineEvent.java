package com.hotdash.ops.fly;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a machine.
 *
 * @param id Fly's identifier; sorts by time
 * @param type Fly's word, such as {@code start}, {@code exit}, {@code update}
 * @param status the state it led to
 * @param source who did it: {@code user}, {@code flyd}, {@code proxy}, …
 * @param at when, or {@code null} if Fly does not say
 * @param exit how the process ended, or {@code null} for other events
 */
public record MachineEvent(
    String id,
    String type,
    String status,
    String source,
    @Nullable Instant at,
    @Nullable MachineExit exit) {
  static MachineEvent from(Fields fields) {
    var millis = fields.number("timestamp");
    return new MachineEvent(
        fields.text("id", ""),
        fields.text("type", ""),
        fields.text("status", ""),
        fields.text("source", ""),
        millis == null ? null : Instant.ofEpochMilli(millis),
        MachineExit.from(fields.object("request")));
  }

  @Override
  public String toString() {
    return at + " " + type + " → " + status + " by " + source + (exit == null ? "" : ", " + exit);
  }
}
