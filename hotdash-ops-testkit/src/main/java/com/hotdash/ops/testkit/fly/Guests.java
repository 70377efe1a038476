package com.hotdash.ops.testkit.fly;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which sizes a machine can have: facts of fly-go's {@code machine_types.go}. */
final class Guests {
  private static final Set<Long> SHARED = Set.of(1L, 2L, 4L, 6L, 8L);
  private static final Set<Long> PERFORMANCE =
      Set.of(1L, 2L, 4L, 6L, 8L, 10L, 12L, 14L, 16L, 32L, 64L, 128L);

  private Guests() {}

  /** Refuses a guest that does not exist. A config without one gets the smallest. */
  static void check(Map<String, @Nullable Object> config) {
    var guest = Tree.object(config.get("guest"));
    if (guest == null) {
      return;
    }
    boolean performance = "performance".equals(guest.get("cpu_kind"));
    var cpus = Tree.number(guest.get("cpus"));
    var memory = Tree.number(guest.get("memory_mb"));
    if (cpus == null || !(performance ? PERFORMANCE : SHARED).contains(cpus)) {
      throw invalid("cpus", "must be one of the sizes of its cpu_kind");
    }
    if (memory == null) {
      throw invalid("memory_mb", "is required");
    }
    long step = performance ? 1024 : 256;
    long least = cpus * (performance ? 2048 : 256);
    long most = cpus * (performance ? 8192 : 2048);
    if (memory < least || memory > most) {
      throw invalid("memory_mb", "must be between " + least + " and " + most);
    }
    if (memory % step != 0) {
      throw invalid("memory_mb", "must be a multiple of " + step);
    }
  }

  static long memoryMb(Map<String, @Nullable Object> config) {
    var memory = Tree.number(Tree.members(config.get("guest")).get("memory_mb"));
    return memory == null ? 256 : memory;
  }

  static int cpus(Map<String, @Nullable Object> config) {
    var cpus = Tree.number(Tree.members(config.get("guest")).get("cpus"));
    return cpus == null ? 1 : Math.toIntExact(cpus);
  }

  static boolean shared(Map<String, @Nullable Object> config) {
    return !"performance".equals(Tree.members(config.get("guest")).get("cpu_kind"));
  }

  private static Refusal invalid(String field, String rule) {
    return Refusal.of(400, "invalid_argument: config.guest." + field + " " + rule);
  }
}
