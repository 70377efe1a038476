package com.hotdash.ops.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.app.AppMetrics;
import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.app.AppWindow;
import com.hotdash.ops.app.Instance;
import com.hotdash.ops.app.MachineMetrics;
import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.logs.LogLine;
import com.hotdash.ops.logs.LogQuery;
import com.hotdash.ops.logs.LogReader;
import com.hotdash.ops.metrics.MetricNames;
import com.hotdash.ops.metrics.MetricsReader;
import com.hotdash.ops.metrics.Scrape;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.shop.ShopAnswer;
import com.hotdash.ops.shop.ShopBudget;
import com.hotdash.ops.shop.ShopCalls;
import com.hotdash.ops.shop.ShopLook;
import com.hotdash.ops.shop.ShopOperation;
import com.hotdash.ops.shop.ShopScopes;
import com.hotdash.ops.shop.ShopSubscriptions;
import com.hotdash.ops.shop.ShopTrouble;
import com.hotdash.ops.shop.ShopVersion;
import com.hotdash.ops.shop.Subscription;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShopApiErrorsProcedureTest {
  private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");
  private static final Instance MACHINE = new Instance("m1", Map.of("x-pin", "m1"), null, null);

  private Reading<ShopAnswer> answer = answered(ShopTrouble.NONE, 120);
  private Reading<ShopScopes> scopes =
      read(new ShopScopes(Set.of("read_orders"), Set.of("read_orders")));
  private Reading<ShopVersion> version =
      read(new ShopVersion("2026-10", "2026-10", "2026-10", Instant.parse("2027-10-16T15:00:00Z")));
  private Reading<ShopBudget> budget =
      read(new ShopBudget(2_000, 100, 1_990, 10, 0, false, Duration.ofSeconds(2)));
  private Reading<ShopSubscriptions> subscriptions =
      read(new ShopSubscriptions(List.of(), List.of(), true));
  private Reading<ShopCalls> calls = unread("calls");
  private boolean logsRead = true;
  private Reading<AppWindow> metrics = unread("metrics");
  private final List<LogLine> lines = new ArrayList<>(List.of(line("order 4711 was synced")));

  @Test
  void diagnose_allWellAndTheLogReadWhole_isOk() {
    assertThat(diagnose().verdict()).isEqualTo(Verdict.OK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"answer", "scopes", "version", "budget", "subscriptions", "application"})
  void diagnose_oneNotRead_isNeverOk(String which) {
    switch (which) {
      case "answer" -> answer = unread(which);
      case "scopes" -> scopes = unread(which);
      case "version" -> version = unread(which);
      case "budget" -> budget = unread(which);
      case "subscriptions" -> subscriptions = unread(which);
      default -> logsRead = false;
    }

    var diagnosis = diagnose();

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(diagnosis.notChecked()).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = ShopTrouble.class,
      names = {"NONE", "NOT_UNDERSTOOD"},
      mode = EnumSource.Mode.EXCLUDE)
  void diagnose_shopRefuses_isAProblemAndTheRestIsListed(ShopTrouble trouble) {
    answer = answered(trouble, 100);
    scopes = unread("scopes");
    budget = unread("budget");

    var diagnosis = diagnose();

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(diagnosis.toString()).contains(trouble.clause().substring(0, 8));
    assertThat(diagnosis.notChecked()).extracting(NotChecked::what).contains("scopes", "budget");
  }

  @Test
  void diagnose_answerNotUnderstood_isUnknown() {
    answer = answered(ShopTrouble.NOT_UNDERSTOOD, 100);

    assertThat(diagnose().verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  /** Half of what the service waits is late; one late or failed answer alone tells little. */
  @ParameterizedTest
  @CsvSource({
    "4999, , OK",
    "5000, , UNKNOWN",
    "5000, NONE 5000, PROBLEM",
    "5000, FAILED 80, PROBLEM",
    "4999, FAILED 80, OK",
  })
  void diagnose_slowAnswer_isAProblemIfItComesTwice(
      int millis, @Nullable String before, Verdict expected) {
    var now = answered(ShopTrouble.NONE, millis);
    var first = before == null ? null : before.split(" ", -1);
    answer =
        first == null
            ? now
            : now.map(
                each ->
                    each.after(
                        shopAnswer(ShopTrouble.valueOf(first[0]), Integer.parseInt(first[1]))));

    var diagnosis = diagnose();

    assertThat(diagnosis.verdict()).isEqualTo(expected);
    assertThat(diagnosis.next().isPresent()).isEqualTo(expected == Verdict.UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource(
      value = ShopTrouble.class,
      names = {"FAILED", "TIMED_OUT"})
  void diagnose_oneFailedAnswer_isUnknownAndToBeLookedAtAgain(ShopTrouble trouble) {
    answer = read(shopAnswer(trouble, 80));

    var diagnosis = diagnose();

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(diagnosis.next()).contains("ops.shopifyApiErrors().diagnose()");
  }

  @ParameterizedTest
  @CsvSource({
    "Invalid API key or access token, 1, PROBLEM, shop.rotate-secret",
    "GraphQL error: Throttled, 1, PROBLEM, shop.retry-at-once",
    "Shopify request timed out, 5, PROBLEM, shop.raise-timeouts",
    "Shopify request timed out, 4, OK, shop.raise-timeouts",
  })
  void diagnose_loggedTrouble_isAProblemAlthoughTheShopAnswersUs(
      String message, int times, Verdict expected, String notToBeDone) {
    for (int i = 0; i < times; i++) {
      lines.add(line(message));
    }

    var diagnosis = diagnose();

    assertThat(diagnosis.verdict()).isEqualTo(expected);
    assertThat(diagnosis.contraindications())
        .extracting(Contraindication::id)
        .contains(notToBeDone);
  }

  /** Calls and errors by the application's own count; no log was read. */
  @ParameterizedTest
  @CsvSource({"1000, 0, OK", "1000, 200, PROBLEM", "3, 0, UNKNOWN", "0, 0, UNKNOWN"})
  void diagnose_countersOnly_decideWhereThereAreEnough(int made, int failed, Verdict expected) {
    logsRead = false;
    metrics = read(window(made, failed));

    assertThat(diagnose().verdict()).isEqualTo(expected);
  }

  @Test
  void diagnose_fewCountsBesideAWholeLog_areDecidedByTheLog() {
    metrics = read(window(3, 0));

    assertThat(diagnose().verdict()).isEqualTo(Verdict.OK);
  }

  @ParameterizedTest
  @CsvSource({"199, PROBLEM", "200, OK"})
  void diagnose_budgetWithoutKnownCalls_isJudgedByATenth(double available, Verdict expected) {
    budget = read(new ShopBudget(2_000, 100, available, 0, 0, false, Duration.ofSeconds(2)));

    assertThat(diagnose().verdict()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, 90, OK", "0, 50, OK", "0, 49, PROBLEM", "45, 55, OK", "60, 55, PROBLEM"})
  void diagnose_budgetUsedUpByThisProcess_isNoProblem(
      double foreign, double own, Verdict expected) {
    budget = read(new ShopBudget(2_000, 100, 10, foreign, own, false, Duration.ofSeconds(2)));

    assertThat(diagnose().verdict()).isEqualTo(expected);
  }

  @Test
  void diagnose_restCallsAnswered429_advisesFewerAndSaysNothingOfPoints() {
    calls =
        read(
            new ShopCalls(
                Duration.ofMinutes(1),
                List.of(
                    new ShopOperation(
                        "REST GET orders",
                        40,
                        0,
                        0,
                        3,
                        0,
                        30,
                        Duration.ofMillis(80),
                        Duration.ofSeconds(1),
                        null))));

    var diagnosis = diagnose();

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(diagnosis.recommendations())
        .extracting(Recommendation::id)
        .contains("shop.fewer-rest-calls", "shop.cache")
        .doesNotContain("shop.wait-for-points");
    assertThat(diagnosis.recommendations().toString())
        .contains("1800 calls/h")
        .doesNotContain("0 points/h");
  }

  @Test
  void diagnose_budgetBelowTheLargestCall_tellsTheExactWait() {
    // The measured refusal: 862 points asked for, 572 left, 200 a second.
    budget = read(new ShopBudget(4_000, 200, 572, 0, 0, false, Duration.ofSeconds(2)));
    calls = read(new ShopCalls(Duration.ofMinutes(1), List.of(operation("orders", 862, 16))));

    var diagnosis = diagnose();

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(diagnosis.recommendations())
        .filteredOn(each -> each.id().equals("shop.wait-for-points"))
        .singleElement()
        .satisfies(each -> assertThat(each.what()).contains("200 seconds", "1.5 s for orders"));
  }

  @ParameterizedTest
  @CsvSource({"100, 89, OK", "100, 90, PROBLEM", "1000, 95, OK", "700, 118, PROBLEM"})
  void foreignUse_othersTakeAlmostAll_isAProblemWhereLittleIsLeftInAMinute(
      double left, double foreign, Verdict expected) {
    budget = read(new ShopBudget(2_000, 100, left, foreign, 0, false, Duration.ofSeconds(2)));

    assertThat(diagnose().finding(ShopPoints.ForeignUse.class).orElseThrow().verdict())
        .isEqualTo(expected);
  }

  @Test
  void diagnose_throttledCallsOfItsOwn_namesTheDearestWithNumbers() {
    var dear = operation("orders", 862, 16);
    var cheap = operation("shop", 1, 16);
    calls = read(new ShopCalls(Duration.ofMinutes(1), List.of(cheap, dear)));

    var diagnosis = diagnose();

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(diagnosis.recommendations())
        .extracting(Recommendation::id)
        .contains("shop.bulk-operation", "shop.call-less");
    assertThat(diagnosis.recommendations())
        .filteredOn(each -> each.id().equals("shop.call-less"))
        .first()
        .satisfies(each -> assertThat(each.what()).contains("orders"));
  }

  @Test
  void diagnose_pagesMostlyEmpty_tellsWhatHoldingThemCosts() {
    var wide =
        new ShopOperation(
            "orders", 20, 2_000, 400, 0, 0, 0, Duration.ofSeconds(2), Duration.ofSeconds(3), null);
    calls = read(new ShopCalls(Duration.ofMinutes(1), List.of(wide)));

    assertThat(diagnose().recommendations())
        .filteredOn(each -> each.id().equals("shop.page-size"))
        .singleElement()
        // 5 calls in flight of 2,000 / 400, 100 points each, 2 s each: 250, bound by 100 a second.
        .satisfies(each -> assertThat(each.because()).contains("at most 5 run at once"));
  }

  @Test
  void diagnose_subscriptionsMissing_recommendsTheResolution() {
    subscriptions =
        read(
            new ShopSubscriptions(
                List.of(),
                List.of(new Subscription("ORDERS_CREATE", "https://hotdash.example/w")),
                true));

    assertThat(diagnose().next()).contains("ops.shopifyApiErrors().restoreSubscriptions().plan()");
  }

  @Test
  void diagnose_subscriptionsNotAllListed_isUnknown() {
    subscriptions =
        read(
            new ShopSubscriptions(
                List.of(),
                List.of(new Subscription("ORDERS_CREATE", "https://hotdash.example/w")),
                false));

    assertThat(diagnose().verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void diagnosis_onAScreen_hasVerdictOnTopWithinTheWidth() {
    answer = answered(ShopTrouble.UNAUTHORIZED, 80);

    var text = diagnose().toString();

    assertThat(text.lines().limit(6)).anyMatch(line -> line.startsWith("[PROBLEM] the shop does"));
    assertThat(text.lines()).allMatch(line -> line.length() <= 100);
  }

  private Diagnosis diagnose() {
    var query = new LogQuery("test", NOW.minus(Duration.ofMinutes(10)), NOW, true, List.of());
    var seen =
        Observation.at(NOW)
            .with(ShopLook.ANSWER, answer)
            .with(ShopLook.SCOPES, scopes)
            .with(ShopLook.VERSION, version)
            .with(ShopLook.BUDGET, budget)
            .with(ShopLook.SUBSCRIPTIONS, subscriptions)
            .with(ShopLook.CALLS, calls)
            .with(AppReader.METRICS, metrics)
            .with(
                PlatformLook.LOGS,
                logsRead
                    ? LogReader.builder().build().read(lines, query).reading()
                    : unread("logs"))
            .build();
    return new ShopApiErrorsProcedure(ShopThresholds.DEFAULT)
        .diagnose(seen, new Estate("production", List.of()));
  }

  private static ShopOperation operation(String name, double requested, int count) {
    return new ShopOperation(
        name,
        count,
        requested * count / 8,
        requested,
        requested > 1 ? count / 2 : 0,
        0,
        0,
        Duration.ofMillis(300),
        Duration.ofSeconds(1),
        null);
  }

  /** What may pass comes twice. */
  private static Reading<ShopAnswer> answered(ShopTrouble trouble, int millis) {
    var one = shopAnswer(trouble, millis);
    return read(trouble.passing() ? one.after(one) : one);
  }

  private static ShopAnswer shopAnswer(ShopTrouble trouble, int millis) {
    return new ShopAnswer(
        trouble,
        trouble == ShopTrouble.NONE ? "" : "it said so",
        trouble == ShopTrouble.NONE ? "" : "see to it",
        Duration.ofMillis(millis),
        "1b355a21");
  }

  private static AppWindow window(int made, int failed) {
    return new AppWindow(scrape(0, 0, -10), scrape(made, failed, 0), MetricNames.hotdash());
  }

  private static AppMetrics scrape(int made, int failed, int second) {
    var body =
        """
        # TYPE shopify_api_calls_total counter
        shopify_api_calls_total{operation="orders",status="success"} %d
        shopify_api_calls_total{operation="orders",status="error"} %d
        process_start_time_seconds 1700000000
        """
            .formatted(made - failed, failed);
    var at = NOW.plusSeconds(second);
    var scrape =
        MetricsReader.standard()
            .read(
                new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
                "text/plain; version=0.0.4",
                "test",
                at)
            .map(read -> new Scrape("m1", read, at, Duration.ofSeconds(second).toNanos()));
    return new AppMetrics(List.of(new MachineMetrics(MACHINE, scrape)), null, at);
  }

  private static <T> Reading<T> read(T value) {
    return Reading.of(value, Evidence.of("", "test", NOW));
  }

  private static <T> Reading<T> unread(String what) {
    return Reading.unread(new NotChecked(what, Why.TIMED_OUT, "no answer", "ask again"));
  }

  private static LogLine line(String message) {
    return new LogLine(NOW.minusSeconds(60), "m1", "ord", "app", "info", message, null);
  }
}
