package com.hotdash.ops.database;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What ending sessions is for: nobody waits behind them, slots are free, none idles on. */
final class SessionSymptom implements Symptom {
  /** No session may be idle in transaction for as long as this ISO duration. */
  static final String IDLE_IN_TRANSACTION_FOR = "idle_in_transaction_for";

  /** Nobody may wait for a blocker of these kinds. */
  static final String NOBODY_BEHIND = "nobody_behind";

  /** So many slots must be free. */
  static final String FREE_SLOTS = "free_slots";

  /** These sessions must be gone; used only where there is nothing better to measure. */
  static final String SESSIONS_GONE = "sessions_gone";

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
    goal.forEach(
        (name, value) ->
            parts.add(
                switch (name) {
                  case IDLE_IN_TRANSACTION_FOR ->
                      "no session is idle in transaction for "
                          + Duration.parse(value).toSeconds()
                          + " s";
                  case NOBODY_BEHIND ->
                      "nobody waits behind one that is "
                          + value.toLowerCase(Locale.ROOT).replace('_', ' ');
                  case FREE_SLOTS -> "at least " + value + " slots are free";
                  case SESSIONS_GONE -> "the sessions are gone";
                  default -> name + " " + value;
                }));
    return String.join(", and ", parts);
  }

  @Override
  public Reading<Measurement> measure(Deadline deadline) {
    try (var look = reader.look(deadline)) {
      var capacity = look.capacity();
      var sessions = look.sessions();
      var locks = look.locks();
      for (var reading : List.of(capacity, sessions, locks)) {
        if (reading.obstacle().isPresent()) {
          return Reading.unread(reading.obstacle().get());
        }
      }
      return locks.map(
          forest ->
              judge(
                  capacity.toOptional().orElseThrow(),
                  sessions.toOptional().orElseThrow(),
                  forest));
    }
  }

  private Measurement judge(Capacity capacity, Sessions sessions, LockForest locks) {
    long idle = idleInTransaction(sessions, goal.get(IDLE_IN_TRANSACTION_FOR));
    long behind = behind(locks);
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

  private static long idleInTransaction(Sessions sessions, @Nullable String atLeast) {
    var age = atLeast == null ? Duration.ZERO : Duration.parse(atLeast);
    return sessions.visible().stream()
        .filter(each -> each.sparedBecause() == null)
        .filter(Session::idleInTransaction)
        .filter(each -> each.inState(sessions.serverTime()).compareTo(age) >= 0)
        .count();
  }

  private long behind(LockForest locks) {
    var kinds = Set.of(goal.getOrDefault(NOBODY_BEHIND, "").split(","));
    return Stream.concat(locks.roots().stream(), locks.softBlockers().stream())
        .filter(found -> kinds.contains(found.kind().name()))
        .mapToLong(found -> found.allWaiters().size())
        .sum();
  }

  private long stillThere(Sessions sessions) {
    var ids = Set.of(goal.getOrDefault(SESSIONS_GONE, "").split(","));
    return sessions.visible().stream().filter(each -> ids.contains(each.id().toString())).count();
  }
}
