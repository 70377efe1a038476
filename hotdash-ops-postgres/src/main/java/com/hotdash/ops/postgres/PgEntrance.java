package com.hotdash.ops.postgres;

import com.hotdash.ops.database.ConnectFailure;
import com.hotdash.ops.database.EndpointProbe;
import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Opens the one connection of one use: the direct address first, the application's own if that one
 * leads nowhere. Each address is tried once at most, and what was learnt is kept. Not thread-safe.
 */
final class PgEntrance {
  private final List<PgAddress> preferred;
  private final PgProbe prober;
  private final Time time;
  private final Map<String, PgProbed> probed = new LinkedHashMap<>();

  /** The addresses come in the order in which they are to be used for readings. */
  PgEntrance(List<PgAddress> preferred, PgProbe prober, Time time) {
    this.preferred = List.copyOf(preferred);
    this.prober = prober;
    this.time = time;
  }

  /**
   * Opens the connection.
   *
   * @throws PgTrouble if no address gave one; it tells of the first
   */
  PgLink open(Deadline deadline) throws PgTrouble {
    for (var address : preferred) {
      var found = probe(address, deadline);
      if (found.connection() != null && found.url() != null) {
        return new PgLink(found.connection(), found.url(), time);
      }
    }
    throw PgTrouble.of(firstFailure());
  }

  /** Tries the addresses that were not tried yet, and keeps no connection to them. */
  List<EndpointProbe> probeRest(Deadline deadline) {
    for (var address : preferred) {
      if (!probed.containsKey(address.name())) {
        leave(probe(address, deadline));
      }
    }
    // The application's own address comes first for a reader.
    return preferred.stream()
        .sorted((a, b) -> Boolean.compare(b.applications(), a.applications()))
        .map(address -> Optional.ofNullable(probed.get(address.name())))
        .flatMap(Optional::stream)
        .map(PgProbed::probe)
        .toList();
  }

  private PgProbed probe(PgAddress address, Deadline deadline) {
    var found = prober.probe(address, deadline, new ArrayList<>(probed.values()));
    probed.put(address.name(), found);
    return found;
  }

  private ConnectFailure firstFailure() {
    for (var found : probed.values()) {
      var failed = found.probe().failed();
      if (failed.isPresent() && failed.get().failure() != null) {
        var failure = failed.get().failure();
        return new ConnectFailure(
            failure.kind(),
            failure.sqlState(),
            failure.text() + " (" + found.probe().name() + ")",
            failure.nextStep());
      }
    }
    return new ConnectFailure(
        FailureKind.OTHER, null, "no address gave a connection", "look at the addresses");
  }

  private static void leave(PgProbed found) {
    if (found.connection() != null) {
      try {
        found.connection().close();
      } catch (SQLException e) {
        // It was only to see that it could be had.
        return;
      }
    }
  }
}
