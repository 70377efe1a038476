package com.hotdash.ops.catalogue;

import com.hotdash.ops.resolution.Effect;
import com.hotdash.ops.resolution.Resolution;
import com.hotdash.ops.runbook.RunbookProcedures;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A change that the runbook can plan, as data, for tools that offer it to people. Immutable and
 * thread-safe.
 */
public final class OfferedChange {
  private final String id;
  private final String line;
  private final Effect effect;
  private final boolean idempotent;
  private final List<Argument> inputs;
  private final BiFunction<RunbookProcedures, Given, Resolution> made;

  OfferedChange(
      String id,
      String line,
      Effect effect,
      boolean idempotent,
      List<Argument> inputs,
      BiFunction<RunbookProcedures, Given, Resolution> made) {
    this.id = id;
    this.line = line;
    this.effect = effect;
    this.idempotent = idempotent;
    this.inputs = List.copyOf(inputs);
    this.made = made;
  }

  /**
   * Returns the stable id of the change. Several offers may lead to one.
   *
   * @return such as {@code database.end-sessions}
   */
  public String id() {
    return id;
  }

  /**
   * Returns the call that a person types, with the names of its inputs.
   *
   * @return such as {@code ops.platform().restart(machine)}; unique
   */
  public String line() {
    return line;
  }

  /**
   * Returns whether it can be taken back.
   *
   * @return the effect
   */
  public Effect effect() {
    return effect;
  }

  /**
   * Returns whether something takes it back.
   *
   * @return true unless nothing does
   */
  public boolean reversible() {
    return effect != Effect.IRREVERSIBLE;
  }

  /**
   * Returns whether planning it again, after it was applied, finds nothing left to do. One plan is
   * never applied twice in any case.
   *
   * @return false for what acts anew each time, such as a restart
   */
  public boolean idempotent() {
    return idempotent;
  }

  /**
   * Returns what it needs to be told.
   *
   * @return the inputs of {@link #resolution}
   */
  public List<Argument> inputs() {
    return inputs;
  }

  /**
   * Makes the resolution. Reads nothing and changes nothing.
   *
   * @param ops the runbook that would make the change
   * @param arguments the inputs by name
   * @return the resolution, to be planned
   * @throws IllegalArgumentException if an input is missing, unknown or cannot be one
   * @throws com.hotdash.ops.error.ConfigurationException if what it would change is not configured
   */
  public Resolution resolution(RunbookProcedures ops, Map<String, String> arguments) {
    return made.apply(ops, new Given(line, Map.copyOf(arguments)).checked(inputs));
  }

  Map<String, Object> data() {
    return Map.of(
        "id",
        id,
        "line",
        line,
        "effect",
        effect.name(),
        "reversible",
        reversible(),
        "idempotent",
        idempotent,
        "inputs",
        inputs.stream().map(Argument::data).toList());
  }

  @Override
  public String toString() {
    return line + " (" + id + ", " + effect + (idempotent ? ", idempotent)" : ")");
  }
}
