package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.secret.Secret;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlyClientTest {
  private static final String LIST = "GET " + FakeFly.APP + "/machines";

  @Test
  void tokens_saysWhatTheTokenReaches() {
    try (var fly = new FakeFly();
        var client = fly.client()) {
      fly.on(
          "GET /v1/tokens/current",
          200,
          "{\"tokens\":[{\"token_id\":\"t1\",\"org_slug\":\"acme\",\"apps\":[\"456\"]},{\"apps\":null}]}");

      var tokens = client.tokens();

      assertThat(tokens).hasSize(2);
      assertThat(tokens.get(0).org()).isEqualTo("acme");
      assertThat(tokens.get(0).apps()).containsExactly("456");
      assertThat(fly.asked().get(0).headers())
          .containsEntry("Authorization", "FlyV1 fm2_lJPEplanted0canary0token");
    }
  }

  @Test
  void list_tooMany_waitsAsAskedOrDoublesFromOneSecond() {
    try (var fly = new FakeFly();
        var client = fly.client()) {
      fly.on(LIST, 429, "{\"error\":\"rate limit exceeded\"}")
          .on(LIST, any -> tooMany("7"))
          .on(LIST, 429, "rate limit exceeded")
          .on(LIST, 200, "[]");
      var before = fly.time.now();

      assertThat(client.app("hotdash-production").machines().list()).isEmpty();

      // 1 s, then the 7 s that were asked for, then 4 s: the third wait of a doubling row.
      assertThat(Duration.between(before, fly.time.now())).isBetween(seconds(12), seconds(15));
    }
  }

  @Test
  void list_tooManyBeyondTheDeadline_endsWithTheRefusal() {
    try (var fly = new FakeFly();
        var client = fly.client()) {
      fly.on(LIST, any -> tooMany("3600"));

      assertThatThrownBy(() -> client.app("hotdash-production").machines().list())
          .isInstanceOf(FlyRefusedException.class)
          .hasMessageContaining("rate limit exceeded");
      assertThat(fly.asked()).hasSize(1);
    }
  }

  @Test
  void list_oftenInARow_staysWithinOneASecondAndBurstsOfThree() {
    try (var fly = new FakeFly();
        var client = fly.client()) {
      fly.on(LIST, 200, "[]");
      var machines = client.app("hotdash-production").machines();
      var before = fly.time.now();

      for (int i = 0; i < 10; i++) {
        machines.list();
      }

      assertThat(Duration.between(before, fly.time.now())).isBetween(seconds(7), seconds(8));
    }
  }

  /** Fly's figures: one a second and bursts of 3 by action and identifier, gets 5 and 10. */
  @ParameterizedTest
  @CsvSource({"machine.get, 5, 10", "machine.update, 1, 3", "lease.acquire, 1, 3"})
  void reserve_storm_neverPassesWhatFlyAllowsInAnySpan(String action, int rate, int burst) {
    var clock = com.hotdash.ops.testkit.FakeTime.startingAt(java.time.Instant.EPOCH);
    var limiter = new Limiter(clock.time().ticker());
    var random = new java.util.Random(17);
    var sent = new java.util.TreeMap<String, java.util.List<Long>>();
    for (int i = 0; i < 2_000; i++) {
      var id = "m" + random.nextInt(3);
      var wait = limiter.reserve(action, id, Duration.ofDays(1));
      long now = clock.time().ticker().nanos();
      sent.computeIfAbsent(id, any -> new java.util.ArrayList<>()).add(now + wait.toNanos());
      if (random.nextInt(20) == 0) {
        limiter.refused(action, id, Duration.ofMillis(random.nextInt(5_000)));
      }
      if (random.nextInt(4) == 0) {
        clock.advance(Duration.ofMillis(random.nextInt(3_000)));
      }
    }

    sent.values()
        .forEach(
            times -> {
              for (int first = 0; first < times.size(); first++) {
                for (int more = burst; first + more < times.size(); more++) {
                  double seconds = (times.get(first + more) - times.get(first)) / 1e9;
                  assertThat(seconds * rate + burst).isGreaterThanOrEqualTo(more + 1 - 1e-6);
                }
              }
            });
  }

  @Test
  void list_stormOf429_staysInsideTheLimitsAndEnds() {
    try (var fly = new FakeFly();
        var client = fly.client()) {
      var times = new java.util.ArrayList<java.time.Instant>();
      fly.on(
          LIST,
          any -> {
            times.add(fly.time.now());
            return FakeFly.answer(429, "rate limit exceeded");
          });
      var machines = client.app("hotdash-production").machines();

      for (int i = 0; i < 10; i++) {
        assertThatThrownBy(machines::list).isInstanceOf(FlyRefusedException.class);
      }

      assertThat(times).hasSizeBetween(10, 40);
      for (int i = 1; i < times.size(); i++) {
        // Once it was said, nobody sends a second one within the second.
        assertThat(Duration.between(times.get(i - 1), times.get(i)))
            .isGreaterThanOrEqualTo(seconds(1));
      }
    }
  }

  @Test
  void names_answerWithoutSecrets_isNotTakenForNone() {
    try (var fly = new FakeFly();
        var client = fly.client()) {
      fly.on("GET " + FakeFly.APP + "/secrets", 200, "{}");

      assertThatThrownBy(() -> client.app("hotdash-production").secrets().names())
          .isInstanceOf(FlyProtocolException.class)
          .hasMessageContaining("without secrets");
    }
  }

  @Test
  void reserve_callersWhoCannotWait_takeNoTurnFromThoseWhoCan() {
    var clock = com.hotdash.ops.testkit.FakeTime.startingAt(java.time.Instant.EPOCH);
    var limiter = new Limiter(clock.time().ticker());

    for (int i = 0; i < 100; i++) {
      limiter.reserve("machine.list", "a", Duration.ofMillis(1));
    }

    assertThat(limiter.reserve("machine.list", "a", seconds(15))).isLessThan(seconds(2));
  }

  @Test
  void reserve_budgets_areSeparateAndGettingIsFaster() {
    var fly =
        new com.hotdash.ops.testkit.FakeTime[] {
          com.hotdash.ops.testkit.FakeTime.startingAt(java.time.Instant.EPOCH)
        };
    var limiter = new Limiter(fly[0].time().ticker());
    for (int i = 0; i < 3; i++) {
      assertThat(limiter.reserve("machine.start", "a", Duration.ofDays(1))).isZero();
    }
    assertThat(limiter.reserve("machine.start", "a", Duration.ofDays(1))).isPositive();
    assertThat(limiter.reserve("machine.start", "b", Duration.ofDays(1))).isZero();
    assertThat(limiter.reserve("machine.list", "a", Duration.ofDays(1))).isZero();
    for (int i = 0; i < 10; i++) {
      assertThat(limiter.reserve("machine.get", "a", Duration.ofDays(1))).isZero();
    }
    assertThat(limiter.reserve("machine.get", "a", Duration.ofDays(1)))
        .isBetween(Duration.ofMillis(150), seconds(1));
  }

  @Test
  void from_environment_usesFlyctlsNames() {
    try (var fly = new FakeFly()) {
      var variables = new HashMap<String, String>();
      variables.put("FLY_API_TOKEN", "fo1_from0the0environment");
      variables.put("FLY_FLAPS_BASE_URL", fly.base());
      fly.on(LIST, 200, "[]");

      try (var client = FlyClient.from(Environment.of(variables)).build()) {
        client.app("hotdash-production").machines().list();
      }

      assertThat(fly.asked().get(0).headers())
          .containsEntry("Authorization", "Bearer fo1_from0the0environment");
    }
  }

  @Test
  void build_withoutToken_saysWhichVariable() {
    assertThatThrownBy(() -> FlyClient.from(Environment.of(Map.of())).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("FLY_API_TOKEN");
  }

  @Test
  void refusal_quotingTheToken_isRedacted() {
    try (var fly = new FakeFly();
        var client = fly.client()) {
      fly.on(LIST, 401, "{\"error\":\"bad token fm2_lJPEplanted0canary0token\"}");

      assertThatThrownBy(() -> client.app("hotdash-production").machines().list())
          .isInstanceOf(FlyAuthException.class)
          .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain("canary"));
    }
  }

  @Test
  void app_nameThatIsNone_isRefused() {
    try (var client = FlyClient.builder().token(Secret.of("fo1_x")).build()) {
      assertThatThrownBy(() -> client.app("../secrets"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static MockResponse tooMany(String retryAfter) {
    return FakeFly.answer(429, "{\"error\":\"rate limit exceeded\"}")
        .newBuilder()
        .addHeader("Retry-After", retryAfter)
        .build();
  }
}
