package com.hotdash.ops.platform;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a machine is set up, as the platform runs it: what stands in a file may not have been
 * deployed. Of its variables it tells names only, since anybody's secrets may stand among them, but
 * for those of {@link #TOLD}.
 *
 * @param machine the machine's id
 * @param group the process group
 * @param guest its size
 * @param checks the health checks that the platform makes
 * @param services what it serves
 * @param variables the names of its plain variables
 * @param told the values of those of them that are told, redacted
 */
public record MachineSettings(
    String machine,
    String group,
    Guest guest,
    List<Check> checks,
    List<Service> services,
    Set<String> variables,
    Map<String, String> told) {
  /** Variables that size things and hold no secret (facts on HotDash, "Fly configuration"). */
  public static final Set<String> TOLD =
      Set.of("DATABASE_POOL_SIZE", "DATABASE_TIMEOUT", "NODE_OPTIONS");

  /** Copies the collections. */
  public MachineSettings {
    checks = List.copyOf(checks);
    services = List.copyOf(services);
    variables = Set.copyOf(variables);
    told = Map.copyOf(told);
  }

  /**
   * A health check.
   *
   * @param type such as {@code http} or {@code tcp}
   * @param path what is asked, or an empty text
   * @param interval how often, or {@code null} if it does not say
   * @param timeout how long an answer may take, or {@code null}
   * @param grace how long after a start failures do not count, or {@code null}
   */
  public record Check(
      String type,
      String path,
      @Nullable Duration interval,
      @Nullable Duration timeout,
      @Nullable Duration grace) {
    @Override
    public String toString() {
      return type
          + (path.isEmpty() ? "" : " " + path)
          + said(" every ", interval)
          + said(", timeout ", timeout)
          + said(", grace ", grace);
    }

    private static String said(String what, @Nullable Duration duration) {
      return duration == null ? "" : what + text(duration);
    }
  }

  /**
   * A service.
   *
   * @param autostop whether the machine is stopped when there are no requests
   * @param minRunning how many machines keep running then, or 0 if it does not say
   */
  public record Service(boolean autostop, int minRunning) {}

  /**
   * Returns a variable that is told and is a number.
   *
   * @param variable one of {@link #TOLD}
   * @return the number, or {@code null} if it is not set or is none
   */
  public @Nullable Long number(String variable) {
    var text = told.getOrDefault(variable, "").strip();
    return text.matches("\\d{1,15}") ? Long.valueOf(text) : null;
  }

  static String text(Duration duration) {
    return duration.toMillis() % 1_000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
