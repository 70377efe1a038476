/** Shopify's Admin API, simulated: its points, its refusals, its tokens and its webhooks. */
@NullMarked
package com.hotdash.ops.testkit.shopify;

import org.jspecify.annotations.NullMarked;
