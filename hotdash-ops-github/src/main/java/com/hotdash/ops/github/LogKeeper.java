package com.hotdash.ops.github;

import com.hotdash.ops.pipeline.BuildError;
import com.hotdash.ops.pipeline.LogExcerpt.Line;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeMap;

/** Keeps of many lines the last ones, those around each error, and the errors. Not thread-safe. */
final class LogKeeper {
  private static final int LAST = 60;
  private static final int BEFORE = 15;
  private static final int AFTER = 5;
  private static final int MOST_AROUND = 200;
  private static final int MOST_ERRORS = 50;

  private final ArrayDeque<Line> last = new ArrayDeque<>();
  private final TreeMap<Long, Line> around = new TreeMap<>();
  private final LinkedHashSet<BuildError> errors = new LinkedHashSet<>();
  private final BuildErrors rules = new BuildErrors();
  private final boolean reading;
  private long count;
  private int toKeep;
  private boolean errorSeen;
  private String lastRead = "";

  /**
   * Begins to keep.
   *
   * @param reading whether errors are read; without, lines are only kept
   */
  LogKeeper(boolean reading) {
    this.reading = reading;
  }

  void add(Line line) {
    count++;
    last.addLast(line);
    if (last.size() > LAST) {
      last.removeFirst();
    }
    if (line.error()) {
      errorSeen = true;
      toKeep = AFTER + 1;
      last.stream().skip(Math.max(0, last.size() - 1 - BEFORE)).forEach(this::keep);
    }
    if (toKeep > 0) {
      toKeep--;
      keep(line);
    }
    // The same line again, as of a loop, tells nothing new.
    if (reading && errors.size() < MOST_ERRORS && !line.text().equals(lastRead)) {
      lastRead = line.text();
      rules.read(line.text()).ifPresent(errors::add);
    }
  }

  private void keep(Line line) {
    if (around.size() < MOST_AROUND) {
      around.put(line.number(), line);
    }
  }

  /** Forgets everything: what came so far belonged to an earlier step. */
  void reset() {
    last.clear();
    around.clear();
    errors.clear();
    lastRead = "";
    count = 0;
    toKeep = 0;
    errorSeen = false;
  }

  boolean errorSeen() {
    return errorSeen;
  }

  long count() {
    return count;
  }

  List<BuildError> errors() {
    return List.copyOf(errors);
  }

  List<Line> lines() {
    var all = new TreeMap<>(around);
    last.forEach(line -> all.put(line.number(), line));
    return new ArrayList<>(all.values());
  }
}
