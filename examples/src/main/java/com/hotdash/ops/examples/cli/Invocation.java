package com.hotdash.ops.examples.cli;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The words with which this program is called again. */
final class Invocation {
  private static final String SIGNED = " --by=\"your name\" --because=\"why\"";

  private Invocation() {}

  /** Returns {@code java -jar …} with the path as it is seen from here, or the bare name. */
  static String program() {
    var jar = jar();
    return jar == null ? "hotdash-ops" : "java -jar " + quoted(jar.toString());
  }

  /**
   * @param despite the objections that must be overridden, by name
   */
  static String apply(String incident, String digest, Set<String> despite) {
    return program()
        + " diagnose "
        + incident
        + " --apply="
        + digest
        + SIGNED
        + despite.stream()
            .map(objection -> " --despite=" + objection + "=\"why it does not hold\"")
            .collect(Collectors.joining());
  }

  static String diagnose(String incident) {
    return program() + " diagnose " + incident;
  }

  static String triage() {
    return program() + " triage";
  }

  static String check() {
    return program() + " check";
  }

  static String undo(String execution) {
    return program() + " undo " + quoted(execution);
  }

  static String undo(String execution, String digest) {
    return undo(execution) + " --apply=" + digest + SIGNED;
  }

  static String verify(String execution) {
    return program() + " verify " + quoted(execution);
  }

  static String resume(String execution) {
    return program() + " resume " + quoted(execution) + SIGNED;
  }

  static String giveUp(String execution) {
    return program() + " give-up " + quoted(execution) + SIGNED;
  }

  static String pending() {
    return program() + " pending";
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

  static String quoted(String word) {
    return word.matches("[\\w./:\\\\-]+") ? word : '"' + word + '"';
  }
}
