package com.hotdash.ops.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.shopify.ShopifyEffect;
import com.hotdash.ops.testkit.shopify.ShopifyFault;
import com.hotdash.ops.testkit.shopify.ShopifySimulator;
import com.hotdash.ops.testkit.web.Call;
import com.hotdash.ops.testkit.web.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mutations on a shop that loses answers, before the work and after it. */
class ChaosTest {
  private static final int CALLS = 200;
  private static final Pattern NOTE = Pattern.compile("note-\\d+");

  private final FakeTime time = FakeTime.startingAt(Instant.parse("2026-11-23T03:00:00Z"));
  private final Map<String, Integer> mayHaveRun = new HashMap<>();
  private Random random = new Random();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void mutations_answersLostAtRandom_noneIsMadeTwice(long seed) {
    random = new Random(seed);
    var answered = new HashSet<String>();
    int uncertain = 0;
    int repeated = 0;
    try (var shop = ShopifySimulator.start(time.time(), "hotdash-dev.myshopify.com");
        var guard = guard(shop);
        var client =
            guard.client(new ShopDomain(shop.domain()), Secret.of(shop.app().token().reveal()))) {
      shop.faults(this::fault);
      for (int i = 0; i < CALLS; i++) {
        boolean again = true;
        for (int tries = 0; again && tries < 5; tries++) {
          again = false;
          try {
            client.call(i % 2 == 0 ? tag(i) : refund(i), Map.of());
            answered.add("note-" + i);
          } catch (OpsException e) {
            uncertain += e.outcomeUnknown() ? 1 : 0;
            again = e.retryable(); // a caller who trusts what is said
            time.advance(Duration.ofMinutes(6)); // whatever was stopped goes on
          }
        }
      }
      var effects = new HashMap<String, Integer>();
      shop.effects().forEach(effect -> effects.merge(note(effect), 1, Integer::sum));

      assertThat(effects).allSatisfy((note, times) -> assertThat(times).as(note).isEqualTo(1));
      assertThat(effects).containsKeys(answered.toArray(String[]::new));
      for (int i = 0; i < CALLS; i++) {
        int sent = mayHaveRun.getOrDefault("note-" + i, 0);
        if (i % 2 == 0) {
          assertThat(sent).as("tagsAdd %s", i).isLessThanOrEqualTo(1);
        } else {
          repeated += sent > 1 ? 1 : 0;
        }
      }
    }
    assertThat(answered).hasSizeGreaterThan(CALLS / 2);
    assertThat(uncertain).isPositive();
    assertThat(repeated).as("refunds that were sent again").isPositive();
  }

  /** An application that puts in its own keys, and repeats what carries one. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void intercepted_answersLostAtRandom_noneIsMadeTwice(long seed) {
    random = new Random(seed);
    var answered = new HashSet<String>();
    int broken = 0;
    try (var shop = ShopifySimulator.start(time.time(), "hotdash-dev.myshopify.com");
        var guard = guard(shop)) {
      var app = app(guard, shop);
      var token = shop.app().token().reveal();
      shop.faults(this::fault);
      for (int i = 0; i < CALLS; i++) {
        var document = i % 2 == 0 ? tag(i) : keyedRefund(i);
        boolean done = send(app, shop, token, document);
        for (int tries = 1; !done && i % 2 == 1 && tries < 5; tries++) {
          done = send(app, shop, token, document);
        }
        if (done) {
          answered.add("note-" + i);
        } else {
          broken++;
        }
      }
      var effects = new HashMap<String, Integer>();
      shop.effects().forEach(effect -> effects.merge(note(effect), 1, Integer::sum));

      assertThat(effects).allSatisfy((note, times) -> assertThat(times).as(note).isEqualTo(1));
      assertThat(effects).containsKeys(answered.toArray(String[]::new));
      for (int i = 0; i < CALLS; i += 2) {
        // What a caller does not repeat, nobody repeats.
        assertThat(mayHaveRun.getOrDefault("note-" + i, 0)).as("tagsAdd %s", i).isLessThan(2);
      }
      app.connectionPool().evictAll();
    }
    assertThat(answered).hasSizeGreaterThan(CALLS / 2);
    assertThat(broken).isPositive();
  }

  /** Returns whether it was answered with a result. */
  private boolean send(OkHttpClient app, ShopifySimulator shop, String token, String document) {
    var request =
        new Request.Builder()
            .url("https://" + shop.domain() + "/admin/api/2026-10/graphql.json")
            .header("X-Shopify-Access-Token", token)
            .post(
                RequestBody.create(
                    Json.write(Json.of("query", document)).getBytes(StandardCharsets.UTF_8),
                    MediaType.get("application/json")))
            .build();
    try (var response = app.newCall(request).execute()) {
      var body = response.body().string();
      return response.isSuccessful()
          && !body.contains("\"errors\"")
          && !body.contains("IDEMPOTENCY_");
    } catch (IOException e) {
      time.advance(Duration.ofMinutes(6)); // whatever was stopped goes on
      return false;
    }
  }

  private static OkHttpClient app(ShopifyGuard guard, ShopifySimulator shop) {
    var home = shop.address();
    return new OkHttpClient.Builder()
        .addInterceptor(guard.interceptor(Lane.INTERACTIVE))
        .addInterceptor(
            chain -> {
              var url = chain.request().url().newBuilder();
              url.scheme("http").host(home.getHost()).port(home.getPort());
              return chain.proceed(chain.request().newBuilder().url(url.build()).build());
            })
        .build();
  }

  private Optional<ShopifyFault> fault(Call call) {
    var note = NOTE.matcher(call.body());
    if (!note.find()) {
      return Optional.empty();
    }
    mayHaveRun.merge(note.group(), 1, Integer::sum);
    return switch (random.nextInt(14)) {
      case 0 -> Optional.of(ShopifyFault.resetBefore());
      case 1 -> Optional.of(ShopifyFault.resetAfter());
      case 2 -> Optional.of(ShopifyFault.serverError(502, false));
      case 3 -> Optional.of(ShopifyFault.serverError(503, true));
      case 4 -> Optional.of(ShopifyFault.gaveUp(random.nextBoolean()));
      case 5 -> Optional.of(ShopifyFault.internalError(random.nextBoolean()));
      case 6 -> Optional.of(ShopifyFault.timeoutMessage(random.nextBoolean()));
      default -> Optional.empty();
    };
  }

  private static String note(ShopifyEffect effect) {
    var note = NOTE.matcher(effect.toString());
    assertThat(note.find()).as(effect.toString()).isTrue();
    return note.group();
  }

  private static String tag(int i) {
    return "mutation { tagsAdd(id: \"gid://shopify/Order/1\", tags: [\"note-"
        + i
        + "\"]) { userErrors { message } } }";
  }

  private static String refund(int i) {
    return "mutation { refundCreate(input: { orderId: \"gid://shopify/Order/1\", note: \"note-"
        + i
        + "\" }) { userErrors { message } } }";
  }

  private static String keyedRefund(int i) {
    return "mutation { refundCreate(input: { orderId: \"gid://shopify/Order/1\", note: \"note-"
        + i
        + "\" }) @idempotent(key: \"key-"
        + i
        + "\") { userErrors { message } } }";
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
}
