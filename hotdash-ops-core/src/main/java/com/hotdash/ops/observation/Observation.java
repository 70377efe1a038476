package com.hotdash.ops.observation;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One look at the world: some readings, each made at most once. Immutable. A scenario for a test is
 * built by hand: no reading needs an outside system.
 */
public final class Observation {
  private final Instant at;
  private final Map<ReadingKey<?>, Reading<?>> readings;

  private Observation(Instant at, Map<ReadingKey<?>, Reading<?>> readings) {
    this.at = at;
    this.readings = Map.copyOf(readings);
  }

  /**
   * Begins an observation.
   *
   * @param at when the look began
   * @return a builder without readings
   */
  public static Builder at(Instant at) {
    return new Builder(at);
  }

  /**
   * Returns when the look began.
   *
   * @return the time by our clock
   */
  public Instant at() {
    return at;
  }

  /**
   * Returns a reading.
   *
   * @param key what was read
   * @param <T> the type of the value
   * @return the reading; not configured if nobody makes it
   */
  @SuppressWarnings("unchecked") // A builder takes a key only together with a reading of its type.
  public <T> Reading<T> get(ReadingKey<T> key) {
    var reading = (Reading<T>) readings.get(key);
    return reading != null
        ? reading
        : Reading.unread(
            new NotChecked(
                key.name(), Why.NOT_CONFIGURED, "nothing was given to look with", key.remedy()));
  }

  /**
   * Adds what a later look read.
   *
   * @param later the later look; a reading that this one has, also one that failed, stays
   * @return both, as of when this one began
   */
  public Observation and(Observation later) {
    var all = new LinkedHashMap<>(later.readings);
    all.putAll(readings);
    return new Observation(at, all);
  }

  /** Collects readings. Not thread-safe. */
  public static final class Builder {
    private final Instant at;
    private final Map<ReadingKey<?>, Reading<?>> readings = new LinkedHashMap<>();

    private Builder(Instant at) {
      this.at = at;
    }

    /**
     * Adds a reading. The first of a key counts.
     *
     * @param key what was read
     * @param reading the reading
     * @param <T> the type of the value
     * @return this builder
     */
    public <T> Builder with(ReadingKey<T> key, Reading<T> reading) {
      readings.putIfAbsent(key, reading);
      return this;
    }

    boolean lacks(ReadingKey<?> key) {
      return !readings.containsKey(key);
    }

    /**
     * Makes the observation.
     *
     * @return the observation
     */
    public Observation build() {
      return new Observation(at, readings);
    }
  }
}
