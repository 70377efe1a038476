package com.hotdash.ops.examples.contract;

import com.hotdash.ops.runbook.RunbookBuilder;
import java.time.Duration;
import java.util.List;

/** A world in which a change is wanted, as it is seen from outside. */
interface World extends AutoCloseable {
  /** Begins a process of its own, with clients of its own, that close with its runbook. */
  RunbookBuilder process(Life life);

  /** Returns what was done to it, out of its own records: one line each, what and to whom. */
  List<String> effects();

  /** Returns what the change is about, as it is now. */
  String state();

  /** Lets time pass, where it is virtual. */
  void pass(Duration time);

  /** Sets the clients' clocks back: whatever they read from now on was seen before the change. */
  void readOldData();

  /** Returns what must appear nowhere. */
  List<String> secrets();

  @Override
  void close();
}
