package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatementIntervalTest {
  private static final Instant START = Instant.parse("2026-11-23T03:00:00Z");
  private static final StatementKey KEY = new StatementKey(10, 5, 42, true);
  private static final StatementKey OTHER = new StatementKey(10, 5, 43, true);

  @Test
  void moved_bothReadings_isTheDifferenceWithItsOwnDeviation() {
    // 100 calls of 10 ms before, then 100 calls that alternate between 20 and 40 ms.
    double before = 100 * 100.0;
    double within = 50 * 400.0 + 50 * 1600.0;
    var interval =
        between(
            set(0, null, 0L, Map.of(KEY, counters(100, 1000, before, null))),
            set(60, null, 0L, Map.of(KEY, counters(200, 4000, before + within, null))));

    var moved = moved(interval);
    assertThat(moved.atLeast()).isFalse();
    assertThat(moved.counters().calls()).isEqualTo(100);
    assertThat(moved.counters().meanMs()).isEqualTo(30);
    assertThat(moved.counters().deviationMs()).isCloseTo(10, within(1e-9));
    assertThat(interval.window()).isEqualTo(Duration.ofMinutes(1));
    assertThat(interval.caveats()).isEmpty();
  }

  @Test
  void moved_nothingDone_isNotThere() {
    var same = Map.of(KEY, counters(100, 1000, 0, null));

    assertThat(between(set(0, null, 0L, same), set(60, null, 0L, same)).moved()).isEmpty();
  }

  @Test
  void moved_newWithoutEvictions_isExact() {
    var interval =
        between(
            set(0, null, 3L, Map.of()), set(60, null, 3L, Map.of(KEY, counters(7, 70, 0, null))));

    assertThat(moved(interval).counters().calls()).isEqualTo(7);
    assertThat(moved(interval).atLeast()).isFalse();
  }

  @Test
  void moved_newBeforeVersion14_mayBeMore() {
    var interval =
        between(
            set(0, null, null, Map.of()),
            set(60, null, null, Map.of(KEY, counters(7, 70, 0, null))));

    assertThat(moved(interval).atLeast()).isTrue();
  }

  @Test
  void moved_evictions_areDeclaredAndFiguresAreLowerBounds() {
    var interval =
        between(
            set(0, null, 3L, Map.of(KEY, counters(7, 70, 0, null), OTHER, counters(1, 1, 1, null))),
            set(60, null, 9L, Map.of(KEY, counters(9, 90, 0, null))));

    assertThat(moved(interval).atLeast()).isTrue();
    assertThat(interval.caveats())
        .anyMatch(caveat -> caveat.contains("thrown out 6 times"))
        .anyMatch(caveat -> caveat.contains("1 statements are gone"));
  }

  @Test
  void moved_evictionsButOwnStartUnchanged_isExact() {
    var interval =
        between(
            set(0, null, 3L, Map.of(KEY, counters(7, 70, 0, START))),
            set(60, null, 9L, Map.of(KEY, counters(9, 90, 0, START))));

    assertThat(moved(interval).atLeast()).isFalse();
  }

  @Test
  void moved_ownStartMoved_isCountedFromThereOn() {
    var interval =
        between(
            set(0, null, 3L, Map.of(KEY, counters(7, 70, 0, START))),
            set(60, null, 9L, Map.of(KEY, counters(9, 90, 0, START.plusSeconds(30)))));

    assertThat(moved(interval).counters().calls()).isEqualTo(9);
    assertThat(moved(interval).atLeast()).isTrue();
    assertThat(interval.caveats()).anyMatch(caveat -> caveat.contains("counted anew"));
  }

  @Test
  void moved_callsFell_isALowerBoundAndNeverNegative() {
    var interval =
        between(
            set(0, null, null, Map.of(KEY, counters(700, 7000, 0, null))),
            set(60, null, null, Map.of(KEY, counters(3, 30, 0, null))));

    assertThat(moved(interval).counters().calls()).isEqualTo(3);
    assertThat(moved(interval).atLeast()).isTrue();
    assertThat(interval.caveats()).anyMatch(caveat -> caveat.contains("counted anew"));
  }

  @Test
  void moved_reset_isWhatCameAfterItAndSaysSo() {
    var interval =
        between(
            set(0, START.minusSeconds(9999), 3L, Map.of(KEY, counters(2, 20, 0, null))),
            set(60, START.plusSeconds(40), 0L, Map.of(KEY, counters(5, 50, 0, null))));

    assertThat(moved(interval).counters().calls()).isEqualTo(5);
    assertThat(moved(interval).atLeast()).isTrue();
    assertThat(interval.window()).isEqualTo(Duration.ofSeconds(20));
    assertThat(interval.caveats()).anyMatch(caveat -> caveat.contains("reset at"));
  }

  @Test
  void p95_logNormalAndCantelli_areAsMeasured() {
    // Facts/postgres.md §12: exponential times of mean 8.2 give an estimate of about 23 to 25.
    var statement =
        new SlowQueries.Statement(1, "u", "d", "q", 100, 820, 1, 8.2, 0, 0, 0, 0, false);

    assertThat(statement.p95EstimateMs()).isCloseTo(22.8, within(0.3));
    assertThat(statement.p95BoundMs()).isCloseTo(8.2 + 4.36 * 8.2, within(1e-9));
  }

  private static StatementInterval.Moved moved(StatementInterval interval) {
    return Objects.requireNonNull(interval.moved().get(KEY));
  }

  private static StatementInterval between(StatementSet before, StatementSet after) {
    return StatementInterval.between(before, after);
  }

  private static StatementSet set(
      int second,
      @Nullable Instant reset,
      @Nullable Long evictions,
      Map<StatementKey, StatementCounters> counters) {
    return new StatementSet(
        START.plusSeconds(second),
        "public.pg_stat_statements",
        reset,
        evictions,
        5000,
        true,
        0,
        10,
        counters);
  }

  private static StatementCounters counters(
      long calls, double total, double squares, @Nullable Instant since) {
    return new StatementCounters(calls, total, squares, 0, 0, 0, 0, 0, since);
  }
}
