package com.hotdash.ops.database;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom;
import com.hotdash.ops.resolution.Action;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.resolution.Effect;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Pace;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.time.Deadline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ends chosen sessions of a database, guarded by all that they were judged by. It cannot be undone.
 * Thread-safe.
 */
public final class EndSessions implements Action {
  /** The action's id. */
  public static final String ID = "database.end-sessions";

  // One alone, so that a mistake costs one; then a handful, so that few come back at a time.
  private static final Pace PACE = new Pace(1, 5, false, false);

  private final DatabaseReader reader;

  /**
   * Makes the action for a database.
   *
   * @param reader the database; sessions can be ended if it is a {@link Database}
   */
  public EndSessions(DatabaseReader reader) {
    this.reader = reader;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Effect effect() {
    return Effect.IRREVERSIBLE;
  }

  @Override
  public Optional<Control> control() {
    return reader instanceof Database database ? Optional.of(database.control()) : Optional.empty();
  }

  @Override
  public Symptom symptom(Proposal proposal) {
    return new SessionSymptom(reader, proposal.goal());
  }

  /**
   * Finds out which sessions a choice comes to. Reads only.
   *
   * @param choice which sessions
   * @param deadline when to stop looking
   * @return the change, with no step if no session matches; or why it could not look
   */
  public Reading<Proposal> propose(SessionChoice choice, Deadline deadline) {
    try (var look = reader.look(deadline)) {
      var sessions = look.sessions();
      if (sessions instanceof Reading.Unread<Sessions> unread) {
        return Reading.unread(unread.notChecked());
      }
      var mode = look.mode();
      if (mode instanceof Reading.Unread<ServerMode> unread) {
        return Reading.unread(unread.notChecked());
      }
      var locks = look.locks();
      if (locks instanceof Reading.Unread<LockForest> unread && !choice.blockerKinds().isEmpty()) {
        return Reading.unread(unread.notChecked());
      }
      var capacity = look.capacity().toOptional();
      var connectivity = look.connectivity();
      if (connectivity instanceof Reading.Unread<Connectivity> unread) {
        return Reading.unread(unread.notChecked());
      }
      var server = mode.toOptional().orElseThrow();
      var draft =
          new Draft(
              choice,
              sessions.toOptional().orElseThrow(),
              locks
                  .map(forest -> forest.without(server.changing()))
                  .toOptional()
                  .orElse(new LockForest(List.of(), List.of(), 0)),
              server,
              capacity,
              connectivity.toOptional().orElseThrow());
      var evidence = sessions.evidenceIfRead().orElseThrow();
      return Reading.of(propose(draft), summary(draft, evidence));
    }
  }

  private Proposal propose(Draft draft) {
    var chosen = draft.chosen();
    var steps = chosen.stream().map(EndSessions::step).toList();
    return new Proposal(
        ID,
        new Target(
            SessionSteps.DATABASE, reader.identity().identity(), reader.identity().identity()),
        Map.of(SessionSteps.STARTED_AT, draft.mode.startedAt().toString()),
        steps,
        goal(draft),
        PACE,
        notPromised(draft),
        chosen.stream().map(EndSessions::byHand).toList(),
        objections(draft));
  }

  private static List<Objection> objections(Draft draft) {
    return Stream.concat(
            TwoDatabases.objection(draft.connectivity).stream(), schemaChange(draft).stream())
        .toList();
  }

  /** One that waits has done nothing yet; one that runs would be left half made. */
  private static Optional<Objection> schemaChange(Draft draft) {
    var chosen = draft.chosen().stream().map(each -> each.id().pid()).collect(Collectors.toSet());
    return draft.mode.changes().stream()
        .filter(change -> !change.waiting() && chosen.contains(change.pid()))
        .findFirst()
        .map(
            change ->
                Objection.overridable(
                    "schema-change",
                    "pid " + change.pid() + " runs " + change.what() + ": it would be half made",
                    "ask whoever started it, or wait until it is done"));
  }

  /** Cancelling an idle session does nothing; cancelling an active one is often enough. */
  private static Step step(Session session) {
    return session.state().equals(Session.ACTIVE)
        ? SessionSteps.cancel(session)
        : SessionSteps.terminate(session);
  }

  private static Map<String, String> goal(Draft draft) {
    var goal = new LinkedHashMap<String, String>();
    var choice = draft.choice;
    if (choice.session() != null) {
      goal.put(SessionSymptom.TARGETS_GONE, targets(draft));
      return goal;
    }
    if (choice.idleInTransactionFor() != null) {
      goal.put(SessionSymptom.IDLE_IN_TRANSACTION_FOR, choice.idleInTransactionFor().toString());
      if (choice.application() != null) {
        goal.put(SessionSymptom.OF_APPLICATION, choice.application());
      }
    }
    if (!choice.blockerKinds().isEmpty() && draft.chosen().stream().anyMatch(draft::blocks)) {
      goal.put(SessionSymptom.NOBODY_WAITS_FOR, choice.blockingFor().toString());
    }
    draft.capacity.ifPresent(
        now -> {
          int wanted = Math.min(SessionSymptom.comfortable(now), now.free() + draft.freeing());
          if (now.free() < wanted) {
            goal.put(SessionSymptom.FREE_SLOTS, Integer.toString(wanted));
          }
        });
    if (goal.isEmpty()) {
      goal.put(SessionSymptom.TARGETS_GONE, targets(draft));
    }
    return goal;
  }

  private static String targets(Draft draft) {
    return draft.chosen().stream()
        .map(each -> step(each).target().id())
        .collect(Collectors.joining(","));
  }

  private static List<String> notPromised(Draft draft) {
    var lines = new ArrayList<String>();
    if (!draft.chosen().isEmpty()) {
      lines.add("An ended session cannot be brought back: its open transaction is rolled back.");
      lines.add(
          "Why the client kept it open is not cured: look for the code that does not commit.");
    }
    if (draft.choice.idleFor() != null) {
      lines.add("A pool opens new connections for the ended ones within seconds.");
    }
    if (draft.left() > 0) {
      lines.add(draft.left() + " more sessions match: plan again after this.");
    }
    for (var spared : draft.spared()) {
      lines.add("Spared: pid " + spared.id().pid() + ", " + spared.sparedBecause() + ".");
    }
    for (var other : draft.outOfReach()) {
      lines.add("Out of reach: pid " + other.id().pid() + ", " + other.outOfReach() + ".");
    }
    if (draft.sessions.hidden() > 0) {
      lines.add(
          draft.sessions.hidden() + " sessions could not be judged: our role may not see them.");
    }
    if (draft.matching().isEmpty() || (draft.chosen().isEmpty() && draft.outOfReach().isEmpty())) {
      lines.add("No session matches: " + draft.choice.name() + ".");
    }
    return lines;
  }

  private static Evidence summary(Draft draft, Evidence read) {
    return read.withValue(
        draft.chosen().size()
            + " chosen, "
            + draft.spared().size()
            + " spared, "
            + draft.outOfReach().size()
            + " out of reach: "
            + draft.choice.name());
  }

  private static String byHand(Session session) {
    var call = session.state().equals(Session.ACTIVE) ? "cancel" : "terminate";
    return "select pg_%s_backend(pid) from pg_stat_activity where pid = %d and backend_start = '%s' and state_change = '%s';"
        .formatted(call, session.id().pid(), session.id().backendStart(), session.stateSince());
  }

  /** What was read for one proposal, and what follows from it. */
  private record Draft(
      SessionChoice choice,
      Sessions sessions,
      LockForest locks,
      ServerMode mode,
      Optional<Capacity> capacity,
      Connectivity connectivity) {
    List<Session> matching() {
      return choice.matching(sessions, locks);
    }

    List<Session> chosen() {
      return eligible().limit(choice.most()).toList();
    }

    int left() {
      return (int) eligible().skip(choice.most()).count();
    }

    List<Session> spared() {
      return matching().stream().filter(each -> each.sparedBecause() != null).toList();
    }

    List<Session> outOfReach() {
      return matching().stream()
          .filter(each -> each.sparedBecause() == null && each.outOfReach() != null)
          .toList();
    }

    boolean blocks(Session session) {
      return SessionChoice.waiters(session, locks) > 0;
    }

    int freeing() {
      return (int) chosen().stream().filter(each -> !each.state().equals(Session.ACTIVE)).count();
    }

    private Stream<Session> eligible() {
      return matching().stream().filter(Session::endable);
    }
  }
}
