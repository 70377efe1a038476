package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.testkit.web.Site;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The simulated world in real time, for whoever wants to try the command line or jshell on it: it
 * has lived through a quiet while and a bad release before anybody looks, and customers go on.
 */
public final class LiveWorld implements AutoCloseable {
  private static final Duration QUIET = Duration.ofMinutes(20);
  private static final Duration STANDS = Duration.ofMinutes(4);
  private static final Duration EVERY = Duration.ofMillis(200);

  private final Time real;
  private final Customers customers;
  private final SimulatedHotdash world;
  private final String trouble;
  private final Thread visitors;
  private Duration behind = QUIET.plus(STANDS);
  private volatile boolean closed;

  /**
   * Starts it, 24 minutes ago by its own clock, and lives up to now in a moment.
   *
   * @param real the time that goes on by itself
   */
  public LiveWorld(Time real) {
    this(real, world -> "v" + world.release().version());
  }

  /**
   * Starts one in which nothing is wrong.
   *
   * @param real the time that goes on by itself
   * @return the world; the caller closes it
   */
  public static LiveWorld healthy(Time real) {
    return new LiveWorld(real, world -> "none");
  }

  /**
   * @param strikes makes trouble after the quiet while, and names it
   */
  LiveWorld(Time real, Function<SimulatedHotdash, String> strikes) {
    this.real = real;
    customers = new Customers(this::now, this::forward);
    world = new SimulatedHotdash(new Time(this::now, real.ticker(), real.sleeper()), customers);
    customers.pass(QUIET);
    trouble = strikes.apply(world);
    customers.pass(STANDS);
    visitors = new Thread(this::visit, "customers");
    visitors.setDaemon(true);
    visitors.start();
  }

  private synchronized Instant now() {
    return real.now().minus(behind);
  }

  private synchronized void forward(Duration by) {
    behind = behind.minus(by);
  }

  private void visit() {
    do {
      customers.catchUp();
    } while (!closed && real.await(EVERY));
  }

  /**
   * Returns the variables by which the command line and jshell find this world, credentials that
   * are good for nothing else among them.
   *
   * @return name to value
   */
  public Map<String, String> variables() {
    return world.variables();
  }

  /**
   * Returns the release that fails.
   *
   * @return such as {@code v118}; {@code none} if it is {@link #healthy}
   */
  public String badRelease() {
    return trouble;
  }

  /**
   * Returns how often Fly was made to do something.
   *
   * @param kind such as {@code machine.update}, or {@code *} for all
   * @return the count
   */
  public long changes(String kind) {
    return world.changes().stream()
        .filter(change -> kind.equals("*") || change.kind().equals(kind))
        .count();
  }

  /** Returns the servers of the world, by name. */
  Map<String, Site> faces() {
    return world.faces();
  }

  /** Returns what was asked of the world over HTTP, face by face: method, path and query. */
  List<String> asked() {
    return world.asked();
  }

  @Override
  public void close() {
    closed = true;
    visitors.interrupt();
    world.close();
  }

  @Override
  public String toString() {
    return world.description();
  }
}
