package com.hotdash.ops.testkit.postgres;

import static com.hotdash.ops.testkit.postgres.SharedServer.HOTDASH;
import static com.hotdash.ops.testkit.postgres.SharedServer.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.testkit.postgres.Waiter.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LockFaultsIT {
  private static final Duration SOON = Duration.ofSeconds(5);

  @AfterEach
  void closedFaultsLeaveNothingBehind() {
    assertThat(SharedServer.sessions()).isZero();
    assertThat(Threads.ofTheKit()).isEmpty();
  }

  @Test
  void idleInTransaction_start_isSeenWithItsQueue() {
    try (var fault = IdleInTransaction.start(HOTDASH.app(), 3)) {
      assertThat(state(fault.holderPid())).isEqualTo("idle in transaction");
      assertThat(blockers(fault.waiters().get(0).pid())).containsExactly(fault.holderPid());
      assertThat(waitingSessions()).isEqualTo(3);
    }
    assertThat(HOTDASH.database().text("select status from orders where id = 1")).isEqualTo("paid");
  }

  @Test
  void idleInTransaction_holderEnded_waitersFinish() {
    try (var fault = IdleInTransaction.start(HOTDASH.app(), 2)) {
      terminate(fault.holderPid());

      assertThat(fault.awaitWaiters(SOON)).isTrue();
      assertThat(fault.waiters()).extracting(Waiter::outcome).containsOnly(Outcome.FINISHED);
    }
  }

  @Test
  void idleInTransaction_waiterEnded_failsWithItsSqlState() {
    try (var fault = IdleInTransaction.start(HOTDASH.app(), 1)) {
      terminate(fault.waiters().get(0).pid());

      assertThat(fault.awaitWaiters(SOON)).isTrue();
      assertThat(fault.waiters().get(0).outcome()).isEqualTo(Outcome.FAILED);
      assertThat(fault.waiters().get(0).sqlState()).isEqualTo("57P01");
    }
  }

  @Test
  void idleInTransaction_closedWhileWaiting_countsNoOutcome() {
    var fault = IdleInTransaction.start(HOTDASH.app(), 1);

    fault.close();
    fault.close();

    assertThat(fault.waiters()).extracting(Waiter::outcome).containsExactly(Outcome.WAITING);
  }

  @Test
  void lockPileUp_readersWaitForTheAlterThatHoldsNothingOfTheirs() {
    try (var fault = LockPileUp.start(HOTDASH.app(), 3)) {
      var reader = fault.waiters().get(1).pid();

      assertThat(blockers(fault.alterPid())).containsExactly(fault.holderPid());
      assertThat(blockers(reader)).containsExactly(fault.alterPid());
    }
  }

  @Test
  void lockPileUp_alterCancelled_freesTheReaders() {
    try (var fault = LockPileUp.start(HOTDASH.app(), 2)) {
      SERVER.sql("select pg_cancel_backend(" + fault.alterPid() + ")");

      assertThat(fault.awaitWaiters(SOON)).isTrue();
      assertThat(fault.waiters())
          .extracting(Waiter::outcome)
          .containsExactly(Outcome.FAILED, Outcome.FINISHED, Outcome.FINISHED);
    }
  }

  @Test
  void lockPileUp_alterGotThrough_closeDropsItsColumn() {
    try (var fault = LockPileUp.start(HOTDASH.app(), 0)) {
      terminate(fault.holderPid());
      assertThat(fault.awaitWaiters(SOON)).isTrue();
    }

    var column = "select count(*) from information_schema.columns where column_name = 'pile_up'";
    assertThat(HOTDASH.database().number(column)).isZero();
  }

  @Test
  void lockChain_eachWaitsForTheOneBefore() {
    try (var fault = LockChain.start(HOTDASH.app(), 3)) {
      var pids = fault.pids();

      assertThat(fault.rootPid()).isEqualTo(pids.get(0));
      assertThat(blockers(pids.get(1))).containsExactly(pids.get(0));
      assertThat(blockers(pids.get(2))).containsExactly(pids.get(1));
      assertThat(fault.waiters()).extracting(Waiter::pid).containsExactly(pids.get(1), pids.get(2));
    }
  }

  @Test
  void advisoryLockWait_holderIsIdleOutsideATransaction() {
    try (var fault = AdvisoryLockWait.start(HOTDASH.plain(), 2)) {
      assertThat(state(fault.holderPid())).isEqualTo("idle");
      assertThat(blockers(fault.waiters().get(0).pid())).containsExactly(fault.holderPid());
      assertThat(SERVER.superuser().column("select locktype from pg_locks where not granted"))
          .containsExactly("advisory", "advisory");
    }
  }

  @Test
  void forgottenPreparedTransaction_blocksAsPidZero() {
    try (var fault = ForgottenPreparedTransaction.start(HOTDASH.app(), 1)) {
      assertThat(blockers(fault.waiters().get(0).pid())).containsExactly(0);
    }
    assertThat(SERVER.superuser().number("select count(*) from pg_prepared_xacts")).isZero();
  }

  @Test
  void forgottenPreparedTransaction_rolledBackBySomebody_closesQuietly() {
    try (var fault = ForgottenPreparedTransaction.start(HOTDASH.app(), 1)) {
      HOTDASH.database().sql("rollback prepared '" + ForgottenPreparedTransaction.GID + "'");

      assertThat(fault.waiters()).hasSize(1);
    }
  }

  @Test
  void runningIndexBuild_waitsForTheOpenTransaction() {
    try (var fault = RunningIndexBuild.start(HOTDASH.app())) {
      assertThat(blockers(fault.builderPid())).containsExactly(fault.holderPid());
      assertThat(SERVER.superuser().column("select phase from pg_stat_progress_create_index"))
          .containsExactly("waiting for writers before build");
      assertThat(fault.builder().outcome()).isEqualTo(Outcome.WAITING);
    }
    var index = "select count(*) from pg_class where relname = '" + RunningIndexBuild.INDEX + "'";
    assertThat(HOTDASH.database().number(index)).isZero();
  }

  @Test
  void start_roleWithoutRights_failsAndLeavesNothing() {
    assertThatThrownBy(() -> IdleInTransaction.start(HOTDASH.plain(), 1))
        .isInstanceOfSatisfying(
            PgServerException.class, e -> assertThat(e.sqlState()).contains("42501"));
  }

  private static void terminate(int pid) {
    SERVER.sql("select pg_terminate_backend(" + pid + ")");
  }

  private static String state(int pid) {
    return SERVER.superuser().text("select state from pg_stat_activity where pid = " + pid);
  }

  private static List<Integer> blockers(int pid) {
    return SERVER.superuser().column("select unnest(pg_blocking_pids(" + pid + "))").stream()
        .map(Integer::valueOf)
        .toList();
  }

  private static long waitingSessions() {
    return SERVER.superuser().number("select count(distinct pid) from pg_locks where not granted");
  }
}
