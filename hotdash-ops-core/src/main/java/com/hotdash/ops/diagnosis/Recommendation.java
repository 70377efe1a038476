package com.hotdash.ops.diagnosis;

import org.jspecify.annotations.Nullable;

/**
 * Something that would help.
 *
 * @param id the resolution's stable id, or the advice's
 * @param what what to do, with the numbers
 * @param because why it would help here
 * @param line the exact line to type next; empty if there is none
 * @param remedy the change that the library can plan, or {@code null} if a person must act
 */
public record Recommendation(
    String id, String what, String because, String line, @Nullable Remedy remedy) {
  /** Who does it. */
  public enum Kind {
    /** The library can: the line makes a plan. */
    RESOLUTION,
    /** A person must. */
    ADVICE
  }

  /**
   * Recommends a change that the library can plan.
   *
   * @param id the resolution's id
   * @param what what to do
   * @param because why
   * @param remedy the change
   * @return the recommendation
   */
  public static Recommendation resolution(String id, String what, String because, Remedy remedy) {
    return new Recommendation(id, what, because, remedy.line(), remedy);
  }

  /**
   * Recommends what a person must do.
   *
   * @param id the advice's id
   * @param what what to do
   * @param because why
   * @param line the command to type, or empty
   * @return the recommendation
   */
  public static Recommendation advice(String id, String what, String because, String line) {
    return new Recommendation(id, what, because, line, null);
  }

  /**
   * Returns who does it.
   *
   * @return the kind
   */
  public Kind kind() {
    return remedy == null ? Kind.ADVICE : Kind.RESOLUTION;
  }
}
