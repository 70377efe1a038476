/**
 * Reads Prometheus text and OpenMetrics, and makes rates, shares and quantiles of two readings.
 * Bytes in, records out: nothing here calls anybody.
 */
@NullMarked
package com.hotdash.ops.metrics;

import org.jspecify.annotations.NullMarked;
