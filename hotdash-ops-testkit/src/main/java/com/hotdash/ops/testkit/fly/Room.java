package com.hotdash.ops.testkit.fly;

/** The three ways to be out of room, each with its own cure. */
final class Room {
  private Room() {}

  /** Refuses a new machine that the region or the organisation's quota has no room for. */
  static void check(FlyWorld world, String region, long megabytes) {
    if (world.fullRegions.contains(region)) {
      throw Refusal.of(503, "out of capacity", "insufficient_capacity");
    }
    quota(world, region, megabytes);
  }

  /** Refuses more memory than the quota or the machine's own host has left. */
  static void checkGrowth(FlyWorld world, MachineState machine, long more) {
    if (more <= 0) {
      return;
    }
    quota(world, machine.region, more);
    if (more > machine.hostRoomMb) {
      throw Refusal.of(
          409,
          "aborted: could not reserve resource for machine: insufficient memory available to"
              + " fulfill request");
    }
  }

  private static void quota(FlyWorld world, String region, long more) {
    var quota = world.quotaMb.get(region);
    if (quota == null) {
      return;
    }
    long used = 0;
    for (var app : world.apps.values()) {
      for (var machine : app.alive()) {
        if (app.org.equals(world.org) && machine.region.equals(region)) {
          used += Guests.memoryMb(machine.current.config());
        }
      }
    }
    if (used + more > quota) {
      throw Refusal.of(
          403,
          "organization \"Acme\" is using "
              + used
              + " MB of memory in "
              + region
              + " which is over the allowed quota. please consider other regions");
    }
  }
}
