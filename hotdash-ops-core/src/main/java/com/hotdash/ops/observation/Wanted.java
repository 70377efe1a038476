package com.hotdash.ops.observation;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import java.util.Set;
import java.util.function.Supplier;

/** Makes those readings of a look that somebody asked for, and no others. */
record Wanted(Set<ReadingKey<?>> keys, Source.Sink sink) {
  <T> void read(ReadingKey<T> key, Supplier<Reading<T>> reading) {
    if (keys.contains(key)) {
      sink.put(key, reading.get());
    }
  }
}
