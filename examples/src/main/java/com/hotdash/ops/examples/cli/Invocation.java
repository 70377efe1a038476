package com.hotdash.ops.examples.cli;

import java.net.URISyntaxException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The words with which this program is called again. */
final class Invocation {
  private Invocation() {}

  /** Returns {@code java -jar …} with the path as it is seen from here, or the bare name. */
  static String program() {
    var jar = jar();
    return jar == null ? "hotdash-ops" : "java -jar " + quoted(jar.toString());
  }

  static String apply(String incident, String digest) {
    return program()
        + " diagnose "
        + incident
        + " --apply="
        + digest
        + " --by=\"your name\" --because=\"why\"";
  }

  private static @Nullable Path jar() {
    var source = Invocation.class.getProtectionDomain().getCodeSource();
    if (source == null || !source.getLocation().getPath().endsWith(".jar")) {
      return null;
    }
    try {
      var jar = Path.of(source.getLocation().toURI());
      var here = Path.of("").toAbsolutePath();
      return jar.startsWith(here) ? here.relativize(jar) : jar;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private static String quoted(String word) {
    return word.matches("[\\w./:\\\\-]+") ? word : '"' + word + '"';
  }
}
