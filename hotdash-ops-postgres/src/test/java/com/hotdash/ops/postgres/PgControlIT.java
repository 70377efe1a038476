package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.database.Session;
import com.hotdash.ops.database.SessionId;
import com.hotdash.ops.database.SessionSteps;
import com.hotdash.ops.database.Sessions;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.resolution.StepOutcome.Status;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.resolution.TargetState;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.postgres.Hotdash;
import com.hotdash.ops.testkit.postgres.IdleInTransaction;
import com.hotdash.ops.testkit.postgres.LockPileUp;
import com.hotdash.ops.testkit.postgres.PgProxy;
import com.hotdash.ops.testkit.postgres.PgProxy.Failure;
import com.hotdash.ops.testkit.postgres.PgRole;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(ints = {15, 18})
class PgControlIT {
  @Parameter int major;

  @Test
  void make_unchangedSession_isEnded() {
    try (var scene = IdleInTransaction.start(hotdash().app(), 1);
        var control = Servers.as(hotdash().ops()).port().control()) {
      var step = SessionSteps.terminate(session(scene.holderPid()));

      var outcome = control.make(step, deadline());

      assertThat(outcome).isEqualTo(StepOutcome.done("the session is gone"));
      assertThat(state(control.observe(step.target(), deadline()))).isEqualTo(TargetState.GONE);
      assertThat(scene.awaitWaiters(Duration.ofSeconds(5))).isTrue();
    }
  }

  @Test
  void make_sessionRanOneMoreStatement_isLeftAlone() {
    try (var client = Clients.open(hotdash().app(), "shop");
        var control = Servers.as(hotdash().ops()).port().control()) {
      client.run("begin");
      var step = SessionSteps.terminate(session(client.pid()));
      client.run("select 1");

      var outcome = control.make(step, deadline());

      assertThat(outcome.status()).isEqualTo(Status.MOVED);
      assertThat(outcome.detail()).contains("state_change is");
      assertThat(client.alive()).isTrue();
    }
  }

  @Test
  void make_samePidOtherStart_isLeftAlone() {
    try (var client = Clients.open(hotdash().app(), "shop");
        var control = Servers.as(hotdash().ops()).port().control()) {
      var now = session(client.pid());
      var other = new SessionId(client.pid(), now.id().backendStart().minusNanos(1000));
      var step =
          new Step(
              SessionSteps.TERMINATE,
              new Target(SessionSteps.SESSION, other.toString(), "another"),
              SessionSteps.fields(now),
              Map.of(),
              Step.GONE,
              null);

      assertThat(control.make(step, deadline())).isEqualTo(StepOutcome.moved("it is gone"));
      assertThat(client.alive()).isTrue();
    }
  }

  @Test
  void make_cancel_endsTheStatementAndKeepsTheSession() {
    try (var pileUp = LockPileUp.start(hotdash().app(), 2);
        var control = Servers.as(hotdash().ops()).port().control()) {
      var step = SessionSteps.cancel(session(pileUp.alterPid()));
      assertThat(state(control.observe(step.target(), deadline())).exists()).isTrue();

      var outcome = control.make(step, deadline());

      assertThat(outcome.status()).as(outcome.detail()).isEqualTo(Status.DONE);
      assertThat(state(control.observe(step.target(), deadline()))).isEqualTo(TargetState.GONE);
      assertThat(session(pileUp.alterPid()).state()).isEqualTo(Session.IDLE);
      assertThat(pileUp.awaitWaiters(Duration.ofSeconds(5))).isTrue();
    }
  }

  @Test
  void make_roleMayNot_failsWithTheServersWords() {
    var watcher =
        hotdash().database().createRole("hotdash_watcher", Secret.of("only-looks"), "pg_monitor");
    try (var client = Clients.open(hotdash().app(), "shop");
        var control = Servers.as(watcher).port().control()) {
      var outcome = control.make(SessionSteps.terminate(session(client.pid())), deadline());

      assertThat(outcome.status()).isEqualTo(Status.FAILED);
      assertThat(outcome.detail()).startsWith("refused:").contains("42501");
      assertThat(client.alive()).isTrue();
    } finally {
      hotdash().database().sql("drop role hotdash_watcher");
    }
  }

  @Test
  void make_becameProtectedKind_isSpared() {
    try (var client = Clients.open(hotdash().app(), "Supavisor");
        var control = Servers.as(hotdash().ops()).port().control()) {
      var outcome = control.make(SessionSteps.terminate(session(client.pid())), deadline());

      assertThat(outcome.status()).isEqualTo(Status.FAILED);
      assertThat(outcome.detail()).contains("spared").contains("pooler");
      assertThat(client.alive()).isTrue();
    }
  }

  @Test
  void make_superuser_isSpared() {
    try (var client = Clients.open(hotdash().server().superuserUrl(), "admin");
        var control = Servers.at(hotdash().server().superuserUrl()).port().control()) {
      var outcome = control.make(SessionSteps.terminate(session(client.pid())), deadline());

      assertThat(outcome.status()).isEqualTo(Status.FAILED);
      assertThat(client.alive()).isTrue();
    }
  }

  @Test
  void make_answerLost_isUncertainAndNotRepeated() {
    try (var scene = IdleInTransaction.start(hotdash().app(), 0);
        var proxy = PgProxy.start(hotdash().server());
        var control = Servers.at(proxy.url(hotdash().ops())).port().control()) {
      var step = SessionSteps.terminate(session(scene.holderPid()));
      assertThat(state(control.observe(step.target(), deadline())).exists()).isTrue();
      long before = proxy.statements();
      // BEGIN is the first round trip, the guarded statement the second.
      proxy.failStatement(2, Failure.LOSE_ANSWER);

      var outcome = control.make(step, deadline());

      assertThat(outcome.status()).as(outcome.detail()).isEqualTo(Status.UNCERTAIN);
      assertThat(proxy.statements()).isEqualTo(before + 2);
      Servers.await("the session's end", () -> !there(scene.holderPid()));
    }
  }

  @Test
  void make_connectionCutBeforeTheStatement_isACertainFailure() {
    try (var scene = IdleInTransaction.start(hotdash().app(), 0);
        var proxy = PgProxy.start(hotdash().server());
        var control = Servers.at(proxy.url(hotdash().ops())).port().control()) {
      var step = SessionSteps.terminate(session(scene.holderPid()));
      assertThat(state(control.observe(step.target(), deadline())).exists()).isTrue();
      proxy.failStatement(1, Failure.CUT);

      var outcome = control.make(step, deadline());

      assertThat(outcome.status()).isEqualTo(Status.FAILED);
      assertThat(outcome.detail()).contains("nothing was sent");
      assertThat(there(scene.holderPid())).isTrue();
    }
  }

  @Test
  void make_unknownKind_failsAndSendsNothing() {
    try (var proxy = PgProxy.start(hotdash().server());
        var control = Servers.at(proxy.url(hotdash().ops())).port().control()) {
      var step = new Step("index.drop", target("x"), Map.of(), Map.of(), Step.GONE, null);

      assertThat(control.make(step, deadline()).status()).isEqualTo(Status.FAILED);
      assertThat(proxy.connections()).isZero();
    }
  }

  @Test
  void observe_database_tellsItsStartAndName() {
    try (var control = Servers.as(hotdash().ops()).port().control()) {
      var state = state(control.observe(target("hotdash"), deadline()));

      assertThat(state.fields()).containsEntry("name", "hotdash");
      assertThat(state.fields()).containsKey(SessionSteps.STARTED_AT);
    }
  }

  @Test
  void observe_roleMayNotSee_isNotTakenForGone() {
    try (var client = Clients.open(hotdash().app(), "shop");
        var control = Servers.as(hotdash().plain()).port().control()) {
      var target = SessionSteps.terminate(session(client.pid())).target();

      assertThat(control.observe(target, deadline()).obstacle())
          .get()
          .extracting(NotChecked::why)
          .isEqualTo(NotChecked.Why.NOT_PERMITTED);
    }
  }

  private Hotdash hotdash() {
    return Servers.of(major);
  }

  private static Deadline deadline() {
    return Time.SYSTEM.deadline(Duration.ofSeconds(10));
  }

  private static Target target(String id) {
    return new Target(SessionSteps.DATABASE, id, id);
  }

  private static TargetState state(Reading<TargetState> reading) {
    assertThat(reading.obstacle()).isEmpty();
    return reading.toOptional().orElseThrow();
  }

  private boolean there(int pid) {
    return hotdash()
            .server()
            .superuser()
            .number("select count(*) from pg_stat_activity where pid = " + pid)
        > 0;
  }

  private Session session(int pid) {
    return sessions(hotdash().ops()).byPid(pid).orElseThrow();
  }

  private static Sessions sessions(PgRole role) {
    try (var diagnostics = Servers.as(role);
        var look = diagnostics.port().look(deadline())) {
      return look.sessions().toOptional().orElseThrow();
    }
  }
}
