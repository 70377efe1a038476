package com.hotdash.ops.testkit.fly;

/** What a machine answers to the platform's health checks. Called under the simulator's lock. */
@FunctionalInterface
public interface FlyHealth {
  /**
   * Asks a running machine.
   *
   * @param machine the machine
   * @param path such as {@code /health}
   * @return what it answers
   */
  Probe probe(FlyMachine machine, String path);

  /**
   * An answer to a health check.
   *
   * @param status the HTTP status; 200 to 299 pass
   * @param output the body, or an error's text
   */
  record Probe(int status, String output) {}
}
