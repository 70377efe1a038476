package com.hotdash.ops.platform;

import static com.hotdash.ops.platform.MachineState.STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.logs.LogLine;
import com.hotdash.ops.metrics.Buckets;
import com.hotdash.ops.platform.MachineCheck.Status;
import com.hotdash.ops.resolution.Action;
import com.hotdash.ops.resolution.Engine;
import com.hotdash.ops.resolution.Execution;
import com.hotdash.ops.resolution.MemoryJournal;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.resolution.Resolution.Proposer;
import com.hotdash.ops.resolution.Verification;
import com.hotdash.ops.resolution.Verification.Result;
import com.hotdash.ops.secret.Secret;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What ailed the application when a change was planned is measured again after it. */
class AilmentsTest {
  private final SickPlatform sick = new SickPlatform();
  private final MemoryJournal journal = new MemoryJournal();
  private final ScaleGuest scale = new ScaleGuest(sick);
  private final RestartMachines restart = new RestartMachines(sick);
  private final RollBack back = new RollBack(sick);
  private final ChangeSecrets secrets =
      new ChangeSecrets(sick, name -> Optional.of(Secret.of("value-of-" + name)));

  @BeforeEach
  void twoMachines() {
    sick.release(62, Release.Status.COMPLETE, "b").release(63, Release.Status.COMPLETE, "c");
    sick.machine("m1", "c", STARTED).machine("m2", "c", STARTED);
    sick.whole = true;
  }

  static Stream<Arguments> ailments() {
    return Stream.of(
        row(
            "checks of one machine fail",
            sick -> sick.check("m1", Status.CRITICAL),
            sick -> sick.check("m1", Status.PASSING),
            "all checks pass on m1"),
        row(
            "memory is full",
            sick -> memory(sick, 0.95),
            sick -> memory(sick, 0.4),
            "at most 90 % of its memory"),
        row(
            "answers are slow",
            sick -> sick.answers = new int[] {300, 40},
            sick -> sick.answers = new int[] {340, 0},
            "95 % of answers take at most 3 s"),
        row(
            "processes end again and again",
            sick -> ends(sick, 3, Duration.ofSeconds(50)),
            sick -> {},
            "no process ends by itself for 120 s"));
  }

  private static Arguments row(
      String what, Consumer<SickPlatform> sets, Consumer<SickPlatform> cures, String goal) {
    return Arguments.of(what, sets, cures, goal);
  }

  private static void memory(SickPlatform sick, double share) {
    sick.memory.put("m1", share);
    sick.memory.put("m2", 0.3);
  }

  private static void ends(SickPlatform sick, int times, Duration apart) {
    for (int i = 0; i < times; i++) {
      sick.clock.advance(apart);
      sick.outOfMemory("m1");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ailments")
  void verify_ailmentIsGone_isCured(
      String what, Consumer<SickPlatform> sets, Consumer<SickPlatform> cures, String goal) {
    sets.accept(sick);
    var plan = bigger();
    var execution = plan.apply("it ails");
    cures.accept(sick);

    var verified = execution.verify();

    assertThat(plan.toString()).containsIgnoringWhitespaces(goal);
    assertThat(verified.goal()).contains("each machine is as planned", goal);
    assertThat(verified.result()).as(verified.toString()).isEqualTo(Result.CURED);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ailments")
  void verify_ailmentIsStillThere_isNotCuredAlthoughTheFleetStandsAsPlanned(
      String what, Consumer<SickPlatform> sets, Consumer<SickPlatform> cures, String goal) {
    sets.accept(sick);
    var execution = bigger().apply("it ails");
    sets.accept(sick);
    if (goal.contains("process")) {
      var verified = verifyWhile(execution, () -> ends(sick, 1, Duration.ofSeconds(1)));
      assertThat(verified.result()).as(verified.toString()).isEqualTo(Result.NOT_CURED);
      return;
    }

    var verified = execution.verify();

    assertThat(sick.get("m1").guest().memoryMb()).isEqualTo(4096);
    assertThat(verified.result()).as(verified.toString()).isEqualTo(Result.NOT_CURED);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ailments")
  void verify_inAnotherProcess_measuresTheSame(
      String what, Consumer<SickPlatform> sets, Consumer<SickPlatform> cures, String goal) {
    sets.accept(sick);
    var proposal = bigger().proposal();

    assertThat(new ScaleGuest(sick).symptom(proposal).goal()).contains(goal);
    assertThat(new ScaleGuest(sick).patience(proposal).within())
        .isGreaterThanOrEqualTo(Duration.ofMinutes(3));
  }

  @Test
  void plan_nothingAils_measuresTheFleetAlone() {
    memory(sick, 0.4);
    sick.answers = new int[] {340, 0};

    assertThat(bigger().proposal().goal()).containsOnlyKeys("healthy_at_least");
  }

  /** What the diagnosis calls a problem by other limits is measured by these. */
  @Test
  void plan_otherLimits_measuresByThem() {
    memory(sick, 0.72);
    sick.answers = new int[] {300, 40};
    ends(sick, 2, Duration.ofMinutes(3));
    var strict = new AilmentLimits(Duration.ofMillis(2_500), 0.7, Duration.ofHours(2), 2);
    var lenient = new AilmentLimits(Duration.ofSeconds(3), 0.99, Duration.ofMinutes(1), 9);

    assertThat(new ScaleGuest(sick, strict).symptom(bigger(strict)).goal())
        .contains("95 % of answers take at most 2.5 s", "at most 70 % of its memory");
    assertThat(bigger(strict).goal()).containsKey("no_end_within");
    assertThat(bigger(lenient).goal()).doesNotContainKey("memory_share_at_most");
  }

  private Proposal bigger(AilmentLimits limits) {
    return new ScaleGuest(sick, limits)
        .propose(
            new GuestChange(null, 4_096), null, sick.clock.time().deadline(Duration.ofSeconds(5)))
        .toOptional()
        .orElseThrow();
  }

  /** The platform's buckets need not have a bound at the limit: what may be slow is measured. */
  @Test
  void plan_limitInsideABucket_measuresAnswersIfTooManyMayBeSlow() {
    assertThat(SlowEdge.goal(times(300), AilmentLimits.DEFAULT)).isNotEmpty();
    assertThat(SlowEdge.goal(times(340), AilmentLimits.DEFAULT)).isEmpty();
  }

  private static AnswerTimes times(double quick) {
    var edge = Buckets.of(Map.of(2.5, quick, 5.0, 340.0, Double.POSITIVE_INFINITY, 340.0));
    return new AnswerTimes(Duration.ofMinutes(5), edge, null);
  }

  @Test
  void verify_fewAnswersSinceTheChange_isInconclusive() {
    sick.answers = new int[] {300, 40};
    var execution = bigger().apply("slow");
    sick.answers = new int[] {5, 0};

    var verified = execution.verify();

    assertThat(verified.result()).isEqualTo(Result.INCONCLUSIVE);
    assertThat(verified.detail()).contains("10 answers in 120 s");
  }

  @Test
  void verify_memoryOfOneMachineNotMeasured_isInconclusive() {
    memory(sick, 0.95);
    var execution = bigger().apply("full");
    sick.memory.remove("m1");

    var verified = execution.verify();

    assertThat(verified.result()).isEqualTo(Result.INCONCLUSIVE);
    assertThat(verified.detail()).contains("m1 was not measured");
  }

  /** What came twenty minutes apart proves nothing by staying away for five. */
  @Test
  void verify_endsCameRarely_isInconclusiveAndSaysHowLongToWatch() {
    ends(sick, 2, Duration.ofMinutes(20));
    sick.clock.advance(Duration.ofMinutes(2));
    var execution = bigger().apply("out of memory");

    var verified = execution.verify();

    assertThat(verified.result()).isEqualTo(Result.INCONCLUSIVE);
    assertThat(verified.detail()).contains("20 min apart", "ops.watch(Duration.ofMinutes(30))");
  }

  @Test
  void verify_rollBackWhileChecksFail_wantsThemToPassBesidesTheErrorShare() {
    sick.check("m1", Status.CRITICAL);
    sick.errors.put("c", 0.5);
    var execution =
        plan(back, deadline -> back.propose(RollBackLimits.DEFAULT, deadline)).apply("bad");
    sick.check("m1", Status.CRITICAL);

    var verified = execution.verify();

    assertThat(verified.goal()).contains("are 5xx", "all checks pass on m1");
    assertThat(verified.result()).as(verified.toString()).isEqualTo(Result.NOT_CURED);
  }

  @Test
  void verify_restartedMachineHangsAgain_isNotCuredAlthoughAsManyAreHealthyAsBefore() {
    sick.check("m1", Status.CRITICAL);
    sick.clock.advance(Duration.ofHours(1));
    var plan = plan(restart, deadline -> restart.propose("m1", deadline));
    var execution = plan.apply("it hangs");
    sick.check("m1", Status.CRITICAL);

    assertThat(execution.verify().result()).isEqualTo(Result.NOT_CURED);
  }

  @Test
  void verify_loginsAreRefusedAfterANewSecret_isNotCured() {
    refuse();
    var execution = newSecret().apply("rotated");
    refuse();

    var verified = verifyWhile(execution, this::refuse);

    assertThat(verified.goal()).contains("no refused login", "shop auth");
    assertThat(verified.result()).as(verified.toString()).isEqualTo(Result.NOT_CURED);
  }

  @Test
  void verify_loginsWorkAgain_isCuredOnceAWholeMinuteSaysSo() {
    refuse();
    var execution = newSecret().apply("rotated");

    var verified = verifyWhile(execution, () -> log("orders listed"));

    assertThat(verified.result()).as(verified.toString()).isEqualTo(Result.CURED);
  }

  @Test
  void verify_logsSeenInPart_isInconclusive() {
    refuse();
    var execution = newSecret().apply("rotated");
    sick.whole = false;

    var verified = verifyWhile(execution, this::onlyTheNewestLine);

    assertThat(verified.result()).as(verified.toString()).isEqualTo(Result.INCONCLUSIVE);
  }

  private void refuse() {
    log("[API] Invalid API key or access token (unrecognized login or wrong password)");
  }

  private void onlyTheNewestLine() {
    sick.lines.clear();
    log("orders listed");
  }

  private void log(String message) {
    sick.lines.add(new LogLine(sick.clock.now(), "m1", "ord", "app", "error", message, null));
  }

  private Plan newSecret() {
    var change = SecretChange.set(Map.of("SHOPIFY_API_SECRET", "NEW"));
    return plan(secrets, deadline -> secrets.propose(change, deadline));
  }

  /** Has something happen whenever the verification waits. */
  private Verification verifyWhile(Execution execution, Runnable meanwhile) {
    sick.clock.whenSlept(meanwhile);
    return execution.verify();
  }

  private Plan bigger() {
    return plan(scale, deadline -> scale.propose(new GuestChange(null, 4096), null, deadline));
  }

  private Plan plan(Action action, Proposer proposer) {
    var engine = Engine.builder().time(sick.clock.time()).journal(journal).operator("sam");
    return engine.action(action).build().resolution(action.id(), proposer).plan();
  }
}
