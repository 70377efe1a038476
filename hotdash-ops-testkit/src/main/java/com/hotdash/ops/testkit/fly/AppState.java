package com.hotdash.ops.testkit.fly;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An app, under the world's lock. */
final class AppState {
  final FlyWorld world;
  final String id;
  final String name;
  final String org;
  final long number;
  final Map<String, MachineState> machines = new LinkedHashMap<>();
  final List<FlyRelease> releases = new ArrayList<>();
  final SecretStore secrets;
  final LogStore logs;
  final List<Map<String, @Nullable Object>> hostIssues = new ArrayList<>();
  int firstVersion = 1;
  @Nullable String lockId;
  @Nullable Instant lockUntil;

  AppState(FlyWorld world, String name, String org) {
    this.world = world;
    this.id = world.ids.opaque();
    this.name = name;
    this.org = org;
    this.number = 7_312_345L + world.apps.size();
    this.secrets = new SecretStore(world);
    this.logs = new LogStore(world);
  }

  List<MachineState> alive() {
    return machines.values().stream().filter(m -> !m.state.equals("destroyed")).toList();
  }

  String status() {
    var alive = alive();
    if (alive.isEmpty() && releases.isEmpty()) {
      return "pending";
    }
    boolean allDown =
        alive.stream().allMatch(m -> m.state.equals("stopped") || m.state.equals("suspended"));
    return allDown ? "suspended" : "deployed";
  }

  /** Returns the release with the highest version, or null. */
  @Nullable FlyRelease newest() {
    return releases.isEmpty() ? null : releases.get(releases.size() - 1);
  }

  FlyRelease release(
      String status,
      String reason,
      @Nullable String image,
      String user,
      Instant at,
      String strategy) {
    var last = newest();
    var release =
        new FlyRelease(
            world.ids.opaque(),
            last == null ? firstVersion : last.version() + 1,
            status,
            reason,
            image,
            user,
            at,
            strategy);
    releases.add(release);
    return release;
  }

  void replace(FlyRelease release) {
    releases.replaceAll(r -> r.id().equals(release.id()) ? release : r);
  }
}
