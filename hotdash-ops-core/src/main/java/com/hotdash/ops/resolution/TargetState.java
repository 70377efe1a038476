package com.hotdash.ops.resolution;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a control sees of a target: the few fields that steps name in their assumptions.
 *
 * @param exists whether the target is there
 * @param fields its fields, by name; empty if it is not there
 */
public record TargetState(boolean exists, Map<String, String> fields) {
  /** The target is not there. */
  public static final TargetState GONE = new TargetState(false, Map.of());

  /** Copies the fields, in the order of their names. */
  public TargetState {
    fields = Collections.unmodifiableMap(new TreeMap<>(fields));
  }

  /**
   * Makes the state of a target that is there.
   *
   * @param fields its fields
   * @return the state
   */
  public static TargetState of(Map<String, String> fields) {
    return new TargetState(true, fields);
  }

  /**
   * Returns whether the target is as a step assumes it.
   *
   * @param assumed field values by name; a name that the target does not have matches nothing
   * @return true if it is there and every assumed field has the assumed value
   */
  public boolean matches(Map<String, String> assumed) {
    return exists
        && assumed.entrySet().stream()
            .allMatch(want -> Objects.equals(fields.get(want.getKey()), want.getValue()));
  }

  /**
   * Tells how the target differs from what a step assumes.
   *
   * @param assumed field values by name
   * @return a clause such as {@code state is active, was idle in transaction}
   */
  public String difference(Map<String, String> assumed) {
    if (!exists) {
      return "it is gone";
    }
    return assumed.entrySet().stream()
        .filter(want -> !Objects.equals(fields.get(want.getKey()), want.getValue()))
        .map(
            want ->
                want.getKey()
                    + " is "
                    + fields.getOrDefault(want.getKey(), "not there")
                    + ", was "
                    + want.getValue())
        .collect(Collectors.joining("; "));
  }
}
