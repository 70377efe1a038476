package com.hotdash.ops.fly;

import com.hotdash.ops.platform.GuestRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The size of a machine.
 *
 * @param cpuKind {@code shared} or {@code performance}; another word of Fly's is kept
 * @param cpus how many
 * @param memoryMb memory in MB
 * @see <a href="https://fly.io/docs/machines/guides-examples/machine-sizing/">machine sizing</a>
 */
public record Guest(String cpuKind, int cpus, int memoryMb) {
  private static final Pattern SIZE =
      Pattern.compile("(shared-cpu|performance|shared|perf)-(\\d{1,3})x");
  private static final Set<Integer> SHARED = Set.of(1, 2, 4, 6, 8);
  private static final Set<Integer> PERFORMANCE =
      Set.of(1, 2, 4, 6, 8, 10, 12, 14, 16, 32, 64, 128);

  /**
   * Makes a size from Fly's name for it and the memory that it is to have. Fly's own default memory
   * is not used: setting a size by its name alone is how 2048 MB become 512.
   *
   * @param size such as {@code shared-cpu-2x} or {@code performance-4x}
   * @param memoryMb memory in MB: 256 to 2,048 for each shared cpu in steps of 256, 2,048 to 8,192
   *     for each performance cpu in steps of 1,024
   * @return the size, checked by {@link #problem}
   * @throws IllegalArgumentException if there is no such size, or the memory does not fit it
   */
  public static Guest of(String size, int memoryMb) {
    var matcher = SIZE.matcher(size);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "not a size: \"" + size + "\"; sizes are shared-cpu-1x to -8x, performance-1x to -16x");
    }
    var kind = matcher.group(1).startsWith("shared") ? "shared" : "performance";
    return new Guest(kind, Integer.parseInt(matcher.group(2)), memoryMb).checked();
  }

  /** The same bounds as {@link #problem}, for the runbook. */
  static List<GuestRule> rules() {
    return List.of(
        new GuestRule("shared", "shared-cpu-", SHARED, 256, 2048, 256),
        new GuestRule("performance", "performance-", PERFORMANCE, 2048, 8192, 1024));
  }

  static @Nullable Guest from(Fields fields) {
    int cpus = fields.integer("cpus", 0);
    int memory = fields.integer("memory_mb", 0);
    return cpus > 0 && memory > 0
        ? new Guest(fields.text("cpu_kind", "shared"), cpus, memory)
        : null;
  }

  /**
   * Returns why Fly would refuse this size: shared has 256 to 2048 MB for each cpu in steps of 256,
   * performance 2048 to 8192 MB in steps of 1024.
   *
   * @return the problem with the values that would fit, or empty if there is none
   */
  public Optional<String> problem() {
    boolean shared = cpuKind.equals("shared");
    if (!shared && !cpuKind.equals("performance")) {
      return Optional.of("cpu kinds are shared and performance, not \"" + cpuKind + "\"");
    }
    var allowed = shared ? SHARED : PERFORMANCE;
    if (!allowed.contains(cpus)) {
      return Optional.of(
          "a " + cpuKind + " machine has " + allowed.stream().sorted().toList() + " cpus");
    }
    int least = cpus * (shared ? 256 : 2048);
    int most = cpus * (shared ? 2048 : 8192);
    int step = shared ? 256 : 1024;
    return memoryMb < least || memoryMb > most || memoryMb % step != 0
        ? Optional.of(
            "%s takes %d to %d MB in steps of %d, not %d"
                .formatted(size(), least, most, step, memoryMb))
        : Optional.empty();
  }

  /**
   * Returns what Fly accepts by its code and advises against in its guide.
   *
   * @return the warning, or empty if there is none
   */
  public Optional<String> warning() {
    return cpuKind.equals("performance") && memoryMb % 2048 != 0
        ? Optional.of("Fly's sizing guide names steps of 2048 MB for performance machines")
        : Optional.empty();
  }

  /**
   * Returns Fly's name for the cpus of this size.
   *
   * @return such as {@code shared-cpu-2x}
   */
  public String size() {
    return (cpuKind.equals("shared") ? "shared-cpu" : cpuKind) + "-" + cpus + "x";
  }

  /**
   * Keeps the cpus and changes the memory.
   *
   * @param mb memory in MB, within the bounds of {@link #of}
   * @return a changed copy, not yet checked
   */
  public Guest withMemory(int mb) {
    return new Guest(cpuKind, cpus, mb);
  }

  Guest checked() {
    problem()
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
    return this;
  }

  /** Changes what this names within a guest of a config, and keeps the rest. */
  Map<String, @Nullable Object> over(Fields guest) {
    Map<String, @Nullable Object> changed = guest.copy();
    changed.put("cpu_kind", cpuKind);
    changed.put("cpus", cpus);
    changed.put("memory_mb", memoryMb);
    return changed;
  }

  @Override
  public String toString() {
    return size() + " " + memoryMb + " MB";
  }
}
