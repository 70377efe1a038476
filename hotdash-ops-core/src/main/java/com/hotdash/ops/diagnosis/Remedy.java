package com.hotdash.ops.diagnosis;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A resolution that a diagnosis recommends, as data: who diagnoses cannot change anything. The
 * runbook's facade makes a resolution of it.
 *
 * @param incident the incident that offers the resolution, or {@code null} if several share it and
 *     {@code ops.platform()} offers it
 * @param verb the facade's method, such as {@code endIdle}
 * @param arguments what it is called with; all are text
 */
public record Remedy(@Nullable Incident incident, String verb, List<String> arguments) {
  private static final String PLATFORM = "platform";

  /** The methods of {@code ops.platform()} of which the last argument is a number. */
  private static final Set<String> COUNTING = Set.of("scaleMemory", "scale", "scaleCount");

  /** Copies the arguments. */
  public Remedy {
    arguments = List.copyOf(arguments);
  }

  /**
   * Names a resolution of an incident.
   *
   * @param incident the incident that offers it
   * @param verb the facade's method
   * @param arguments what it is called with
   * @return the remedy
   */
  public static Remedy of(Incident incident, String verb, String... arguments) {
    return new Remedy(incident, verb, List.of(arguments));
  }

  /**
   * Names a resolution of the platform, which several incidents share.
   *
   * @param verb the method of {@code ops.platform()}, such as {@code restart}
   * @param arguments what it is called with
   * @return the remedy
   */
  public static Remedy platform(String verb, String... arguments) {
    return new Remedy(null, verb, List.of(arguments));
  }

  /**
   * Returns the line that makes the plan in jshell.
   *
   * @return such as {@code ops.databaseConnectionIssues().endIdle("web").plan()}
   */
  public String line() {
    var texts = arguments.stream().map(JavaText::literal).collect(Collectors.toList());
    int last = texts.size() - 1;
    if (incident == null && COUNTING.contains(verb) && last >= 0) {
      texts.set(last, Integer.toString(Integer.parseInt(arguments.get(last))));
    }
    return "ops."
        + (incident == null ? PLATFORM : incident.method())
        + "()."
        + verb
        + texts.stream().collect(Collectors.joining(", ", "(", ")"))
        + ".plan()";
  }
}
