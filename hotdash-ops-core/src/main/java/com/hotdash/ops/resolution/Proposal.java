package com.hotdash.ops.resolution;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A change as data: all that the engine and the journal need to know of it, and all that another
 * process needs to go on with it.
 *
 * @param action the {@link Action} that makes it, by its id
 * @param target what the whole change is about, such as one database
 * @param targetAssumes the fields of the target that must still have these values at apply
 * @param steps the steps in their order
 * @param goal what the action's symptom is to be measured with, by name
 * @param pace how to go through the steps
 * @param notPromised what the change does not do or may break, as sentences
 * @param byHand the commands with which a person would do the same, one a line
 * @param objections what the action itself has against it
 */
public record Proposal(
    String action,
    Target target,
    Map<String, String> targetAssumes,
    List<Step> steps,
    Map<String, String> goal,
    Pace pace,
    List<String> notPromised,
    List<String> byHand,
    List<Objection> objections) {
  /** Copies the collections. */
  public Proposal {
    targetAssumes = Collections.unmodifiableMap(new TreeMap<>(targetAssumes));
    steps = List.copyOf(steps);
    goal = Collections.unmodifiableMap(new TreeMap<>(goal));
    notPromised = List.copyOf(notPromised);
    byHand = List.copyOf(byHand);
    objections = List.copyOf(objections);
  }
}
