package com.hotdash.ops.database;

import java.util.List;
import java.util.Objects;

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

  /**
   * Returns whether two addresses were reached and lead to different databases, so that what is
   * read over one says nothing of the other.
   *
   * @return true if two of those that answered differ
   */
  public boolean leadsApart() {
    return probes.stream().map(EndpointProbe::server).filter(Objects::nonNull).distinct().count()
        > 1;
  }
}
