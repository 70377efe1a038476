package com.hotdash.ops.testkit.fly;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A release record.
 *
 * @param id opaque, 25 letters and digits
 * @param version counts up from 1
 * @param status such as {@code complete}, {@code failed}, {@code interrupted}, {@code running}
 * @param reason such as {@code CHANGE}, or {@code SECRETS}
 * @param imageRef the reference by tag, or null
 * @param user who made it
 * @param createdAt when
 * @param strategy such as {@code ROLLING}
 */
public record FlyRelease(
    String id,
    int version,
    String status,
    String reason,
    @Nullable String imageRef,
    String user,
    Instant createdAt,
    String strategy) {
  FlyRelease withStatus(String other) {
    return new FlyRelease(id, version, other, reason, imageRef, user, createdAt, strategy);
  }

  boolean finished() {
    return !status.equals("pending") && !status.equals("running");
  }
}
