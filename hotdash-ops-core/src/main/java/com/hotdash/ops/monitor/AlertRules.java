package com.hotdash.ops.monitor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Rules for Prometheus that raise the runbook's alerts without this library: a net below the
 * monitor. They use the metrics that the application exports by itself, and for the database those
 * of PostgreSQL's usual exporter; a rule whose metric is not there never fires, which is why
 * another one fires when the application's are gone.
 */
public final class AlertRules {
  /** The resource, beside this class. It is JSON, which every reader of YAML takes. */
  public static final String RESOURCE = "hotdash-alerts.yml";

  /** What the resource measures memory against: machines of production have 2 GB. */
  public static final long MEMORY_BYTES = 2_147_483_648L;

  private static final String RUNBOOK =
      "https://github.com/Jgorzitza/HotDash/blob/main/docs/runbooks/common_incidents.md";

  private AlertRules() {}

  /**
   * Returns the rules for HotDash's production, as a file of rules.
   *
   * @return the file's text
   */
  public static String prometheus() {
    try (var in = AlertRules.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE + " cannot be read", e);
    }
  }

  /**
   * Returns the rules with another runbook and another size of machines.
   *
   * @param runbook where people read what to do; each alert adds its chapter after {@code #}
   * @param memoryBytes the memory of one machine, more than zero
   * @return the file's text
   */
  public static String prometheus(URI runbook, long memoryBytes) {
    if (!runbook.isAbsolute() || runbook.getRawFragment() != null) {
      throw new IllegalArgumentException("a runbook's address is absolute and has no fragment");
    }
    if (memoryBytes < 1) {
      throw new IllegalArgumentException("memoryBytes is more than zero, not " + memoryBytes);
    }
    return prometheus()
        .replace(RUNBOOK, runbook.toASCIIString())
        .replace(Long.toString(MEMORY_BYTES), Long.toString(memoryBytes));
  }
}
