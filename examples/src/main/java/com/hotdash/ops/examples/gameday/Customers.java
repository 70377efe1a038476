package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.testkit.Estate;
import com.hotdash.ops.testkit.fly.FlyLogLine;
import com.hotdash.ops.testkit.hotdash.HotdashServer;
import com.hotdash.ops.testkit.hotdash.Machine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Those who use the simulated HotDash, and do not pause while somebody works on a cure: whenever
 * time passes, they send their requests, and what came back is kept, second by second. They judge
 * nothing, and what they saw is what the runbook's word is held against. Thread-safe.
 */
final class Customers {
  static final String ORDERS = "/app/orders";
  private static final List<String> ROUTES = List.of("/app", ORDERS);
  private static final int EACH_SECOND = 8;
  private static final Duration LOGGED = Duration.ofSeconds(30);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Supplier<Instant> clock;
  private final Consumer<Duration> advance;
  private final List<Second> seconds = new ArrayList<>();
  private final List<Runnable> besides = new ArrayList<>();
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

  /**
   * @param clock tells the time
   * @param advance moves it
   */
  Customers(Supplier<Instant> clock, Consumer<Duration> advance) {
    this.clock = clock;
    this.advance = advance;
    this.next = clock.get().plus(SECOND);
  }

  /** Lets something else happen in each second, too. It must not let time pass. */
  synchronized void besides(Runnable happens) {
    besides.add(happens);
  }

  synchronized void visit(Estate world) {
    estate = world;
  }

  /** Returns what came back since a moment. */
  synchronized List<Second> since(Instant from) {
    return seconds.stream().filter(second -> second.at().isAfter(from)).toList();
  }

  /** Lets time pass. */
  synchronized void pass(Duration wait) {
    var end = clock.get().plus(wait);
    while (!next.isAfter(end)) {
      advance.accept(Duration.between(clock.get(), next));
      second();
    }
    var left = Duration.between(clock.get(), end);
    if (!left.isNegative()) {
      advance.accept(left);
    }
  }

  /** Sends what is due by now, where time passes by itself. */
  synchronized void catchUp() {
    while (!next.isAfter(clock.get())) {
      second();
    }
  }

  private void second() {
    var at = next;
    next = next.plus(SECOND);
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
      if (running.isEmpty() || !served(hotdash, running, which, route)) {
        failed++;
      }
    }
    seconds.add(
        new Second(
            at,
            EACH_SECOND,
            failed,
            running.isEmpty() ? EACH_SECOND : 0,
            running.stream().map(machine -> machine.release().version()).toList()));
    if (seconds.size() % Math.toIntExact(LOGGED.toSeconds()) == 0 && !running.isEmpty()) {
      logged(estate, running.get(turn % running.size()), at);
    }
    besides.forEach(Runnable::run);
  }

  /** What the application prints of one request of many. */
  private static void logged(Estate estate, Machine machine, Instant at) {
    var line = "GET /app 200 - - 120.4 ms";
    estate.flyApp().log(new FlyLogLine(at, machine.id(), "ord", "app", "info", line));
  }

  /** As the platform's proxy does: where nobody listens behind the port, another one is asked. */
  private static boolean served(
      HotdashServer hotdash, List<Machine> running, int which, String route) {
    for (int i = 0; i < running.size(); i++) {
      int status = hotdash.ask(running.get((which + i) % running.size()).id(), route).status();
      if (status != 0) {
        return status < 500;
      }
    }
    return false;
  }
}
