package com.hotdash.ops.diagnosis;

/**
 * Something that would help.
 *
 * @param id the resolution's stable id, or the advice's
 * @param kind who does it
 * @param what what to do, with the numbers
 * @param because why it would help here
 * @param line the exact line to type next; empty if there is none
 */
public record Recommendation(String id, Kind kind, String what, String because, String line) {
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
   * @param line the line that makes the plan
   * @return the recommendation
   */
  public static Recommendation resolution(String id, String what, String because, String line) {
    return new Recommendation(id, Kind.RESOLUTION, what, because, line);
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
    return new Recommendation(id, Kind.ADVICE, what, because, line);
  }
}
