/** Measurements of what must be fast. */
@NullMarked
package com.hotdash.ops.benchmarks;

import org.jspecify.annotations.NullMarked;
