package com.hotdash.ops.github;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.time.Deadline;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Makes sure once that labels are there. Thread-safe. */
final class KnownLabels {
  private static final String RED = "b60205";
  private static final String DESCRIPTION = "Filed by hotdash-ops";
  private static final int MOST = 100;

  private final Issues issues;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  KnownLabels(Issues issues) {
    this.issues = issues;
  }

  /** Returns what stands in the way, or {@code null}. An alert without its labels is still one. */
  @Nullable String ensure(List<String> names, Deadline deadline) {
    for (var name : names) {
      if (known.contains(name)) {
        continue;
      }
      try {
        issues.ensureLabel(name, RED, DESCRIPTION, deadline);
      } catch (OpsException e) {
        return "label " + name + " could not be made sure of: " + e.problem();
      }
      if (known.size() < MOST) {
        known.add(name);
      }
    }
    return null;
  }
}
