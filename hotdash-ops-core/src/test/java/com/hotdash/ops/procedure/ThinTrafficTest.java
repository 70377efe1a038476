package com.hotdash.ops.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.app.AppHealth;
import com.hotdash.ops.app.AppMetrics;
import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.app.AppWindow;
import com.hotdash.ops.app.Instance;
import com.hotdash.ops.app.MachineHealth;
import com.hotdash.ops.app.MachineMetrics;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.health.HealthReport;
import com.hotdash.ops.health.HealthShape;
import com.hotdash.ops.health.HealthStatus;
import com.hotdash.ops.health.ProbeResult;
import com.hotdash.ops.health.ProbeResult.Outcome;
import com.hotdash.ops.metrics.MetricNames;
import com.hotdash.ops.metrics.MetricsReader;
import com.hotdash.ops.metrics.Scrape;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.Traffic;
import com.hotdash.ops.procedure.ErrorShares.ApplicationErrors;
import com.hotdash.ops.procedure.ErrorShares.ErrorRate;
import com.hotdash.ops.procedure.ErrorShares.OwnProbes;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThinTrafficTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:30:00Z");
  private static final Instance MACHINE = new Instance("m1", Map.of("x-pin", "m1"), null, null);

  private Reading<Traffic> traffic =
      Reading.unread(
          new NotChecked("requests at the edge", Why.UNREACHABLE, "no answer", "ask again"));
  private @Nullable AppWindow window;
  private final List<ProbeResult> probes = new ArrayList<>();

  /** Requests a minute over an hour, the share of errors, what decides, over how many minutes. */
  @ParameterizedTest
  @CsvSource({
    "100, 0,    OK,      5",
    "10,  0.5,  PROBLEM, 5",
    "10,  0,    OK,      15",
    "10,  0.12, PROBLEM, 15",
    "3,   0,    OK,      60",
    "3,   0.12, PROBLEM, 60",
    "1,   0,    UNKNOWN, 60",
    "10,  0.06, UNKNOWN, 60",
    "0,   0,    UNKNOWN, 60",
  })
  void errorRate_widensOnlyAsFarAsTheCountsNeed(
      double perMinute, double share, Verdict expected, int minutes) {
    traffic = history(60, perMinute, share);

    var rate = diagnose().finding(ErrorRate.class).orElseThrow();

    assertThat(rate.verdict()).isEqualTo(expected);
    assertThat(rate.window()).isEqualTo(Duration.ofMinutes(minutes));
    assertThat(rate.summary()).contains(" " + minutes + " min");
  }

  @Test
  void errorRate_noWindowDecides_tellsAllCountsAndWhatToDo() {
    traffic = history(60, 1, 0);

    var diagnosis = diagnose();

    assertThat(diagnosis.finding(ErrorRate.class).orElseThrow().summary())
        .contains("too few requests", "0 of 5 in 5 min, 0 of 15 in 15 min, 0 of 60 in 60 min");
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(diagnosis.recommendations())
        .extracting(Recommendation::id)
        .containsExactly("errors.look-again");
  }

  @Test
  void errorRate_shortHistory_saysHowShort() {
    traffic = history(7, 1, 0);

    assertThat(diagnose().finding(ErrorRate.class).orElseThrow().summary())
        .contains("0 of 5 in 5 min, 0 of 7 in 7 min ended");
  }

  @Test
  void errorRate_goodNowAndBadBefore_isOkAndSaysSo() {
    var points = new ArrayList<>(history(60, 100, 0.5).toOptional().orElseThrow().points());
    for (int i = 50; i < 60; i++) {
      points.set(i, new Traffic.Point(points.get(i).until(), 100, 0));
    }
    traffic = read(new Traffic(Duration.ofMinutes(1), points));

    var rate = diagnose().finding(ErrorRate.class).orElseThrow();

    assertThat(rate.verdict()).isEqualTo(Verdict.OK);
    assertThat(rate.summary())
        .contains("none of 500 answers in 5 min is 5xx", "41.7 % over the last 60 min");
  }

  /** Requests and errors between two scrapes, age of the process in minutes, and since it began. */
  @ParameterizedTest
  @CsvSource({
    "200, 100, 500, 0,  0,  PROBLEM, '100 of 200 requests in 10 s failed, most on /orders (100)'",
    "0,   0,   8,   10, 4,  PROBLEM, 4 of 10 requests in 480 s failed since its processes began",
    "2,   0,   8,   10, 0,  UNKNOWN, 0 of 2 requests in 10 s failed",
    "2,   0,   61,  90, 80, UNKNOWN, 0 of 2 requests in 10 s failed: too few to tell",
  })
  void applicationErrors_edgeUnread_addAProblemAndNeverOk(
      int requests, int errors, int age, int total, int failed, Verdict expected, String told) {
    window = window(requests, errors, age, Math.max(total, requests), Math.max(failed, errors));

    var diagnosis = diagnose();

    var found = diagnosis.finding(ApplicationErrors.class).orElseThrow();
    assertThat(found.verdict()).isEqualTo(expected);
    assertThat(found.summary()).contains(told);
    assertThat(diagnosis.verdict()).isEqualTo(expected);
  }

  @Test
  void applicationErrors_plentyAndGood_doNotMakeUpForTheEdge() {
    window = window(100_000, 10, 500, 200_000, 20);

    var diagnosis = diagnose();

    assertThat(diagnosis.finding(ApplicationErrors.class).orElseThrow().verdict())
        .isEqualTo(Verdict.OK);
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(diagnosis.notChecked())
        .extracting(NotChecked::what)
        .contains("requests at the edge");
  }

  @Test
  void applicationErrors_edgeDecidedWell_weighOnlyIfBad() {
    traffic = history(60, 100, 0);
    window = window(2, 0, 500, 2, 0);
    assertThat(diagnose().finding(ApplicationErrors.class)).isEmpty();

    window = window(200, 100, 500, 200, 100);
    assertThat(diagnose().verdict()).isEqualTo(Verdict.PROBLEM);
  }

  /** What the processes have counted since they began may be an outage that is over. */
  @Test
  void applicationErrors_edgeDecidedWell_whatWasBeforeDoesNotWeigh() {
    window = window(8, 0, 50, 11_808, 1_800);
    assertThat(diagnose().verdict()).isEqualTo(Verdict.PROBLEM);

    traffic = history(60, 100, 0);
    assertThat(diagnose().finding(ApplicationErrors.class)).isEmpty();
  }

  /** How many probes failed, were well, tell nothing; what comes of it. */
  @ParameterizedTest
  @CsvSource({
    "6, 0, 0, PROBLEM, 6 of 6",
    "3, 3, 0, PROBLEM, 3 of 6",
    "1, 5, 0, UNKNOWN, 1 of 6",
    "0, 6, 0, UNKNOWN, 0 of 6",
    "0, 2, 4, UNKNOWN, 0 of 2"
  })
  void ownProbes_areCountedApart_andNeverMakeOk(
      int failed, int well, int nothing, Verdict expected, String told) {
    traffic = history(60, 1, 0);
    var before = traffic.toOptional().orElseThrow().requests();
    for (int i = 0; i < failed; i++) {
      probes.add(i % 2 == 0 ? answered(503) : silent(Outcome.TIMED_OUT));
    }
    for (int i = 0; i < well; i++) {
      probes.add(answered(200));
    }
    for (int i = 0; i < nothing; i++) {
      probes.add(i % 2 == 0 ? answered(404) : silent(Outcome.NOT_LOOKED));
    }

    var diagnosis = diagnose();

    var found = diagnosis.finding(OwnProbes.class).orElseThrow();
    assertThat(found.verdict()).isEqualTo(expected);
    assertThat(found.summary()).startsWith(told).contains("no traffic of users");
    assertThat(diagnosis.verdict()).isEqualTo(expected);
    var rate = diagnosis.finding(ErrorRate.class).orElseThrow();
    assertThat(rate.traffic().requests()).isEqualTo(before);
    assertThat(rate.verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void ownProbes_edgeDecided_areNotLookedAt() {
    traffic = history(60, 100, 0);
    probes.add(answered(503));

    assertThat(diagnose().finding(OwnProbes.class)).isEmpty();
  }

  @Test
  void undecided_thinOrUnread_asksForMore() {
    var procedure = new HighErrorRateProcedure(ErrorRateThresholds.DEFAULT);

    assertThat(procedure.undecided(observation())).isTrue();
    traffic = history(60, 1, 0);
    assertThat(procedure.undecided(observation())).isTrue();
    traffic = history(60, 100, 0);
    assertThat(procedure.undecided(observation())).isFalse();
  }

  private Diagnosis diagnose() {
    return new HighErrorRateProcedure(ErrorRateThresholds.DEFAULT)
        .diagnose(observation(), new Estate("production", List.of()));
  }

  private Observation observation() {
    var seen = Observation.at(NOW).with(PlatformLook.TRAFFIC, traffic);
    if (window != null) {
      seen.with(AppReader.METRICS, read(window));
    }
    if (!probes.isEmpty()) {
      var machine = new MachineHealth(MACHINE, probes);
      seen.with(AppReader.HEALTH, read(new AppHealth(List.of(machine), null, NOW)));
    }
    return seen.build();
  }

  private static Reading<Traffic> history(int minutes, double perMinute, double share) {
    var points = new ArrayList<Traffic.Point>();
    for (int i = minutes - 1; i >= 0; i--) {
      points.add(new Traffic.Point(NOW.minus(Duration.ofMinutes(i)), perMinute, perMinute * share));
    }
    return read(new Traffic(Duration.ofMinutes(1), points));
  }

  private static AppWindow window(int requests, int errors, int age, int total, int failed) {
    long start = NOW.minus(Duration.ofMinutes(age)).getEpochSecond();
    return new AppWindow(
        metrics(start, total - requests, failed - errors, -10),
        metrics(start, total, failed, 0),
        MetricNames.hotdash());
  }

  private static AppMetrics metrics(long start, int total, int failed, int second) {
    var body =
        """
        # TYPE http_requests_total counter
        http_requests_total{route="/orders",status_code="200"} %d
        http_requests_total{route="/orders",status_code="500"} %d
        http_requests_total{route="/health",status_code="503"} %d
        process_start_time_seconds %d
        """
            .formatted(total - failed, failed, 5_000 + second, start);
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

  private static ProbeResult answered(int code) {
    var status = code == 200 ? HealthStatus.PASS : HealthStatus.FAIL;
    var report =
        new HealthReport(
            code,
            status,
            status,
            null,
            HealthShape.PLAIN,
            null,
            null,
            List.of(),
            Map.of(),
            null,
            null,
            null,
            List.of());
    return new ProbeResult(
        "/health", Outcome.ANSWERED, report, Duration.ofMillis(9), NOW, null, null, null);
  }

  private static ProbeResult silent(Outcome outcome) {
    return new ProbeResult("/health", outcome, null, Duration.ZERO, NOW, null, "no answer", null);
  }

  private static <T> Reading<T> read(T value) {
    return Reading.of(value, Evidence.of("", "test", NOW));
  }
}
