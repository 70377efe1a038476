package com.hotdash.ops.testkit.web;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request that a simulator was sent. It holds no header and no body, so no credential either.
 *
 * @param at when, by the simulator's time
 * @param method such as {@code POST}
 * @param path without the query, as it was encoded
 * @param query without the {@code ?}, as it was encoded; null if there was none, or if it holds a
 *     signature
 * @param credentials whether an {@code Authorization} header came with it
 */
public record SeenRequest(
    Instant at, String method, String path, @Nullable String query, boolean credentials) {
  @Override
  public String toString() {
    return method + ' ' + path + (query == null ? "" : '?' + query);
  }
}
