package com.hotdash.ops.testkit.shopify;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change that was carried out in the shop.
 *
 * @param at when, by the simulator's time
 * @param name the mutation's field, or method and path of a REST call
 * @param arguments what it was given
 * @param idempotencyKey the key that it came with, or null
 */
public record ShopifyEffect(
    Instant at,
    String name,
    Map<String, @Nullable Object> arguments,
    @Nullable String idempotencyKey) {}
