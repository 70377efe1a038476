package com.hotdash.ops.database;

import java.util.List;

/**
 * How far a connection gets, for each address that is configured.
 *
 * @param probes one for each address, the application's own first
 */
public record Connectivity(List<EndpointProbe> probes) {
  /** Copies the probes. */
  public Connectivity {
    probes = List.copyOf(probes);
  }
}
