package com.hotdash.ops.examples.contract;

import static com.hotdash.ops.examples.contract.Contract.REASON;
import static com.hotdash.ops.examples.contract.Contract.is;
import static com.hotdash.ops.examples.contract.Contract.open;
import static com.hotdash.ops.examples.contract.Contract.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.hotdash.ops.examples.contract.Contract.Whole;
import com.hotdash.ops.examples.contract.Moment.At;
import com.hotdash.ops.examples.contract.Row.Point;
import com.hotdash.ops.examples.contract.Row.Scene;
import com.hotdash.ops.resolution.Execution;
import com.hotdash.ops.resolution.FileJournal;
import com.hotdash.ops.resolution.Journal;
import com.hotdash.ops.resolution.JournalEntry;
import com.hotdash.ops.resolution.MemoryJournal;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.resolution.PlanException;
import com.hotdash.ops.resolution.RefusedException;
import com.hotdash.ops.resolution.StepOutcome.Status;
import com.hotdash.ops.runbook.RunbookProcedures;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every change keeps when answers are lost and processes die. */
final class Mishaps {
  private Mishaps() {}

  /**
   * Writes lose their answer, before they were made and after.
   *
   * @param most how many of them at most, one at a time
   */
  static void lostAnswersCauseNoSecondEffect(Row<?> row, Whole whole, int most) {
    assertThat(whole.writes()).isPositive();
    for (int write : row.some(1, whole.writes(), most)) {
      lostAnswer(row, whole, Moment.loss(write, true));
      lostAnswer(row, whole, Moment.loss(write, false));
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
        // It may have needed to ask less often than the one that was counted.
        assertThat(life.writes()).as("" + moment).isPositive().isLessThan(moment.number());
        assertThat(execution).isNotNull();
        assertThat(execution.done()).as(moment + ": " + execution).isEqualTo(whole.steps());
      }
      if (execution == null) {
        assertThat(scene.world().effects()).isEqualTo(effects);
        return;
      }
      assertTold(scene, whole, effects, execution, moment);
      scene.world().pass(Contract.NOTICED);
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
    if (told.results().stream().noneMatch(each -> is(each, Status.UNCERTAIN))) {
      assertThat(made).as(as).hasSize(told.done() * whole.perStep());
    } else {
      assertThat(made.size()).as(as).isGreaterThanOrEqualTo(told.done() * whole.perStep());
    }
  }

  /** Another process goes on after the death, and back where that can be. */
  static void deathIsRecoverable(Row<?> row, Whole whole, Moment moment, Path file) {
    try (var scene = row.open()) {
      var world = scene.world();
      var state = world.state();
      var effects = List.copyOf(world.effects());
      var last = die(scene, moment, new FileJournal(file));
      if (last != null) {
        deathIsRecoverable(row, whole, last, file.resolveSibling(file.getFileName() + "-last"));
        return;
      }
      var journal = new FileJournal(file);

      try (var ops = open(world, Life.whole(), journal)) {
        for (var pending : ops.pending()) {
          assertTold(scene, whole, effects, ops.resume(pending.id(), "go on"), moment);
        }
        closeAll(ops);
        if (world.effects().size() == effects.size() + whole.effects()
            && row.shows(Point.UNDONE)
            && allKnown(journal)) {
          ops.undo(first(journal)).apply("back");
          world.pass(Contract.NOTICED);
          assertThat(world.state()).as("" + moment).isEqualTo(state);
        }
      }
    }
  }

  private static boolean allKnown(Journal journal) {
    var record = journal.history(Instant.EPOCH).get(0);
    return record.outcomes().values().stream().allMatch(each -> each.status() == Status.DONE);
  }

  /** Giving up changes nothing, and what is known to be made can still be taken back. */
  static void deathCanBeGivenUp(Row<?> row, Moment moment, Path file) {
    try (var scene = row.open()) {
      var world = scene.world();
      var state = world.state();
      int before = world.effects().size();
      assertThat(die(scene, moment, new FileJournal(file))).as("" + moment).isNull();
      var effects = List.copyOf(world.effects());
      var journal = new FileJournal(file);

      try (var ops = open(world, Life.whole(), journal)) {
        closeAll(ops);
        assertThat(world.effects()).as("" + moment).isEqualTo(effects);
        if (!row.shows(Point.UNDONE)) {
          return;
        }
        try {
          ops.undo(first(journal)).apply("back");
          world.pass(Contract.NOTICED);
        } catch (PlanException none) {
          assertThat(effects).as(moment + ": " + none.getMessage()).hasSize(before);
        }
        assertThat(world.state()).as("" + moment).isEqualTo(state);
      }
    }
  }

  /**
   * Has a process die. Steps that are made side by side share readings, and in real time one looks
   * less often than another: so it may have made fewer calls than one before it, and live. Then
   * this returns the last moment at which it would have died.
   */
  private static @Nullable Moment die(Scene<?> scene, Moment moment, Journal journal) {
    var life = new Life(moment);
    try (var ops = open(scene.world(), life, journal)) {
      var plan = plan(scene, ops);
      life.begin();
      var thrown = catchThrowable(() -> plan.apply(REASON));
      if (!life.dead()) {
        assertThat(thrown).as("" + moment).isNull();
        int last = life.counted(moment.at());
        assertThat(moment.at()).as("" + moment).isNotEqualTo(At.LINE);
        assertThat(last).as("" + moment).isPositive().isLessThan(moment.number());
        return Moment.death(moment.at(), last, moment.before());
      }
      assertThat(thrown).as("" + moment).isNotNull();
    }
    scene.world().pass(Contract.NOTICED);
    return null;
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
}
