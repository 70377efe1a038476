package com.hotdash.ops.examples.gameday;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was opened for a hall, closed in reverse order. */
final class Kept implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  <T extends AutoCloseable> T keep(T resource) {
    open.push(resource);
    return resource;
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) { // The server must be stopped, whatever keeps another from closing.
        System.err.println("game-day close: " + e.getMessage());
      }
    }
  }
}
