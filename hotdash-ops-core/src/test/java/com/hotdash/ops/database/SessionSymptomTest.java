package com.hotdash.ops.database;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.database.LockForest.Kind;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom.Measurement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionSymptomTest {
  private static final Map<String, String> IDLE = Map.of("idle_in_transaction_for", "PT5M");
  private static final Map<String, String> NOBODY = Map.of("nobody_waits_for", "PT5S");

  private final SickDatabase sick = new SickDatabase();

  @Test
  void measure_healthy_isAbsentForEveryGoal() {
    assertThat(present(IDLE)).isFalse();
    assertThat(present(NOBODY)).isFalse();
    assertThat(present(Map.of("free_slots", "15"))).isFalse();
    assertThat(present(Map.of("targets_gone", "99@2026-01-01T00:00:00Z"))).isFalse();
  }

  @Test
  void measure_idleInTransaction_isPresentFromTheLimitOn() {
    sick.idleInTransaction(11, Duration.ofSeconds(299));
    assertThat(present(IDLE)).isFalse();

    sick.clock.advance(Duration.ofSeconds(1));
    assertThat(present(IDLE)).isTrue();
  }

  @Test
  void measure_idleInTransactionOfOthers_countsOnlyWhereItWasMeant() {
    sick.add(
        11, Session.IDLE_IN_TRANSACTION, Duration.ofHours(1), Duration.ofHours(1), "other", null);
    sick.add(
        12, Session.IDLE_IN_TRANSACTION, Duration.ofHours(1), Duration.ofHours(1), "web", "spared");

    assertThat(present(IDLE)).isTrue();
    assertThat(present(Map.of("idle_in_transaction_for", "PT5M", "of_application", "web")))
        .isFalse();
  }

  @Test
  void measure_waitersBehindAnybody_arePresentOnceTheyWaitTooLong() {
    sick.active(11, Duration.ofSeconds(30)).active(12, Duration.ofSeconds(4));
    sick.behind(Kind.ACTIVE, 11, 12);
    assertThat(present(NOBODY)).isFalse();

    sick.clock.advance(Duration.ofSeconds(1));
    assertThat(present(NOBODY)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void measure_waitersBehindAnyKind_arePresent(Kind kind) {
    sick.active(11, Duration.ofSeconds(30)).active(12, Duration.ofSeconds(9));
    sick.behind(kind, 11, 12);

    assertThat(present(NOBODY)).isTrue();
  }

  @Test
  void measure_onlyASchemaChangeWaits_isAbsent() {
    sick.active(11, Duration.ofSeconds(30)).active(12, Duration.ofSeconds(9));
    sick.behind(Kind.ACTIVE, 11, 12);
    sick.changes.add(new ServerMode.RunningChange(12, "CREATE INDEX CONCURRENTLY", true));

    assertThat(present(NOBODY)).isFalse();
  }

  @Test
  void measure_statementOfASession_isPresentOnlyWhileItIsThatOne() {
    sick.active(11, Duration.ofSeconds(30));
    var goal =
        Map.of("targets_gone", SessionSteps.statement(requireNonNull(sick.sessions.get(11))));
    assertThat(present(goal)).isTrue();

    sick.active(11, Duration.ofSeconds(1));
    assertThat(present(goal)).isFalse();
  }

  @Test
  void measure_sessionThatAnsweredWithIdle_isNoStatementAnyMore() {
    sick.active(11, Duration.ofSeconds(30));
    var goal =
        Map.of("targets_gone", SessionSteps.statement(requireNonNull(sick.sessions.get(11))));
    sick.idle(11, Duration.ofSeconds(30));

    assertThat(present(goal)).isFalse();
  }

  @Test
  void measure_slotsShort_isPresent() {
    sick.unseen = 90;

    assertThat(present(Map.of("free_slots", "6"))).isTrue();
    assertThat(present(Map.of("free_slots", "5"))).isFalse();
  }

  @Test
  void measure_sessionStillThere_isPresent() {
    var id = sick.sessions.values().iterator().next().id();

    assertThat(present(Map.of("targets_gone", id.toString()))).isTrue();
  }

  @Test
  void measure_hiddenSessions_isNeverAbsent() {
    sick.hidden = 1;

    for (var goal : List.of(IDLE, NOBODY, Map.of("free_slots", "1"))) {
      assertThat(measure(goal).obstacle())
          .hasValueSatisfying(why -> assertThat(why.why()).isEqualTo(Why.NOT_PERMITTED));
    }
    sick.idleInTransaction(11, Duration.ofMinutes(6));
    assertThat(present(IDLE)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Why.class)
  void measure_anyPartUnread_isUnread(Why why) {
    for (var key :
        List.of(
            DatabaseLook.CAPACITY, DatabaseLook.SESSIONS, DatabaseLook.LOCKS, DatabaseLook.MODE)) {
      sick.readable().unreadable(key, why);

      assertThat(measure(IDLE).obstacle())
          .hasValueSatisfying(obstacle -> assertThat(obstacle.why()).isEqualTo(why));
    }
    assertThat(sick.openLooks).hasValue(0);
  }

  @Test
  void measure_serverClockBehindOurs_countsAsFresh() {
    assertThat(measure(IDLE).evidenceIfRead().map(Evidence::dataAt)).isEmpty();
    assertThat(measure(IDLE).evidenceIfRead().map(Evidence::observedAt)).contains(sick.clock.now());
  }

  private boolean present(Map<String, String> goal) {
    return measure(goal).toOptional().orElseThrow().present();
  }

  private Reading<Measurement> measure(Map<String, String> goal) {
    return new SessionSymptom(sick, goal)
        .measure(sick.clock.time().deadline(Duration.ofSeconds(5)));
  }
}
