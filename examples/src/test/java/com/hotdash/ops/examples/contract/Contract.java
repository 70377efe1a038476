package com.hotdash.ops.examples.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.examples.contract.Row.Point;
import com.hotdash.ops.examples.contract.Row.Scene;
import com.hotdash.ops.resolution.Execution;
import com.hotdash.ops.resolution.FileJournal;
import com.hotdash.ops.resolution.Journal;
import com.hotdash.ops.resolution.MemoryJournal;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.resolution.PlanException;
import com.hotdash.ops.resolution.StalePlanException;
import com.hotdash.ops.resolution.StepOutcome.Status;
import com.hotdash.ops.resolution.StepResult;
import com.hotdash.ops.resolution.Verification.Result;
import com.hotdash.ops.runbook.RunbookBuilder;
import com.hotdash.ops.runbook.RunbookProcedures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** What every change keeps, whatever it changes; each method is one article. */
final class Contract {
  static final String OPERATOR = "sam";
  static final String REASON = "the contract asks for it";
  static final Duration NOTICED = Duration.ofMinutes(1);

  /**
   * What an undisturbed process did.
   *
   * @param looks how many of what may be writes came before the first line: they only looked
   */
  record Whole(int steps, int effects, int lines, int calls, int looks, int writes) {
    int perStep() {
      return effects / steps;
    }
  }

  private static final Map<String, Whole> WHOLE = new ConcurrentHashMap<>();

  private Contract() {}

  static RunbookProcedures open(World world, Life life, Journal journal) {
    return world.process(life).operator(OPERATOR).journal(life.lines(journal)).build();
  }

  /** A plan with everything overridden that can be. */
  static Plan plan(Scene<?> scene, RunbookProcedures ops) {
    var plan = scene.plan(ops);
    var objections = plan.objections();
    assertThat(plan.steps()).as("%s", plan).isNotEmpty();
    assertThat(objections).as("%s", plan).noneMatch(Objection::hard);
    for (var objection : objections) {
      plan = plan.despite(objection.name(), "the contract looks at what comes after");
    }
    return plan;
  }

  static Whole whole(Row<?> row) {
    return WHOLE.computeIfAbsent(row.line(), line -> undisturbed(row));
  }

  private static Whole undisturbed(Row<?> row) {
    var life = Life.whole();
    try (var scene = row.open();
        var ops = open(scene.world(), life, new MemoryJournal())) {
      var plan = plan(scene, ops);
      int before = scene.world().effects().size();
      life.begin();
      var execution = plan.apply(REASON);
      assertThat(execution.done()).as(execution.toString()).isEqualTo(plan.steps().size());
      int effects = scene.world().effects().size() - before;
      assertThat(effects).isPositive();
      assertThat(effects % plan.steps().size()).isZero();
      return new Whole(
          plan.steps().size(), effects, life.lines(), life.calls(), life.looks(), life.writes());
    }
  }

  static void planChangesNothing(Row<?> row) {
    try (var scene = row.open();
        var ops = open(scene.world(), Life.whole(), new MemoryJournal())) {
      var state = scene.world().state();
      var effects = scene.world().effects();

      var plan = plan(scene, ops);

      assertThat(scene.plan(ops).digest()).isEqualTo(plan.digest());
      assertThat(scene.world().effects()).isEqualTo(effects);
      assertThat(scene.world().state()).isEqualTo(state);
      assertThat(ops.pending()).isEmpty();
    }
  }

  static void movedItemIsDropped(Row<?> row, Whole whole) {
    try (var scene = row.open();
        var ops = open(scene.world(), Life.whole(), new MemoryJournal())) {
      var plan = plan(scene, ops);
      scene.moves(Point.ITEM_MOVES);
      var effects = scene.world().effects();

      var execution = plan.apply(REASON);

      var dropped = execution.results().get(0);
      assertThat(dropped.outcome()).as(execution.toString()).isNotNull();
      assertThat(dropped.done()).as(execution.toString()).isFalse();
      assertThat(is(dropped, Status.MOVED)).as(execution.toString()).isTrue();
      assertThat(execution.toString()).contains(dropped.step().target().label());
      assertThat(scene.world().effects())
          .as(execution.toString())
          .hasSize(effects.size() + execution.done() * whole.perStep());
    }
  }

  /** Where the first step is what the others rest on. */
  static void movedGroundLeavesTheRest(Row<?> row) {
    try (var scene = row.open();
        var ops = open(scene.world(), Life.whole(), new MemoryJournal())) {
      var plan = plan(scene, ops);
      scene.moves(Point.ITEM_MOVES);
      var effects = scene.world().effects();
      var state = scene.world().state();

      var execution = plan.apply(REASON);

      assertThat(execution.done()).as(execution.toString()).isZero();
      assertThat(execution.toString()).contains("rests on");
      assertThat(scene.world().effects()).isEqualTo(effects);
      assertThat(scene.world().state()).isEqualTo(state);
      assertThat(ops.pending()).isEmpty();
    }
  }

  static void movedTargetIsRefused(Row<?> row) {
    try (var scene = row.open();
        var ops = open(scene.world(), Life.whole(), new MemoryJournal())) {
      var plan = plan(scene, ops);
      if (!row.shows(Point.TARGET_MOVES)) {
        return;
      }
      scene.moves(Point.TARGET_MOVES);
      var effects = scene.world().effects();
      var state = scene.world().state();

      assertThatThrownBy(() -> plan.apply(REASON)).isInstanceOf(StalePlanException.class);

      assertThat(scene.world().effects()).isEqualTo(effects);
      assertThat(scene.world().state()).isEqualTo(state);
      assertThat(ops.pending()).isEmpty();
    }
  }

  static void oldDataVerifiesNothing(Row<?> row) {
    try (var scene = row.open();
        var ops = open(scene.world(), Life.whole(), new MemoryJournal())) {
      var execution = plan(scene, ops).apply(REASON);
      assertThat(execution.verify().detail()).doesNotContain("older than the change");

      scene.world().readOldData();
      var verification = execution.verify();

      assertThat(verification.result()).as("" + verification).isEqualTo(Result.INCONCLUSIVE);
    }
  }

  static void undoRestores(Row<?> row) {
    try (var scene = row.open();
        var ops = open(scene.world(), Life.whole(), new MemoryJournal())) {
      var plan = plan(scene, ops);
      var before = scene.world().state();
      var effects = scene.world().effects();
      var execution = plan.apply(REASON);
      assertThat(scene.world().effects()).isNotEqualTo(effects);
      if (!row.shows(Point.UNDONE)) {
        assertStays(execution);
        return;
      }

      var undone = execution.undo().apply("back");

      assertThat(undone.results()).as(undone.toString()).allMatch(StepResult::done);
      scene.world().pass(NOTICED);
      assertThat(scene.world().state()).as(undone.toString()).isEqualTo(before);
    }
  }

  /** What cannot be taken back is told, and not only left out. */
  private static void assertStays(Execution execution) {
    try {
      assertThat(execution.undo().toString()).containsAnyOf("cannot be", "taken back");
    } catch (PlanException none) {
      assertThat(none).hasMessageContaining("nothing was made that can be taken back");
    }
  }

  /** What somebody did since stays. */
  static void undoLeavesAloneWhatMoved(Row<?> row) {
    if (!row.shows(Point.UNDONE)) {
      return;
    }
    try (var scene = row.open();
        var ops = open(scene.world(), Life.whole(), new MemoryJournal())) {
      var execution = plan(scene, ops).apply(REASON);
      scene.moves(Point.UNDONE);
      var undo = execution.undo();
      var effects = scene.world().effects();
      var state = scene.world().state();

      var undone = undo.apply("back");

      assertThat(undone.results())
          .as(undone.toString())
          .anyMatch(each -> is(each, Status.MOVED))
          .noneMatch(each -> is(each, Status.UNCERTAIN));
      if (undone.done() == 0) {
        assertThat(scene.world().effects()).as(undone.toString()).isEqualTo(effects);
        assertThat(scene.world().state()).as(undone.toString()).isEqualTo(state);
      }
    }
  }

  /** With stores in a database that is down, those beside it take over, and that is said. */
  static void worksWithTheDatabaseDown(Row<?> row, UnaryOperator<RunbookBuilder> down, Path file) {
    try (var scene = row.open();
        var ops = down.apply(scene.world().process(Life.whole()).operator(OPERATOR)).build()) {
      var plan = plan(scene, ops);

      var execution = plan.apply(REASON);

      assertThat(execution.done()).as(execution.toString()).isEqualTo(plan.steps().size());
      assertThat(execution.notes()).as(execution.toString()).isNotEmpty();
      assertThat(new FileJournal(file).history(Instant.EPOCH)).hasSize(1);
    }
  }

  static void journalTellsWhoAndWhyAndNoSecret(Row<?> row, Path file) throws IOException {
    try (var scene = row.open();
        var ops = open(scene.world(), Life.whole(), new FileJournal(file))) {
      var plan = plan(scene, ops);
      var execution = plan.apply(REASON);

      var text = Files.readString(file);
      assertThat(text).contains(OPERATOR, REASON, plan.digest(), execution.id());
      assertThat(text + plan + execution)
          .doesNotContain(scene.world().secrets().toArray(String[]::new));
    }
  }

  static boolean is(StepResult result, Status status) {
    var outcome = result.outcome();
    return outcome != null && outcome.status() == status;
  }
}
