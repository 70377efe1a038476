package com.hotdash.ops.testkit.fly;

import java.time.Instant;

/**
 * A line of an app's log.
 *
 * @param at when; of two lines of one nanosecond the later added one moves on by one
 * @param machine the machine's id
 * @param region where it runs
 * @param provider {@code app}, {@code runner} or {@code proxy}
 * @param level Fly's guess, nearly always {@code info}
 * @param message the text
 */
public record FlyLogLine(
    Instant at, String machine, String region, String provider, String level, String message) {}
