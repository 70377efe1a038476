package com.hotdash.ops.database;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What ending sessions is for: nobody waits behind them, slots are free, none idles on. */
final class SessionSymptom implements Symptom {
  /** No session may be idle in transaction for as long as this ISO duration. */
  static final String IDLE_IN_TRANSACTION_FOR = "idle_in_transaction_for";

  /** Nobody may wait behind anybody for as long as this ISO duration, schema changes excepted. */
  static final String NOBODY_WAITS_FOR = "nobody_waits_for";

  /** Sessions of another application name do not count as idle in transaction. */
  static final String OF_APPLICATION = "of_application";

  /** So many slots must be free. */
  static final String FREE_SLOTS = "free_slots";

  /**
   * These targets of steps must be gone, sessions or their running statements; used only where
   * there is nothing better to measure.
   */
  static final String TARGETS_GONE = "targets_gone";

  private final DatabaseReader reader;
  private final Map<String, String> goal;

  SessionSymptom(DatabaseReader reader, Map<String, String> goal) {
    this.reader = reader;
    this.goal = goal;
  }

  /** Returns how many free slots are enough to stop worrying: 15 % of what can be used. */
  static int comfortable(Capacity capacity) {
    return Math.max(1, (int) Math.ceil(capacity.usable() * 0.15));
  }

  @Override
  public String goal() {
    var parts = new ArrayList<String>();
    if (goal.containsKey(IDLE_IN_TRANSACTION_FOR)) {
      var application = goal.get(OF_APPLICATION);
      parts.add(
          "no session "
              + (application == null ? "" : "of " + application + " ")
              + "is idle in transaction for "
              + seconds(IDLE_IN_TRANSACTION_FOR));
    }
    var waits = goal.get(NOBODY_WAITS_FOR);
    if (waits != null) {
      boolean ever = Duration.parse(waits).isZero();
      parts.add(
          "nobody but a schema change waits "
              + (ever ? "" : "for " + seconds(NOBODY_WAITS_FOR) + " ")
              + "behind another session");
    }
    if (goal.containsKey(FREE_SLOTS)) {
      parts.add("at least " + goal.get(FREE_SLOTS) + " slots are free");
    }
    var targets = goal.get(TARGETS_GONE);
    if (targets != null) {
      parts.add(targets.contains("#") ? "the statement is over" : "the sessions are gone");
    }
    return String.join(", and ", parts);
  }

  private String seconds(String name) {
    return Duration.parse(goal.getOrDefault(name, "PT0S")).toSeconds() + " s";
  }

  @Override
  public Reading<Measurement> measure(Deadline deadline) {
    try (var look = reader.look(deadline)) {
      var capacity = look.capacity();
      var sessions = look.sessions();
      var locks = look.locks();
      var mode = look.mode();
      for (var reading : List.<Reading<?>>of(capacity, sessions, locks, mode)) {
        if (reading.obstacle().isPresent()) {
          return Reading.unread(reading.obstacle().get());
        }
      }
      return judged(
          capacity.toOptional().orElseThrow(),
          sessions.toOptional().orElseThrow(),
          locks.toOptional().orElseThrow().without(mode.toOptional().orElseThrow().changing()),
          oldest(List.of(capacity, sessions, locks, mode)));
    }
  }

  private Reading<Measurement> judged(
      Capacity capacity, Sessions sessions, LockForest locks, Evidence evidence) {
    var measurement = judge(capacity, sessions, locks);
    if (!measurement.present() && sessions.hidden() > 0) {
      return Reading.unread(
          new NotChecked(
              "state of " + sessions.hidden() + " sessions",
              NotChecked.Why.NOT_PERMITTED,
              "the trouble may go on where our role may not look",
              "grant it: checkAccess() has the SQL"));
    }
    return Reading.of(measurement, evidence);
  }

  /**
   * The look asked the server itself, after it was told to: the time of the data is ours. The
   * server's own clock may differ from ours, and would make fresh data look old.
   */
  private static Evidence oldest(List<Reading<?>> readings) {
    return readings.stream()
        .flatMap(reading -> reading.evidenceIfRead().stream())
        .min(Comparator.comparing(Evidence::observedAt))
        .orElseThrow()
        .withDataAt(null);
  }

  private Measurement judge(Capacity capacity, Sessions sessions, LockForest locks) {
    long idle = idleInTransaction(sessions, goal.get(IDLE_IN_TRANSACTION_FOR));
    long behind = behind(locks, sessions);
    boolean present =
        (goal.containsKey(IDLE_IN_TRANSACTION_FOR) && idle > 0)
            || behind > 0
            || capacity.free() < Integer.parseInt(goal.getOrDefault(FREE_SLOTS, "0"))
            || stillThere(sessions) > 0;
    var seen =
        locks.waiting()
            + " sessions wait, "
            + capacity.free()
            + " of "
            + capacity.usable()
            + " slots are free, "
            + idle
            + " idle in transaction";
    return new Measurement(
        present,
        seen,
        Map.of(
            "waiting sessions", (double) locks.waiting(),
            "free slots", (double) capacity.free(),
            "idle in transaction", (double) idle));
  }

  private long idleInTransaction(Sessions sessions, @Nullable String atLeast) {
    var application = goal.get(OF_APPLICATION);
    var age = atLeast == null ? Duration.ZERO : Duration.parse(atLeast);
    return sessions.visible().stream()
        .filter(each -> each.sparedBecause() == null)
        .filter(each -> application == null || each.application().equals(application))
        .filter(Session::idleInTransaction)
        .filter(each -> each.inStateFor(age, sessions.serverTime()))
        .count();
  }

  private long behind(LockForest locks, Sessions sessions) {
    var limit = goal.get(NOBODY_WAITS_FOR);
    if (limit == null) {
      return 0;
    }
    var atLeast = Duration.parse(limit);
    return locks
        .blockers()
        .filter(found -> sessions.haveWaited(found.allWaiters(), atLeast))
        .mapToLong(found -> found.allWaiters().size())
        .sum();
  }

  private long stillThere(Sessions sessions) {
    var ids = Set.of(goal.getOrDefault(TARGETS_GONE, "").split(","));
    return sessions.visible().stream()
        .filter(
            each ->
                ids.contains(each.id().toString())
                    || (each.state().equals(Session.ACTIVE)
                        && ids.contains(SessionSteps.statement(each))))
        .count();
  }
}
