package com.hotdash.ops.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.hotdash.ops.database.LockForest.Kind;
import com.hotdash.ops.database.ServerMode.RunningChange;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Engine;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.resolution.PlanException;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.resolution.RefusedException;
import com.hotdash.ops.resolution.StalePlanException;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.resolution.StepOutcome.Status;
import com.hotdash.ops.resolution.Verification.Result;
import com.hotdash.ops.time.ManualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndSessionsTest {
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
  private static final SessionChoice IDLE = SessionChoice.idleInTransactionOrBlocking(FIVE_MINUTES);

  private final SickDatabase sick = new SickDatabase();

  @Test
  void plan_idleInTransaction_terminatesTheOldestFirstAndSaysHow() {
    sick.idleInTransaction(11, Duration.ofMinutes(6)).idleInTransaction(12, Duration.ofMinutes(9));

    var plan = plan(IDLE);

    assertThat(targets(plan)).containsExactly("session.terminate 12", "session.terminate 11");
    assertThat(plan.byHand().get(0))
        .startsWith("select pg_terminate_backend(pid) from pg_stat_activity where pid = 12")
        .contains("backend_start = '" + id(12).backendStart() + "'", "state_change = '");
  }

  @Test
  void plan_mostWaiters_comeBeforeTheOldest() {
    sick.idleInTransaction(11, Duration.ofMinutes(9))
        .idleInTransaction(12, Duration.ofSeconds(30))
        .idleInTransaction(13, Duration.ofSeconds(40));
    waiting(20, 21, 22);
    sick.behind(Kind.IDLE_IN_TRANSACTION, 12, 20, 21).behind(Kind.IDLE_IN_TRANSACTION, 13, 22);

    assertThat(targets(plan(IDLE)))
        .containsExactly("session.terminate 12", "session.terminate 13", "session.terminate 11");
  }

  @Test
  void plan_activeBlocker_losesItsStatementAndNotItsSession() {
    sick.active(11, Duration.ofSeconds(30)).idleInTransaction(12, Duration.ofSeconds(30));
    waiting(20, 21);
    sick.behind(Kind.ACTIVE, 11, 20).behind(Kind.IDLE_IN_TRANSACTION, 12, 21);

    var plan = plan(SessionChoice.blockers());

    assertThat(targets(plan))
        .containsExactlyInAnyOrder("statement.cancel 11", "session.terminate 12");
    assertThat(plan.byHand()).anyMatch(line -> line.contains("pg_cancel_backend(pid)"));
  }

  @Test
  void plan_blockerThatIsWaitedForOnlyForMoments_isLeftAlone() {
    sick.active(11, Duration.ofSeconds(30)).active(12, Duration.ofSeconds(30));
    sick.active(20, Duration.ofMillis(4)).active(21, Duration.ofSeconds(6));
    sick.behind(Kind.ACTIVE, 11, 20).behind(Kind.ACTIVE, 12, 21);
    var choice = SessionChoice.blockers().blockingFor(Duration.ofSeconds(5));

    assertThat(targets(plan(choice))).containsExactly("statement.cancel 12");
    assertThat(targets(plan(SessionChoice.blockers()))).hasSize(2);
  }

  @Test
  void plan_onlyASchemaChangeWaits_endsNobody() {
    sick.active(11, Duration.ofMinutes(3)).active(12, Duration.ofMinutes(2));
    sick.behind(Kind.ACTIVE, 11, 12);
    sick.changes.add(new RunningChange(12, "CREATE INDEX CONCURRENTLY", true));

    var plan = plan(SessionChoice.blockers());

    assertThat(plan.steps()).isEmpty();
    assertThat(plan.toString()).contains("No session matches");
  }

  @Test
  void plan_chosenSessionRunsASchemaChange_objectsByName() {
    sick.active(11, Duration.ofMinutes(3)).active(12, Duration.ofSeconds(20));
    sick.behind(Kind.ACTIVE, 11, 12);
    sick.changes.add(new RunningChange(11, "ALTER TABLE orders", false));

    var plan = plan(SessionChoice.blockers());

    assertThat(plan.objections()).extracting(Objection::name).containsExactly("schema-change");
    assertThatThrownBy(() -> plan.apply("why"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("ALTER TABLE orders");
    assertThat(plan.despite("schema-change", "its owner asked").apply("why").done()).isEqualTo(1);
  }

  @Test
  void plan_queueHead_isCancelledWithoutObjection() {
    sick.idleInTransaction(11, Duration.ofMinutes(1)).active(12, Duration.ofSeconds(30));
    waiting(20, 21);
    sick.behind(Kind.IDLE_IN_TRANSACTION, 11, 12, 20, 21).behindQueueHead(12, 20, 21);
    sick.changes.add(new RunningChange(12, "ALTER TABLE orders", true));

    var plan = plan(SessionChoice.queueHeads());

    assertThat(targets(plan)).containsExactly("statement.cancel 12");
    assertThat(plan.objections()).isEmpty();
  }

  @Test
  void plan_moreThanTheCap_choosesTwentyAndCountsTheRest() {
    for (int pid = 11; pid < 36; pid++) {
      sick.idleInTransaction(pid, Duration.ofMinutes(pid));
    }

    var plan = plan(IDLE);

    assertThat(plan.steps()).hasSize(20);
    assertThat(targets(plan)).startsWith("session.terminate 35").endsWith("session.terminate 16");
    assertThat(plan.proposal().notPromised())
        .contains("5 more sessions match: plan again after this.");
    assertThat(plan(IDLE.atMost(3)).proposal().notPromised())
        .contains("22 more sessions match: plan again after this.");
  }

  @Test
  void plan_protectedSessions_areSparedWithTheReasonAndTakeNobodysPlace() {
    sick.add(11, Session.IDLE_IN_TRANSACTION, hours(3), hours(3), "pg_dump", "it makes a backup");
    sick.idleInTransaction(12, Duration.ofMinutes(6));

    var plan = plan(IDLE.atMost(1));

    assertThat(targets(plan)).containsExactly("session.terminate 12");
    assertThat(plan.proposal().notPromised()).contains("Spared: pid 11, it makes a backup.");
  }

  @Test
  void plan_sessionOutOfReach_isNoStepAndSaysWhy() {
    sick.idleInTransaction(11, Duration.ofMinutes(6)).outOfReach(11, "our role may not signal it");

    var plan = plan(IDLE);

    assertThat(plan.steps()).isEmpty();
    assertThat(plan.proposal().notPromised())
        .contains("Out of reach: pid 11, our role may not signal it.")
        .noneMatch(line -> line.startsWith("Spared") || line.startsWith("No session"));
  }

  @Test
  void plan_addressesLeadToDifferentDatabases_isRefusedWhateverTheReason() {
    sick.idleInTransaction(11, Duration.ofMinutes(6));
    sick.probes.add(SickDatabase.reaching("DIRECT_URL", false, "staging since yesterday"));

    var plan = plan(IDLE);

    assertThat(plan.objections()).extracting(Objection::name).containsExactly("two-databases");
    assertThatThrownBy(() -> plan.apply("why"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("staging since yesterday");
    assertThat(sick.acts).isEmpty();
  }

  @Test
  void plan_bothAddressesLeadToTheSameDatabaseOrOneWasNotReached_hasNoObjection() {
    sick.idleInTransaction(11, Duration.ofMinutes(6));
    sick.probes.add(SickDatabase.reaching("DIRECT_URL", false));
    assertThat(plan(IDLE).objections()).isEmpty();

    sick.failing("DIRECT_URL", Stage.TCP, FailureKind.NO_ROUTE, false);
    assertThat(plan(IDLE).objections()).isEmpty();
  }

  @Test
  void verify_othersStillHangBehindAnotherKind_isNotCured() {
    sick.idleInTransaction(11, Duration.ofMinutes(6));
    waiting(20, 21);
    sick.behind(Kind.IDLE_IN_TRANSACTION, 11, 20).behind(Kind.PREPARED_TRANSACTION, 0, 21);

    var execution = plan(IDLE).apply("checkout hangs");

    sick.clock.advance(Duration.ofMillis(1));
    assertThat(execution.verify().result()).isEqualTo(Result.NOT_CURED);
  }

  @Test
  void verify_oneActiveSession_isCuredOnceItsStatementIsOver() {
    sick.active(11, Duration.ofMinutes(6));

    var plan = plan(SessionChoice.one(id(11)));
    assertThat(unwrapped(plan)).contains("the statement is over");
    var execution = plan.apply("runaway report");

    assertThat(sick.acts).containsExactly("cancel 11");
    sick.clock.advance(Duration.ofMillis(1));
    assertThat(execution.verify().result()).isEqualTo(Result.CURED);
  }

  @Test
  void plan_hiddenSessions_areCounted() {
    sick.idleInTransaction(12, Duration.ofMinutes(6)).hidden = 3;

    assertThat(plan(IDLE).proposal().notPromised())
        .contains("3 sessions could not be judged: our role may not see them.");
  }

  @Test
  void plan_idleOfOneApplication_leavesTheOthersAndWarnsOfThePool() {
    sick.add(11, Session.IDLE, hours(1), null, "reports", null);
    sick.add(12, Session.IDLE, hours(1), null, "", null);

    var plan = plan(SessionChoice.idle(FIVE_MINUTES).ofApplication("reports"));

    assertThat(targets(plan)).containsExactly("session.terminate 11");
    assertThat(plan.proposal().notPromised())
        .contains("A pool opens new connections for the ended ones within seconds.");
    assertThat(targets(plan(SessionChoice.idle(FIVE_MINUTES).ofApplication(""))))
        .containsExactly("session.terminate 12");
  }

  @Test
  void plan_oneSession_isThatIncarnationOnly() {
    var other = new SessionId(1, id(1).backendStart().minusSeconds(1));

    assertThat(targets(plan(SessionChoice.one(id(1))))).containsExactly("session.terminate 1");
    assertThat(plan(SessionChoice.one(other)).steps()).isEmpty();
  }

  @Test
  void plan_sessionsCannotBeRead_isNotMade() {
    for (var key :
        List.of(
            DatabaseLook.SESSIONS,
            DatabaseLook.MODE,
            DatabaseLook.LOCKS,
            DatabaseLook.CONNECTIVITY)) {
      sick.readable().unreadable(key, Why.NOT_PERMITTED);

      assertThatThrownBy(() -> plan(IDLE))
          .isInstanceOf(PlanException.class)
          .hasMessageContaining(key.name());
    }
    assertThat(sick.openLooks).hasValue(0);
  }

  @Test
  void plan_locksCannotBeReadAndAreNotAskedFor_isMade() {
    sick.idleInTransaction(11, Duration.ofMinutes(6));
    sick.unreadable(DatabaseLook.LOCKS, Why.TIMED_OUT);

    assertThat(plan(SessionChoice.idleInTransaction(FIVE_MINUTES)).steps()).hasSize(1);
  }

  @Test
  void goal_isTheTroubleAndNotTheSession() {
    sick.idleInTransaction(11, Duration.ofMinutes(6));
    waiting(20);
    sick.behind(Kind.IDLE_IN_TRANSACTION, 11, 20);

    assertThat(unwrapped(plan(IDLE.blockingFor(Duration.ofSeconds(5)))))
        .contains(
            "no session is idle in transaction for 300 s, and nobody but a schema change"
                + " waits for 5 s behind another session");
    assertThat(unwrapped(plan(SessionChoice.one(id(1))))).contains("the sessions are gone");
  }

  @Test
  void goal_slotsAreShort_isAsManyFreeSlotsAsCanBeHadAndAreComfortable() {
    sick.unseen = 93;
    sick.idleInTransaction(11, Duration.ofMinutes(6)).idleInTransaction(12, Duration.ofMinutes(7));

    assertThat(proposal(IDLE).goal()).containsEntry("free_slots", "2");
    sick.unseen = 79;
    assertThat(proposal(IDLE).goal()).containsEntry("free_slots", "15");
    assertThat(proposal(SessionChoice.idle(Duration.ZERO).ofApplication("nobody")).goal())
        .containsOnlyKeys("targets_gone");
  }

  @Test
  void apply_all_endsThemAndTheSymptomIsGone() {
    sick.idleInTransaction(11, Duration.ofMinutes(6));
    waiting(20, 21);
    sick.behind(Kind.IDLE_IN_TRANSACTION, 11, 20, 21);

    var execution = plan(IDLE).apply("checkout hangs");

    assertThat(sick.acts).containsExactly("terminate 11");
    sick.clock.advance(Duration.ofMillis(1));
    assertThat(execution.verify().result()).isEqualTo(Result.CURED);
    assertThat(sick.openLooks).hasValue(0);
  }

  @Test
  void apply_sessionMovedOn_isSparedAndReported() {
    sick.idleInTransaction(11, Duration.ofMinutes(9)).idleInTransaction(12, Duration.ofMinutes(6));
    var plan = plan(IDLE);
    sick.idleInTransaction(11, Duration.ZERO);

    var execution = plan.apply("why");

    assertThat(sick.acts).containsExactly("terminate 12");
    assertThat(execution.results().get(0).outcome())
        .extracting(StepOutcome::status)
        .isEqualTo(Status.MOVED);
    assertThat(execution.results().get(0).why()).contains("state_change is ");
  }

  @Test
  void apply_statementEnded_itsSessionIsNotTouched() {
    sick.active(11, Duration.ofSeconds(30));
    waiting(20);
    sick.behind(Kind.ACTIVE, 11, 20);
    var plan = plan(SessionChoice.blockers());
    sick.active(11, Duration.ZERO);

    var execution = plan.apply("why");

    assertThat(sick.acts).isEmpty();
    assertThat(execution.results().get(0).why()).isEqualTo("it is gone");
  }

  @Test
  void apply_serverRestartedSincePlan_refusesWithTheFreshPlan() {
    sick.idleInTransaction(11, Duration.ofMinutes(6));
    var plan = plan(IDLE);
    sick.startedAt = sick.startedAt.plusSeconds(3_000_000);

    var refused = catchThrowableOfType(StalePlanException.class, () -> plan.apply("why"));

    assertThat(refused.difference()).startsWith("started_at is " + sick.startedAt);
    assertThat(refused.fresh().map(Plan::digest)).isNotEmpty().isNotEqualTo(plan.digest());
    assertThat(sick.acts).isEmpty();
  }

  @Test
  void apply_readerOnly_isShownAndRefused() {
    sick.idleInTransaction(11, Duration.ofMinutes(6));
    DatabaseReader reader = new ReaderOnly(sick);

    var plan =
        engine(reader)
            .resolution(EndSessions.ID, d -> new EndSessions(reader).propose(IDLE, d))
            .plan();

    assertThat(plan.steps()).hasSize(1);
    assertThatThrownBy(() -> plan.apply("why")).hasMessageContaining("no-control");
  }

  @Test
  void digest_sameSessionsSeenByAnotherProcessLater_isEqual() {
    sick.idleInTransaction(11, Duration.ofMinutes(6));
    var here = plan(IDLE).digest();
    sick.clock.advance(Duration.ofSeconds(20));
    sick.idle(77, Duration.ZERO);

    assertThat(plan(IDLE).digest()).isEqualTo(here);
    sick.idleInTransaction(12, Duration.ofMinutes(7));
    assertThat(plan(IDLE).digest()).isNotEqualTo(here);
  }

  private static Duration hours(int hours) {
    return Duration.ofHours(hours);
  }

  private void waiting(int... pids) {
    for (int pid : pids) {
      sick.active(pid, Duration.ofSeconds(9));
    }
  }

  private SessionId id(int pid) {
    return new SessionId(pid, sick.startedAt.plusSeconds(pid));
  }

  private Proposal proposal(SessionChoice choice) {
    var reading = new EndSessions(sick).propose(choice, new ManualTime().time().deadline(hours(1)));
    return ((Reading.Read<Proposal>) reading).value();
  }

  private Plan plan(SessionChoice choice) {
    var action = new EndSessions(sick);
    return engine(sick)
        .resolution(EndSessions.ID, deadline -> action.propose(choice, deadline))
        .plan();
  }

  private Engine engine(DatabaseReader reader) {
    return Engine.builder()
        .time(sick.clock.time())
        .operator("sam")
        .action(new EndSessions(reader))
        .build();
  }

  private static String unwrapped(Plan plan) {
    return plan.toString().replaceAll("\\s+", " ");
  }

  private static List<String> targets(Plan plan) {
    return plan.steps().stream()
        .map(step -> step.kind() + " " + SessionSteps.session(step.target()).pid())
        .toList();
  }
}
