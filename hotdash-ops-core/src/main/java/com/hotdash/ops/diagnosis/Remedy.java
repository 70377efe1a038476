package com.hotdash.ops.diagnosis;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A resolution that a diagnosis recommends, as data: who diagnoses cannot change anything. The
 * runbook's facade makes a resolution of it.
 *
 * @param incident the incident that offers the resolution
 * @param verb the facade's method, such as {@code endIdle}
 * @param arguments what it is called with; all are text
 */
public record Remedy(Incident incident, String verb, List<String> arguments) {
  /** Copies the arguments. */
  public Remedy {
    arguments = List.copyOf(arguments);
  }

  /**
   * Names a resolution.
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
   * Returns the line that makes the plan in jshell.
   *
   * @return such as {@code ops.databaseConnectionIssues().endIdle("web").plan()}
   */
  public String line() {
    return "ops."
        + incident.method()
        + "()."
        + verb
        + arguments.stream().map(JavaText::literal).collect(Collectors.joining(", ", "(", ")"))
        + ".plan()";
  }
}
