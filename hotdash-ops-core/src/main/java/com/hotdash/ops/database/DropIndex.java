package com.hotdash.ops.database;

import com.hotdash.ops.database.IndexFacts.Found;
import com.hotdash.ops.database.SchemaSteps.Place;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Effect;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Pace;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Drops an index while the application goes on. Undone by building it again, which takes as long as
 * that takes; how often it was used is counted anew. Thread-safe.
 */
public final class DropIndex extends SchemaAction {
  /** The action's id. */
  public static final String ID = "database.drop-index";

  private final Duration buildWithin;

  /**
   * Makes the action for a database.
   *
   * @param reader the database; indexes can be dropped if it is a {@link Database}
   * @param buildWithin how long building it again may take, if that is asked for; more than zero
   */
  public DropIndex(DatabaseReader reader, Duration buildWithin) {
    super(reader, ID, Effect.COMPENSABLE);
    this.buildWithin = buildWithin;
  }

  @Override
  public Duration stepWithin() {
    return buildWithin;
  }

  /**
   * Finds out what dropping it would come to. Reads only.
   *
   * @param name the index's name as the catalogue has it, with its schema before a dot where more
   *     than one has it
   * @param deadline when to stop looking
   * @return the change, with objections if it must not be made; or why it could not look
   * @throws IllegalArgumentException if the name is empty, too long or holds a control character
   */
  public Reading<Proposal> propose(String name, Deadline deadline) {
    NewIndex.check("index", name, 2 * NewIndex.NAME_BYTES + 1);
    return propose(
        deadline,
        (schema, until) -> schema.index(name, until).map(facts -> proposal(name, facts, schema)));
  }

  private Proposal proposal(String name, IndexFacts facts, SchemaReader schema) {
    var index = facts.found();
    if (index == null) {
      return new Proposal(
          ID,
          new Target(SchemaSteps.TABLE, database() + "#table=0", name),
          Map.of(),
          List.of(),
          Map.of(),
          Pace.CAREFUL,
          List.of(),
          List.of(),
          List.of(unknown(name, facts)));
    }
    var place = new Place(index.table(), index.schema(), index.index());
    var step = SchemaSteps.drop(SchemaSteps.index(database(), place, index.name()), index);
    return new Proposal(
        ID,
        SchemaSteps.table(database(), index.table(), index.tableName()),
        Map.of(SchemaSteps.TABLE_NAME, index.tableName()),
        List.of(step),
        Map.of(),
        Pace.CAREFUL,
        notPromised(index, facts),
        List.of(schema.byHand(step)),
        objections(index, facts));
  }

  private static Objection unknown(String name, IndexFacts facts) {
    return facts.candidates().isEmpty()
        ? Objection.hard(
            "no-such-index",
            "there is no index " + name,
            "names are taken as the catalogue has them, capitals too")
        : Objection.hard(
            "no-such-index",
            "no single index is called " + name,
            "say which: " + String.join(", ", facts.candidates()));
  }

  private static List<Objection> objections(Found index, IndexFacts facts) {
    var against = new ArrayList<>(facts.objections());
    if (index.building()) {
      against.add(
          Objection.hard(
              "being-built",
              index.name() + " is being built right now",
              "wait for it, or cancel the build where it runs"));
    }
    if (index.valid() && !facts.foreignKeys().isEmpty()) {
      against.add(
          Objection.hard(
              "foreign-key",
              "no other index would serve the foreign key "
                  + String.join(", ", facts.foreignKeys())
                  + ": each delete from the table that it names would read all of "
                  + index.tableName(),
              "build another index for it first"));
    }
    if (index.valid() && index.unique()) {
      against.add(
          Objection.overridable(
              "unique",
              "it keeps values of " + index.tableName() + " from being there twice",
              "be sure that nothing relies on that: after duplicates it cannot be built again"));
    }
    if (index.valid() && index.scans() > 0) {
      var since = index.countedSince();
      var last = index.lastScan();
      against.add(
          Objection.overridable(
              "used",
              "plans used it "
                  + index.scans()
                  + " times"
                  + (since == null ? "" : " since " + since)
                  + (last == null ? "" : ", last at " + last),
              "look which statements do: their plans show it"));
    }
    holdUps(facts.holdUps()).ifPresent(against::add);
    return against;
  }

  private static List<String> notPromised(Found index, IndexFacts facts) {
    var lines = new ArrayList<String>();
    if (!index.valid()) {
      lines.add("It is invalid: no plan uses it, and nothing brings it back.");
    } else {
      lines.add("Used on a standby it would be missed there too: this server does not count that.");
      lines.add(
          index.repeatable()
              ? "Taking it back means building it again: its comment and tablespace do not come"
                  + " back."
              : "It cannot be taken back: its definition holds what is not sent again unread.");
    }
    hidden(facts.hidden()).ifPresent(lines::add);
    return lines;
  }
}
