package com.hotdash.ops.database;

import com.hotdash.ops.resolution.Objection;
import java.util.Optional;

/** Over one address we would change a database that the other knows nothing of. */
final class TwoDatabases {
  private TwoDatabases() {}

  static Optional<Objection> objection(Connectivity connectivity) {
    if (!connectivity.leadsApart()) {
      return Optional.empty();
    }
    var reached = connectivity.probes().stream().filter(probe -> probe.server() != null).toList();
    var names = reached.stream().map(EndpointProbe::name).toList();
    var found = reached.stream().map(probe -> probe.name() + " to " + probe.server()).toList();
    return Optional.of(
        Objection.hard(
            "two-databases",
            "the addresses lead to different databases: " + String.join(", ", found),
            "make " + String.join(" and ", names) + " lead to the same database"));
  }
}
