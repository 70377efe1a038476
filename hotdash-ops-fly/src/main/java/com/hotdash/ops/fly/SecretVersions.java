package com.hotdash.ops.fly;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which version of an app's secrets this client stored last. Fly tells it in the answer to storing
 * and nowhere else, and whoever rolls out needs it: without, a machine may boot with older ones.
 * Thread-safe.
 */
final class SecretVersions {
  private static final int MOST_APPS = 256;

  private final Map<String, Long> newest =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MOST_APPS;
        }
      };

  synchronized void stored(String app, long version) {
    newest.merge(app, version, Math::max);
  }

  /** Returns the version, or {@code null} if this client stored none. */
  synchronized @Nullable Long newest(String app) {
    return newest.get(app);
  }
}
