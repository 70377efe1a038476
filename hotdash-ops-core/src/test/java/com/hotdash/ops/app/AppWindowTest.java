package com.hotdash.ops.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.metrics.MachineWindow;
import com.hotdash.ops.time.ManualTime;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppWindowTest {
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final double YESTERDAY = 1_700_000_000;

  @StartStop private final MockWebServer server = new MockWebServer();
  private final Exporters exporters = new Exporters();
  private final ManualTime clock = new ManualTime();
  private Runnable meanwhile = () -> {};

  @BeforeEach
  void serve() {
    server.setDispatcher(exporters);
    exporters.says("m1", Exporters.hotdash(YESTERDAY, 10_000, 50));
    exporters.says("m2", Exporters.hotdash(YESTERDAY, 20_000, 70));
  }

  /** Time in which something happens while somebody waits. */
  private Time time() {
    var time = clock.time();
    return new Time(
        time.clock(),
        time.ticker(),
        wait -> {
          time.sleeper().sleep(wait);
          // A try again sleeps too, but for much less, and while others are still asked.
          if (wait.compareTo(WINDOW.dividedBy(2)) > 0) {
            meanwhile.run();
          }
        });
  }

  private AppClient.Builder client(Instances machines) {
    return AppClient.builder()
        .baseUrl(server.url("/").toString())
        .healthPaths("/internal/up")
        .metricsPath("/internal/numbers")
        .time(time())
        .instances(machines);
  }

  private AppClient client(String... machines) {
    return client(Instances.of(List.of(machines).stream().map(AppWindowTest::machine).toList()))
        .build();
  }

  private static Instance machine(String id) {
    return new Instance(id, Map.of("x-pin", id), null, null);
  }

  @Test
  void window_twoMachines_addsUpWhatGrewAndLeavesProbesOut() {
    meanwhile =
        () -> {
          exporters.says("m1", Exporters.hotdash(YESTERDAY, 10_900, 150));
          exporters.says("m2", Exporters.hotdash(YESTERDAY, 21_000, 70));
        };
    try (var app = client("m1", "m2")) {
      var window = app.window(WINDOW);

      assertThat(window.complete()).isTrue();
      assertThat(window.errorShare().total()).isEqualTo(2_000);
      assertThat(window.errorShare().share()).isCloseTo(0.05, within(1e-9));
      assertThat(window.increases().window()).isEqualTo(WINDOW);
      assertThat(window.processes()).hasSize(2);
      assertThat(window.toString())
          .contains("over 10.0 s: [m1, m2]", "5.00 % (100 of 2000 requests), most on /orders")
          .contains("latency: no histogram", "m1: 100 MB resident");
    }
    assertThat(clock.slept()).containsExactly(WINDOW);
  }

  @Test
  void metrics_asReading_tellsWindowSampleAndALineForEachMachine() {
    meanwhile = () -> exporters.says("m1", Exporters.hotdash(YESTERDAY, 10_400, 50));
    try (var app = client("m1", "m2")) {
      var evidence =
          app.metrics(WINDOW, time().deadline(Duration.ofSeconds(30)))
              .evidenceIfRead()
              .orElseThrow();

      assertThat(evidence.window()).isEqualTo(WINDOW);
      assertThat(evidence.sampleSize()).isEqualTo(400);
      assertThat(evidence.coverage()).isNull();
      var url = server.url("/internal/numbers");
      assertThat(evidence.byHand())
          .isEqualTo(
              "curl -sSi --max-time 11 -H 'x-pin: m1' '%s'%ncurl -sSi --max-time 11 -H 'x-pin: m2' '%s'"
                  .formatted(url, url));
    }
  }

  @Test
  void window_machineRestarted_isALowerBound() {
    meanwhile =
        () -> {
          double now = clock.now().getEpochSecond() - 2;
          exporters.says("m1", Exporters.hotdash(now, 30, 5));
        };
    try (var app = client("m1", "m2")) {
      var window = app.window(WINDOW);

      assertThat(window.increases().machines())
          .extracting(MachineWindow::restarted)
          .containsExactly(true, false);
      assertThat(window.errorShare().errors()).isEqualTo(5);
      assertThat(window.toString()).contains("m1 (restarted)");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"404", "html", "dead", "503", "empty"})
  void window_machineLostInBetween_isTheOthersAndNeverComplete(String how) {
    meanwhile =
        () -> {
          exporters.answers("m1", Exporters.odd(how));
          exporters.says("m2", Exporters.hotdash(YESTERDAY, 30_000, 70));
        };
    try (var app = client("m1", "m2")) {
      var reading = app.metrics(WINDOW, time().deadline(Duration.ofSeconds(30)));
      var window = reading.toOptional().orElseThrow();

      assertThat(window.complete()).isFalse();
      assertThat(window.notSeen()).extracting(NotChecked::what).containsExactly("metrics of m1");
      assertThat(window.errorShare().verdict(0.05)).isEqualTo(Verdict.UNKNOWN);
      assertThat(reading.evidenceIfRead().orElseThrow().coverage())
          .isEqualTo("1 of 2 machines compared");
      assertThat(window.toString()).contains("[m2]", "metrics of m1: ");
    }
  }

  @Test
  void window_machineDeadAllTheTime_isTheOthersAndNeverFine() {
    exporters.answers("m1", Exporters.odd("dead"));
    exporters.says("m2", Exporters.timed(YESTERDAY, 10_000));
    meanwhile = () -> exporters.says("m2", Exporters.timed(YESTERDAY, 20_000));
    try (var app = client("m1", "m2")) {
      var window = app.window(WINDOW);

      assertThat(window.complete()).isFalse();
      assertThat(window.notSeen()).hasSize(1);
      assertThat(window.errorShare().total()).isEqualTo(10_000);
      assertThat(window.errorShare().verdict(0.05)).isEqualTo(Verdict.UNKNOWN);
      assertThat(window.errorShare().coverage()).contains("metrics of m1: unreachable");
      assertThat(window.latency(Duration.ofSeconds(3)).verdict()).isEqualTo(Verdict.UNKNOWN);
    }
  }

  @Test
  void window_allMachinesSeen_isFineWhereTheNumbersAre() {
    exporters.says("m1", Exporters.timed(YESTERDAY, 10_000));
    exporters.says("m2", Exporters.timed(YESTERDAY, 10_000));
    meanwhile = () -> exporters.says("m2", Exporters.timed(YESTERDAY, 20_000));
    try (var app = client("m1", "m2")) {
      var window = app.window(WINDOW);

      assertThat(window.errorShare().verdict(0.05)).isEqualTo(Verdict.OK);
      assertThat(window.latency(Duration.ofSeconds(3)).verdict()).isEqualTo(Verdict.OK);
    }
  }

  // What a process counted and did not tell before it ended may have been nothing but errors.
  @Test
  void window_machineRestarted_isNeverFine() {
    exporters.says("m1", Exporters.timed(YESTERDAY, 10_000));
    meanwhile =
        () -> {
          double now = clock.now().getEpochSecond() - 2;
          exporters.says("m1", Exporters.timed(now, 9_000));
        };
    try (var app = client("m1")) {
      var window = app.window(WINDOW);

      assertThat(window.complete()).isFalse();
      assertThat(window.errorShare().total()).isEqualTo(9_000);
      assertThat(window.errorShare().verdict(0.05)).isEqualTo(Verdict.UNKNOWN);
      assertThat(window.latency(Duration.ofSeconds(3)).verdict()).isEqualTo(Verdict.UNKNOWN);
    }
  }

  @Test
  void metrics_frontDoorThatDoesNotSayWhoItIs_isNotCompared() {
    var anonymous = "http_requests_total{route=\"/a\",status_code=\"200\"} ";
    exporters.says("", anonymous + "10000\n");
    meanwhile = () -> exporters.says("", anonymous + "70000\n");
    try (var app = client(Instances.single()).build()) {
      var reading = app.metrics(WINDOW, time().deadline(Duration.ofSeconds(30)));

      assertThat(reading.obstacle().orElseThrow().detail()).contains("may be of two machines");
    }
  }

  @Test
  void window_frontDoor_isNeverFine() {
    exporters.says("", Exporters.timed(YESTERDAY, 10_000));
    meanwhile = () -> exporters.says("", Exporters.timed(YESTERDAY, 20_000));
    try (var app = client(Instances.single()).build()) {
      assertThat(app.window(WINDOW).errorShare().verdict(0.05)).isEqualTo(Verdict.UNKNOWN);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"de-DE", "ar-EG-u-nu-arab"})
  void toString_foreignDefaultLocale_changesNothing(String tag) {
    exporters.says("m1", Exporters.timed(YESTERDAY, 10_000));
    meanwhile = () -> exporters.says("m1", Exporters.timed(YESTERDAY, 20_000));
    var own = Locale.getDefault();
    try (var app = client("m1")) {
      Locale.setDefault(Locale.forLanguageTag(tag));
      var window = app.window(WINDOW);

      assertThat(window.toString())
          .contains("errors: 0.00 % (0 of 10000 requests)")
          .contains("p95 0.950 s, p99 0.990 s; 100.00 % within 3.0 s")
          .contains("m1: 100 MB resident");
      assertThat(window.after().toString()).contains("1 of 1 machines (m1)");
      assertThat(window.after().matching("http").toString()).contains("5 series match", "20,000");
    } finally {
      Locale.setDefault(own);
    }
  }

  @Test
  void metrics_nobodyExports_isUnreadAtOnce() {
    exporters.answers("m1", Exporters.odd("404"));
    try (var app = client("m1")) {
      var reading = app.metrics(WINDOW, time().deadline(Duration.ofSeconds(30)));

      assertThat(reading.obstacle().orElseThrow().why()).isEqualTo(Why.NOT_UNDERSTOOD);
      assertThat(reading.obstacle().orElseThrow().toString())
          .startsWith("application metrics: not understood, metrics of m1: 404")
          .contains("curl -sSi");
      assertThat(clock.slept()).isEmpty();
    }
  }

  @Test
  void metrics_anotherMachineBehindTheFrontDoor_isUnreadNotARestart() {
    exporters.says("", Exporters.hotdash(YESTERDAY, 10_000, 50));
    meanwhile = () -> exporters.says("", Exporters.hotdash(YESTERDAY + 90, 9_000, 70));
    try (var app = client(Instances.single()).build()) {
      var reading = app.metrics(WINDOW, time().deadline(Duration.ofSeconds(30)));

      assertThat(reading.obstacle().orElseThrow().detail()).contains("is two processes");
    }
  }

  @Test
  void metrics_frontDoor_isNeverComplete() {
    exporters.says("", Exporters.hotdash(YESTERDAY, 10_000, 50));
    meanwhile = () -> exporters.says("", Exporters.hotdash(YESTERDAY, 19_000, 70));
    try (var app = client(Instances.single()).build()) {
      var reading = app.metrics(WINDOW, time().deadline(Duration.ofSeconds(30)));

      assertThat(reading.toOptional().orElseThrow().complete()).isFalse();
      assertThat(reading.evidenceIfRead().orElseThrow().coverage())
          .isEqualTo(
              "1 of 1 machines compared; through the front door: at most one machine, not known"
                  + " which");
    }
  }

  @Test
  void window_machineAppearedInBetween_isSeenToBeMissing() {
    var first = Instances.of(List.of(machine("m1")));
    var both = Instances.of(List.of(machine("m1"), machine("m2")));
    try (var app =
        client(deadline -> (clock.slept().isEmpty() ? first : both).running(deadline)).build()) {
      var window = app.window(WINDOW);

      assertThat(window.complete()).isFalse();
      assertThat(window.increases().notes()).contains("m2 was read the second time only");
    }
  }

  @Test
  void window_doesNotFit_isRefusedAndNobodyIsAsked() {
    try (var app = client("m1")) {
      var deadline = time().deadline(Duration.ofSeconds(10));

      assertThatThrownBy(() -> app.window(WINDOW, deadline))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a window of 10000 ms and two scrapes do not fit into 10000 ms");
      assertThat(app.metrics(WINDOW, deadline).obstacle().orElseThrow().why())
          .isEqualTo(Why.TIMED_OUT);
      assertThatThrownBy(() -> app.window(Duration.ZERO))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void metrics_interruptedWhileWaiting_isCancelledAndTheFlagStays() {
    var time = clock.time();
    var woken =
        new Time(
            time.clock(),
            time.ticker(),
            wait -> {
              throw new InterruptedException();
            });
    try (var app = client(Instances.of(List.of(machine("m1")))).time(woken).build()) {
      var reading = app.metrics(WINDOW, woken.deadline(Duration.ofSeconds(30)));

      assertThat(Thread.interrupted()).isTrue();
      assertThat(reading.obstacle().orElseThrow().why()).isEqualTo(Why.CANCELLED);
    }
  }

  @Test
  void toString_muchToTell_fitsOneScreen() {
    var ids = java.util.stream.IntStream.range(0, 20).mapToObj(i -> "machine" + i).toList();
    ids.stream()
        .limit(10)
        .forEach(id -> exporters.says(id, Exporters.hotdash(YESTERDAY, 10_000, 50)));
    try (var app = client(ids.toArray(String[]::new))) {
      var text = app.window(WINDOW).toString();

      assertThat(text.lines().count()).isLessThanOrEqualTo(24);
      assertThat(text.lines()).allMatch(line -> line.length() <= 100);
    }
  }
}
