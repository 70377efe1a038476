package com.hotdash.ops.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.metrics.Buckets;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.procedure.SlowAnswers.AtEdge;
import com.hotdash.ops.procedure.SlowAnswers.Began;
import com.hotdash.ops.procedure.SlowAnswers.InApplication;
import com.hotdash.ops.procedure.SlowAnswers.Where;
import com.hotdash.ops.procedure.SlowResponseTimesFinding.Place;
import com.hotdash.ops.shop.ShopLook;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SlowResponseTimesProcedureTest {
  private static final List<ReadingKey<?>> REQUIRED =
      List.of(PlatformLook.ANSWER_TIMES, PlatformLook.MACHINES, PlatformLook.LOGS);
  private static final List<ReadingKey<?>> OPTIONAL =
      List.of(AppReader.METRICS, DatabaseLook.SESSIONS, DatabaseLook.LOCKS);
  private static final List<ReadingKey<?>> EXPLAINING =
      List.of(
          DatabaseLook.SLOW_STATEMENTS,
          DatabaseLook.MODE,
          DatabaseLook.OPEN_MIGRATIONS,
          DatabaseLook.CAPACITY,
          PlatformLook.RESOURCES,
          PlatformLook.RELEASES,
          ShopLook.ANSWER);

  static Stream<ReadingKey<?>> all() {
    return Stream.of(REQUIRED, OPTIONAL, EXPLAINING).flatMap(List::stream);
  }

  @ParameterizedTest
  @EnumSource(SlowScenarios.class)
  void diagnose_scenario_hasItsVerdictPlaceAndFirstCure(SlowScenarios scenario) {
    var diagnosis = scenario.world().diagnose();

    assertThat(diagnosis.verdict()).as(diagnosis.toString()).isEqualTo(scenario.verdict);
    assertThat(first(diagnosis)).as(diagnosis.toString()).isEqualTo(scenario.first);
    if (!scenario.place.isEmpty()) {
      assertThat(diagnosis.finding(Where.class).orElseThrow().lost().get(0).place())
          .as(diagnosis.toString())
          .isEqualTo(Place.valueOf(scenario.place));
    }
    if (!scenario.warning.isEmpty()) {
      assertThat(diagnosis.contraindications())
          .extracting(Contraindication::id)
          .contains(scenario.warning);
    }
    if (scenario.verdict == Verdict.OK) {
      assertThat(diagnosis.recommendations()).isEmpty();
      assertThat(diagnosis.contraindications()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(SlowScenarios.class)
  void diagnosis_onAScreen_isShortAndToldInOneSentenceEach(SlowScenarios scenario) {
    var diagnosis = scenario.world().diagnose();

    assertThat(diagnosis.findings())
        .allSatisfy(
            each ->
                assertThat(each.summary())
                    .hasSizeLessThanOrEqualTo(200)
                    .doesNotEndWith(".")
                    .doesNotContain("\n", "NaN", "null"));
    assertThat(diagnosis.toString().lines().limit(8).toList())
        .anyMatch(line -> line.contains("[" + scenario.verdict + "]"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void verdict_aReadingFails_isNotOkUnlessItOnlyExplains(ReadingKey<?> key) {
    var diagnosis = new SlowWorld().fails(key).diagnose();

    assertThat(diagnosis.verdict())
        .isEqualTo(EXPLAINING.contains(key) ? Verdict.OK : Verdict.UNKNOWN);
    assertThat(diagnosis.notChecked()).extracting(NotChecked::what).contains(key.name());
  }

  @ParameterizedTest
  @MethodSource("all")
  void verdict_aReadingIsNotConfigured_isNotOkIfItIsRequired(ReadingKey<?> key) {
    var diagnosis = new SlowWorld().lacks(key).diagnose();

    assertThat(diagnosis.verdict())
        .isEqualTo(REQUIRED.contains(key) ? Verdict.UNKNOWN : Verdict.OK);
    assertThat(diagnosis.notChecked()).extracting(NotChecked::remedy).contains(key.remedy());
  }

  /** What one reading shows, the failure of another one does not hide. */
  @ParameterizedTest
  @MethodSource("com.hotdash.ops.procedure.SlowScenarios#problems")
  void diagnose_moreReadingsFail_keepsProblemsOfTheOthers(SlowScenarios scenario) {
    for (var key : all().toList()) {
      var before = scenario.world().diagnose();
      var after = scenario.world().fails(key).diagnose();

      var lost = problems(before).stream().filter(id -> !problems(after).contains(id)).toList();
      boolean decidedByIt =
          key == PlatformLook.ANSWER_TIMES || key == AppReader.METRICS || key == PlatformLook.LOGS;
      if (!decidedByIt || stillSlow(after)) {
        assertThat(lost)
            .as("%s without %s", scenario, key)
            .allMatch(id -> id.equals("slow.where") || from(id, key));
      }
      assertThat(after.verdict()).isNotEqualTo(Verdict.OK);
    }
  }

  /** Whether a finding is made of this reading, so that it goes with it. */
  private static boolean from(String id, ReadingKey<?> key) {
    return Map.<String, List<ReadingKey<?>>>ofEntries(
            Map.entry("slow.edge", List.of(PlatformLook.ANSWER_TIMES)),
            Map.entry("slow.edge-alone", List.of(PlatformLook.ANSWER_TIMES)),
            Map.entry("slow.application", List.of(AppReader.METRICS)),
            Map.entry("slow.event-loop", List.of(AppReader.METRICS)),
            Map.entry("slow.caches", List.of(AppReader.METRICS)),
            Map.entry("slow.shop", List.of(AppReader.METRICS, ShopLook.ANSWER)),
            Map.entry("slow.timeouts", List.of(PlatformLook.LOGS)),
            Map.entry("slow.onset", List.of(PlatformLook.LOGS, PlatformLook.ANSWER_HISTORY)),
            Map.entry("slow.machines", List.of(PlatformLook.MACHINES)),
            Map.entry("slow.cold-starts", List.of(PlatformLook.MACHINES)),
            Map.entry("slow.cpu", List.of(PlatformLook.RESOURCES)),
            Map.entry("slow.locks", List.of(DatabaseLook.LOCKS)),
            Map.entry("slow.running", List.of(DatabaseLook.SESSIONS)),
            Map.entry("slow.statements", List.of(DatabaseLook.SLOW_STATEMENTS)),
            Map.entry(
                "slow.schema-change", List.of(DatabaseLook.MODE, DatabaseLook.OPEN_MIGRATIONS)))
        .getOrDefault(id, List.of())
        .contains(key);
  }

  private static boolean stillSlow(Diagnosis diagnosis) {
    return problems(diagnosis).stream()
        .anyMatch(List.of("slow.edge", "slow.application", "slow.timeouts")::contains);
  }

  private static List<String> problems(Diagnosis diagnosis) {
    return diagnosis.findings().stream()
        .filter(each -> each.verdict() == Verdict.PROBLEM)
        .map(Finding::id)
        .toList();
  }

  /** Bounds of the edge's buckets that have no 3 s: what lies inside one cannot be told. */
  @ParameterizedTest
  @CsvSource({"990, 1000, OK", "900, 1000, UNKNOWN", "100, 800, PROBLEM"})
  void verdict_limitInsideABucket_isByCountsAlone(double to2s, double to5s, Verdict expected) {
    var world = new SlowWorld();
    world.edge = Buckets.of(Map.of(2.0, to2s, 5.0, to5s, Double.POSITIVE_INFINITY, 1_000.0));
    world.quick = 0;

    var edge = world.diagnose().finding(AtEdge.class).orElseThrow();

    assertThat(edge.verdict()).isEqualTo(expected);
    assertThat(edge.summary()).contains("between");
  }

  @Test
  void diagnose_applicationSlowEdgeUnread_isAProblem() {
    var diagnosis = new SlowWorld().slow().fails(PlatformLook.ANSWER_TIMES).diagnose();

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(diagnosis.finding(InApplication.class).orElseThrow().summary())
        .contains("by its own count over 10 s", "most on /app/orders (100)");
  }

  @Test
  void diagnose_applicationQuickEdgeUnread_isNotOk() {
    assertThat(new SlowWorld().fails(PlatformLook.ANSWER_TIMES).diagnose().verdict())
        .isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void diagnose_thinWindowOfTheApplication_doesNotWithholdWhatTheEdgeTells() {
    var world = new SlowWorld();
    world.quick = 2;

    assertThat(world.diagnose().verdict()).isEqualTo(Verdict.OK);
  }

  @Test
  void diagnose_logReadInPart_saysSo() {
    var world = new SlowWorld();
    world.lines.clear();
    world.lines.add(SlowWorld.line(Duration.ofMinutes(1), "started"));

    assertThat(world.diagnose().notChecked())
        .extracting(NotChecked::what)
        .contains("the whole log");
  }

  @Test
  void diagnose_slowAndNoHistory_saysThatItWasNotSeenSinceWhen() {
    var diagnosis = new SlowWorld().slow().fails(PlatformLook.ANSWER_HISTORY).diagnose();

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(diagnosis.finding(Began.class)).isEmpty();
    assertThat(diagnosis.notChecked())
        .extracting(NotChecked::what)
        .contains(PlatformLook.ANSWER_HISTORY.name());
    assertThat(diagnosis.contraindications())
        .extracting(Contraindication::id)
        .doesNotContain("platform.roll-back");
    assertThat(new SlowWorld().fails(PlatformLook.ANSWER_HISTORY).diagnose().verdict())
        .isEqualTo(Verdict.OK);
  }

  @Test
  void diagnose_cacheHitsLessThanItUsesTo_pointsToIt() {
    var world = SlowScenarios.A_CACHE_HITS_LESS_THAN_IT_USES_TO.world();

    var caches = world.diagnose().finding(SlowCause.Caches.class).orElseThrow();
    world.cacheHitsBefore = 0;
    var unknown = world.diagnose().finding(SlowCause.Caches.class).orElseThrow();

    assertThat(caches.points()).isTrue();
    assertThat(caches.summary()).contains("tiles: 60.0 % hits of 100, 100.0 % before");
    assertThat(unknown.points()).isFalse();
    assertThat(unknown.summary()).doesNotContain("before");
  }

  @Test
  void recommendations_heldBack_nameTheNextSizeAndKeepTheMemory() {
    var line = SlowScenarios.HELD_BACK_BY_THE_PLATFORM.world().diagnose().next();

    assertThat(line).contains("ops.platform().scale(\"shared-cpu-4x\", 2048).plan()");
  }

  @Test
  void recommendations_provenIndex_giveTheLineWithItsColumns() {
    assertThat(SlowScenarios.STATEMENT_LACKS_AN_INDEX.world().diagnose().next())
        .contains(
            "ops.database().createIndex(\"public.orders\", \"shop_id\", \"created_at\").plan()");
  }

  @Test
  void summary_noWindow_saysThatFiguresAreOfAllTime() {
    var world = new SlowWorld().slow().statement(42, 2, Duration.ofSeconds(4));
    world.statementWindow = Duration.ZERO;

    assertThat(world.diagnose().toString()).contains("since the server's counters began");
  }

  @Test
  void lines_ofAllScenarios_canBeTyped() {
    for (var scenario : SlowScenarios.values()) {
      TypedLines.check(scenario.world().diagnose());
    }
  }

  @Test
  void thresholds_outOfRange_areRefused() {
    var good = SlowResponseTimesThresholds.DEFAULT;

    assertThatThrownBy(() -> with(good, Duration.ZERO, 5, 0.1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> with(good, Duration.ofSeconds(3), 0, 0.1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> with(good, Duration.ofSeconds(3), 5, 1.1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static SlowResponseTimesThresholds with(
      SlowResponseTimesThresholds from, Duration limit, int least, double throttled) {
    return new SlowResponseTimesThresholds(
        limit,
        least,
        from.lockWait(),
        from.statementMean(),
        from.statementLoad(),
        from.cacheRatio(),
        throttled,
        from.eventLoopLag());
  }

  private static String first(Diagnosis diagnosis) {
    return diagnosis.recommendations().stream().map(Recommendation::id).findFirst().orElse("");
  }
}
