package com.hotdash.ops.observation;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.SickDatabase;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.secret.Redactor;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DatabaseSourceTest {
  private final SickDatabase database = new SickDatabase();
  private final DatabaseSource source = new DatabaseSource(database);

  @Test
  void keysFor_dearReadings_onlyThoseThatAreWanted() {
    assertThat(source.keysFor(Set.of(DatabaseLook.LOCKS)))
        .hasSize(6)
        .contains(DatabaseLook.SESSIONS)
        .doesNotContain(DatabaseLook.SLOW_STATEMENTS);
    assertThat(source.keysFor(Set.of(DatabaseLook.SLOW_STATEMENTS)))
        .hasSize(7)
        .contains(DatabaseLook.SLOW_STATEMENTS);
    assertThat(source.keys()).hasSize(11);
  }

  @Test
  void observe_readerDoesNotLookSoDeep_isNotConfiguredAndNoBug() {
    Set<ReadingKey<?>> wanted =
        Set.of(
            DatabaseLook.OPEN_TRANSACTIONS,
            DatabaseLook.INVALID_INDEXES,
            DatabaseLook.OPEN_MIGRATIONS,
            DatabaseLook.TRANSACTION_IDS,
            DatabaseLook.SLOW_STATEMENTS);
    var observer =
        new Observer(List.of(source), Runnable::run, database.clock.time(), Redactor.SHAPES);

    var seen = observer.observe(wanted, database.clock.time().deadline(Duration.ofSeconds(5)));

    for (var key : wanted) {
      assertThat(seen.get(key).obstacle().orElseThrow().why())
          .as(key.name())
          .isEqualTo(Why.NOT_CONFIGURED);
    }
    assertThat(seen.get(DatabaseLook.SESSIONS).toOptional()).isPresent();
  }
}
