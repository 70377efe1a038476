package com.hotdash.ops.resolution;

/**
 * One object that a step or a plan changes.
 *
 * @param kind what it is, such as {@code database.session}
 * @param id which one, so exactly that a successor with the same name is another one; opaque to the
 *     engine
 * @param label how a person would call it; not part of its identity
 */
public record Target(String kind, String id, String label) {
  @Override
  public String toString() {
    return label;
  }
}
