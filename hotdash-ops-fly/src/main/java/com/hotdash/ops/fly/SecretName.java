package com.hotdash.ops.fly;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A secret of an app, without its value, which nobody can read back.
 *
 * @param name its name
 * @param digest equal digests mean equal values, nothing more
 * @param createdAt when it was made, or {@code null} if Fly does not say
 * @param updatedAt when it was last set, or {@code null} if Fly does not say
 */
public record SecretName(
    String name, String digest, @Nullable Instant createdAt, @Nullable Instant updatedAt) {
  static SecretName from(Fields fields) {
    return new SecretName(
        fields.text("name", ""),
        fields.text("digest", ""),
        fields.time("created_at"),
        fields.time("updated_at"));
  }
}
