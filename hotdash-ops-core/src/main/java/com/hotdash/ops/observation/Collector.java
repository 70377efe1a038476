package com.hotdash.ops.observation;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
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

  synchronized Observation freeze(Consumer<Observation.Builder> fillUp) {
    frozen = true;
    fillUp.accept(builder);
    return builder.build();
  }
}
