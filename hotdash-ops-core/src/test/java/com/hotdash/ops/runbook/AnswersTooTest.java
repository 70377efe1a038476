package com.hotdash.ops.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.database.LockForest.Blocker;
import com.hotdash.ops.database.LockForest.Kind;
import com.hotdash.ops.database.SickDatabase;
import com.hotdash.ops.platform.MachineState;
import com.hotdash.ops.platform.SickPlatform;
import com.hotdash.ops.resolution.Journal;
import com.hotdash.ops.resolution.MemoryJournal;
import com.hotdash.ops.resolution.Verification.Result;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A change of the database for slow answers is a cure only if answers are quick again. */
class AnswersTooTest {
  private final SickDatabase database = new SickDatabase();
  private final SickPlatform platform = new SickPlatform();
  private final Journal journal = new MemoryJournal();

  @BeforeEach
  void oneWaitsBehindAnIdleTransaction() {
    platform.machine("m1", "c", MachineState.STARTED);
    database.idleInTransaction(11, Duration.ofMinutes(6));
    database.active(12, Duration.ofSeconds(20));
    database.roots.add(
        new Blocker(Kind.IDLE_IN_TRANSACTION, 11, "pid 11 web", List.of(12), List.of(12)));
  }

  private Time time() {
    var own = database.clock.time();
    return new Time(
        own.clock(),
        own.ticker(),
        wait -> {
          database.clock.advance(wait);
          platform.clock.advance(wait);
        });
  }

  private RunbookProcedures ops(boolean withPlatform) {
    var builder =
        RunbookProcedures.builder()
            .operator("sam")
            .time(time())
            .journal(journal)
            .database(database);
    return (withPlatform ? builder.platform(platform) : builder).build();
  }

  /** Slow answers of 340 a minute before and after, and what the cure comes to. */
  @ParameterizedTest
  @CsvSource({"40, 0, CURED", "40, 40, NOT_CURED", "0, 40, CURED"})
  void verify_sessionsAreEnded_isACureIfAnswersAreQuickAgain(
      int before, int after, Result expected) {
    platform.answers = new int[] {340 - before, before};
    try (var ops = ops(true)) {
      var execution = ops.databaseConnectionIssues().endSessions().plan().apply("slow");
      platform.answers = new int[] {340 - after, after};

      var verified = execution.verify();

      assertThat(database.acts).isNotEmpty();
      assertThat(verified.result()).as(verified.toString()).isEqualTo(expected);
      assertThat(verified.goal().contains("95 % of answers take at most 3 s"))
          .isEqualTo(before > 0);
    }
  }

  @Test
  void verify_fewAnswersAfterwards_isNoCure() {
    platform.answers = new int[] {300, 40};
    try (var ops = ops(true)) {
      var execution = ops.databaseConnectionIssues().endSessions().plan().apply("slow");
      platform.answers = new int[] {3, 0};

      assertThat(execution.verify().result()).isEqualTo(Result.INCONCLUSIVE);
    }
  }

  /** What was planned for slow answers is not called cured by a process that cannot see them. */
  @Test
  void verify_inAProcessWithoutPlatform_isInconclusive() {
    platform.answers = new int[] {300, 40};
    String id;
    try (var ops = ops(true)) {
      id = ops.databaseConnectionIssues().endSessions().plan().apply("slow").id();
    }
    try (var other = ops(false)) {
      var verified = other.execution(id).verify();

      assertThat(verified.result()).isEqualTo(Result.INCONCLUSIVE);
      assertThat(verified.detail()).contains("no platform");
    }
  }

  @Test
  void plan_answersUnread_saysThatTheyAreNotMeasured() {
    try (var ops = ops(true)) {
      var goal = ops.databaseConnectionIssues().endSessions().plan().proposal().goal();

      assertThat(goal).doesNotContainKey("answers_within");
    }
  }
}
