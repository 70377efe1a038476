/** Looking again and again: what opens and closes alerts by itself, and what watches a change. */
@NullMarked
package com.hotdash.ops.monitor;

import org.jspecify.annotations.NullMarked;
