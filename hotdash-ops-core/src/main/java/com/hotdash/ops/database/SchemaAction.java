package com.hotdash.ops.database;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom;
import com.hotdash.ops.resolution.Action;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.resolution.Effect;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.resolution.Verification.Patience;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the changes of a database's indexes, roles and pool share. */
abstract class SchemaAction implements Action {
  // Such a change stands or does not; it is looked at twice all the same.
  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(1));

  final DatabaseReader reader;
  private final String id;
  private final Effect effect;

  SchemaAction(DatabaseReader reader, String id, Effect effect) {
    this.reader = reader;
    this.id = id;
    this.effect = effect;
  }

  @Override
  public final String id() {
    return id;
  }

  @Override
  public final Effect effect() {
    return effect;
  }

  @Override
  public final Optional<Control> control() {
    return reader instanceof Database database ? Optional.of(database.control()) : Optional.empty();
  }

  @Override
  public Symptom symptom(Proposal proposal) {
    return new StepsReached(this, proposal);
  }

  @Override
  public final Patience patience(Proposal proposal) {
    return PATIENCE;
  }

  final String database() {
    return reader.identity().identity();
  }

  /** Looks with the schema's reader, once it is known which database the addresses lead to. */
  final Reading<Proposal> propose(Deadline deadline, Looking looking) {
    var schema = reader.schema();
    if (schema.isEmpty()) {
      return Reading.unread(
          new NotChecked(
              "the database's schema",
              Why.NOT_CONFIGURED,
              "the database that was handed in looks at sessions only",
              "hand the builder one that knows its schema"));
    }
    List<Objection> apart;
    try (var look = reader.look(deadline)) {
      var connectivity = look.connectivity();
      if (connectivity instanceof Reading.Unread<Connectivity> unread) {
        return Reading.unread(unread.notChecked());
      }
      apart =
          connectivity
              .toOptional()
              .flatMap(TwoDatabases::objection)
              .map(List::of)
              .orElse(List.of());
    }
    return looking.look(schema.get(), deadline).map(proposal -> with(apart, proposal));
  }

  private static Proposal with(List<Objection> more, Proposal proposal) {
    var all = new ArrayList<>(more);
    all.addAll(proposal.objections());
    return new Proposal(
        proposal.action(),
        proposal.target(),
        proposal.targetAssumes(),
        proposal.steps(),
        proposal.goal(),
        proposal.pace(),
        proposal.notPromised(),
        proposal.byHand(),
        all);
  }

  /** Finds out what would be changed. */
  @FunctionalInterface
  interface Looking {
    Reading<Proposal> look(SchemaReader schema, Deadline deadline);
  }

  /** Says what a build or a drop would wait for in vain, if it would. */
  static Optional<Objection> holdUps(List<HoldUp> holdUps) {
    if (holdUps.isEmpty()) {
      return Optional.empty();
    }
    var shown = holdUps.stream().limit(3).map(HoldUp::toString).toList();
    int more = holdUps.size() - shown.size();
    return Optional.of(
        Objection.overridable(
            "old-transactions",
            "it would wait for transactions that are open for long, and give up: "
                + String.join("; ", shown)
                + (more > 0 ? "; and " + more + " more" : ""),
            "wait until they are over, or end them: databaseConnectionIssues().endSessions()"));
  }

  static Optional<String> hidden(int hidden) {
    return hidden == 0
        ? Optional.empty()
        : Optional.of(
            hidden
                + " sessions do not show our role how old their transactions are: it may wait for"
                + " one, and give up.");
  }
}
