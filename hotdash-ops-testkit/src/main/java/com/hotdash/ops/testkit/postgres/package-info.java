/**
 * A real PostgreSQL for tests and game days, and a kit of faults for it. Each fault is started by
 * one call that returns once the symptom is there, and is taken back by closing it.
 */
@NullMarked
package com.hotdash.ops.testkit.postgres;

import org.jspecify.annotations.NullMarked;
