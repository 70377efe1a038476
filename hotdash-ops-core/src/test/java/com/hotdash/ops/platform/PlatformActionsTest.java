package com.hotdash.ops.platform;

import static com.hotdash.ops.platform.MachineState.STARTED;
import static com.hotdash.ops.platform.MachineState.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.platform.Release.Status;
import com.hotdash.ops.resolution.Engine;
import com.hotdash.ops.resolution.Execution;
import com.hotdash.ops.resolution.JournalEntry;
import com.hotdash.ops.resolution.MemoryJournal;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.resolution.Policy;
import com.hotdash.ops.resolution.Resolution.Proposer;
import com.hotdash.ops.resolution.StalePlanException;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.resolution.Verification.Result;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.secret.SecretSource;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformActionsTest {
  private static final String PLANTED = "planted-value-7c1d";

  private final SickPlatform sick = new SickPlatform();
  private final MemoryJournal journal = new MemoryJournal();
  private final Map<String, String> values = new HashMap<>();
  private final SecretSource source = name -> Optional.ofNullable(values.get(name)).map(Secret::of);
  private final ScaleGuest guest = new ScaleGuest(sick);
  private final ScaleCount count = new ScaleCount(sick);
  private final RestartMachines restart = new RestartMachines(sick);
  private final RollBackMachine back = new RollBackMachine(sick);
  private final ChangeSecrets secrets = new ChangeSecrets(sick, source);
  private final Cordon cordon = new Cordon(sick);
  private final BreakLease breakLease = new BreakLease(sick);

  @BeforeEach
  void threeMachinesOneAsleep() {
    sick.release(62, Status.COMPLETE, "b").release(63, Status.COMPLETE, "c");
    sick.machine("m1", "c", STARTED).machine("m2", "c", STARTED).machine("m3", "c", STOPPED);
  }

  // ---- size

  @ParameterizedTest
  @CsvSource({
    "shared-cpu-4x,,shared/4/2048",
    ",4096,shared/2/4096",
    "performance-2x,8192,performance/2/8192",
    "shared-cpu-8x,2048,shared/8/2048"
  })
  void scale_aSizeThatExists_keepsWhatIsNotNamedAndStartsNothing(
      String size, Integer mb, String expected) {
    var plan = scale(size, mb);

    assertThat(plan.objections()).isEmpty();
    assertThat(plan.steps()).hasSize(3);
    assertThat(plan.toString()).contains("shared/2/2048 → " + expected);
    var execution = plan.apply("slow");
    assertThat(execution.done()).isEqualTo(3);
    assertThat(sick.machines.values())
        .allSatisfy(each -> assertThat(MachineSteps.size(each.guest())).isEqualTo(expected));
    assertThat(sick.get("m3").state()).isEqualTo(STOPPED);
    assertThat(execution.verify().result()).isEqualTo(Result.CURED);

    assertThat(execution.undo().apply("no better").done()).isEqualTo(3);
    assertThat(MachineSteps.size(sick.get("m1").guest())).isEqualTo("shared/2/2048");
  }

  @ParameterizedTest
  @CsvSource({
    "shared-cpu-2x,600,size-does-not-exist",
    "shared-cpu-2x,8192,size-does-not-exist",
    "shared-cpu-3x,,no-such-size",
    "huge,,no-such-size",
    "performance-2x,5000,size-does-not-exist",
    "performance-2x,,size-does-not-exist"
  })
  void scale_aSizeThatDoesNotExist_isRefusedBeforeAnythingIsSent(
      String size, Integer mb, String objection) {
    var plan = scale(size, mb);

    assertThat(plan.objections()).extracting(Objection::name).contains(objection);
    assertThatThrownBy(() -> plan.apply("slow")).hasMessageContaining(objection);
    assertThat(sick.changed).isEmpty();
  }

  @Test
  void scale_decrease_onlyWhenAskedForByName() {
    var plan = scale(null, 512);

    assertThatThrownBy(() -> plan.apply("cheaper")).hasMessageContaining("decrease");
    assertThat(plan.despite("decrease", "it uses 200").apply("cheaper").done()).isEqualTo(3);
  }

  @Test
  void scale_sameSize_hasNoStep() {
    assertThat(scale("shared-cpu-2x", 2048).steps()).isEmpty();
  }

  @Test
  void scale_severalGroups_isRefusedUntilOneIsNamed() {
    sick.group("m3", "worker");

    assertThat(scale(null, 4096).objections())
        .extracting(Objection::name)
        .contains("several-groups");
    assertThat(
            plan(ScaleGuest.ID, d -> guest.propose(new GuestChange(null, 4096), "worker", d))
                .steps())
        .hasSize(1);
  }

  @Test
  void scale_aMachineGetsWorse_stopsAndHolds() {
    sick.worsening.add("m2");

    var execution = scale(null, 4096).apply("slow");

    assertThat(execution.stopped()).isPresent();
    assertThat(execution.done()).isEqualTo(1);
    assertThat(MachineSteps.size(sick.get("m1").guest())).isEqualTo("shared/2/4096");
    assertThat(MachineSteps.size(sick.get("m2").guest())).isEqualTo("shared/2/2048");
    assertThat(execution.toString()).contains("undo()");
  }

  @Test
  void scale_answerLost_isSettledByLookingAndNotRepeated() {
    sick.losing.add(MachineSteps.GUEST);

    var execution = scale(null, 4096).apply("slow");

    assertThat(execution.done()).isEqualTo(3);
    assertThat(sick.changed).containsExactly("m1", "m2", "m3");
  }

  @Test
  void scale_machineMovedMeanwhile_isDroppedAndReported() {
    var plan = scale(null, 4096);
    sick.machine("m2", "hotfix", STARTED);

    var execution = plan.apply("slow");

    assertThat(status(execution, 1)).isEqualTo(StepOutcome.Status.MOVED);
    assertThat(sick.changed).containsExactly("m1", "m3");
  }

  @Test
  void scale_releasesUnread_isObjectedToAndCanBeOverridden() {
    sick.unreadable.add("releases");

    var plan = scale(null, 4096);

    assertThat(plan.objections()).extracting(Objection::name).containsExactly("releases-not-read");
    assertThat(plan.despite("releases-not-read", "nobody deploys").apply("slow").done())
        .isEqualTo(3);
  }

  @Test
  void anyChange_deployRunning_isNamedFirstAndDeployedMeanwhileIsRefused() {
    var plan = scale(null, 4096);
    sick.release(64, Status.RUNNING, "d");

    assertThatThrownBy(() -> plan.apply("slow")).isInstanceOf(StalePlanException.class);
    assertThat(scale(null, 4096).objections())
        .extracting(Objection::name)
        .contains("deploy-running");
    assertThat(sick.changed).isEmpty();
  }

  // ---- number

  @Test
  void scaleCount_more_copiesAHealthyMachineAndCanBeTakenBack() {
    sick.check("m1", MachineCheck.Status.CRITICAL);

    var execution = count(5).apply("more load");

    assertThat(execution.done()).isEqualTo(2);
    assertThat(sick.machines).hasSize(5);
    assertThat(execution.proposal().steps())
        .allSatisfy(step -> assertThat(NewMachine.of(step.target()).like()).isEqualTo("m2"));

    assertThat(execution.undo().apply("over").done()).isEqualTo(2);
    assertThat(sick.machines).containsOnlyKeys("m1", "m2", "m3");
  }

  @Test
  void scaleCount_createAnswerLost_makesNoSecondMachine() {
    sick.losing.add(MachineSteps.CREATE);

    var execution = count(4).apply("more load");

    assertThat(execution.done()).isEqualTo(1);
    assertThat(sick.machines).hasSize(4);
  }

  @Test
  void scaleCount_createNotSeen_staysUnknownAndIsNeverMadeAgain() {
    sick.dropping.add(MachineSteps.CREATE);
    var engine = engine();

    var execution = count(4).apply("more load");
    var resumed = engine.resume(execution.id(), "go on");

    assertThat(status(resumed, 0)).isEqualTo(StepOutcome.Status.UNCERTAIN);
    assertThat(sick.machines).hasSize(3);
  }

  @Test
  void scaleCount_noneHealthy_isRefused() {
    sick.check("m1", MachineCheck.Status.CRITICAL);
    sick.check("m2", MachineCheck.Status.CRITICAL);

    assertThat(count(4).objections()).extracting(Objection::name).contains("none-healthy");
  }

  @Test
  void scaleCount_fewer_takesThatWhichIsMissedLeast() {
    var plan = count(2);

    assertThat(plan.steps()).extracting(each -> each.target().id()).containsExactly("m3");
    assertThat(plan.objections()).isEmpty();
    assertThat(plan.apply("quiet").done()).isEqualTo(1);
    assertThat(sick.machines).containsOnlyKeys("m1", "m2");
  }

  @Test
  void scaleCount_underTheMinimum_isObjectedToAndNoneIsNoNumber() {
    assertThat(count(1).objections()).extracting(Objection::name).containsExactly("minimum");
    assertThatThrownBy(() -> count(0)).isInstanceOf(IllegalArgumentException.class);
  }

  // ---- restart

  @Test
  void restart_one_keepsItsEvidenceBeforeItIsSent() {
    var execution = restart("m1").apply("hangs");

    assertThat(execution.done()).isEqualTo(1);
    assertThat(execution.verify().result()).isEqualTo(Result.CURED);
    var events = journal.entries().stream().map(each -> each.getClass().getSimpleName()).toList();
    assertThat(events).startsWith("Started", "Kept", "Intended", "Made");
    assertThat(journal.entries().get(1))
        .isInstanceOfSatisfying(
            JournalEntry.Kept.class,
            kept ->
                assertThat(kept.lines())
                    .contains("last words of m1")
                    .anySatisfy(line -> assertThat(line).contains("check http PASSING")));
    assertThat(execution.toString()).contains("is kept in the journal");
    assertThat(engine().history(execution.proposal().target(), Instant.EPOCH).get(0).toString())
        .contains("kept: last words of m1");
  }

  @Test
  void restart_evidenceUnreadable_isNotMadeUnlessOverridden() {
    var plan = restart("m1");
    sick.unreadable.add("machines");

    assertThat(status(plan.apply("hangs"), 0)).isEqualTo(StepOutcome.Status.FAILED);
    assertThat(sick.changed).isEmpty();
    assertThat(plan.despite("evidence", "I have it on screen").apply("hangs").done()).isEqualTo(1);
  }

  @Test
  void restart_logUnreadable_saysSoAndGoesOn() {
    sick.unreadable.add("tail");

    assertThat(restart("m1").apply("hangs").done()).isEqualTo(1);
    assertThat(journal.entries().toString()).contains("log not read");
  }

  @Test
  void restart_justStarted_isLeftToCoolDown() {
    restart("m1").apply("hangs");

    assertThat(restart("m1").objections()).extracting(Objection::name).containsExactly("cooldown");
    sick.clock.advance(RestartMachines.COOLDOWN);
    assertThat(restart("m1").objections()).isEmpty();
  }

  @Test
  void restart_lastHealthy_isObjectedTo() {
    sick.check("m2", MachineCheck.Status.CRITICAL);

    assertThat(restart("m1").objections()).extracting(Objection::name).contains("last-healthy");
  }

  @Test
  void restart_otherBecameSickMeanwhile_isNotMade() {
    var plan = restart("m1");
    sick.check("m2", MachineCheck.Status.CRITICAL);

    var execution = plan.apply("hangs");

    assertThat(status(execution, 0)).isEqualTo(StepOutcome.Status.MOVED);
    assertThat(sick.changed).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"m3", "m9"})
  void restart_sleepingOrMissing_isRefused(String machine) {
    assertThat(restart(machine).objections()).anySatisfy(each -> assertThat(each.hard()).isTrue());
  }

  @Test
  void restart_allFailAlike_isObjectedTo() {
    sick.check("m1", MachineCheck.Status.CRITICAL);
    sick.check("m2", MachineCheck.Status.CRITICAL);

    assertThat(restart("m1").objections()).extracting(Objection::name).contains("all-fail-alike");
  }

  @Test
  void restartAll_goesOneByOneAndLeavesTheSleepingAlone() {
    var plan = plan(RestartMachines.ID, restart::proposeAll);

    assertThat(plan.apply("all leak").done()).isEqualTo(2);
    assertThat(sick.changed).containsExactly("m1", "m2");
    assertThat(sick.get("m3").state()).isEqualTo(STOPPED);
  }

  @Test
  void restart_requestLost_isNeverMadeAgain() {
    sick.dropping.add(MachineSteps.RESTART);

    var execution = restart("m1").apply("hangs");
    engine().resume(execution.id(), "go on");

    assertThat(sick.changed).isEmpty();
  }

  // ---- one machine back

  @Test
  void rollBackMachine_bringsImageAndSizeBackTogetherAndCanBeTakenBack() {
    scale(null, 4096).apply("slow");
    sick.changed.clear();

    var plan = plan(RollBackMachine.ID, d -> back.propose("m1", null, d));
    var execution = plan.despite("decrease", "that was the point").apply("worse");

    assertThat(execution.done()).isEqualTo(1);
    assertThat(MachineSteps.size(sick.get("m1").guest())).isEqualTo("shared/2/2048");
    assertThat(sick.changed).containsExactly("m1");
    assertThat(execution.verify().result()).isEqualTo(Result.CURED);
    assertThat(execution.undo().apply("was better").done()).isEqualTo(1);
    assertThat(MachineSteps.size(sick.get("m1").guest())).isEqualTo("shared/2/4096");
  }

  @Test
  void rollBackMachine_nothingEarlierOrImageGone_isRefused() {
    assertThat(plan(RollBackMachine.ID, d -> back.propose("m2", null, d)).objections())
        .extracting(Objection::name)
        .containsExactly("nothing-to-do", "nowhere-to-go");
    sick.machine("m2", "d", STARTED);
    sick.available.put("c", false);
    assertThat(plan(RollBackMachine.ID, d -> back.propose("m2", null, d)).objections())
        .extracting(Objection::name)
        .containsExactly("image-gone");
  }

  // ---- rotation

  @Test
  void cordon_sickMachine_goesOutAndComesBack() {
    sick.check("m1", MachineCheck.Status.CRITICAL);

    var execution = plan(Cordon.ID, d -> cordon.propose("m1", true, d)).apply("to look at it");

    assertThat(sick.get("m1").cordoned()).isTrue();
    assertThat(execution.verify().result()).isEqualTo(Result.CURED);
    execution.undo().apply("seen enough");
    assertThat(sick.get("m1").cordoned()).isFalse();
  }

  @Test
  void cordon_lastHealthy_isObjectedTo() {
    sick.check("m2", MachineCheck.Status.CRITICAL);

    assertThat(plan(Cordon.ID, d -> cordon.propose("m1", true, d)).objections())
        .extracting(Objection::name)
        .containsExactly("last-healthy");
  }

  // ---- leases

  @ParameterizedTest
  @CsvSource(
      value = {"31, leased", "30, ''", "NULL, leased"},
      nullValues = "NULL")
  void anyChange_foreignLease_isObjectedToIfItOutlastsTheWait(
      @Nullable Integer seconds, String objection) {
    sick.leases.put("m2", lease("bob", seconds, "1"));

    var plan = scale("shared-cpu-4x", null);

    assertThat(plan.objections())
        .extracting(Objection::name)
        .isEqualTo(objection.isEmpty() ? List.of() : List.of(objection));
    assertThat(plan.toString()).contains("leased by bob (a deploy)");
    assertThat(plan.steps()).hasSize(3);
  }

  @Test
  void anyChange_leasesUnreadable_saysSo() {
    sick.unreadable.add("leases");

    assertThat(scale("shared-cpu-4x", null).proposal().notPromised().toString())
        .contains("Who else changes these machines was not read", "no answer");
    assertThatThrownBy(() -> breakLease("m2")).hasMessageContaining("no answer");
  }

  @Test
  void breakLease_asShown_endsItAndCannotBeTakenBack() {
    sick.leases.put("m2", lease("bob", 600, "1"));

    var execution = breakLease("m2").apply("bob's laptop died");

    assertThat(execution.done()).isEqualTo(1);
    assertThat(sick.leases).isEmpty();
    assertThat(execution.verify().result()).isEqualTo(Result.CURED);
    assertThatThrownBy(execution::undo).hasMessageContaining("nothing was made");
    assertThat(breakLease("m2").steps()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"carol, 1", "bob, 2"})
  void breakLease_anotherLeaseMeanwhile_isLeftAlone(String holder, String mark) {
    sick.leases.put("m2", lease("bob", 600, "1"));
    var plan = breakLease("m2");
    sick.leases.put("m2", lease(holder, 600, mark));

    var execution = plan.apply("left behind");

    assertThat(status(execution, 0)).isEqualTo(StepOutcome.Status.MOVED);
    assertThat(sick.leases).hasSize(1);
  }

  @Test
  void breakLease_takenAgainAtOnce_isNotCured() {
    sick.leases.put("m2", lease("bob", 600, "1"));
    var execution = breakLease("m2").apply("left behind");
    sick.leases.put("m2", lease("bob", 600, "2"));

    assertThat(execution.verify().result()).isEqualTo(Result.NOT_CURED);
  }

  // ---- secrets

  @ParameterizedTest
  @CsvSource({
    "2, '', '', DEPLOYED, reboot for nothing",
    "0, m1 m2, '', STAGED, Machines take A",
    "1, m2, '', PARTIAL, former value on m2",
    "0, m1, m2, UNKNOWN, nobody can tell of m2",
    "1, '', m2, UNKNOWN, Nobody can tell which machines",
    "0, '', '', UNKNOWN, Nobody can tell which machines"
  })
  void secrets_deploy_tellsWhichAreStagedOnWhichMachines(
      int taken, String behind, String unsure, SecretSpread.State state, String told) {
    var spread = SecretSpread.of(taken, words(behind), words(unsure));
    sick.secrets.put("A", "d1");
    sick.spreads.put("A", spread);

    var plan = secrets(SecretChange.deploy());

    assertThat(spread.state()).isEqualTo(state);
    assertThat(plan.objections()).isEmpty();
    assertThat(plan.proposal().notPromised().toString()).contains(told);
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
  }

  @Test
  void secrets_unreadable_deployGoesOnAndSaysSo() {
    sick.unreadable.add("secrets");

    var plan = secrets(SecretChange.deploy());

    assertThat(plan.steps()).hasSize(3);
    assertThat(plan.proposal().notPromised().toString())
        .contains("Which secrets are staged was not read");
  }

  @Test
  void secrets_two_areOneVersionAndOneUpdateForEachMachine() {
    values.put("NEW_KEY", "k2");
    values.put("NEW_SECRET", PLANTED);
    var change =
        SecretChange.set(Map.of("SHOPIFY_API_KEY", "NEW_KEY", "SHOPIFY_API_SECRET", "NEW_SECRET"));

    var plan = secrets(change);
    var execution = plan.apply("rotation is due");

    assertThat(execution.done()).isEqualTo(4);
    assertThat(sick.secretVersions).isEqualTo(1);
    assertThat(sick.changed).containsExactly("secrets", "m1", "m2", "m3");
    assertThat(sick.get("m3").state()).isEqualTo(STOPPED);
    assertThat(plan + " " + execution + " " + journal.entries() + " " + plan.proposal())
        .doesNotContain(PLANTED)
        .contains("SHOPIFY_API_SECRET");
  }

  @Test
  void secrets_undo_storesTheOldValuesBeforeMachinesTakeThem() {
    values.putAll(Map.of("NEW", "new", "OLD", "old"));
    secrets(SecretChange.set(Map.of("SESSION_SECRET", "OLD"))).apply("first");
    var first = sick.secrets.get("SESSION_SECRET");
    var change =
        SecretChange.set(Map.of("SESSION_SECRET", "NEW")).keptIn(Map.of("SESSION_SECRET", "OLD"));
    var execution = secrets(change).apply("rotation");
    sick.changed.clear();

    var undone = execution.undo().apply("logins fail");

    assertThat(undone.done()).isEqualTo(4);
    assertThat(sick.changed.get(0)).isEqualTo("secrets");
    assertThat(sick.secrets).containsEntry("SESSION_SECRET", first);
  }

  @Test
  void secrets_newOne_isTakenBackByRemovingIt() {
    values.put("NEW", "new");

    var execution = secrets(SecretChange.stage(Map.of("SESSION_SECRET", "NEW"))).apply("prepare");
    assertThat(sick.changed).containsExactly("secrets");
    execution.undo().apply("not yet");

    assertThat(sick.secrets).isEmpty();
  }

  @Test
  void secrets_unset_removesThemAllAtOnce() {
    sick.secrets.putAll(Map.of("A", "d1", "B", "d2", "C", "d3"));

    var execution = secrets(SecretChange.unset("A", "B")).apply("unused");

    assertThat(sick.secrets).containsOnlyKeys("C");
    assertThat(sick.secretVersions).isEqualTo(1);
    assertThat(execution.proposal().notPromised().toString()).contains("cannot be taken back");
  }

  @Test
  void secrets_deploy_updatesMachinesAndStoresNothing() {
    var execution = secrets(SecretChange.deploy()).apply("staged");

    assertThat(execution.done()).isEqualTo(3);
    assertThat(sick.secretVersions).isZero();
    assertThatThrownBy(execution::undo).hasMessageContaining("nothing was made");
  }

  @Test
  void secrets_noValueInItsPlace_isRefused() {
    assertThat(secrets(SecretChange.set(Map.of("A", "NOWHERE"))).objections())
        .extracting(Objection::name)
        .containsExactly("no-value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"value\n", " value", "\"value\"", "'value'", "A=value"})
  void secrets_valueCopiedBadly_isObjectedToWithoutShowingIt(String value) {
    values.put("NEW", value);

    var plan = secrets(SecretChange.set(Map.of("A", "NEW")));

    assertThat(plan.objections()).extracting(Objection::name).containsExactly("odd-value");
  }

  @Test
  void secrets_valueTypedForAPlace_isRefusedWithoutShowingIt() {
    assertThatThrownBy(() -> secrets(SecretChange.set(Map.of("A", "pass=word&" + PLANTED))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(PLANTED);
  }

  @Test
  void secrets_answerOfStoringLost_isSettledAndRolledOutOnce() {
    values.put("NEW", "new");
    sick.secrets.put("A", "d1");
    sick.losing.add(SecretSteps.SET);

    var execution = secrets(SecretChange.set(Map.of("A", "NEW"))).apply("rotation");

    assertThat(execution.done()).isEqualTo(4);
    assertThat(sick.secretVersions).isEqualTo(1);
  }

  private static StepOutcome.@Nullable Status status(Execution execution, int step) {
    var outcome = execution.results().get(step).outcome();
    return outcome == null ? null : outcome.status();
  }

  private Plan scale(@Nullable String size, @Nullable Integer mb) {
    return plan(ScaleGuest.ID, d -> guest.propose(new GuestChange(size, mb), null, d));
  }

  private Plan count(int wanted) {
    return plan(ScaleCount.ID, d -> count.propose(wanted, null, d));
  }

  private Plan restart(String machine) {
    return plan(RestartMachines.ID, d -> restart.propose(machine, d));
  }

  private Plan breakLease(String machine) {
    return plan(BreakLease.ID, d -> breakLease.propose(machine, d));
  }

  private MachineLease lease(String holder, @Nullable Integer seconds, String mark) {
    var until = seconds == null ? null : sick.clock.now().plusSeconds(seconds);
    return new MachineLease("m2", holder, "a deploy", until, mark);
  }

  private Plan secrets(SecretChange change) {
    return plan(ChangeSecrets.ID, d -> secrets.propose(change, d));
  }

  private Plan plan(String id, Proposer proposer) {
    return engine().resolution(id, proposer).plan();
  }

  private Engine engine() {
    var engine = Engine.builder().time(sick.clock.time()).journal(journal).operator("sam");
    List.of(guest, count, restart, back, secrets, cordon, breakLease).forEach(engine::action);
    return engine.build();
  }

  @Test
  void policy_default_leavesARestartedMachineAloneAsLongAsThePlatformsOwnRule() {
    assertThat(Policy.DEFAULT.cooldowns())
        .isEqualTo(Map.of(MachineSteps.RESTART, RestartMachines.COOLDOWN));
  }
}
