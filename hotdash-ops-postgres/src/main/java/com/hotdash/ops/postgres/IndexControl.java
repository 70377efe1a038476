package com.hotdash.ops.postgres;

import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.database.SchemaSteps;
import com.hotdash.ops.database.SchemaSteps.Place;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.resolution.StepOutcome.Status;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.resolution.TargetState;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds and drops indexes, each by one statement that keeps nobody out. Such a statement cannot be
 * one act with a check, so the place is looked at right before, and the name that we give the index
 * keeps a second build out. If the connection is lost the server goes on: then this waits for it
 * over another one, and tells what came of it.
 */
final class IndexControl implements Control {
  private static final Duration AGAIN = Duration.ofSeconds(1);
  // Facts/postgres.md §4: 57P03 and its kin pass within 150 ms to minutes.
  private static final Set<FailureKind> COMES_BACK =
      EnumSet.of(
          FailureKind.REFUSED,
          FailureKind.CLOSED_BY_PEER,
          FailureKind.STARTING_UP,
          FailureKind.SHUTTING_DOWN,
          FailureKind.IN_RECOVERY,
          FailureKind.TERMINATED);
  private static final Duration CLEAN_UP = Duration.ofSeconds(30);

  private final Supplier<PgSight> sights;
  private final BuildWatch watch;
  private final Time time;
  private final Duration lockWait;
  private final boolean unable;
  private PgSight sight;
  private @Nullable PgLink held;

  IndexControl(
      Supplier<PgSight> sights,
      Executor executor,
      Time time,
      Duration lockWait,
      Consumer<String> progress,
      boolean unable) {
    this.sights = sights;
    this.watch = new BuildWatch(sights, executor, progress, BuildWatch.EVERY);
    this.time = time;
    this.lockWait = lockWait;
    this.unable = unable;
    this.sight = sights.get();
  }

  @Override
  public Reading<TargetState> observe(Target target, Deadline deadline) {
    try {
      var link = link(deadline);
      if (target.kind().equals(SchemaSteps.TABLE)) {
        var state = IndexLook.table(link, SchemaSteps.oid(target), deadline);
        var value = target.label() + (state.exists() ? " is there" : " is gone");
        return Reading.of(
            state, link.evidence(value, "pg_class", null, "select oid::regclass from pg_class;"));
      }
      var look = IndexLook.at(link, SchemaSteps.place(target), deadline);
      var builder = look.builder();
      if (builder != null) {
        var progress = Backend.progress(link, builder, deadline);
        return unread(
            target,
            Why.TOO_LITTLE_DATA,
            "pid "
                + builder
                + " is still building it: "
                + (progress.isEmpty() ? "how far is hidden" : progress),
            "look again when it is over");
      }
      return Reading.of(
          look.state(),
          link.evidence(
              target.label() + ": " + look.told(),
              "pg_index",
              null,
              "select indexrelid::regclass, indisvalid from pg_index;"));
    } catch (PgTrouble e) {
      return Reading.unread(e.notChecked(target.label()));
    } catch (IllegalArgumentException e) {
      return unread(target, Why.NOT_UNDERSTOOD, String.valueOf(e.getMessage()), "plan afresh");
    }
  }

  private static Reading<TargetState> unread(Target target, Why why, String detail, String remedy) {
    return Reading.unread(new NotChecked(target.label(), why, detail, remedy));
  }

  /** A lost connection says nothing of the server: one more login finds out what became of it. */
  private PgLink link(Deadline deadline) throws PgTrouble {
    if (held != null && held.broken()) {
      sight.close();
      sight = sights.get();
      held = null;
    }
    try {
      held = sight.link(deadline);
      return held;
    } catch (PgTrouble e) {
      // Refused for now: what was refused for good is not asked again, or it would be held against
      // us.
      if (COMES_BACK.contains(e.failure().kind())) {
        sight.close();
        sight = sights.get();
      }
      throw e;
    }
  }

  /** A server that went down comes up again, most often within seconds. */
  private PgLink linkOnceUp(Deadline deadline) throws PgTrouble {
    while (true) {
      try {
        return link(deadline);
      } catch (PgTrouble e) {
        if (!COMES_BACK.contains(e.failure().kind())
            || deadline.remaining().compareTo(AGAIN) <= 0
            || !time.await(AGAIN)) {
          throw e;
        }
      }
    }
  }

  @Override
  public StepOutcome make(Step step, Deadline deadline) {
    try {
      var place = SchemaSteps.place(step.target());
      var sql = SchemaSql.index(step);
      if (unable) {
        return StepOutcome.failed(
            "nothing was sent: a transaction pooler keeps no session; set DIRECT_URL to a direct"
                + " or session address");
      }
      var link = link(deadline);
      if (link.hiddenPooler(deadline)) {
        return StepOutcome.failed(
            "nothing was sent: "
                + IndexTerms.hidden(link)
                + "; set DIRECT_URL to a direct address");
      }
      var look = IndexLook.at(link, place, deadline);
      if (look.building()) {
        return StepOutcome.failed("nothing was sent: pid " + look.builder() + " is building it");
      }
      if (!look.state().matches(step.assumes())) {
        return StepOutcome.moved(look.state().difference(step.assumes()));
      }
      var refusal =
          step.kind().equals(SchemaSteps.CREATE_INDEX)
              ? IndexLook.refusal(link, step, place, deadline)
              : Optional.<String>empty();
      return refusal.isEmpty()
          ? send(step, place, sql, Backend.of(link, deadline), deadline)
          : StepOutcome.moved(refusal.get());
    } catch (PgTrouble e) {
      return StepOutcome.failed("nothing was sent: " + e.failure());
    } catch (IllegalArgumentException e) {
      return StepOutcome.failed("nothing was sent: " + e.getMessage());
    }
  }

  private StepOutcome send(Step step, Place place, String sql, Backend backend, Deadline deadline)
      throws PgTrouble {
    var link = link(deadline);
    // Some of the time is kept for what a build that came to its limit has left behind.
    var left = deadline.remaining();
    var kept = left.dividedBy(4).compareTo(CLEAN_UP) < 0 ? left.dividedBy(4) : CLEAN_UP;
    var limit = deadline.within(left.minus(kept));
    PgTrouble trouble;
    try {
      trouble = watch.run(() -> link.alone(limit, lockWait, sql), backend, link::cutOff, limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      // It is at work, and nothing else could be asked over it. The server does not notice.
      link.abort();
      return StepOutcome.uncertain("interrupted, and the server goes on: look again later");
    }
    return trouble != null && link.broken()
        ? afterLoss(step, place, backend, trouble, deadline)
        : told(step, place, trouble, deadline);
  }

  /** Waits for what the server does without us, as long as there is time. */
  private StepOutcome afterLoss(
      Step step, Place place, Backend backend, PgTrouble lost, Deadline deadline) {
    try {
      while (backend.works(linkOnceUp(deadline), deadline)) {
        if (deadline.remaining().compareTo(AGAIN) <= 0) {
          return StepOutcome.uncertain(
              "the connection was lost, and pid " + backend.pid() + " is still at work");
        }
        if (!time.await(AGAIN)) {
          return StepOutcome.uncertain("interrupted while the server went on");
        }
      }
    } catch (PgTrouble e) {
      return StepOutcome.uncertain(
          "sent, and the connection was lost: "
              + lost.failure()
              + "; nor could be looked: "
              + e.failure());
    }
    return told(step, place, lost, deadline);
  }

  /** Tells by what is there now, which counts more than what was answered. */
  private StepOutcome told(Step step, Place place, @Nullable PgTrouble trouble, Deadline deadline) {
    try {
      var look = IndexLook.at(link(deadline), place, deadline);
      var said = trouble == null ? "" : trouble.failure() + "; ";
      if (look.building()) {
        return StepOutcome.uncertain(said + "pid " + look.builder() + " is building it");
      }
      if (step.reachedBy(look.state())) {
        return new StepOutcome(Status.DONE, said + look.told(), look.state().fields());
      }
      boolean built = step.kind().equals(SchemaSteps.CREATE_INDEX);
      return built && look.invalid()
          ? StepOutcome.failed(said + cleanedUp(place, deadline))
          : StepOutcome.failed(said + look.told() + (built ? "" : still(look)));
    } catch (PgTrouble e) {
      return StepOutcome.uncertain("sent, and its effect was not seen: " + e.failure());
    }
  }

  private static String still(IndexLook look) {
    return look.invalid()
        ? ": no plan uses it any more, writes may go on paying for it; dropping it again finishes it"
        : "";
  }

  /** Our own leftover alone: the place was free right before. */
  private String cleanedUp(Place place, Deadline deadline) {
    try {
      link(deadline).alone(deadline, lockWait, SchemaSql.drop(place));
      return "the invalid index that it left was dropped";
    } catch (PgTrouble e) {
      return "it left an invalid index, which writes pay for: plan again, which drops it first, or "
          + SchemaSql.drop(place)
          + "; dropping it now failed: "
          + e.failure();
    }
  }

  @Override
  public void close() {
    sight.close();
    watch.close();
  }
}
