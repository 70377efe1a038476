package com.hotdash.ops.examples.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.examples.contract.Row.Scene;
import com.hotdash.ops.examples.contract.Row.Undo;
import com.hotdash.ops.resolution.Execution;
import com.hotdash.ops.resolution.FileJournal;
import com.hotdash.ops.resolution.Journal;
import com.hotdash.ops.resolution.JournalEntry;
import com.hotdash.ops.resolution.MemoryJournal;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.resolution.PlanException;
import com.hotdash.ops.resolution.RefusedException;
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
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What every change keeps, whatever it changes; each method is one article. */
final class Contract {
  static final String OPERATOR = "sam";
  static final String REASON = "the contract asks for it";
  private static final Duration NOTICED = Duration.ofMinutes(1);

  /** What an undisturbed process did. */
  record Whole(int steps, int effects, int lines, int calls, int writes, String after) {}

  private Contract() {}

  static RunbookProcedures open(World world, Life life, Journal journal) {
    return world.process(life).operator(OPERATOR).journal(life.lines(journal)).build();
  }

  /** A plan with everything overridden that can be. */
  static Plan plan(Scene<?> scene, RunbookProcedures ops) {
    var plan = scene.plan(ops);
    assertThat(plan.steps()).as(plan.toString()).isNotEmpty();
    assertThat(plan.objections()).as(plan.toString()).noneMatch(Objection::hard);
    for (var objection : plan.objections()) {
      plan = plan.despite(objection.name(), "the contract looks at what comes after");
    }
    return plan;
  }

  static Whole whole(Row<?> row) {
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
          plan.steps().size(),
          effects,
          life.lines(),
          life.calls(),
          life.writes(),
          scene.world().state());
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

  static void movedItemIsDropped(Row<?> row) {
    try (var scene = row.open();
        var ops = open(scene.world(), Life.whole(), new MemoryJournal())) {
      var plan = plan(scene, ops);
      scene.moveItem();
      var effects = scene.world().effects();

      var execution = plan.apply(REASON);

      var dropped = execution.results().get(0);
      assertThat(dropped.outcome()).as(execution.toString()).isNotNull();
      assertThat(dropped.done()).as(execution.toString()).isFalse();
      assertThat(is(dropped, Status.MOVED)).as(execution.toString()).isTrue();
      assertThat(execution.toString()).contains(dropped.step().target().label());
      assertThat(scene.world().effects())
          .as(execution.toString())
          .hasSize(effects.size() + execution.done() * perStep(row));
    }
  }

  /** Where the first step is what the others rest on. */
  static void movedGroundLeavesTheRest(Row<?> row) {
    try (var scene = row.open();
        var ops = open(scene.world(), Life.whole(), new MemoryJournal())) {
      var plan = plan(scene, ops);
      scene.moveItem();
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
      if (!scene.moveTarget()) {
        return;
      }
      var effects = scene.world().effects();
      var state = scene.world().state();

      assertThatThrownBy(() -> plan.apply(REASON)).isInstanceOf(StalePlanException.class);

      assertThat(scene.world().effects()).isEqualTo(effects);
      assertThat(scene.world().state()).isEqualTo(state);
      assertThat(ops.pending()).isEmpty();
    }
  }

  /** Every write in turn loses its answer, before it was made and after. */
  static void lostAnswersCauseNoSecondEffect(Row<?> row, Whole whole) {
    assertThat(whole.writes()).isPositive();
    for (int write = 1; write <= whole.writes(); write += row.apart()) {
      for (boolean before : new boolean[] {true, false}) {
        lostAnswer(row, whole, Moment.loss(write, before));
      }
    }
  }

  private static void lostAnswer(Row<?> row, Whole whole, Moment moment) {
    var life = new Life(moment);
    try (var scene = row.open();
        var ops = open(scene.world(), life, new MemoryJournal())) {
      var plan = plan(scene, ops);
      var effects = List.copyOf(scene.world().effects());
      life.begin();

      var execution = applied(plan);

      if (!life.lost()) {
        // In real time it may have needed to ask less often.
        assertThat(execution).isNotNull();
        assertThat(execution.done()).as(moment + ": " + execution).isEqualTo(whole.steps());
      }
      if (execution == null) {
        assertThat(scene.world().effects()).isEqualTo(effects);
        return;
      }
      assertTold(scene, whole, effects, execution, moment);
      scene.world().pass(NOTICED);
      for (var pending : ops.pending()) {
        var resumed = ops.resume(pending.id(), "look what became of it");
        assertTold(scene, whole, effects, resumed, moment);
      }
      closeAll(ops);
    }
  }

  /** Who cannot look before the first write refuses. */
  private static @Nullable Execution applied(Plan plan) {
    try {
      return plan.apply(REASON);
    } catch (RefusedException refused) {
      assertThat(refused).hasMessageContaining("nothing was changed");
      return null;
    }
  }

  /** What is told fits what the world has seen. */
  private static void assertTold(
      Scene<?> scene, Whole whole, List<String> before, Execution told, Moment moment) {
    var all = scene.world().effects();
    var made = all.subList(before.size(), all.size());
    var as = moment + ": " + told + "\n" + made;
    assertThat(made).as(as).doesNotHaveDuplicates();
    assertThat(made.size()).as(as).isLessThanOrEqualTo(whole.effects());
    int perStep = whole.effects() / whole.steps();
    if (told.results().stream().noneMatch(each -> is(each, Status.UNCERTAIN))) {
      assertThat(made).as(as).hasSize(told.done() * perStep);
    } else {
      assertThat(made.size()).as(as).isGreaterThanOrEqualTo(told.done() * perStep);
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
      if (row.undo() == Undo.NOT_ALL) {
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
    if (row.undo() == Undo.NOT_ALL) {
      return;
    }
    try (var scene = row.open();
        var ops = open(scene.world(), Life.whole(), new MemoryJournal())) {
      var execution = plan(scene, ops).apply(REASON);
      scene.moveMade();
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

  /** Another process goes on after the death, and back where that can be. */
  static void deathIsRecoverable(Row<?> row, Whole whole, Moment moment, Path file) {
    try (var scene = row.open()) {
      var world = scene.world();
      var state = world.state();
      var effects = List.copyOf(world.effects());
      die(scene, moment, new FileJournal(file));
      var journal = new FileJournal(file);

      try (var ops = open(world, Life.whole(), journal)) {
        for (var pending : ops.pending()) {
          assertTold(scene, whole, effects, ops.resume(pending.id(), "go on"), moment);
        }
        closeAll(ops);
        if (world.effects().size() == effects.size() + whole.effects()
            && row.undo() == Undo.ALL
            && allKnown(journal)) {
          ops.undo(first(journal)).apply("back");
          world.pass(NOTICED);
          assertThat(world.state()).as("" + moment).isEqualTo(state);
        }
      }
    }
  }

  private static boolean allKnown(Journal journal) {
    var record = journal.history(Instant.EPOCH).get(0);
    return record.outcomes().values().stream().allMatch(each -> each.status() == Status.DONE);
  }

  /** Giving up changes nothing, and what was made can still be taken back. */
  static void deathCanBeGivenUp(Row<?> row, Moment moment, Path file) {
    try (var scene = row.open()) {
      var world = scene.world();
      die(scene, moment, new FileJournal(file));
      var effects = List.copyOf(world.effects());

      try (var ops = open(world, Life.whole(), new FileJournal(file))) {
        closeAll(ops);
        assertThat(world.effects()).as("" + moment).isEqualTo(effects);
      }
    }
  }

  private static void die(Scene<?> scene, Moment moment, Journal journal) {
    var life = new Life(moment);
    try (var ops = open(scene.world(), life, journal)) {
      var plan = plan(scene, ops);
      life.begin();
      assertThatThrownBy(() -> plan.apply(REASON)).as("" + moment).isInstanceOf(Throwable.class);
      assertThat(life.dead()).as("" + moment).isTrue();
    }
    scene.world().pass(NOTICED);
  }

  private static void closeAll(RunbookProcedures ops) {
    for (var pending : ops.pending()) {
      ops.giveUp(pending.id(), "looked at by hand");
    }
    assertThat(ops.pending()).isEmpty();
  }

  private static String first(Journal journal) {
    return ((JournalEntry.Started) journal.entries().get(0)).execution();
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

  private static int perStep(Row<?> row) {
    var whole = whole(row);
    return whole.effects() / whole.steps();
  }

  private static boolean is(StepResult result, Status status) {
    var outcome = result.outcome();
    return outcome != null && outcome.status() == status;
  }
}
