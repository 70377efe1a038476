package com.hotdash.ops.runbook;

import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.error.Fault;
import com.hotdash.ops.secret.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The variables that configure the runbook, read once. Blank ones count as not set. Immutable; its
 * text shows names only.
 */
public final class Environment {
  /** What stands before the names of staging's variables. */
  static final String STAGING = "STAGING_";

  /** Who answers, and where it is written down, is the same for both. */
  private static final List<String> SHARED =
      List.of("HOTDASH_OPS_OPERATOR", "HOTDASH_OPS_READ_ONLY", "HOTDASH_OPS_JOURNAL");

  private final Map<String, String> values;

  private Environment(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /**
   * Reads the process's own environment.
   *
   * @return the environment
   */
  public static Environment system() {
    return new Environment(System.getenv());
  }

  /**
   * Makes an environment by hand.
   *
   * @param values the variables
   * @return the environment
   */
  public static Environment of(Map<String, String> values) {
    return new Environment(values);
  }

  /**
   * Returns a variable that holds no credential.
   *
   * @param name the variable
   * @return its value, or empty if it is not set
   */
  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).map(String::strip).filter(text -> !text.isEmpty());
  }

  /**
   * Returns a variable that holds a credential.
   *
   * @param name the variable
   * @return its value, or empty if it is not set
   */
  public Optional<Secret> secret(String name) {
    return text(name).map(Secret::of);
  }

  /**
   * Returns a variable that is a switch.
   *
   * @param name the variable
   * @return true if it is set to {@code true}, {@code yes}, {@code on} or {@code 1}; false if it is
   *     not set, or to the opposite of these
   * @throws ConfigurationException if it is set to anything else: a misspelt switch must not be
   *     taken for one that is off
   */
  public boolean on(String name) {
    var value = text(name).orElse("false");
    if (value.matches("(?i)true|yes|on|1")) {
      return true;
    }
    if (value.matches("(?i)false|no|off|0")) {
      return false;
    }
    throw new ConfigurationException(
        Fault.of("runbook", "configure", name + " is neither true nor false")
            .withNextStep("set " + name + " to true or to false"));
  }

  /**
   * Returns staging's variables, without what stands before them. A credential of production is
   * never taken for one of staging.
   *
   * @return empty if none of those that the runbook knows is set
   */
  Optional<Environment> staging() {
    var theirs = new TreeMap<String, String>();
    for (var setting : RunbookProcedures.settings()) {
      text(STAGING + setting.name()).ifPresent(value -> theirs.put(setting.name(), value));
    }
    if (theirs.isEmpty()) {
      return Optional.empty();
    }
    SHARED.forEach(name -> text(name).ifPresent(value -> theirs.putIfAbsent(name, value)));
    theirs.putIfAbsent("HOTDASH_OPS_ENV", "staging");
    return Optional.of(new Environment(theirs));
  }

  @Override
  public String toString() {
    return "Environment" + values.keySet().stream().sorted().toList();
  }
}
