package com.hotdash.ops.observation;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A look whose readings heed interrupts: closing it interrupts the thread that reads. */
abstract class LookThread implements Source.Look {
  private @Nullable Thread reading;
  private boolean closed;

  /** Makes one reading, unless the look was closed. */
  final <T> void put(Source.Sink sink, ReadingKey<T> key, Supplier<Reading<T>> read) {
    if (!enter()) {
      return;
    }
    try {
      sink.put(key, read.get());
    } finally {
      leave();
    }
  }

  private synchronized boolean enter() {
    reading = closed ? null : Thread.currentThread();
    return !closed;
  }

  private synchronized void leave() {
    reading = null;
    if (closed) {
      Thread.interrupted(); // close() set the flag for this reading, not for who lent the thread
    }
  }

  @Override
  public final synchronized void close() {
    closed = true;
    if (reading != null) {
      reading.interrupt();
    }
  }
}
