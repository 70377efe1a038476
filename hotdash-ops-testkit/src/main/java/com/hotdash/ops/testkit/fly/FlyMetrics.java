package com.hotdash.ops.testkit.fly;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The metrics that the platform collects. It takes a point of every series each 15 s of the given
 * time, with the values that stood then. A series that was never set or counted does not exist; a
 * machine that is down loses its gauges. Thread-safe; waits for no request that is being answered.
 */
public final class FlyMetrics {
  private final FlyWorld world;

  FlyMetrics(FlyWorld world) {
    this.world = world;
  }

  /**
   * Sets a gauge of a machine.
   *
   * @param name such as {@code fly_instance_memory_mem_available}
   * @param machine whose; gives the labels {@code app}, {@code region}, {@code host} and {@code
   *     instance}
   * @param value the value that the next scrapes see
   */
  public void gauge(String name, FlyMachine machine, double value) {
    world.metrics.set(name, PlatformSeries.labels(machine, Map.of()), value, world.now());
  }

  /**
   * Adds to a counter of a machine.
   *
   * @param name such as {@code fly_instance_cpu}
   * @param machine whose
   * @param more further labels, such as {@code cpu_id}
   * @param by how much; a negative number lets it fall, as a restart does
   */
  public void count(String name, FlyMachine machine, Map<String, String> more, double by) {
    world.metrics.add(name, PlatformSeries.labels(machine, more), by, world.now());
  }

  /**
   * Takes memory from a machine's process, until it boots anew.
   *
   * @param machine whose
   * @param bytes how much; a little always stays
   */
  public void use(FlyMachine machine, double bytes) {
    PlatformSeries.used(world.metrics, machine, bytes, world.now());
  }

  /**
   * Makes the edge slow: requests that are counted from now on waited there for so long.
   *
   * @param each how long; zero makes it well again
   */
  public void slowEdge(Duration each) {
    world.edgeDelay = each;
  }

  /**
   * Counts answered requests, as the edge and as the machine see them: the counters and the
   * histograms of response times.
   *
   * @param machine which machine answered
   * @param status such as 200
   * @param seconds how long each took at the machine; at the edge longer by {@link #slowEdge}
   * @param requests how many, more than zero
   * @throws IllegalArgumentException if {@code requests} is not: nothing counted is no series
   */
  public void requests(FlyMachine machine, int status, double seconds, long requests) {
    if (requests < 1) {
      throw new IllegalArgumentException("requests must be more than zero, not " + requests);
    }
    var seen = Map.of("status", String.valueOf(status));
    var edge = new TreeMap<>(PlatformSeries.labels(machine, seen));
    edge.remove("instance");
    RequestSeries.add(
        world.metrics,
        "fly_edge_http_response",
        edge,
        seconds + world.edgeDelay.toNanos() / 1e9,
        requests,
        world.now());
    RequestSeries.add(
        world.metrics,
        "fly_app_http_response",
        PlatformSeries.labels(machine, seen),
        seconds,
        requests,
        world.now());
  }
}
