package com.hotdash.ops.testkit.postgres;

import java.util.List;

/** Looks for threads that a fault forgot. */
final class Threads {
  private Threads() {}

  static List<String> ofTheKit() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("testkit-"))
        .toList();
  }
}
