package com.hotdash.ops.diagnosis;

import com.hotdash.ops.pipeline.WorkflowStart;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A resolution that a diagnosis recommends, as data: who diagnoses cannot change anything. The
 * runbook's facade makes a resolution of it.
 *
 * @param owner the facade's method that offers the resolution, such as {@code platform}
 * @param verb the method that makes it, such as {@code restart}
 * @param arguments what that is called with: texts, whole numbers, durations, a workflow's start
 */
public record Remedy(String owner, String verb, List<Object> arguments) {
  /** Copies the arguments, and refuses those that cannot be typed. */
  public Remedy {
    arguments = List.copyOf(arguments);
    arguments.forEach(Remedy::typed);
  }

  /**
   * Names a resolution of an incident.
   *
   * @param incident the incident that offers it
   * @param verb the method that makes it
   * @param arguments what it is called with
   * @return the remedy
   */
  public static Remedy of(Incident incident, String verb, Object... arguments) {
    return new Remedy(incident.method(), verb, List.of(arguments));
  }

  /**
   * Names a change of machines or secrets.
   *
   * @param verb the method of {@code ops.platform()}, such as {@code restart}
   * @param arguments what it is called with
   * @return the remedy
   */
  public static Remedy platform(String verb, Object... arguments) {
    return new Remedy("platform", verb, List.of(arguments));
  }

  /**
   * Names a change of the pipeline.
   *
   * @param verb the method of {@code ops.pipeline()}, such as {@code cancelRun}
   * @param arguments what it is called with
   * @return the remedy
   */
  public static Remedy pipeline(String verb, Object... arguments) {
    return new Remedy("pipeline", verb, List.of(arguments));
  }

  /**
   * Names a change of the database itself.
   *
   * @param verb the method of {@code ops.database()}, such as {@code createIndex}
   * @param arguments what it is called with
   * @return the remedy
   */
  public static Remedy database(String verb, Object... arguments) {
    return new Remedy("database", verb, List.of(arguments));
  }

  /**
   * Returns one of the arguments.
   *
   * @param index which, the first is 0
   * @param type of what type it must be
   * @param <T> the type
   * @return the argument
   * @throws IllegalArgumentException if there is no such argument
   */
  public <T> T argument(int index, Class<T> type) {
    if (index >= arguments.size() || !type.isInstance(arguments.get(index))) {
      throw new IllegalArgumentException("there is no " + line());
    }
    return type.cast(arguments.get(index));
  }

  /**
   * Returns the line that makes the plan in jshell.
   *
   * @return such as {@code ops.databaseConnectionIssues().endIdle("web").plan()}
   */
  public String line() {
    return "ops."
        + owner
        + "()."
        + verb
        + arguments.stream().map(Remedy::typed).collect(Collectors.joining(", ", "(", ")"))
        + ".plan()";
  }

  private static String typed(Object argument) {
    if (argument instanceof String text) {
      return JavaText.literal(text);
    }
    if (argument instanceof Integer number) {
      return number.toString();
    }
    if (argument instanceof Long number) {
      return number + "L";
    }
    if (argument instanceof Duration duration) {
      return "Duration.ofSeconds(" + duration.toSeconds() + ")";
    }
    if (argument instanceof WorkflowStart start) {
      return "WorkflowStart"
          + JavaText.call("of", start.file(), start.ref())
          + start.inputs().entrySet().stream()
              .map(each -> JavaText.call("with", each.getKey(), each.getValue()))
              .collect(Collectors.joining());
    }
    throw new IllegalArgumentException("a line cannot hold a " + argument.getClass().getName());
  }
}
