package com.hotdash.ops.observation;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import java.util.Set;
import java.util.function.Consumer;

/** Takes readings from several threads until it is frozen; what comes later is too late. */
final class Collector implements Source.Sink {
  private final Observation.Builder builder;
  private boolean frozen;

  Collector(Observation.Builder builder) {
    this.builder = builder;
  }

  @Override
  public synchronized <T> void put(ReadingKey<T> key, Reading<T> reading) {
    if (!frozen) {
      builder.with(key, reading);
    }
  }

  /** What was read so far; of what is outstanding, it says that it is still under way. */
  synchronized Observation soFar(Set<ReadingKey<?>> outstanding) {
    var seen = builder.build();
    var gaps = Observation.at(seen.at());
    outstanding.forEach(key -> underWay(gaps, key));
    return seen.and(gaps.build());
  }

  private static <T> void underWay(Observation.Builder gaps, ReadingKey<T> key) {
    gaps.with(
        key,
        Reading.unread(
            new NotChecked(key.name(), Why.TIMED_OUT, "still being read", "wait for the rest")));
  }

  synchronized Observation freeze(Consumer<Observation.Builder> fillUp) {
    frozen = true;
    fillUp.accept(builder);
    return builder.build();
  }
}
