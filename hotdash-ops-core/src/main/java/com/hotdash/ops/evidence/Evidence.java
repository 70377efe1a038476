package com.hotdash.ops.evidence;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was read, where and when, so that a person can judge it and see the same.
 *
 * @param value what was read, with its unit, in the service's own words; already redacted
 * @param source where it was read, such as {@code pg_stat_activity of db.example.com}
 * @param observedAt when we read it, by our clock
 * @param dataAt the time of the data by the source's clock, or {@code null} if it does not say
 * @param window the span that the data covers, or {@code null} if it is of one moment
 * @param sampleSize how many samples it rests on, or {@code null} if that has no meaning
 * @param coverage how much of what was asked was seen, or {@code null} if all of it
 * @param byHand the command or query with which a person sees the same, or {@code null} if there is
 *     none
 */
public record Evidence(
    String value,
    String source,
    Instant observedAt,
    @Nullable Instant dataAt,
    @Nullable Duration window,
    @Nullable Long sampleSize,
    @Nullable String coverage,
    @Nullable String byHand) {

  /**
   * Makes evidence of one moment.
   *
   * @param value what was read, with its unit
   * @param source where it was read
   * @param observedAt when it was read
   * @return the evidence
   */
  public static Evidence of(String value, String source, Instant observedAt) {
    return new Evidence(value, source, observedAt, null, null, null, null, null);
  }

  /**
   * Says the same of another value from the same reading.
   *
   * @param other the other value, with its unit
   * @return a changed copy
   */
  public Evidence withValue(String other) {
    return new Evidence(other, source, observedAt, dataAt, window, sampleSize, coverage, byHand);
  }

  /**
   * Adds the time of the data by the source's own clock.
   *
   * @param at the time, or {@code null} if the source does not say
   * @return a changed copy
   */
  public Evidence withDataAt(@Nullable Instant at) {
    return new Evidence(value, source, observedAt, at, window, sampleSize, coverage, byHand);
  }

  /**
   * Adds how much was sampled, and over how long.
   *
   * @param span the span that the data covers
   * @param samples how many samples it rests on
   * @return a changed copy
   */
  public Evidence withSample(Duration span, long samples) {
    return new Evidence(value, source, observedAt, dataAt, span, samples, coverage, byHand);
  }

  /**
   * Adds how much of what was asked was seen.
   *
   * @param seen such as {@code 2,000 lines, last 40 s of 10 min}
   * @return a changed copy
   */
  public Evidence withCoverage(String seen) {
    return new Evidence(value, source, observedAt, dataAt, window, sampleSize, seen, byHand);
  }

  /**
   * Adds how a person sees the same.
   *
   * @param command the command or query
   * @return a changed copy
   */
  public Evidence withByHand(String command) {
    return new Evidence(value, source, observedAt, dataAt, window, sampleSize, coverage, command);
  }

  @Override
  public String toString() {
    return value
        + " ["
        + source
        + (coverage == null ? "" : ", " + coverage)
        + (sampleSize == null ? "" : ", n=" + sampleSize)
        + "]";
  }
}
