package com.hotdash.ops.testkit.fly;

import static com.hotdash.ops.testkit.fly.FlyFixture.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Prometheus API, with the questions that serve an incident. */
class FlyMetricsTest {
  private final FlyFixture it = new FlyFixture();

  @AfterEach
  void close() {
    it.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sum(rate(fly_edge_http_responses_count{app=\"A\"}[5m]))|5",
        "sum(rate(fly_edge_http_responses_count{app=\"A\",status=~\"5..\"}[5m]))"
            + " / sum(rate(fly_edge_http_responses_count{app=\"A\"}[5m]))|0.2",
        "histogram_quantile(0.5, sum by (le)"
            + " (rate(fly_edge_http_response_time_seconds_bucket{app=\"A\"}[5m])))|0.15625",
        "1 - fly_instance_memory_mem_available{app=\"A\"}"
            + " / fly_instance_memory_mem_total{app=\"A\"}|0.75",
        "sum by (instance) (rate(fly_instance_cpu{app=\"A\",mode!=\"idle\"}[5m])) / 100|0.5",
        "max by (instance) (max_over_time(fly_instance_exit_oom{app=\"A\"}[1h]))|1",
        "count(fly_instance_up{app='A'} == 1)|2",
        "increase(fly_edge_http_responses_count{status=\"500\"})|285",
        "count(fly_instance_cpu_baseline or fly_instance_cpu_balance)|2",
        "count(label_replace(fly_instance_cpu_baseline, \"what\", \"x\", \"\", \"\")"
            + " or fly_instance_cpu_balance)|4",
        "-2 * (3 + 4)|-14"
      })
  void query_questionsOfTheRunbook_areAnswered(String query, String value) throws Exception {
    traffic(true);

    var reply = query(query.replace("\"A\"", '"' + APP + '"').replace("'A'", '\'' + APP + '\''));

    assertThat(reply.status()).isEqualTo(200);
    var result = reply.json().at("/data/result");
    var point = result.isArray() && result.get(0).isObject() ? result.get(0).path("value") : result;
    assertThat(point.get(1).isTextual()).isTrue();
    assertThat(Double.parseDouble(point.get(1).asText()))
        .isCloseTo(Double.parseDouble(value), org.assertj.core.data.Offset.offset(1e-9));
  }

  @Test
  void query_noErrorsAtAll_isAnEmptyVector() throws Exception {
    traffic(false);

    var errors =
        query("sum(rate(fly_edge_http_responses_count{app=\"" + APP + "\",status=~\"5..\"}[5m]))");
    var all = query("sum(rate(fly_edge_http_responses_count{app=\"" + APP + "\"}[5m]))");

    assertThat(errors.json().at("/data/result")).isEmpty();
    assertThat(all.json().at("/data/result")).hasSize(1);
  }

  @Test
  void query_seriesOfTheEdge_haveNoInstance() throws Exception {
    traffic(true);

    var edge = query("fly_edge_http_responses_count{status=\"500\"}").json();
    var app = query("fly_app_http_responses_count{status=\"500\"}").json();

    assertThat(edge.at("/data/result/0/metric/instance").isMissingNode()).isTrue();
    assertThat(app.at("/data/result/0/metric/instance").asText()).isEqualTo(it.one.id());
  }

  @Test
  void query_up_isGoneWhileAMachineIsDown() throws Exception {
    it.time.advance(Duration.ofMinutes(1));
    it.one.autostop();
    it.time.advance(Duration.ofMinutes(6));

    var now = query("fly_instance_up").json().at("/data/result");
    long before = FlyFixture.START.plusSeconds(60).getEpochSecond();
    var then = ask("GET", "query?query=fly_instance_up&time=" + before, "").json();

    assertThat(now.findValuesAsText("instance")).containsExactly(it.two.id());
    assertThat(then.at("/data/result")).hasSize(2);
  }

  @Test
  void query_counterThatFell_countsOnFromZero() throws Exception {
    it.fly.metrics().count("fly_instance_cpu", it.one, Map.of("mode", "user"), 100);
    it.time.advance(Duration.ofSeconds(15));
    it.fly.metrics().count("fly_instance_cpu", it.one, Map.of("mode", "user"), -70);
    it.time.advance(Duration.ofSeconds(15));

    assertThat(
            query("increase(fly_instance_cpu{cpu_id=\"\"}[5m])")
                .json()
                .at("/data/result/0/value/1")
                .asText())
        .isEqualTo("30");
  }

  /** Two shared cpus have a baseline of an eighth of a core, and 1,000 s beyond it. */
  @ParameterizedTest
  @CsvSource({
    "0.06, false, 10, 0.06, 0, 1000",
    "1.125, false, 10, 1.125, 0, 400",
    "1.125, false, 20, 0.125, 0.889, 0",
    "1.125, true, 6, 0.125, 0.889, 0",
    "0.1, true, 10, 0.1, 0, 15",
  })
  void cpu_busyMachine_usesItsBalanceAndIsThenThrottled(
      double wanted, boolean exhausted, int minutes, double used, double throttled, double balance)
      throws Exception {
    it.one.busy(wanted);
    if (exhausted) {
      it.one.exhaust();
    }
    it.time.advance(Duration.ofMinutes(minutes));

    var mine = "{instance=\"" + it.one.id() + "\"";
    assertThat(number("sum(rate(fly_instance_cpu" + mine + ",mode!=\"idle\"}[2m])) / 100"))
        .isCloseTo(used, within(0.001));
    assertThat(number("rate(fly_instance_cpu_throttle" + mine + "}[2m]) / 100"))
        .isCloseTo(throttled, within(0.001));
    assertThat(number("fly_instance_cpu_balance" + mine + "} / 100"))
        .isCloseTo(balance, within(1.0));
    assertThat(number("sum(rate(fly_instance_cpu" + mine + "}[2m]))")).isCloseTo(200, within(0.1));
  }

  @Test
  void memory_leak_growsUntilABootBeginsAnew() throws Exception {
    var used =
        "fly_instance_memory_mem_total{instance=\"%s\"} - fly_instance_memory_mem_available"
            .formatted(it.one.id());
    it.time.advance(Duration.ofMinutes(1));
    double before = number(used);
    it.one.leak(10_000_000);
    it.time.advance(Duration.ofMinutes(20));
    double after = number(used);
    it.one.exit(137, true);
    it.time.advance(Duration.ofSeconds(30));
    double anew = number(used);

    assertThat(after - before).isCloseTo(200e6, within(3e6));
    assertThat(anew - before).isLessThan(10e6);
    assertThat(number("max_over_time(fly_instance_exit_oom[1h])")).isEqualTo(1);
    assertThat(number("max_over_time(fly_instance_exit_code[1h])")).isEqualTo(137);
    var other = query("fly_instance_exit_oom{instance=\"" + it.two.id() + "\"}").json();
    assertThat(other.at("/data/result")).isEmpty();
  }

  @Test
  void slowEdge_requests_waitThereAndNotAtTheMachine() throws Exception {
    it.fly.metrics().slowEdge(Duration.ofSeconds(4));
    for (int i = 0; i < 10; i++) {
      it.fly.metrics().requests(it.one, 200, 0.2, 10);
      it.time.advance(Duration.ofSeconds(15));
    }

    var fast = "sum(increase(fly_%s_http_response_time_seconds_bucket{le=\"2.5\"}[5m]))";
    assertThat(number(fast.formatted("edge"))).isZero();
    assertThat(number(fast.formatted("app"))).isEqualTo(90);
  }

  private double number(String query) throws Exception {
    return Double.parseDouble(query(query).json().at("/data/result/0/value/1").asText());
  }

  @Test
  void range_steps_areAMatrix() throws Exception {
    traffic(true);
    long end = it.time.now().getEpochSecond();

    var reply =
        ask(
            "GET",
            "query_range?query=fly_instance_up&start=%d&end=%d&step=60s".formatted(end - 120, end),
            "");

    assertThat(reply.json().at("/data/resultType").asText()).isEqualTo("matrix");
    assertThat(reply.json().at("/data/result/0/values")).hasSize(3);
  }

  @Test
  void query_byPost_readsTheForm() throws Exception {
    var reply = ask("POST", "query", "query=1%2B1&time=2026-11-20T14%3A00%3A00Z");

    assertThat(reply.json().at("/data/result").toString()).isEqualTo("[1795183200,\"2\"]");
  }

  @Test
  void query_divisionByZero_isTextToo() throws Exception {
    assertThat(query("1/0").json().at("/data/result/1").asText()).isEqualTo("+Inf");
    assertThat(query("0/0").json().at("/data/result/1").asText()).isEqualTo("NaN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sum(", "rate(x[5y])", "x{a=~\"(\"}", "x[5m]", "nonsense(x)", "a b"})
  void query_bad_isRefused(String query) throws Exception {
    var reply = query(query);

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().path("errorType").asText()).isEqualTo("bad_data");
  }

  @Test
  void query_otherOrganisation_is403() throws Exception {
    var reply =
        it.ask(
            FlyHost.WEB,
            "GET",
            "/prometheus/other/api/v1/query?query=1",
            "",
            "Authorization",
            it.org.secret().reveal());

    assertThat(reply.status()).isEqualTo(403);
  }

  /** Five minutes, four good requests and one bad one a second. */
  private void traffic(boolean errors) {
    var metrics = it.fly.metrics();
    for (int i = 0; i <= 20; i++) {
      metrics.requests(it.one, 200, 0.2, 60);
      if (errors) {
        metrics.requests(it.one, 500, 0.02, 15);
      }
      for (var machine : it.app.machines()) {
        metrics.gauge(
            "fly_instance_memory_mem_available",
            machine,
            Math.floor(2048 * 1024.0 * 1024 * 0.96) / 4);
      }
      metrics.count("fly_instance_cpu", it.one, Map.of("mode", "user", "cpu_id", "0"), 750);
      metrics.count("fly_instance_cpu", it.one, Map.of("mode", "idle", "cpu_id", "0"), 750);
      metrics.gauge("fly_instance_exit_oom", it.one, i == 3 ? 1 : 0);
      it.time.advance(Duration.ofSeconds(15));
    }
  }

  private FlyFixture.Reply query(String query) throws Exception {
    return ask("GET", "query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8), "");
  }

  private FlyFixture.Reply ask(String method, String path, String form) throws Exception {
    return it.ask(
        FlyHost.WEB,
        method,
        "/prometheus/acme/api/v1/" + path,
        form,
        "Authorization",
        it.org.secret().reveal(),
        "Content-Type",
        "application/x-www-form-urlencoded");
  }
}
