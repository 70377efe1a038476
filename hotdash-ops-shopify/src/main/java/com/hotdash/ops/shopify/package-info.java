/** Shopify's Admin API behind a guard: no throttled call, no mutation made twice. */
@NullMarked
package com.hotdash.ops.shopify;

import org.jspecify.annotations.NullMarked;
