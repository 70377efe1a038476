package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.resolution.ExecutionRecord;
import com.hotdash.ops.resolution.JournalEntry;
import com.hotdash.ops.resolution.JournalException;
import com.hotdash.ops.resolution.Pace;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.postgres.BadPeer;
import com.hotdash.ops.testkit.postgres.Hotdash;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PgJournalIT {
  private static final Instant AT = Instant.parse("2026-11-01T03:00:00.123456789Z");

  private final Hotdash hotdash = Servers.of(18);
  private final PgDiagnostics diagnostics = diagnostics(url());
  private final PgJournal journal = diagnostics.journal();

  private static PgDiagnostics diagnostics(Secret url) {
    return PgDiagnostics.builder().directUrl(url).build();
  }

  private Secret url() {
    return Secret.of(hotdash.server().superuserUrl());
  }

  @BeforeEach
  void absent() {
    hotdash.server().sql("drop schema if exists hotdash_ops cascade");
  }

  @AfterEach
  void close() {
    journal.close();
    diagnostics.close();
  }

  @Test
  void append_manyFromTwoProcesses_allAreReadInTheirOrder() {
    journal.create().create();
    try (var second = diagnostics(url());
        var other = second.journal()) {
      IntStream.range(0, 20).forEach(i -> (i % 2 == 0 ? journal : other).append(entry(i)));

      assertThat(other.entries())
          .containsExactlyElementsOf(IntStream.range(0, 20).mapToObj(PgJournalIT::entry).toList());
    }
    assertThat(journal.place()).contains("hotdash_ops.journal", "127.0.0.1");
  }

  @Test
  void open_andOf_readOnlyWhatIsAskedFor() {
    journal.create();
    for (var id : List.of("over-1", "left-2")) {
      journal.append(started(id));
      journal.append(new JournalEntry.Intended(id, AT, 0, Map.of()));
    }
    journal.append(new JournalEntry.Ended("over-1", AT, "done"));
    journal.append(new JournalEntry.Ended("elsewhere-3", AT, "done"));

    assertThat(journal.open())
        .extracting(JournalEntry::execution)
        .containsExactly("left-2", "left-2", "elsewhere-3");
    assertThat(journal.pending()).extracting(ExecutionRecord::id).containsExactly("left-2");
    assertThat(journal.of("over-1")).hasSize(3);
    assertThat(journal.of("' or true --")).isEmpty();
    assertThat(journal.entries()).hasSize(6);
  }

  /** A line that tells of no execution must not become invisible. */
  @ParameterizedTest
  @ValueSource(strings = {"no json", "{\"event\":\"made\"}", "[1]"})
  void open_lineOfSomebodyElse_isAnError(String line) {
    journal.create();
    hotdash
        .server()
        .sql(
            "insert into hotdash_ops.journal (id, line)"
                + " values ('00000000-0000-0000-0000-000000000001', '"
                + line
                + "')");

    assertThatThrownBy(journal::open).isInstanceOf(JournalException.class);
  }

  private static JournalEntry started(String id) {
    var target = new Target("thing", "t1", "thing t1");
    var proposal =
        new Proposal(
            "test.act",
            target,
            Map.of(),
            List.of(),
            Map.of(),
            Pace.CAREFUL,
            List.of(),
            List.of(),
            List.of());
    return new JournalEntry.Started(id, AT, "d", proposal, "sam", "why", Map.of(), null);
  }

  @Test
  void append_tableMissing_namesWhatMakesIt() {
    assertThatThrownBy(() -> journal.append(entry(1)))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("hotdash_ops.journal")
        .hasMessageContaining("create()");
    assertThatThrownBy(journal::entries).hasMessageContaining("create()");
  }

  @Test
  void append_connectionKilledMeanwhile_opensAnother() {
    journal.create().append(entry(1));
    hotdash
        .server()
        .superuser()
        .number(
            "select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity"
                + " where application_name = 'hotdash-ops'");

    journal.append(entry(2));

    assertThat(journal.entries()).isEqualTo(List.of(entry(1), entry(2)));
  }

  @Test
  void append_serverSilent_failsInTimeWithoutThePassword() {
    try (var silent = BadPeer.silent();
        var client =
            diagnostics(Secret.of("postgres://u:p4ssw0rd@127.0.0.1:" + silent.port() + "/db"));
        var beyond = client.journal()) {
      assertThatThrownBy(() -> beyond.append(entry(1)))
          .isInstanceOf(JournalException.class)
          .hasMessageNotContaining("p4ssw0rd");
    }
  }

  @Test
  void entries_lineOfSomebodyElse_isAnErrorAndNotPassedOver() {
    journal.create();
    hotdash
        .server()
        .sql(
            "insert into hotdash_ops.journal (id, line)"
                + " values ('00000000-0000-0000-0000-000000000001', 'no json')");

    assertThatThrownBy(journal::entries).hasMessageContaining("no JSON");
  }

  private static JournalEntry entry(int step) {
    return new JournalEntry.Intended("abc-1x2y", AT, step, Map.of());
  }

  /** What was begun for the reading must not be met by the next entry. */
  @Test
  void append_afterAReadingThatWasTooLarge_isWritten() {
    journal.create();
    hotdash
        .server()
        .sql(
            "insert into hotdash_ops.journal (id, line) values"
                + " ('00000000-0000-0000-0000-000000000001', repeat('x', 67108865))");
    assertThatThrownBy(journal::entries).hasMessageContaining("larger than 64 MiB");

    journal.append(entry(1));

    assertThat(hotdash.server().superuser().number("select count(*) from hotdash_ops.journal"))
        .isEqualTo(2);
  }
}
