package com.hotdash.ops.resolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Estate.Part;
import com.hotdash.ops.resolution.StepOutcome.Status;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EngineTest {
  private final ManualTime clock = new ManualTime();
  private final World world = new World(clock.time(), 3);
  private final Journal journal = new MemoryJournal();

  private Engine.Builder builder() {
    return Engine.builder().time(clock.time()).journal(journal).operator("sam").action(world);
  }

  private Plan plan(Engine engine) {
    return engine.resolution(world.id(), world::propose).plan();
  }

  @Test
  void plan_made_changesNothingAndWritesNothing() {
    var plan = plan(builder().build());

    assertThat(plan.steps()).hasSize(3);
    assertThat(world.writes).isEmpty();
    assertThat(journal.entries()).isEmpty();
    assertThat(plan.toString())
        .contains(plan.digest(), "machine m1", "bad → good", "Migrations", "plan.apply(\"why\")");
  }

  @Test
  void digest_sameChangeInAnotherProcess_isEqual() {
    var other = new World(new ManualTime().time(), 3);
    var elsewhere = Engine.builder().action(other).build();

    assertThat(plan(builder().build()).digest())
        .isEqualTo(elsewhere.resolution(other.id(), other::propose).plan().digest());
  }

  @Test
  void digest_anythingThatWouldBeDoneDiffers_isAnother() {
    var digest = plan(builder().build()).digest();

    world.versions.remove("m3");
    assertThat(plan(builder().build()).digest()).isNotEqualTo(digest);
    world.versions.put("m3", "bad");
    world.owner = "somebody else";
    assertThat(plan(builder().build()).digest()).isNotEqualTo(digest);
  }

  @Test
  void apply_allGoesWell_makesEachStepOnceAndIsCured() {
    var execution = plan(builder().build()).apply("5xx at 12 %");
    clock.advance(Duration.ofMillis(1));

    assertThat(world.writes).containsExactly("m1=good", "m2=good", "m3=good");
    assertThat(execution.done()).isEqualTo(3);
    assertThat(execution.stopped()).isEmpty();
    assertThat(execution.verify().result()).isEqualTo(Verification.Result.CURED);
    assertThat(journal.pending()).isEmpty();
    assertThat(execution.toString()).contains("3 of 3 steps made");
  }

  @Test
  void progress_allGoesWell_tellsTheIdFirstAndEachStepBeforeAndAfterItIsMade() {
    var heard = new ArrayList<String>();
    var engine =
        builder()
            .progress(
                entry -> {
                  heard.add(entry.getClass().getSimpleName() + " " + world.writes.size());
                  throw new IllegalStateException("a listener that breaks stops nothing");
                })
            .build();

    var execution = plan(engine).apply("why");

    assertThat(execution.stopped()).isEmpty();
    assertThat(heard)
        .containsExactly(
            "Started 0",
            "Intended 0",
            "Made 1",
            "Intended 1",
            "Made 2",
            "Intended 2",
            "Made 3",
            "Ended 3");
  }

  @Test
  void execution_ofAnotherProcess_isVerifiedOnDataYoungerThanItsLastWrite() {
    var made = plan(builder().build()).apply("why");
    clock.advance(Duration.ofMillis(1));

    var read = builder().build().execution(made.id());

    assertThat(read.done()).isEqualTo(3);
    assertThat(read.stopped()).isEmpty();
    assertThat(read.lastWrite()).isEqualTo(made.lastWrite());
    assertThat(read.verify().result()).isEqualTo(Verification.Result.CURED);
    assertThatThrownBy(() -> builder().build().execution("none"))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("knows no execution none");
  }

  /** Another engineer asks while the first one's change is made, and after it has crashed. */
  @Test
  void pending_stillWorking_isUnderWayAndNotCrashed() {
    var locks = new InProcessLocks();
    var other = builder().locks(locks).operator("eve").build();
    var heard = new ArrayList<String>();
    var engine =
        builder()
            .locks(locks)
            .progress(
                entry -> {
                  if (entry instanceof JournalEntry.Made && heard.isEmpty()) {
                    heard.add(String.valueOf(other.underWay(other.pending().get(0))));
                    heard.add(plan(other).toString());
                  }
                })
            .build();

    plan(engine).apply("why");

    assertThat(heard.get(0)).contains("sam");
    assertThat(heard.get(1)).contains("sam holds its lock").doesNotContain("giveUp", "despite");
    assertThat(other.pending()).isEmpty();
  }

  @Test
  void apply_twice_actsOnceAndTellsThatAllHasMoved() {
    var plan = plan(builder().build());
    plan.apply("first");

    var second = plan.apply("again");

    assertThat(world.writes).hasSize(3);
    assertThat(second.results()).allMatch(result -> result.is(Status.MOVED));
  }

  @Test
  void apply_oneItemMovedSincePlan_isDroppedAndReported() {
    var plan = plan(builder().build());
    world.versions.put("m2", "other");

    var execution = plan.apply("why");

    assertThat(world.versions).containsEntry("m2", "other").containsEntry("m3", "good");
    assertThat(execution.results().get(1).is(Status.MOVED)).isTrue();
    assertThat(execution.toString()).contains("version is other, was bad");
  }

  @Test
  void apply_targetMovedSincePlan_refusesWithTheFreshPlan() {
    var plan = plan(builder().build());
    world.owner = "successor";

    var refused = catchThrowableOfType(StalePlanException.class, () -> plan.apply("why"));

    assertThat(refused).hasMessageContaining("owner is successor, was hotdash");
    assertThat(refused.fresh().map(Plan::digest))
        .isNotEmpty()
        .isNotEqualTo(Optional.of(plan.digest()));
    assertThat(world.writes).isEmpty();
    assertThat(journal.entries()).isEmpty();
  }

  @Test
  void apply_targetCannotBeSeen_refuses() {
    var plan = plan(builder().build());
    world.unreadable.add("hotdash");

    assertThatThrownBy(() -> plan.apply("why"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("target-unknown")
        .hasMessageContaining("look at the network");
    assertThat(world.writes).isEmpty();
  }

  @Test
  void apply_itemCannotBeSeen_isNotTouchedAndStops() {
    var plan = plan(builder().build());
    world.unreadable.add("m2");

    var execution = plan.apply("why");

    assertThat(world.writes).containsExactly("m1=good");
    assertThat(execution.results().get(1).is(Status.FAILED)).isTrue();
    assertThat(execution.stopped()).isPresent();
  }

  @Test
  void apply_answerLost_isSeenToBeMadeAndNotRepeated() {
    world.losingAnswers.add("m1");

    var execution = plan(builder().build()).apply("why");

    assertThat(world.writes).containsExactly("m1=good", "m2=good", "m3=good");
    assertThat(execution.results().get(0).why()).contains("seen to be made");
  }

  @Test
  void apply_answerLostAndNotWellAfter_isFailedAndStops() {
    world.losingAnswers.add("m1");
    world.sick.add("m1");

    var execution = plan(builder().build()).apply("why");

    assertThat(world.writes).containsExactly("m1=good");
    assertThat(execution.results().get(0).is(Status.FAILED)).isTrue();
    assertThat(execution.results().get(0).why()).contains("connection reset", "not well");
    assertThat(execution.stopped().orElseThrow()).contains("m1 failed");
    assertThat(world.before.get("m1")).isEqualTo(TargetState.of(Map.of("version", "bad")));
  }

  @Test
  void apply_answerLostAndEffectNotSeen_isUncertainAndStops() {
    world.losingAnswers.add("m1");
    world.afterWrite = () -> world.unreadable.add("m1");

    var execution = plan(builder().build()).apply("why");

    assertThat(world.writes).containsExactly("m1=good");
    assertThat(execution.results().get(0).is(Status.UNCERTAIN)).isTrue();
    assertThat(journal.pending()).hasSize(1);
    assertThat(execution.toString()).contains("STOPPED", "giveUp(\"" + execution.id());
  }

  @Test
  void apply_stepFails_stopsAndLeavesTheRest() {
    world.refusing.add("m2");

    var execution = plan(builder().build()).apply("why");

    assertThat(world.writes).containsExactly("m1=good");
    assertThat(execution.results().get(2).outcome()).isNull();
  }

  @Test
  void apply_lastStepFails_isOverAndSaysSo() {
    world.refusing.add("m3");

    var execution = plan(builder().build()).apply("why");

    assertThat(execution.stopped()).isEmpty();
    assertThat(execution.toString()).contains("2 of 3 steps made", "403 not yours");
    assertThat(journal.pending()).isEmpty();
  }

  @Test
  void apply_nothingToDo_refusesRatherThanCallItCured() {
    world.versions.replaceAll((id, version) -> "good");
    var plan = plan(builder().build());

    assertThatThrownBy(() -> plan.despite("nothing-to-do", "please").apply("why"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("nothing-to-do");
    assertThat(plan.toString()).doesNotContain("plan.apply");
    assertThat(journal.entries()).isEmpty();
  }

  @Test
  void apply_killSwitchBreaksOnTheWay_tellsWhatWasMade() {
    KillSwitch broken =
        () -> {
          if (world.writes.isEmpty()) {
            return Optional.empty();
          }
          throw new IllegalStateException("flag service down");
        };
    var engine = builder().policy(Policy.DEFAULT.withKillSwitch(broken)).build();

    var execution = plan(engine).apply("why");

    assertThat(execution.done()).isEqualTo(1);
    assertThat(execution.stopped()).hasValueSatisfying(why -> assertThat(why).contains("flag"));
    assertThat(journal.pending()).hasSize(1);
  }

  @Test
  void apply_killSwitchCannotBeAsked_countsAsThrownAndThePlanStillPrints() {
    KillSwitch broken =
        () -> {
          throw new IllegalStateException("flag service down");
        };
    var plan = plan(builder().policy(Policy.DEFAULT.withKillSwitch(broken)).build());

    assertThat(plan.toString()).contains("kill-switch", "flag service down");
    assertThatThrownBy(() -> plan.apply("why")).isInstanceOf(RefusedException.class);
    assertThat(world.writes).isEmpty();
  }

  @Test
  void resumeAndGiveUp_reasonHoldsACredential_areRefusedAndJournalNothing() {
    world.losingAnswers.add("m1");
    world.afterWrite = () -> world.unreadable.add("m1");
    var engine = builder().redactor(Redactor.of(List.of(Secret.of("canary-7421")))).build();
    var id = plan(engine).apply("why").id();
    var before = journal.entries();

    assertThatThrownBy(() -> engine.resume(id, "pw canary-7421"))
        .hasMessageContaining("credential-in-text")
        .hasMessageNotContaining("canary");
    assertThatThrownBy(() -> engine.giveUp(id, "pw canary-7421"))
        .hasMessageContaining("credential-in-text");
    assertThat(journal.entries()).isEqualTo(before);
  }

  @Test
  void apply_takesTooLong_beginsNoFurtherStep() {
    world.afterWrite = () -> clock.advance(Duration.ofMinutes(11));

    var execution = plan(builder().build()).apply("why");

    assertThat(world.writes).hasSize(1);
    assertThat(execution.stopped()).isPresent();
  }

  @Test
  void resume_uncertainStepStillCannotBeSeen_doesNothingAndStaysPending() {
    world.losingAnswers.add("m1");
    world.afterWrite = () -> world.unreadable.add("m1");
    var engine = builder().build();
    var id = plan(engine).apply("why").id();

    var resumed = engine.resume(id, "go on");

    assertThat(world.writes).containsExactly("m1=good");
    assertThat(resumed.stopped()).isPresent();
    assertThat(journal.pending()).hasSize(1);
  }

  @Test
  void apply_paceGoesOnAfterFailure_makesTheRest() {
    world.refusing.add("m1");
    var engine = builder().build();

    var execution = withPace(engine, new Pace(1, 5, false, false)).apply("why");

    assertThat(world.writes).containsExactly("m2=good", "m3=good");
    assertThat(execution.stopped()).isEmpty();
  }

  @Test
  void apply_curedAfterTheFirstWave_leavesTheRestUndone() {
    world.afterWrite = () -> world.versions.replaceAll((id, version) -> "good");
    var engine = builder().build();

    var execution = withPace(engine, new Pace(1, 1, false, true)).apply("why");

    assertThat(world.writes).containsExactly("m1=good");
    assertThat(execution.results().get(2).why()).contains("not needed");
    assertThat(journal.pending()).isEmpty();
  }

  @Test
  void apply_killSwitchThrownOnTheWay_stopsBeforeTheNextStep() {
    var thrown = new AtomicBoolean();
    world.afterWrite = () -> thrown.set(true);
    KillSwitch killSwitch = () -> thrown.get() ? Optional.of("drill") : Optional.empty();
    var engine = builder().policy(Policy.DEFAULT.withKillSwitch(killSwitch)).build();

    var execution = plan(engine).apply("why");

    assertThat(world.writes).hasSize(1);
    assertThat(execution.stopped()).hasValueSatisfying(why -> assertThat(why).contains("drill"));
    assertThatThrownBy(() -> plan(engine).despite("kill-switch", "hurry").apply("why"))
        .hasMessageContaining("kill-switch");
  }

  @Test
  void apply_interruptedOnTheWay_stopsWithTheFlagSetAndStaysPending() {
    world.afterWrite = () -> Thread.currentThread().interrupt();

    var execution = plan(builder().build()).apply("why");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(world.writes).hasSize(1);
    assertThat(execution.results().get(0).done()).isTrue();
    assertThat(journal.pending()).hasSize(1);
  }

  @Test
  void apply_readOnly_refusesAndCannotBeOverridden() {
    var engine = builder().policy(Policy.DEFAULT.withReadOnly(true)).build();

    assertThatThrownBy(() -> plan(engine).despite("read-only", "please").apply("why"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("HOTDASH_OPS_READ_ONLY");
    assertThat(world.writes).isEmpty();
  }

  @Test
  void apply_moreThanTheBlastRadius_refusesUntilOverriddenByName() {
    var engine = builder().policy(Policy.DEFAULT.withMaxSteps(2)).build();
    var plan = plan(engine);

    assertThatThrownBy(() -> plan.apply("why")).hasMessageContaining("blast-radius");
    assertThat(world.writes).isEmpty();
    plan.despite("blast-radius", "all three are bad").apply("why");

    assertThat(world.writes).hasSize(3);
    assertThat(journal.entries().get(0).toString()).contains("all three are bad");
  }

  @Test
  void apply_mixedEnvironments_refusesUntilOverridden() {
    var estate = new Estate("production", List.of(new Part("database", "db1", "staging")));
    var plan = plan(builder().estate(estate).build());

    assertThatThrownBy(() -> plan.apply("why")).hasMessageContaining("mixed-estate");
    assertThat(plan.despite("mixed-estate", "drill").apply("why").done()).isEqualTo(3);
  }

  @Test
  void apply_nobodyAnswersForIt_refuses() {
    var plan = plan(builder().operator(null).build());

    assertThatThrownBy(() -> plan.apply("why")).hasMessageContaining("HOTDASH_OPS_OPERATOR");
  }

  @Test
  void apply_approvalOfAnotherPlanOrTooOld_refuses() {
    var plan = plan(builder().build());
    var soon = clock.now().plusSeconds(60);

    assertThatThrownBy(() -> plan.apply(new Approval("sam", "why", "0123456789abcdef", soon)))
        .hasMessageContaining("digest-mismatch");
    assertThatThrownBy(() -> plan.apply(new Approval("sam", "why", plan.digest(), clock.now())))
        .hasMessageContaining("approval-expired");
    assertThat(world.writes).isEmpty();
  }

  @Test
  void apply_reasonHoldsACredential_refusesAndJournalsNothing() {
    var redactor = Redactor.of(List.of(Secret.of("canary-7421")));

    assertThatThrownBy(() -> plan(builder().redactor(redactor).build()).apply("pw canary-7421"))
        .hasMessageContaining("credential-in-text")
        .hasMessageNotContaining("canary");
    assertThat(journal.entries()).isEmpty();
  }

  @Test
  void apply_somebodyElseWorksOnTheTarget_refusesWithTheirName() {
    var locks = new InProcessLocks();
    var plan = plan(builder().locks(locks).build());

    try (var held = (Locks.Attempt.Held) locks.tryAcquire("app hotdash", "kim")) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> plan.apply("why")).hasMessageContaining("kim is working on");
    }
    assertThat(plan.apply("why").done()).isEqualTo(3);
  }

  @Test
  void history_ofATarget_tellsWhatWasDone() {
    var engine = builder().build();
    plan(engine).apply("5xx at 12 %");

    assertThat(engine.history(new Target("machine", "m2", ""), Instant.EPOCH))
        .singleElement()
        .satisfies(record -> assertThat(record.started().because()).isEqualTo("5xx at 12 %"));
    assertThat(engine.history(new Target("machine", "m9", ""), Instant.EPOCH)).isEmpty();
  }

  @Test
  void undo_afterApply_restoresEachTarget() {
    var execution = plan(builder().build()).apply("why");

    var undone = execution.undo().apply("was not the cause");
    clock.advance(Duration.ofMillis(1));

    assertThat(world.versions.values()).containsOnly("bad");
    assertThat(undone.verify().result()).isEqualTo(Verification.Result.CURED);
  }

  @Test
  void undo_targetChangedBySomebodyElse_leavesItAlone() {
    var execution = plan(builder().build()).apply("why");
    world.versions.put("m2", "hotfix");

    execution.undo().apply("was not the cause");

    assertThat(world.versions).containsEntry("m1", "bad").containsEntry("m2", "hotfix");
  }

  private Plan withPace(Engine engine, Pace pace) {
    return engine
        .resolution(
            world.id(),
            deadline ->
                world.propose(deadline).map(proposal -> world.proposal(proposal.steps(), pace)))
        .plan();
  }
}
