package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.fly.MetricAnswer.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlyMetricsTest {
  private static final String QUERY = "GET /prometheus/acme/api/v1/query";
  private static final String EMPTY =
      "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}";

  private static String vector(String value) {
    return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{\"instance\":\"m1\"},\"value\":[1763647400.123,\""
        + value
        + "\"]}]}}";
  }

  @ParameterizedTest
  @CsvSource({
    "0.25, VALUE, 0.25",
    "0, ZERO, 0",
    "NaN, NO_DATA, ",
    "+Inf, VALUE, Infinity",
    "1e-05, VALUE, 0.00001"
  })
  void query_values_areTexts(String value, Outcome outcome, Double expected) {
    try (var fly = new FakeFly();
        var client = fly.builder().org("acme").time(fly.time.time()).build()) {
      fly.on(QUERY, 200, vector(value));

      var answer = client.app("hotdash-production").metrics("up");

      assertThat(answer.outcome()).isEqualTo(outcome);
      if (expected == null) {
        assertThat(answer.value()).isEmpty();
      } else {
        assertThat(answer.value()).hasValue(expected);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"12.5, ZERO", "none, NO_DATA"})
  void ask_errorRatioWithoutAny5xx_isZeroOnlyIfThereWereRequests(String requests, Outcome outcome) {
    try (var fly = new FakeFly();
        var client = fly.builder().org("acme").time(fly.time.time()).build()) {
      fly.on(QUERY, 200, EMPTY).on(QUERY, 200, requests.equals("none") ? EMPTY : vector(requests));

      var answer = client.app("hotdash-production").metrics().ask(FlyQuestion.ERROR_RATIO);

      assertThat(answer.outcome()).isEqualTo(outcome);
      assertThat(fly.asked(QUERY)).hasSize(2);
    }
  }

  @Test
  void ask_organisationNotSet_asksTheApp() {
    try (var fly = new FakeFly();
        var client = fly.client()) {
      fly.on("GET " + FakeFly.APP, 200, "{\"name\":\"x\",\"organization\":{\"slug\":\"acme\"}}")
          .on(QUERY, 200, vector("0.9"));

      var answer = client.app("hotdash-production").metrics().ask(FlyQuestion.MEMORY_USED);

      assertThat(answer.byMachine()).containsEntry("m1", 0.9);
      assertThat(fly.asked(QUERY).get(0).headers().get("Authorization")).startsWith("FlyV1 fm2_");
    }
  }

  @Test
  void query_wrong_saysWhatPrometheusSays() {
    try (var fly = new FakeFly();
        var client = fly.builder().org("acme").time(fly.time.time()).build()) {
      fly.on(
          QUERY,
          400,
          "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse error\"}");

      assertThatThrownBy(() -> client.app("hotdash-production").metrics("up{"))
          .isInstanceOf(FlyRefusedException.class)
          .hasMessageContaining("parse error");
    }
  }

  @Test
  void range_series_hasItsPoints() {
    try (var fly = new FakeFly();
        var client = fly.builder().org("acme").time(fly.time.time()).build()) {
      fly.on(
          "GET /prometheus/acme/api/v1/query_range",
          200,
          "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{},\"values\":[[1,\"1\"],[2,\"NaN\"],[3,\"0\"]]}]}}");
      var now = fly.time.now();

      var answer =
          client
              .app("hotdash-production")
              .metrics()
              .range("up", now.minusSeconds(60), now, Duration.ofSeconds(15));

      assertThat(answer.series().get(0).points()).hasSize(2);
      assertThat(answer.value()).hasValue(0);
    }
  }

  @Test
  void promql_everyQuestion_namesTheAppAndItsWindow() {
    for (var question : FlyQuestion.values()) {
      assertThat(question.promql("a\"b", Duration.ofMinutes(5)))
          .contains("app=\"a\\\"b\"")
          .doesNotContain("$");
    }
  }
}
