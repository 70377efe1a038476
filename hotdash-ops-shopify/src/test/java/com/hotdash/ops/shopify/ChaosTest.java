package com.hotdash.ops.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.shopify.ShopifyEffect;
import com.hotdash.ops.testkit.shopify.ShopifyFault;
import com.hotdash.ops.testkit.shopify.ShopifySimulator;
import com.hotdash.ops.testkit.web.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
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
        try {
          client.call(i % 2 == 0 ? tag(i) : refund(i), Map.of());
          answered.add("note-" + i);
        } catch (OpsException e) {
          uncertain += e.outcomeUnknown() ? 1 : 0;
          time.advance(Duration.ofMinutes(6)); // whatever was stopped goes on
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
