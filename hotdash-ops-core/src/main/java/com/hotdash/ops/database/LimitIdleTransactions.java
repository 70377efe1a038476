package com.hotdash.ops.database;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Effect;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Pace;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Has the server end a role's sessions that idle in a transaction for too long. It holds for
 * sessions that begin afterwards. Undone to what was set before. Thread-safe.
 */
public final class LimitIdleTransactions extends SchemaAction {
  /** The action's id. */
  public static final String ID = "database.limit-idle-transactions";

  /** Shorter, and ordinary work between two statements would be ended. */
  public static final Duration SHORTEST = Duration.ofSeconds(1);

  /** The setting counts milliseconds in 31 bits: 24 days. */
  public static final Duration LONGEST = Duration.ofDays(24);

  /**
   * Makes the action for a database.
   *
   * @param reader the database; roles can be changed if it is a {@link Database}
   */
  public LimitIdleTransactions(DatabaseReader reader) {
    super(reader, ID, Effect.REVERSIBLE);
  }

  /**
   * Finds out what that would come to. Reads only.
   *
   * @param role the role's name as the catalogue has it
   * @param limit how long a session may idle, 1 s to 24 days
   * @param deadline when to stop looking
   * @return the change, with no step if it is so already; or why it could not look
   * @throws IllegalArgumentException if {@code limit} is out of range, or {@code role} cannot be a
   *     name
   */
  public Reading<Proposal> propose(String role, Duration limit, Deadline deadline) {
    NewIndex.check("role", role, NewIndex.NAME_BYTES);
    if (limit.compareTo(SHORTEST) < 0 || limit.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a limit is 1 s to 24 days, not " + limit);
    }
    var wanted = limit.toMillis() + "ms";
    return propose(
        deadline,
        (schema, until) ->
            schema
                .idleTransactionLimit(role, until)
                .map(now -> proposal(now, wanted, limit, schema)));
  }

  private Proposal proposal(RoleLimit now, String wanted, Duration limit, SchemaReader schema) {
    var target = SchemaSteps.role(database(), now);
    var step = SchemaSteps.limit(target, now, wanted);
    boolean change = now.oid() != 0 && !wanted.equals(now.value());
    var steps = change ? List.of(step) : List.<Step>of();
    return new Proposal(
        ID,
        target,
        now.oid() == 0 ? Map.of() : Map.of(SchemaSteps.ROLE_NAME, now.role()),
        steps,
        Map.of(),
        Pace.CAREFUL,
        notPromised(now, limit),
        steps.stream().map(schema::byHand).toList(),
        objections(now));
  }

  private static List<Objection> objections(RoleLimit now) {
    var against = new ArrayList<>(now.objections());
    if (now.oid() == 0) {
      against.add(
          Objection.hard(
              "no-such-role",
              "there is no role " + now.role(),
              "names are taken as the catalogue has them, capitals too"));
    }
    if (now.inDatabase() != null) {
      against.add(
          Objection.overridable(
              "outweighed",
              "in this database " + now.inDatabase() + " is set for the role, and that wins",
              "ALTER ROLE … IN DATABASE … RESET " + SchemaSteps.LIMIT));
    }
    return against;
  }

  private static List<String> notPromised(RoleLimit now, Duration limit) {
    if (now.oid() == 0) {
      return List.of();
    }
    var lines = new ArrayList<String>();
    lines.add(
        "The "
            + now.sessions()
            + " sessions that the role has now keep what they began with: end them, or wait until"
            + " the pool renews them.");
    lines.add(
        "A session that idles in a transaction for more than "
            + limit.toMillis() / 1000.0
            + " s is ended, its work rolled back: the application sees a closed connection.");
    lines.add("Why it idles is not cured: look for the code that does not commit.");
    return lines;
  }
}
