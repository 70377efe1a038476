package com.hotdash.ops.examples.cli;

import com.hotdash.ops.resolution.ExecutionRecord;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.RefusedException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The command lines that lead on. What the library says of it are Java calls. */
final class NextLines {
  private NextLines() {}

  static List<String> pending(String execution) {
    return List.of(Invocation.resume(execution), Invocation.giveUp(execution));
  }

  /**
   * @param overridden the objections that were overridden already, and must be again
   * @param journal reads what is pending, if that is what stands in the way
   */
  static List<String> afterApply(
      RefusedException refused,
      String incident,
      String digest,
      Set<String> overridden,
      Supplier<List<ExecutionRecord>> journal) {
    var lines = new ArrayList<String>();
    for (var objection : refused.objections()) {
      if (objection.name().equals("pending-execution")) {
        journal.get().stream()
            .map(ExecutionRecord::id)
            .filter(id -> objection.reason().contains("execution " + id + " "))
            .forEach(id -> lines.addAll(pending(id)));
      }
    }
    if (refused.objections().stream().noneMatch(Objection::hard)) {
      var despite = new LinkedHashSet<>(overridden);
      refused.objections().forEach(objection -> despite.add(objection.name()));
      lines.add(Invocation.apply(incident, digest, despite));
    }
    return lines;
  }

  static List<String> afterRecovery(RefusedException refused, String execution) {
    var names = refused.objections().stream().map(Objection::name).toList();
    if (names.contains("not-pending")) {
      return List.of(Invocation.pending());
    }
    return names.contains("target-moved") ? List.of(Invocation.giveUp(execution)) : List.of();
  }

  static void print(Console console, String lead, List<String> lines) {
    if (!lines.isEmpty()) {
      console.print(lead);
      lines.forEach(line -> console.print("  " + line));
    }
  }
}
