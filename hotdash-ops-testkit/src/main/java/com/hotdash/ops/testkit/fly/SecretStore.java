package com.hotdash.ops.testkit.fly;

import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The secrets of an app, version by version. It keeps digests, never values. */
final class SecretStore {
  private final FlyWorld world;
  private final String salt;
  private final NavigableMap<Long, Version> versions = new TreeMap<>();

  /** A stored secret. */
  record Stored(String name, String digest, Instant createdAt, Instant updatedAt) {}

  private record Version(Instant at, Map<String, Stored> secrets) {}

  SecretStore(FlyWorld world) {
    this.world = world;
    this.salt = world.ids.hex(16);
  }

  /** Stores values; null deletes. One new version for all of them. */
  long write(Map<String, @Nullable String> values) {
    return write(values, world.now());
  }

  /** Stores values as of a time of the past, not before that of the last version. */
  long write(Map<String, @Nullable String> values, Instant now) {
    var next = new TreeMap<>(current());
    values.forEach(
        (name, value) -> {
          var old = next.get(name);
          if (value == null) {
            next.remove(name);
          } else {
            next.put(name, new Stored(name, digest(value), old == null ? now : old.createdAt, now));
          }
        });
    versions.put(version() + 1, new Version(now, next));
    return version();
  }

  /** Returns whether writing these values would change nothing. */
  boolean same(Map<String, @Nullable String> values) {
    return values.entrySet().stream()
        .allMatch(
            entry -> {
              var old = current().get(entry.getKey());
              var value = entry.getValue();
              return old == null
                  ? value == null
                  : value != null && old.digest.equals(digest(value));
            });
  }

  long version() {
    return versions.isEmpty() ? 0 : versions.lastKey();
  }

  Map<String, Stored> current() {
    return versions.isEmpty() ? Map.of() : versions.lastEntry().getValue().secrets;
  }

  /** Returns the newest version that hosts can see: it takes a while to reach them. */
  long seenByHosts(Instant now) {
    long seen = 0;
    for (var version : versions.entrySet()) {
      if (!version.getValue().at.plus(world.secretsLag).isAfter(now)) {
        seen = version.getKey();
      }
    }
    return seen;
  }

  /** Returns name to digest of one version. */
  Map<String, String> digests(long version) {
    var found = new TreeMap<String, String>();
    var secrets = versions.get(version);
    if (secrets != null) {
      secrets.secrets.forEach((name, stored) -> found.put(name, stored.digest));
    }
    return found;
  }

  private String digest(String value) {
    return Sha256.hex(salt + value).substring(0, 16);
  }
}
