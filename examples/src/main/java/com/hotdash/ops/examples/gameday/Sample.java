package com.hotdash.ops.examples.gameday;

import java.time.Instant;

/**
 * What the server looked like at one moment.
 *
 * @param at when
 * @param freeSlots how many connections an ordinary role could still open
 * @param waiting how many sessions waited for a lock
 */
record Sample(Instant at, int freeSlots, int waiting) {}
