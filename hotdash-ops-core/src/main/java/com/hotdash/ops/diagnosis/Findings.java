package com.hotdash.ops.diagnosis;

import com.hotdash.ops.evidence.Verdict;
import java.util.Comparator;
import java.util.List;

/** Findings in the order in which people read them. */
final class Findings {
  private Findings() {}

  /** Sorts, and refuses a problem that none of them names: a report must be able to say it. */
  static List<Finding> checked(String title, Verdict verdict, List<Finding> findings) {
    if (verdict == Verdict.PROBLEM
        && findings.stream().noneMatch(each -> each.verdict() == Verdict.PROBLEM)) {
      throw new IllegalArgumentException(title + " is a PROBLEM and none of its findings is");
    }
    return findings.stream()
        .sorted(Comparator.comparing(Finding::verdict).thenComparing(Finding::severity))
        .toList();
  }
}
