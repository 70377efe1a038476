package com.hotdash.ops.testkit.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What {@code initdb} leaves is the same for every server of a version, and making it flushes a
 * thousand files to disk: the first server of a JVM makes it, and the others begin with a copy.
 */
final class InitialData {
  /** Written once for each version; it spares work and decides nothing. */
  private static final Map<String, ServerFiles> KEPT = new ConcurrentHashMap<>();

  private InitialData() {}

  /** Fills a data directory if the version was initialised before in this JVM. */
  static void copyTo(Path data, String version) {
    var kept = KEPT.get(version);
    if (kept != null) {
      copy(kept.data(), data);
    }
  }

  /** Keeps a directory as {@code initdb} left it, for the servers to come. */
  static void keep(Path data, String version) {
    if (KEPT.containsKey(version)) {
      return;
    }
    var mine = ServerFiles.create();
    copy(data, mine.data());
    if (KEPT.putIfAbsent(version, mine) == null) {
      Runtime.getRuntime().addShutdownHook(new Thread(mine::delete, "testkit-postgres-initial"));
    } else {
      mine.delete();
    }
  }

  private static void copy(Path from, Path to) {
    try (var all = Files.walk(from)) {
      for (var each : (Iterable<Path>) all::iterator) {
        Files.copy(each, to.resolve(from.relativize(each)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
