package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.testkit.web.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a machine's record tells of its past, newest first, at most 500. Under the world's lock. */
final class MachineEvents {
  private static final int MOST = 500;

  private final Ulids ids;
  private final List<Map<String, @Nullable Object>> all = new ArrayList<>();

  MachineEvents(Ulids ids) {
    this.ids = ids;
  }

  List<Map<String, @Nullable Object>> all() {
    return all;
  }

  void add(Instant at, String type, String status, String source) {
    add(at, type, status, source, null);
  }

  /** That the process ended, as Fly tells it within the event. */
  void exit(
      Instant at, int code, boolean oom, boolean requested, boolean restarting, int restarts) {
    var exit =
        Json.of(
            "exit_code",
            code,
            "guest_exit_code",
            code,
            "guest_signal",
            -1,
            "signal",
            -1,
            "oom_killed",
            oom,
            "requested_stop",
            requested,
            "restarting",
            restarting,
            "exited_at",
            at.toString());
    add(
        at,
        "exit",
        "stopped",
        "flyd",
        Json.of("restart_count", restarts, "MonitorEvent", Json.of("exit_event", exit)));
  }

  private void add(
      Instant at,
      String type,
      String status,
      String source,
      @Nullable Map<String, @Nullable Object> request) {
    all.add(
        0,
        Json.of(
            "id",
            ids.next(at),
            "type",
            type,
            "status",
            status,
            "source",
            source,
            "timestamp",
            at.toEpochMilli(),
            "request",
            request));
    if (all.size() > MOST) {
      all.remove(all.size() - 1);
    }
  }
}
