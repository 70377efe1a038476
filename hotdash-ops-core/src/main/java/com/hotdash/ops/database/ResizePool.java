package com.hotdash.ops.database;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom;
import com.hotdash.ops.resolution.Effect;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Pace;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Changes how many connections the application's own pool may have, in this process, while it runs.
 * Undone to what it was. Thread-safe.
 */
public final class ResizePool extends SchemaAction {
  /** The action's id. */
  public static final String ID = "database.resize-pool";

  private static final int LARGEST = 1_000;

  /**
   * Makes the action for a database.
   *
   * @param reader the database that was given the pool; it can be resized if it is a {@link
   *     Database}
   */
  public ResizePool(DatabaseReader reader) {
    super(reader, ID, Effect.REVERSIBLE);
  }

  @Override
  public Symptom symptom(Proposal proposal) {
    return new PoolSymptom(super.symptom(proposal), reader);
  }

  /**
   * Finds out what that would come to. Reads only.
   *
   * @param size how many connections the pool may have, 1 to 1,000
   * @param deadline when to stop looking
   * @return the change, with no step if it is so already; or why it could not look
   * @throws IllegalArgumentException if {@code size} is out of range
   */
  public Reading<Proposal> propose(int size, Deadline deadline) {
    if (size < 1 || size > LARGEST) {
      throw new IllegalArgumentException(
          "a pool has 1 to " + LARGEST + " connections, not " + size);
    }
    try (var look = reader.look(deadline)) {
      var pool = look.applicationPool();
      if (!(pool instanceof Reading.Read<ApplicationPool> read)) {
        return Reading.unread(pool.obstacle().orElseThrow());
      }
      // A pool that shrinks takes no slot, also where nobody can count them.
      if (size <= read.value().max()) {
        return Reading.of(proposal(read.value(), size, List.of()), read.evidence());
      }
      return look.capacity()
          .map(now -> proposal(read.value(), size, objections(read.value(), size, now)));
    }
  }

  private Proposal proposal(ApplicationPool pool, int size, List<Objection> against) {
    var target = SchemaSteps.pool(database(), pool.name());
    var step = SchemaSteps.resize(target, pool.max(), size);
    var steps = size == pool.max() ? List.<Step>of() : List.of(step);
    return new Proposal(
        ID,
        target,
        Map.of(),
        steps,
        Map.of(),
        Pace.CAREFUL,
        notPromised(pool, size),
        List.of(),
        against);
  }

  /** Connections that the pool has take their slots already. */
  private static List<Objection> objections(ApplicationPool pool, int size, Capacity now) {
    var against = new ArrayList<Objection>();
    int more = size - pool.total();
    var adviceFirst = "a larger pool moves the queue into the database: find what is slow";
    int usable = now.usableInDatabase();
    int free = now.freeInDatabase();
    if (size > usable) {
      var whose = usable < now.usable() ? "the database has a limit of " : "the server has ";
      against.add(
          Objection.hard("too-large", size + " connections, and " + whose + usable, adviceFirst));
    } else if (more > free) {
      against.add(
          Objection.overridable(
              "too-few-slots",
              "it could open " + more + " more, and " + free + " of " + usable + " slots are free",
              adviceFirst));
    }
    return against;
  }

  private static List<String> notPromised(ApplicationPool pool, int size) {
    var lines = new ArrayList<String>();
    lines.add("It holds for this process alone, and until it ends: other machines have their own.");
    if (size < pool.max()) {
      lines.add(
          "Connections above the new size stay until they reach the pool's maximum lifetime.");
    }
    return lines;
  }
}
