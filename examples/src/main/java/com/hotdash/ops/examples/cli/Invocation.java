package com.hotdash.ops.examples.cli;

import com.hotdash.ops.diagnosis.Incident;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The words with which this program is called again. */
final class Invocation {
  /** What the lines shown leave to whoever types them; none of it is taken for an answer. */
  static final String YOUR_NAME = "your name";

  static final String WHY = "why";
  static final String WHY_NOT = "why it does not hold";

  private static final String SIGNED = " --by=" + quoted(YOUR_NAME) + " --because=\"" + WHY + "\"";

  /** Long enough for a log that is read a page a second, and for thin traffic. */
  static final Duration LONGER = Duration.ofSeconds(60);

  private Invocation() {}

  /** Returns {@code java -jar …} with the path as it is seen from here, or the bare name. */
  static String program() {
    var jar = jar();
    return jar == null ? "hotdash-ops" : "java -jar " + quoted(jar.toString());
  }

  /**
   * @param command what led to the plan, such as {@code diagnose high-error-rate}
   * @param despite the objections that must be overridden, by name
   */
  static String apply(String command, String digest, Set<String> despite) {
    return program()
        + " "
        + command
        + " --apply="
        + digest
        + SIGNED
        + despite.stream()
            .map(objection -> " --despite=" + objection + "=" + quoted(WHY_NOT))
            .collect(Collectors.joining());
  }

  /** Returns the words after the program's name. */
  static String diagnosing(Incident incident) {
    return "diagnose " + incident.slug();
  }

  static String diagnose(Incident incident) {
    return program() + " " + diagnosing(incident);
  }

  /** Returns the words after the program's name. */
  static String line(String id, Map<String, String> with) {
    return "line "
        + quoted(id)
        + with.entrySet().stream()
            .map(each -> " --with=" + quoted(each.getKey() + "=" + each.getValue()))
            .collect(Collectors.joining());
  }

  static String triage() {
    return program() + " triage";
  }

  /** Returns the same look, with more time for it. */
  static String longer(String line) {
    return line + " --within=" + LONGER.toSeconds() + "s";
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

  /** What a shell would read something else into is in single quotes. */
  static String quoted(String word) {
    if (word.matches("[\\w./:=,\\\\-]+")) {
      return word;
    }
    return word.matches("[^\"$`!]*") ? '"' + word + '"' : "'" + word.replace("'", "'\\''") + "'";
  }
}
