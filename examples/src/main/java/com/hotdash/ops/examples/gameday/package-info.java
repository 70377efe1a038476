/** The game day: a real PostgreSQL, broken and cured through the runbook's public API. */
@NullMarked
package com.hotdash.ops.examples.gameday;

import org.jspecify.annotations.NullMarked;
