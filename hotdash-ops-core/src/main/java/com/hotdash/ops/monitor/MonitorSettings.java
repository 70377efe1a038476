package com.hotdash.ops.monitor;

import com.hotdash.ops.time.Limits;
import java.time.Duration;

/**
 * When a monitor believes what it sees. A tick is one look.
 *
 * @param openAfter how many bad ticks open an incident, at least 1: so many of the last {@code 2 ×
 *     openAfter - 1} that could judge. An outage opens at once
 * @param closeAfter how many good ticks in a row close it, at least 1. One that came back within
 *     {@code flapWithin} takes twice as many for each time, eight times as many at most
 * @param blindAfter after how many ticks in a row that could not judge an incident people are told,
 *     at least 1
 * @param flapWithin how long an earlier opening counts for damping, more than zero
 * @param remindEvery how often people are told again of what stays open, more than zero
 * @param lookWithin how long one look may take, more than zero
 * @param tellWithin how long telling may take in one tick, more than zero; what is left over is
 *     told in the next
 */
public record MonitorSettings(
    int openAfter,
    int closeAfter,
    int blindAfter,
    Duration flapWithin,
    Duration remindEvery,
    Duration lookWithin,
    Duration tellWithin) {
  /**
   * Two bad ticks, three good ones, three blind ones; at five minutes a tick, as the runbook says,
   * that is ten minutes to open and a quarter of an hour to close. A look takes 20 s as triage
   * does.
   */
  public static final MonitorSettings DEFAULT =
      new MonitorSettings(
          2,
          3,
          3,
          Duration.ofHours(1),
          Duration.ofMinutes(30),
          Duration.ofSeconds(20),
          Duration.ofMinutes(4));

  /** Checks the bounds. */
  public MonitorSettings {
    if (openAfter < 1 || closeAfter < 1 || blindAfter < 1) {
      throw new IllegalArgumentException("one tick at least opens, closes, or is blind");
    }
    Limits.positive(flapWithin, "flapWithin");
    Limits.positive(remindEvery, "remindEvery");
    Limits.positive(lookWithin, "lookWithin");
    Limits.positive(tellWithin, "tellWithin");
  }
}
