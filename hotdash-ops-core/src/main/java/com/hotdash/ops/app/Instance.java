package com.hotdash.ops.app;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A machine that runs the application, and how to reach it rather than its neighbours.
 *
 * @param id the platform's id of it
 * @param headers sent along so that the platform's proxy chooses it; no credentials
 * @param release the release that it runs, or {@code null} if not known
 * @param image the image that it runs, or {@code null} if not known
 */
public record Instance(
    String id, Map<String, String> headers, @Nullable String release, @Nullable String image) {
  /** Whichever machine the front door chooses. */
  public static final Instance FRONT_DOOR = new Instance("front door", Map.of(), null, null);

  /** Copies the headers. */
  public Instance {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /**
   * Returns whether this names one machine.
   *
   * @return false for {@link #FRONT_DOOR}
   */
  public boolean named() {
    return !headers.isEmpty();
  }

  @Override
  public String toString() {
    return id + (release == null ? "" : " (release " + release + ")");
  }
}
