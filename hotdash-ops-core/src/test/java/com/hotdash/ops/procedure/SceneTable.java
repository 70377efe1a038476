package com.hotdash.ops.procedure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What must come of each scene, one a line: see {@link SceneOutcome} for the columns. */
final class SceneTable {
  private static final List<String> ROWS =
      text("scenes.txt").lines().filter(line -> !line.startsWith("#")).toList();

  private SceneTable() {}

  static String row(String scene) {
    return ROWS.stream().filter(each -> each.startsWith(scene + " | ")).findFirst().orElse("");
  }

  static List<String> names() {
    return ROWS.stream().map(each -> each.substring(0, each.indexOf(" | "))).toList();
  }

  static String text(String file) {
    try (var in = SceneTable.class.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
