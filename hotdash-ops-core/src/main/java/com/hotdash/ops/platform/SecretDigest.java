package com.hotdash.ops.platform;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A secret of the application, as far as anybody is told: equal digests mean equal values, and
 * nothing more.
 *
 * @param name its name
 * @param digest the platform's digest of the value, staged or not
 * @param updatedAt when the value was last changed, or {@code null} if the platform does not say
 */
public record SecretDigest(String name, String digest, @Nullable Instant updatedAt) {}
