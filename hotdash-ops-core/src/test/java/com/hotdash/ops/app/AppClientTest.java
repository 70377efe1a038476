package com.hotdash.ops.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.health.HealthStatus;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppClientTest {
  @StartStop private final MockWebServer server = new MockWebServer();

  private static Instance machine(String id) {
    return new Instance(id, Map.of("x-pin", id), null, null);
  }

  private static Deadline soon() {
    return Time.SYSTEM.deadline(Duration.ofSeconds(10));
  }

  /** Answers by machine and path: code and body, or nothing for a long while. */
  private void answering(Map<String, String> answers) {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            var pin = request.getHeaders().get("x-pin");
            var said = answers.get((pin == null ? "" : pin) + request.getTarget());
            if (said == null) {
              return new MockResponse.Builder().code(404).build();
            }
            if (said.equals("slow")) {
              return new MockResponse.Builder().headersDelay(5, TimeUnit.SECONDS).build();
            }
            return new MockResponse.Builder()
                .code(Integer.parseInt(said.substring(0, 3)))
                .body(said.substring(3).strip())
                .build();
          }
        });
  }

  private AppClient.Builder client(String... machines) {
    return AppClient.builder()
        .baseUrl(server.url("/").toString())
        .instances(Instances.of(List.of(machines).stream().map(AppClientTest::machine).toList()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 {\"status\":\"ok\"} | 200 {\"status\":\"ok\"} | OK | PASS",
        "200 {\"status\":\"ok\"} | 503 {\"status\":\"degraded\"} | PROBLEM | FAIL",
        "200 {\"status\":\"ok\"} | 200 {\"status\":\"degraded\"} | PROBLEM | WARN",
        "200 {\"status\":\"ok\"} | 200 <html> | UNKNOWN | UNKNOWN",
        "200 {\"status\":\"ok\"} | 404 | UNKNOWN | UNKNOWN",
        "503 | 200 <html> | PROBLEM | FAIL",
      })
  void health_machines_rollUp(String one, String two, Verdict verdict, HealthStatus status) {
    answering(Map.of("m1/health", one, "m2/health", two));
    try (var app = client("m1", "m2").build()) {
      var health = app.health();

      assertThat(health.verdict()).isEqualTo(verdict);
      assertThat(health.status()).isEqualTo(status);
      assertThat(health.coverage()).isNull();
      assertThat(health.disagreements().isEmpty()).isEqualTo(verdict == Verdict.OK);
    }
  }

  @Test
  void readings_afterClose_areUnreadAndNothingIsThrown() {
    answering(Map.of("m1/health", "200 OK"));
    var app = client("m1").build();
    app.close();
    var deadline = Time.SYSTEM.deadline(Duration.ofSeconds(5));

    assertThat(app.health(deadline).obstacle()).isPresent();
    assertThat(app.health().verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(app.metrics(deadline).complete()).isFalse();
    assertThat(app.metrics(Duration.ofMillis(1), deadline).obstacle()).isPresent();
    assertThat(server.getRequestCount()).isZero();
  }

  // Each byte in time for a limit on silence, none of them the last one.
  @ParameterizedTest
  @CsvSource({"health", "metrics"})
  void readings_answerThatTrickles_endsAtTheLimit(String what) {
    var trickle =
        new MockResponse.Builder()
            .addHeader("Content-Type", "text/plain")
            .body("a 1\n".repeat(1_000))
            .throttleBody(4, 20, TimeUnit.MILLISECONDS)
            .build();
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return trickle;
          }
        });
    var limit = Duration.ofMillis(300);
    try (var app = client("m1").probeTimeout(limit).scrapeTimeout(limit).build()) {
      long begun = System.nanoTime();
      if (what.equals("health")) {
        assertThat(app.health().verdict()).isNotEqualTo(Verdict.OK);
      } else {
        assertThat(app.metrics().complete()).isFalse();
      }

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
    }
  }

  @Test
  void health_endpointsDiffer_isShown() {
    answering(
        Map.of(
            "m1/health", "503 {\"status\":\"degraded\",\"checks\":{\"db\":{\"status\":\"error\"}}}",
            "m1/api/health", "200 {\"status\":\"ok\",\"release\":\"v7\"}"));
    try (var app = client("m1").build()) {
      var health = app.health();

      assertThat(health.disagreements())
          .containsExactly(
              "endpoints of m1 differ: /health fail, /api/health pass",
              "m1 /health: code 503 says fail, body says degraded");
      assertThat(health.releases()).containsExactly("v7");
      assertThat(health.toString().lines().count()).isLessThanOrEqualTo(24);
    }
  }

  /** What nobody could tell of one machine must not stand for what is wrong with the other. */
  @Test
  void health_oneWarnsAndOneCannotBeTold_headlineNamesTheOneThatWarns() {
    answering(
        Map.of(
            "m1/health", "200 {\"status\":\"purple\"}",
            "m2/health", "200 {\"status\":\"degraded\"}"));
    try (var app = client("m1", "m2").healthPaths("/health").build()) {
      assertThat(app.health().toString())
          .startsWith("[PROBLEM] 1 of 2 machines not well: m2 /health warn");
    }
  }

  /** They share the address: a typing error in it looks the same as all of them being down. */
  @Test
  void health_addressBeforeAllMachinesRefuses_isUnknown() throws Exception {
    var client = client("m1", "m2").build();
    server.close();
    try (client) {
      var reading = client.health(soon());

      assertThat(reading.toOptional().orElseThrow().verdict()).isEqualTo(Verdict.UNKNOWN);
      assertThat(reading.toOptional().orElseThrow().machines()).noneMatch(MachineHealth::answered);
    }
  }

  @Test
  void health_refused_saysFirstWhatDecidesWithThePortAndCutsNothing() throws Exception {
    var client = client("m1", "m2").build();
    int port = server.getPort();
    server.close();
    try (client) {
      var text = client.health().toString();

      assertThat(text.lines().findFirst().orElseThrow())
          .startsWith("[UNKNOWN] nobody can tell: the address before all machines refused us");
      assertThat(text).contains(":" + port + "/health").doesNotContain("…");
      assertThat(text).contains("m2 /health, /api/monitoring/health, /api/health: refused");
      assertThat(text.lines()).hasSizeLessThanOrEqualTo(24).allMatch(l -> l.length() <= 100);
    }
  }

  @Test
  void health_nameThatLeadsNowhere_isUnknownAndSaysWhatToDo() {
    try (var app = AppClient.builder().baseUrl("http://app.invalid").build()) {
      var health = app.health();

      assertThat(health.verdict()).isEqualTo(Verdict.UNKNOWN);
      assertThat(health.toString())
          .startsWith("[UNKNOWN] nobody can tell: /health name not resolved")
          .contains("check the host's name");
    }
  }

  @Test
  void health_throughTheFrontDoor_saysThatOneMachineWasSeen() {
    answering(Map.of("/health", "200 OK"));
    try (var app = AppClient.builder().baseUrl(server.url("/").toString()).build()) {
      var reading = app.health(soon());

      assertThat(reading.toOptional().orElseThrow().verdict()).isEqualTo(Verdict.OK);
      assertThat(reading.evidenceIfRead().orElseThrow().coverage())
          .isEqualTo("through the front door: at most one machine, not known which");
      assertThat(reading.evidenceIfRead().orElseThrow().sampleSize()).isEqualTo(3);
    }
  }

  @Test
  void health_machinesNotKnown_asksTheFrontDoorAndSaysWhy() {
    answering(Map.of("/health", "200 OK"));
    var unknown =
        new NotChecked("machines", Why.NOT_PERMITTED, "no token", "set the platform's token");
    try (var app = client().instances(deadline -> Reading.unread(unknown)).build()) {
      assertThat(app.health().coverage()).contains("could not be listed", "no token");
    }
    try (var app = client().build()) {
      assertThat(app.health().coverage()).contains("no machine is said to run");
    }
  }

  @Test
  void health_manyMachines_asksABoundedNumber() {
    answering(Map.of());
    var many = java.util.stream.IntStream.range(0, 60).mapToObj(i -> machine("m" + i)).toList();
    try (var app = client().instances(Instances.of(many)).healthPaths("/health").build()) {
      var health = app.health();

      assertThat(health.machines()).hasSize(50);
      assertThat(health.coverage()).isEqualTo("50 of 60 machines");
    }
  }

  @Test
  void health_byHand_isACurlToTheMachineThatIsWorst() {
    answering(Map.of("m1/health", "200 OK", "m2/health", "503"));
    try (var app = client("m1", "m2").healthPaths("/health").build()) {
      assertThat(app.health(soon()).evidenceIfRead().orElseThrow().byHand())
          .isEqualTo("curl -sSi --max-time 6 -H 'x-pin: m2' '" + server.url("/health") + "'");
    }
  }

  @Test
  void health_oneMachineHangs_theOthersAreRead() {
    answering(Map.of("m1/health", "200 OK", "m2/health", "slow"));
    try (var app =
        client("m1", "m2").healthPaths("/health").probeTimeout(Duration.ofMillis(200)).build()) {
      assertThat(app.health().disagreements()).containsExactly("machines differ: m1 pass, m2 fail");
    }
  }

  @Test
  void health_deadlineTooShort_isUnreadOrUnknownNeverOk() {
    answering(Map.of("m1/health", "slow"));
    try (var app = client("m1").healthPaths("/health").build()) {
      var reading = app.health(Time.SYSTEM.deadline(Duration.ofMillis(100)));

      assertThat(reading.obstacle()).map(NotChecked::why).contains(Why.TIMED_OUT);
    }
  }

  @Test
  void build_withoutAddress_isRefused() {
    assertThatThrownBy(() -> AppClient.builder().build()).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> AppClient.builder().healthPaths("health"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AppClient.builder().probeTimeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
