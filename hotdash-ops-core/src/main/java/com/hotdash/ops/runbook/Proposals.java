package com.hotdash.ops.runbook;

import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Proposal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the runbook adds to a change that an action proposes. */
final class Proposals {
  private Proposals() {}

  /** Adds a sentence to what it does not promise. */
  static Proposal noting(Proposal change, String sentence) {
    var sentences = new ArrayList<>(change.notPromised());
    sentences.add(sentence);
    return with(change, sentences, change.goal(), change.objections());
  }

  /** Puts an objection before those of the action. */
  static Proposal objecting(Proposal change, Objection objection) {
    var objections = new ArrayList<Objection>();
    objections.add(objection);
    objections.addAll(change.objections());
    return with(change, change.notPromised(), change.goal(), objections);
  }

  /** Adds what the cure is measured with besides. */
  static Proposal proving(Proposal change, Map<String, String> more) {
    var goal = new TreeMap<>(change.goal());
    goal.putAll(more);
    return with(change, change.notPromised(), goal, change.objections());
  }

  private static Proposal with(
      Proposal change,
      List<String> notPromised,
      Map<String, String> goal,
      List<Objection> objections) {
    return new Proposal(
        change.action(),
        change.target(),
        change.targetAssumes(),
        change.steps(),
        goal,
        change.pace(),
        notPromised,
        change.byHand(),
        objections);
  }
}
