package com.hotdash.ops.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.shopify.ShopifyException.Kind;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.web.PromptSockets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShopifyClientTest {
  private static final String TOKEN = "shpat_0123456789abcdef";
  private static final String QUERY = "{ orders(first: 10) { nodes { id name } } }";
  private static final String MUTATION =
      "mutation { tagsAdd(id: \"gid://shopify/Order/1\", tags: [\"x\"]) { userErrors { message } }"
          + " }";
  private static final String REFUND =
      "mutation R($in: RefundInput!) {\r\n  refundCreate(input: $in) { refund { id } } }";
  private static final String OK =
      "{\"data\":{\"shop\":{\"name\":\"h\"}},\"extensions\":{\"cost\":{\"requestedQueryCost\":6,"
          + "\"actualQueryCost\":3,\"throttleStatus\":{\"maximumAvailable\":4000.0,"
          + "\"currentlyAvailable\":3997,\"restoreRate\":200.0}}}}";
  private static final String THROTTLED =
      "{\"errors\":[{\"message\":\"Throttled\",\"extensions\":{\"code\":\"THROTTLED\"}}],"
          + "\"extensions\":{\"cost\":{\"requestedQueryCost\":6,\"actualQueryCost\":null,"
          + "\"throttleStatus\":{\"maximumAvailable\":4000.0,\"currentlyAvailable\":2,"
          + "\"restoreRate\":200.0}}}}";

  @StartStop public final MockWebServer server = new MockWebServer();

  private final FakeTime time = FakeTime.startingAt(Instant.parse("2026-11-23T03:00:00Z"));
  private final ShopDomain shop = ShopDomain.of("hotdash");
  private ShopifyGuard guard = ShopifyGuard.builder().build();

  ShopifyClientTest() {
    server.setServerSocketFactory(new PromptSockets());
  }

  @AfterEach
  void close() {
    guard.close();
  }

  @Test
  void call_answered_givesDataCostAndWhoServed() throws Exception {
    server.enqueue(
        json("{\"data\":{\"orders\":null},\"extensions\":{\"search\":[{\"warnings\":[{\"field\":"
                + "\"updated_at\",\"message\":\"Invalid search field for this query.\"}]}]}}")
            .addHeader("X-Shopify-API-Version", "2026-07")
            .addHeader("x-request-id", "id-1")
            .build());
    try (var client = client()) {
      var reply = client.call(QUERY, Map.of("a", 1));

      assertThat(reply.data()).containsKey("orders");
      assertThat(reply.servedVersion()).isEqualTo("2026-07");
      assertThat(reply.requestId()).isEqualTo("id-1");
      assertThat(reply.searchWarnings())
          .containsExactly("updated_at: Invalid search field for this query.");
    }
    var sent = server.takeRequest();
    assertThat(sent.getTarget()).isEqualTo("/admin/api/2026-10/graphql.json");
    assertThat(sent.getHeaders().get("X-Shopify-Access-Token")).isEqualTo(TOKEN);
    assertThat(body(sent)).contains("\"variables\":{\"a\":1}");
  }

  @Test
  void call_throttled_isSentAgainWhenThereArePoints() {
    server.enqueue(json(THROTTLED).build());
    server.enqueue(json(OK).build());
    var begun = time.now();
    try (var client = client()) {
      var reply = client.call(MUTATION, Map.of());

      assertThat(reply.charge()).isNotNull();
      // Four points were missing, at 200 a second, and others draw here: room is left for them.
      assertThat(Duration.between(begun, time.now()))
          .isBetween(Duration.ofMillis(20), Duration.ofSeconds(3));
    }
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void call_tooDear_isNotSent() {
    var dear =
        "{ a: orders(first: 250) { nodes { lineItems(first: 250) { nodes { product { "
            + "variants(first: 250) { nodes { id } } } } } } } }";
    try (var client = client()) {
      assertThatExceptionOfType(QueryCostException.class)
          .isThrownBy(() -> client.call(dear, Map.of()));
    }
    assertThat(server.getRequestCount()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"401, UNAUTHORIZED", "402, SHOP_FROZEN", "403, ACCESS_DENIED", "404, NOT_FOUND"})
  void call_refusedForGood_isSentOnceAndTellsNoSecret(int status, Kind kind) {
    server.enqueue(json("{\"errors\":\"no " + TOKEN + "\"}").code(status).build());
    try (var client = client()) {
      var refused = refusal(client, QUERY);

      assertThat(refused.kind()).isEqualTo(kind);
      assertThat(refused.status()).isEqualTo(status);
      assertThat(refused.retryable()).isFalse();
      assertThat(refused.outcomeUnknown()).isFalse();
      assertThat(refused).message().startsWith("shopify graphql.query: hotdash.myshopify.com");
      assertThat(refused).message().doesNotContain(TOKEN).contains("Next: ");
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504, 530})
  void mutation_brokenOnTheirSide_isNotSentAgainAndUncertain(int status) {
    server.enqueue(json("{}").code(status).build());
    try (var client = client()) {
      var refused = refusal(client, MUTATION);

      assertThat(refused.outcomeUnknown()).isTrue();
      assertThat(refused.retryable()).isFalse();
      assertThat(refused).message().contains("look whether the change was made");
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void query_brokenOnTheirSide_isSentAgainAfterAGrowingWait() {
    server.enqueue(json("{}").code(503).build());
    server.enqueue(json("{}").code(504).build());
    server.enqueue(json(OK).build());
    try (var client = client()) {
      assertThat(client.call(QUERY, Map.of()).data()).containsKey("shop");
    }
    assertThat(time.waits()).hasSize(2);
    assertThat(time.waits().get(0)).isBetween(Duration.ofMillis(250), Duration.ofMillis(750));
    assertThat(time.waits().get(1)).isBetween(Duration.ofMillis(500), Duration.ofMillis(1_500));
  }

  @Test
  void mutation_answerLost_isNotSentAgainAndUncertain() {
    server.enqueue(lost());
    try (var client = client()) {
      var failure = catchThrowableOfType(OpsException.class, () -> client.call(MUTATION, Map.of()));

      assertThat(failure.outcomeUnknown()).isTrue();
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void mutation_withKey_answerLost_isSentAgainWithTheSameKey() throws Exception {
    server.enqueue(lost());
    server.enqueue(json("{}").code(502).build());
    server.enqueue(json(OK).build());
    try (var client = client()) {
      assertThat(client.call(REFUND, Map.of("in", Map.of())).data()).containsKey("shop");
    }
    var first = body(server.takeRequest());
    assertThat(first).contains("refundCreate(input: $in) @idempotent(key: ");
    assertThat(body(server.takeRequest())).isEqualTo(first);
    assertThat(body(server.takeRequest())).isEqualTo(first);
  }

  @Test
  void mutation_withKey_firstTryStillRuns_waitsForIt() {
    server.enqueue(
        json("{\"data\":{\"refundCreate\":{\"userErrors\":[{\"code\":"
                + "\"IDEMPOTENCY_CONCURRENT_REQUEST\"}]}}}")
            .build());
    server.enqueue(json(OK).build());
    try (var client = client()) {
      assertThat(client.call(REFUND, Map.of()).data()).containsKey("shop");
    }
  }

  @Test
  void breaker_afterFailures_sendsNothingThenPingsFirst() throws Exception {
    for (int i = 0; i < 5; i++) {
      server.enqueue(json("{}").code(500).build());
    }
    try (var client = client()) {
      for (int i = 0; i < 5; i++) {
        refusal(client, MUTATION);
      }
      assertThat(refusal(client, QUERY).kind()).isEqualTo(Kind.BREAKER_OPEN);
      assertThat(server.getRequestCount()).isEqualTo(5);

      time.advance(Duration.ofSeconds(11));
      server.enqueue(json(OK).build());
      server.enqueue(json(OK).build());
      client.call(QUERY, Map.of());
    }
    for (int i = 0; i < 5; i++) {
      server.takeRequest();
    }
    assertThat(body(server.takeRequest())).contains("{ shop { name myshopifyDomain } }");
    assertThat(body(server.takeRequest())).contains("orders");
  }

  @ParameterizedTest
  @ValueSource(ints = {402, 423, 430})
  void breaker_shopStopped_sendsNothingForAnHour(int status) {
    server.enqueue(json("{\"errors\":\"This shop is unavailable\"}").code(status).build());
    try (var client = client()) {
      refusal(client, QUERY);
      time.advance(Duration.ofMinutes(59));

      var refused = refusal(client, QUERY);

      assertThat(refused.kind()).isEqualTo(Kind.BREAKER_OPEN);
      assertThat(refused).message().contains("answered " + status);
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void chaos_noMutationIsMadeTwice(long seed) {
    var chaos = new Chaos(seed);
    server.setDispatcher(chaos);
    int answered = 0;
    int uncertain = 0;
    try (var client = client()) {
      for (int i = 0; i < 150; i++) {
        var document =
            i % 2 == 0
                ? "mutation { tagsAdd(id: \"n" + i + "\", tags: []) { userErrors { message } } }"
                : "mutation { refundCreate(input: {orderId: \"o\", note: \"n"
                    + i
                    + "\"}) { refund { id } } }";
        try {
          client.call(document, Map.of());
          answered++;
        } catch (OpsException e) {
          uncertain += e.outcomeUnknown() ? 1 : 0;
          time.advance(Duration.ofMinutes(6));
        }
      }
    }

    assertThat(chaos.arrived).allSatisfy((what, times) -> assertThat(times).isEqualTo(1));
    assertThat(chaos.effects.values()).allMatch(times -> times == 1);
    assertThat(chaos.replays).isPositive();
    assertThat(answered).isGreaterThan(50);
    assertThat(uncertain).isPositive();
  }

  /** Executes and loses answers at random; knows idempotency keys, as Shopify does. */
  private static final class Chaos extends Dispatcher {
    private static final Pattern NOTE = Pattern.compile("n\\d+");
    private static final Pattern KEY = Pattern.compile("idempotent\\(key: \\\\\"([^\\\\]+)");
    private final Random random;
    final Map<String, Integer> effects = new HashMap<>();

    /** How often a mutation without key came in a way that it may have run. */
    final Map<String, Integer> arrived = new HashMap<>();

    private final List<String> keys = new ArrayList<>();
    int replays;

    Chaos(long seed) {
      random = new Random(seed);
    }

    @Override
    public synchronized MockResponse dispatch(RecordedRequest request) {
      var body = body(request);
      var note = NOTE.matcher(body);
      int what = random.nextInt(10);
      if (!note.find()) {
        return json(OK).build();
      }
      if (what == 0) {
        return json(THROTTLED).build();
      }
      var key = KEY.matcher(body);
      if (!key.find()) {
        arrived.merge(note.group(), 1, Integer::sum);
      } else if (keys.contains(key.group(1))) {
        replays++;
      }
      boolean runs = what > 2;
      if (runs && (key.reset().find() ? !keys.contains(key.group(1)) : true)) {
        effects.merge(note.group(), 1, Integer::sum);
      }
      if (key.reset().find() && runs) {
        keys.add(key.group(1));
      }
      return switch (what) {
        case 1, 3 -> lost();
        case 2, 4 -> json("{}").code(502).build();
        default -> json(OK).build();
      };
    }
  }

  @Test
  void interceptor_throttled_isSentAgainAndLeavesTheAnswerWhole() throws Exception {
    server.enqueue(json(THROTTLED).build());
    server.enqueue(json(OK).build());
    guard.close();
    guard = guard();
    var app =
        new OkHttpClient.Builder()
            .addInterceptor(guard.interceptor(Lane.INTERACTIVE))
            .addInterceptor(
                chain ->
                    chain.proceed(
                        chain
                            .request()
                            .newBuilder()
                            .url(server.url(chain.request().url().encodedPath()))
                            .build()))
            .build();
    var request =
        new Request.Builder()
            .url("https://hotdash.myshopify.com/admin/api/2026-10/graphql.json")
            .post(
                RequestBody.create(
                    ("{\"query\":\"" + QUERY + "\"}").getBytes(StandardCharsets.UTF_8)))
            .build();

    try (var response = app.newCall(request).execute()) {
      assertThat(response.body().string()).isEqualTo(OK);
    }

    assertThat(server.getRequestCount()).isEqualTo(2);
    assertThat(guard.gate(shop).status().maximumAvailable()).isEqualTo(4_000);
    assertThat(guard.gate(shop).status().inFlight()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"39/40, 40, 1, 2", "80/80, 80, 0, 4", "0/400, 400, 400, 20"})
  void restLimit_isABucketOfCalls(String header, double size, double left, double leak) {
    assertThat(RestLimit.status(header)).isEqualTo(new ThrottleStatus(size, left, leak));
    assertThat(RestLimit.status("x")).isNull();
    assertThat(RestLimit.status(null)).isNull();
  }

  private ShopifyClient client() {
    guard.close();
    guard = guard();
    return guard.client(shop, Secret.of(TOKEN));
  }

  private ShopifyGuard guard() {
    return ShopifyGuard.builder()
        .baseUrl(server.url("/").toString())
        .time(time.time())
        .alarm(
            (nanos, task) -> {
              time.advance(Duration.ofNanos(nanos));
              task.run();
              return () -> {};
            })
        .build();
  }

  private static ShopifyException refusal(ShopifyClient client, String document) {
    return catchThrowableOfType(ShopifyException.class, () -> client.call(document, Map.of()));
  }

  private static MockResponse.Builder json(String body) {
    return new MockResponse.Builder().addHeader("Content-Type", "application/json").body(body);
  }

  private static MockResponse lost() {
    return new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build();
  }

  private static String body(RecordedRequest request) {
    return request.getBody() == null ? "" : request.getBody().utf8();
  }
}
