package com.hotdash.ops.monitor;

import com.hotdash.ops.evidence.Verdict;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What a monitor believes of one incident, from tick to tick. That nobody could look changes
 * nothing: it neither opens nor closes. Not thread-safe.
 */
final class Hysteresis {
  private static final int MOST_DAMPING = 8;

  private final MonitorSettings settings;
  private final Deque<Boolean> bad = new ArrayDeque<>();
  private final Deque<Instant> opened = new ArrayDeque<>();
  private int goodRun;
  private int unknownRun;
  private Belief belief = Belief.UNDECIDED;
  private @Nullable Instant since;

  /** Whether the incident is there. */
  enum Belief {
    /** Not seen long enough since the monitor began: a predecessor may have left an alert open. */
    UNDECIDED,
    OPEN,
    CLOSED
  }

  Hysteresis(MonitorSettings settings) {
    this.settings = settings;
  }

  /** Takes in one tick, and returns what is believed now. */
  Belief take(Verdict verdict, boolean outage, Instant now) {
    unknownRun = verdict == Verdict.UNKNOWN ? unknownRun + 1 : 0;
    if (verdict == Verdict.UNKNOWN) {
      return belief;
    }
    while (!opened.isEmpty() && opened.getFirst().plus(settings.flapWithin()).isBefore(now)) {
      opened.removeFirst();
    }
    boolean problem = verdict == Verdict.PROBLEM;
    goodRun = problem ? 0 : goodRun + 1;
    bad.addLast(problem);
    if (bad.size() > 2 * settings.openAfter() - 1) {
      bad.removeFirst();
    }
    if (belief != Belief.OPEN && problem && (outage || often())) {
      believe(Belief.OPEN, now);
      opened.addLast(now);
    } else if (belief != Belief.CLOSED && goodRun >= closeAfter()) {
      believe(Belief.CLOSED, now);
      bad.clear();
    }
    return belief;
  }

  private boolean often() {
    return bad.stream().filter(each -> each).count() >= settings.openAfter();
  }

  private void believe(Belief next, Instant now) {
    belief = next;
    since = now;
  }

  /** Returns how many good ticks in a row it takes now. */
  int closeAfter() {
    int damping = 1 << Math.min(3, Math.max(0, opened.size() - 1));
    return settings.closeAfter() * Math.min(MOST_DAMPING, damping);
  }

  boolean flapping() {
    return opened.size() > 1;
  }

  boolean blind() {
    return unknownRun >= settings.blindAfter();
  }

  Belief belief() {
    return belief;
  }

  int unknownRun() {
    return unknownRun;
  }

  @Nullable Instant since() {
    return since;
  }
}
