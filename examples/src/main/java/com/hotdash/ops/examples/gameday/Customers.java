package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.testkit.Estate;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.hotdash.Machine;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Those who use the simulated HotDash, and do not pause while somebody works on a cure: whenever
 * virtual time passes, they send their requests, and what came back is kept, second by second. They
 * judge nothing, and what they saw is what the runbook's word is held against. Thread-safe.
 */
final class Customers {
  static final String ORDERS = "/app/orders";
  private static final List<String> ROUTES = List.of("/app", ORDERS);
  private static final int EACH_SECOND = 8;
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final FakeTime clock;
  private final List<Second> seconds = new ArrayList<>();
  private Instant next;
  private int turn;
  private @Nullable Estate estate;

  /**
   * What came back in one second.
   *
   * @param at its end
   * @param requests how many were sent
   * @param failed how many were answered with a server's error
   * @param unserved how many of those found no machine that ran
   * @param releases what the machines ran, by number; one entry for each that ran
   */
  record Second(Instant at, int requests, int failed, int unserved, List<Integer> releases) {}

  Customers(FakeTime clock) {
    this.clock = clock;
    this.next = clock.now().plus(SECOND);
  }

  /** Returns a time in which nobody waits without customers coming by. */
  Time time() {
    var plain = clock.time();
    return new Time(plain.clock(), plain.ticker(), this::sleep);
  }

  synchronized void visit(Estate world) {
    estate = world;
  }

  /** Returns what came back since a moment. */
  synchronized List<Second> since(Instant from) {
    return seconds.stream().filter(second -> second.at().isAfter(from)).toList();
  }

  private void sleep(Duration wait) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before a wait of " + wait);
    }
    pass(wait);
  }

  /** Lets virtual time pass. */
  synchronized void pass(Duration wait) {
    var end = clock.now().plus(wait);
    while (!next.isAfter(end)) {
      clock.advance(Duration.between(clock.now(), next));
      next = next.plus(SECOND);
      second();
    }
    if (clock.now().isBefore(end)) {
      clock.advance(Duration.between(clock.now(), end));
    }
  }

  private void second() {
    if (estate == null) {
      return;
    }
    var hotdash = estate.hotdash();
    var running = hotdash.machines().stream().filter(Machine::running).toList();
    int failed = 0;
    for (int i = 0; i < EACH_SECOND; i++) {
      var route = ROUTES.get(turn % ROUTES.size());
      // Each route meets each machine: the two counts move at different paces.
      int which = turn / ROUTES.size();
      turn++;
      if (running.isEmpty()
          || hotdash.ask(running.get(which % running.size()).id(), route).status() >= 500) {
        failed++;
      }
    }
    seconds.add(
        new Second(
            clock.now(),
            EACH_SECOND,
            failed,
            running.isEmpty() ? EACH_SECOND : 0,
            running.stream().map(machine -> machine.release().version()).toList()));
  }
}
