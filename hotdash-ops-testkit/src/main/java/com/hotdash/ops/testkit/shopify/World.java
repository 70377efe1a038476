package com.hotdash.ops.testkit.shopify;

import com.hotdash.ops.testkit.web.Call;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All that one simulated shop is. Its lock is the object itself. */
final class World {
  private static final int MOST_EFFECTS = 200_000;

  final Time time;
  final String domain;
  final List<ShopifyApp> apps = new ArrayList<>();
  final RequestedCost costs = new RequestedCost();
  final Map<String, Integer> rows = new HashMap<>();
  final Map<String, String> scopes = new LinkedHashMap<>();
  final Set<String> deprecated = new HashSet<>();
  final List<ShopifyEffect> effects = new ArrayList<>();
  ShopifyLimits limits = ShopifyLimits.STANDARD;
  Supplier<Duration> latency = () -> Duration.ZERO;
  Function<Call, Optional<ShopifyFault>> faults = call -> Optional.empty();
  ActualCost actual = (requested, returned) -> returned;
  boolean throttleStatus = true;
  double reportedMore;
  int refreshRefusal = 401;
  private long requests;

  World(Time time, String domain) {
    this.time = time;
    this.domain = domain;
    scopes.put("orders", "read_orders");
    scopes.put("order", "read_orders");
    scopes.put("products", "read_products");
    scopes.put("product", "read_products");
    scopes.put("productVariants", "read_products");
    scopes.put("customers", "read_customers");
    scopes.put("locations", "read_locations");
    scopes.put("inventoryItems", "read_inventory");
  }

  Instant now() {
    return time.now();
  }

  String requestId() {
    return new UUID(0x5409L << 48 | 0x4000, 0x8000_0000_0000_0000L | ++requests).toString();
  }

  void effect(String name, Map<String, @Nullable Object> arguments, @Nullable String key) {
    if (effects.size() == MOST_EFFECTS) {
      throw new IllegalStateException("more than " + MOST_EFFECTS + " changes in one simulator");
    }
    effects.add(new ShopifyEffect(now(), name, arguments, key));
  }
}
