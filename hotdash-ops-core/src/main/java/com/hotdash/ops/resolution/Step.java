package com.hotdash.ops.resolution;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One write to one object, as data: it can be shown, journalled, and understood by another process
 * after a crash. It holds no secret; where one is needed, a field names its source.
 *
 * @param kind what is done, such as {@code session.terminate}; a {@link Control} knows how
 * @param target the object
 * @param assumes the fields, by name, that must still have these values when the step is made
 * @param before what will be changed, by name, as it is now
 * @param after the same as it will be; {@link #GONE} for a target that will not be there, {@link
 *     #ANOTHER} for a field of which only that is known
 * @param undo the step that takes this one back, or {@code null} if nothing does
 */
public record Step(
    String kind,
    Target target,
    Map<String, String> assumes,
    Map<String, String> before,
    Map<String, String> after,
    @Nullable Step undo) {
  /** What a step's {@code after} is when it does away with its target. */
  public static final Map<String, String> GONE = Map.of("exists", "no");

  /**
   * What a field of {@code after} is when nobody can know its value beforehand, only that it will
   * not be the one that the step assumes: the time of a restart, the digest of a new secret.
   */
  public static final String ANOTHER = "another";

  /** Copies the maps, in the order of their names. */
  public Step {
    assumes = Collections.unmodifiableMap(new TreeMap<>(assumes));
    before = Collections.unmodifiableMap(new TreeMap<>(before));
    after = Collections.unmodifiableMap(new TreeMap<>(after));
  }

  /**
   * Returns whether a state is the one that this step aims at.
   *
   * @param state what was observed
   * @return true if there is nothing left to do
   */
  public boolean reachedBy(TargetState state) {
    return after.equals(GONE)
        ? !state.exists()
        : state.exists()
            && after.entrySet().stream().allMatch(want -> reached(want, state.fields()));
  }

  /** Without an assumption to differ from, another value cannot be told from the same one. */
  private boolean reached(Map.Entry<String, String> want, Map<String, String> fields) {
    var now = fields.get(want.getKey());
    if (!want.getValue().equals(ANOTHER)) {
      return want.getValue().equals(now);
    }
    var assumed = assumes.get(want.getKey());
    return now != null && assumed != null && !now.equals(assumed);
  }

  @Override
  public String toString() {
    return kind + " " + target;
  }
}
