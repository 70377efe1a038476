package com.hotdash.ops.postgres;

import com.hotdash.ops.database.Sessions;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import java.util.ArrayList;
import java.util.List;

/** What a snapshot could not look at, or in part only: it keeps the verdict from {@code OK}. */
final class SnapshotGaps {
  private SnapshotGaps() {}

  static List<NotChecked> of(SnapshotReadings readings) {
    var obstacles = new ArrayList<NotChecked>();
    readings.all().forEach(reading -> reading.obstacle().ifPresent(obstacles::add));
    hidden(obstacles, "what other roles' sessions do", readings.sessions().map(Sessions::hidden));
    hidden(
        obstacles,
        "other roles' transactions",
        readings.longTransactions().map(LongTransactions::hidden));
    hidden(obstacles, "other roles' statements", readings.slowQueries().map(SlowQueries::hidden));
    hidden(
        obstacles,
        "the state of standbys",
        readings
            .replication()
            .map(
                replication ->
                    (int)
                        replication.standbys().stream()
                            .filter(each -> each.state() == null)
                            .count()));
    return List.copyOf(obstacles);
  }

  private static void hidden(List<NotChecked> obstacles, String what, Reading<Integer> count) {
    count
        .toOptional()
        .filter(hidden -> hidden > 0)
        .ifPresent(
            hidden ->
                obstacles.add(
                    new NotChecked(
                        what,
                        Why.NOT_PERMITTED,
                        hidden + " are hidden from our role",
                        "checkAccess() gives the GRANT")));
  }
}
