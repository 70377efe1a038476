package com.hotdash.ops.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.http.HttpException;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.shopify.ShopifyFault;
import com.hotdash.ops.testkit.shopify.ShopifyReply;
import com.hotdash.ops.testkit.shopify.ShopifySimulator;
import com.hotdash.ops.testkit.web.Json;
import com.hotdash.ops.time.Time;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many callers of a shop that stops answering, and of one that says little. */
@Timeout(30)
class StoppedShopTest {
  private static final String QUERY = "{ orders(first: 10) { nodes { id name } } }";
  private static final String NAME = "hotdash-dev.myshopify.com";

  private final FakeTime time = FakeTime.startingAt(Instant.parse("2026-11-23T03:00:00Z"));

  @ParameterizedTest
  @CsvSource({"430, false", "423, false", "402, false", "430, true", "423, true"})
  void callers_waitingWhenTheShopStopsThem_areNotSentAnyMore(int status, boolean intercepted)
      throws Exception {
    var threads = Executors.newFixedThreadPool(20);
    try (var shop = ShopifySimulator.start(Time.SYSTEM, NAME);
        var guard = ShopifyGuard.builder().baseUrl(shop.address().toString()).build();
        var client = guard.client(new ShopDomain(NAME), token(shop))) {
      var stopped = new AtomicReference<>(new CountDownLatch(1));
      shop.faults(
          call -> {
            await(stopped.get()); // the others wait for the first reply meanwhile
            return Optional.of(
                ShopifyFault.instead(ShopifyReply.json(status, Json.of("errors", "stop"))));
          });
      var app = app(guard, shop);
      var token = token(shop).reveal();
      var asked = new ArrayList<Future<?>>();
      for (int i = 0; i < 20; i++) {
        asked.add(
            threads.submit(
                () -> intercepted ? rest(app, token) : client.call(QUERY, Map.of()).toString()));
      }
      var name = new ShopDomain(NAME);
      var gate = intercepted ? guard.restGate(name) : guard.gate(name);
      while (gate.status().interactiveWaiting() < 19) {
        Thread.onSpinWait();
      }
      stopped.get().countDown();

      for (var one : asked) {
        try {
          assertThat(one.get(10, TimeUnit.SECONDS)).isEqualTo("" + status);
        } catch (ExecutionException e) {
          assertThat(e).hasStackTraceContaining("ShopifyException");
        }
      }
      assertThat(shop.site().requests()).hasSize(1);
      assertThat(gate.status().inFlight()).isZero();
      app.dispatcher().executorService().shutdown();
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void throttled_withoutAWordOfTheBucket_waitsASecondEachTime(boolean intercepted)
      throws Exception {
    try (var shop = ShopifySimulator.start(time.time(), NAME);
        var guard = guard(shop);
        var client = guard.client(new ShopDomain(NAME), token(shop))) {
      shop.throttleStatus(false);
      client.call("{ shop { name } }", Map.of());
      shop.app().take(2_000);
      int before = shop.site().requests().size();
      var begun = time.now();
      var document = "{ orders(first: 250) { nodes { lineItems(first: 50) { nodes { id } } } } }";

      if (intercepted) {
        var app = app(guard, shop);
        app.newCall(graphql(token(shop).reveal(), document).build()).execute().close();
      } else {
        assertThat(client.call(document, Map.of()).data()).containsKey("orders");
      }

      long seconds = Duration.between(begun, time.now()).toSeconds();
      assertThat(shop.site().requests().size() - before).isLessThanOrEqualTo((int) seconds + 1);
      assertThat(seconds).isBetween(1L, 10L);
    }
  }

  @Test
  void calls_manyAtOnce_areInFlightTogether() throws Exception {
    var together = new CountDownLatch(60);
    var plus =
        "{\"data\":{},\"extensions\":{\"cost\":{\"requestedQueryCost\":6,\"actualQueryCost\":3,"
            + "\"throttleStatus\":{\"maximumAvailable\":20000.0,\"currentlyAvailable\":19000,"
            + "\"restoreRate\":1000.0}}}}";
    var threads = Executors.newFixedThreadPool(60);
    try (var server = new MockWebServer()) {
      server.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
              if (request.getBody() != null && !request.getBody().utf8().contains("shop")) {
                together.countDown();
                await(together);
              }
              return new MockResponse.Builder()
                  .addHeader("Content-Type", "application/json")
                  .body(plus)
                  .build();
            }
          });
      server.start();
      try (var guard = ShopifyGuard.builder().baseUrl(server.url("/").toString()).build();
          var client = guard.client(new ShopDomain(NAME), Secret.of("shpat_0123456789abcdef"))) {
        client.call("{ shop { name } }", Map.of());
        for (int i = 0; i < 60; i++) {
          threads.execute(() -> client.call(QUERY, Map.of()));
        }

        assertThat(together.await(10, TimeUnit.SECONDS)).as("all at the shop at once").isTrue();
        threads.shutdown();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void unreachable_queriesThatNeverLeft_takeNoPoints() {
    try (var guard =
            ShopifyGuard.builder().baseUrl("http://127.0.0.1:1").time(time.time()).build();
        var client = guard.client(new ShopDomain(NAME), Secret.of("shpat_0123456789abcdef"))) {
      double before = guard.gate(new ShopDomain(NAME)).status().available();

      assertThatExceptionOfType(HttpException.class).isThrownBy(() -> client.call(QUERY, Map.of()));

      assertThat(guard.gate(new ShopDomain(NAME)).status().available()).isEqualTo(before);
    }
  }

  @Test
  void interrupted_afterAnAnswerThatWasLost_isUncertain() {
    try (var shop = ShopifySimulator.start(time.time(), NAME);
        var guard = guard(shop);
        var client = guard.client(new ShopDomain(NAME), token(shop))) {
      shop.faults(
          call -> {
            if (shop.effects().isEmpty()) {
              return Optional.of(ShopifyFault.serverError(503, true));
            }
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("caller"))
                .forEach(Thread::interrupt);
            return Optional.of(ShopifyFault.resetBefore());
          });
      var thrown = new AtomicReference<Throwable>();
      var caller =
          new Thread(
              () ->
                  client.call(
                      "mutation { refundCreate(input: { orderId: \"gid://shopify/Order/1\" })"
                          + " @idempotent(key: \"7\") { userErrors { message } } }",
                      Map.of()),
              "caller");
      caller.setUncaughtExceptionHandler((thread, e) -> thrown.set(e));
      caller.start();
      join(caller);

      assertThat(thrown.get()).isInstanceOf(OpsException.class);
      assertThat(((OpsException) thrown.get()).outcomeUnknown()).isTrue();
    }
  }

  @Test
  void breaker_clockSetBack_goesOnAllTheSame() {
    try (var shop = ShopifySimulator.start(time.time(), NAME);
        var guard =
            ShopifyGuard.builder()
                .baseUrl(shop.address().toString())
                .time(
                    new Time(
                        () -> time.now().minus(Duration.ofHours(time.waits().size())),
                        time.time().ticker(),
                        time.time().sleeper()))
                .build();
        var client = guard.client(new ShopDomain(NAME), token(shop))) {
      var broken = new AtomicBoolean(true);
      var error = ShopifyFault.serverError(503, false);
      shop.faults(call -> broken.get() ? Optional.of(error) : Optional.empty());
      for (int i = 0; i < 5; i++) {
        assertThatExceptionOfType(OpsException.class)
            .isThrownBy(() -> client.call(QUERY, Map.of()));
      }
      broken.set(false);
      time.advance(Duration.ofMinutes(6));

      assertThat(client.call(QUERY, Map.of()).data()).containsKey("orders");
    }
  }

  @Test
  void breaker_answerOfItsPingBreaksOff_triesAgainLater() throws Exception {
    try (var server = new MockWebServer();
        var guard =
            ShopifyGuard.builder().time(time.time()).alarm((nanos, task) -> () -> {}).build()) {
      server.start();
      var answer = new AtomicReference<>(new MockResponse.Builder().code(503).body("{}").build());
      server.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
              return answer.get();
            }
          });
      var app = app(guard, server.url("/"));
      for (int i = 0; i < 5; i++) {
        rest(app, "shpat_0123456789abcdef");
      }
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> rest(app, "shpat_0123456789abcdef"));
      answer.set(
          new MockResponse.Builder()
              .body("{\"data\":{\"shop\":{\"name\":\"hotdash\"}}}")
              .onResponseBody(new SocketEffect.CloseSocket())
              .build());
      time.advance(Duration.ofSeconds(11));
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> rest(app, "shpat_0123456789abcdef"));

      answer.set(new MockResponse.Builder().body("{\"data\":{\"shop\":{}}}").build());
      time.advance(Duration.ofMinutes(10));

      assertThat(rest(app, "shpat_0123456789abcdef")).isEqualTo("200");
      app.dispatcher().executorService().shutdown();
    }
  }

  @Test
  void answers_compressedAsTheApplicationWants_areNotTakenForFailures() throws Exception {
    try (var server = new MockWebServer();
        var guard =
            ShopifyGuard.builder()
                .time(time.time())
                .alarm(
                    (nanos, task) -> {
                      time.advance(Duration.ofNanos(nanos));
                      task.run();
                      return () -> {};
                    })
                .build()) {
      server.start();
      var zipped = new Buffer();
      try (var zip = Okio.buffer(new GzipSink(zipped))) {
        zip.writeUtf8("{\"data\":{}}");
      }
      server.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
              return new MockResponse.Builder()
                  .addHeader("Content-Encoding", "gzip")
                  .body(zipped.copy())
                  .build();
            }
          });
      var app = app(guard, server.url("/"));

      for (int i = 0; i < 7; i++) {
        try (var response =
            app.newCall(
                    graphql("shpat_0123456789abcdef", QUERY)
                        .header("Accept-Encoding", "gzip")
                        .build())
                .execute()) {
          assertThat(response.code()).isEqualTo(200);
        }
      }
      app.dispatcher().executorService().shutdown();
    }
  }

  @Test
  void tooDear_saidByTheShop_isNotSentAgain() {
    try (var shop = ShopifySimulator.start(time.time(), NAME);
        var guard = guard(shop);
        var client = guard.client(new ShopDomain(NAME), token(shop))) {
      var error =
          Map.of(
              "message",
              "Query cost is 1217, which exceeds the single query max cost limit (1000).",
              "extensions",
              Map.of("code", "MAX_COST_EXCEEDED", "cost", 1_217, "maxCost", 1_000));
      shop.fault(
          1, ShopifyFault.instead(ShopifyReply.json(200, Json.of("errors", List.of(error)))));

      assertThatExceptionOfType(ShopifyException.class)
          .isThrownBy(() -> client.call(QUERY, Map.of()));
      assertThatExceptionOfType(QueryCostException.class)
          .isThrownBy(() -> client.call(QUERY, Map.of()))
          .withMessageContaining("1217 points");

      assertThat(shop.site().requests()).hasSize(1);
    }
  }

  @Test
  void transport_thatIsGuardedAlready_isRefused() {
    try (var guard = ShopifyGuard.builder().build()) {
      var guarded =
          new OkHttpClient.Builder().addInterceptor(guard.interceptor(Lane.BATCH)).build();

      assertThatIllegalArgumentException()
          .isThrownBy(() -> ShopifyGuard.builder().transport(guarded));
    }
  }

  private static String rest(OkHttpClient app, String token) throws Exception {
    var request =
        new Request.Builder()
            .url("https://" + NAME + "/admin/api/2026-10/orders.json")
            .header("X-Shopify-Access-Token", token)
            .build();
    try (var response = app.newCall(request).execute()) {
      return "" + response.code();
    }
  }

  private static Request.Builder graphql(String token, String document) {
    return new Request.Builder()
        .url("https://" + NAME + "/admin/api/2026-10/graphql.json")
        .header("X-Shopify-Access-Token", token)
        .post(
            RequestBody.create(
                Json.write(Map.of("query", document)), MediaType.get("application/json")));
  }

  private static OkHttpClient app(ShopifyGuard guard, ShopifySimulator shop) {
    return app(guard, HttpUrl.get(shop.address().toString()));
  }

  private static OkHttpClient app(ShopifyGuard guard, HttpUrl home) {
    return new OkHttpClient.Builder()
        .addInterceptor(guard.interceptor(Lane.INTERACTIVE))
        .addInterceptor(
            chain -> {
              var url = chain.request().url().newBuilder();
              url.scheme("http").host(home.host()).port(home.port());
              return chain.proceed(chain.request().newBuilder().url(url.build()).build());
            })
        .build();
  }

  private static Secret token(ShopifySimulator shop) {
    return Secret.of(shop.app().token().reveal());
  }

  private ShopifyGuard guard(ShopifySimulator shop) {
    return ShopifyGuard.builder()
        .baseUrl(shop.address().toString())
        .time(time.time())
        .alarm(
            (nanos, task) -> {
              time.advance(Duration.ofNanos(nanos));
              task.run();
              return () -> {};
            })
        .build();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
