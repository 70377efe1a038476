package com.hotdash.ops.resolution;

import java.util.ArrayList;
import java.util.List;

/**
 * A journal that ends with its process. For tests, and for hosts that keep no state. Thread-safe.
 */
public final class MemoryJournal implements Journal {
  private final List<JournalEntry> entries = new ArrayList<>();

  /** Makes an empty journal. */
  public MemoryJournal() {}

  @Override
  public synchronized void append(JournalEntry entry) {
    entries.add(entry);
  }

  @Override
  public synchronized List<JournalEntry> entries() {
    return List.copyOf(entries);
  }

  @Override
  public String place() {
    return "memory";
  }
}
