package com.hotdash.ops.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.database.LockForest.Kind;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.resolution.Engine;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What somebody sees of a plan on a terminal of 24 lines by 100 columns. */
class FirstScreenTest {
  private final SickDatabase sick = new SickDatabase();

  @Test
  void plan_ofTwoSteps_fitsAndSaysAll() {
    sick.idleInTransaction(11, Duration.ofMinutes(6)).active(12, Duration.ofSeconds(9));
    sick.idleInTransaction(13, Duration.ofMinutes(7)).hidden = 2;
    sick.behind(Kind.IDLE_IN_TRANSACTION, 11, 12);

    assertThat(screen())
        .isEqualTo(
            """
            ══ Plan 7841ff0b19d4265b: database.end-sessions ════════════════════════════════════════════════════
            Estate      production · database db.example.com:5432/hotdash
            Target      db.example.com:5432/hotdash
            Effect      irreversible
            Cured when  no session is idle in transaction for 300 s, and nobody but a schema change waits behind
                        another session
            Next        plan.apply("why")

            #  Step               On                                    From → to
            ─  ─────────────────  ────────────────────────────────────  ──────────────────────────
            1  session.terminate  pid 11 hotdash@hotdash (hotdash-web)  idle in transaction → gone
            2  session.terminate  pid 13 hotdash@hotdash (hotdash-web)  idle in transaction → gone

            - An ended session cannot be brought back: its open transaction is rolled back.
            - Why the client kept it open is not cured: look for the code that does not commit.
            - 2 sessions could not be judged: our role may not see them.

            ── By hand ─────────────────────────────────────────────────────────────────────────────────────────
              select pg_terminate_backend(pid) from pg_stat_activity where pid = 11 and backend_start = '2026-10-14T03:00:11Z' and state_change = '2026-11-23T02:54:00Z';
              select pg_terminate_backend(pid) from pg_stat_activity where pid = 13 and backend_start = '2026-10-14T03:00:13Z' and state_change = '2026-11-23T02:53:00Z';""");
  }

  @Test
  void plan_ofTwentySteps_stillShowsTheNextLine() {
    for (int pid = 11; pid < 41; pid++) {
      sick.idleInTransaction(pid, Duration.ofMinutes(6));
    }

    assertThat(screen()).contains("Next", "plan.apply(\"why\")", "Cured when", "production");
  }

  private String screen() {
    var action = new EndSessions(sick);
    var choice = SessionChoice.idleInTransactionOrBlocking(Duration.ofMinutes(5));
    var plan =
        Engine.builder()
            .time(sick.clock.time())
            .operator("sam")
            .estate(new Estate("production", List.of(sick.identity())))
            .action(action)
            .build()
            .resolution(EndSessions.ID, deadline -> action.propose(choice, deadline))
            .plan();
    var text = plan.toString();
    assertThat(text.substring(0, text.indexOf("By hand")).lines())
        .allMatch(line -> line.length() <= 100);
    return text.lines().limit(24).collect(Collectors.joining("\n"));
  }
}
