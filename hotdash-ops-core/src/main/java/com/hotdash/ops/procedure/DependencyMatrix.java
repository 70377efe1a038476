package com.hotdash.ops.procedure;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.health.HealthStatus;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the application stands on, by our own look, by its own word and by the vendor's page. Fails
 * only while health checks do: a dependency in trouble that no check minds has an incident of its
 * own.
 *
 * @param rows one for each dependency of which anybody says anything
 * @param unhealthy whether health checks or probes fail
 */
public record DependencyMatrix(List<Row> rows, boolean unhealthy)
    implements HealthCheckFailuresFinding {
  /** Copies the rows. */
  public DependencyMatrix {
    rows = List.copyOf(rows);
  }

  /**
   * What is said of one dependency.
   *
   * @param name such as {@code database}
   * @param ours what we found when we asked it ourselves, or {@code null} if nobody looked
   * @param told what the application's health endpoints say of it, or {@code null} if nothing
   * @param page trouble that the vendor's status page tells, or {@code null}; it decides nothing
   * @param evidence where it was seen
   */
  public record Row(
      String name,
      @Nullable Dependency ours,
      @Nullable HealthStatus told,
      @Nullable String page,
      List<Evidence> evidence) {
    /** Copies the list. */
    public Row {
      evidence = List.copyOf(evidence);
    }

    /**
     * Returns whether it fails. The application's word goes before our look: it is the application
     * that must get through, and our own credentials may be other ones.
     *
     * @return the verdict; what nobody could tell is unknown
     */
    public Verdict verdict() {
      if (byUsAlone()) {
        return ours == null ? Verdict.UNKNOWN : ours.verdict();
      }
      return told == HealthStatus.PASS ? Verdict.OK : Verdict.PROBLEM;
    }

    /** Whether the application says nothing of it. */
    boolean byUsAlone() {
      return told == null || told == HealthStatus.UNKNOWN;
    }

    @Override
    public String toString() {
      if (name.equals(ToldDependencies.SECRETS) && ours != null) {
        return name + ": " + ours.text();
      }
      var text = name;
      if (ours != null) {
        text +=
            switch (ours.verdict()) {
              case OK -> " answers us";
              case PROBLEM -> " fails for us (" + ours.text() + ")";
              case UNKNOWN -> " could not be asked (" + ours.text() + ")";
            };
      }
      if (told != null && told != HealthStatus.PASS) {
        text += (ours == null ? " " : ", ") + "amiss by the application's word";
      } else if (told != null) {
        text += (ours == null ? " " : ", ") + "well by the application's word";
      }
      return page == null ? text : text + ", " + page;
    }
  }

  /**
   * Returns the dependencies that fail.
   *
   * @return the rows
   */
  public List<Row> failing() {
    return rows.stream().filter(each -> each.verdict() == Verdict.PROBLEM).toList();
  }

  @Override
  public String id() {
    return "health.dependencies";
  }

  @Override
  public Severity weight() {
    return Severity.CRITICAL;
  }

  @Override
  public boolean symptom() {
    return false;
  }

  @Override
  public Verdict verdict() {
    if (unhealthy && !failing().isEmpty()) {
      return Verdict.PROBLEM;
    }
    return rows.stream().allMatch(each -> each.verdict() == Verdict.UNKNOWN)
        ? Verdict.UNKNOWN
        : Verdict.OK;
  }

  @Override
  public String summary() {
    var shown = failing().isEmpty() ? rows : failing();
    var text = shown.stream().map(Row::toString).collect(Collectors.joining("; "));
    return Names.cut(
        !unhealthy && !failing().isEmpty() ? "no health check minds that " + text : text);
  }

  @Override
  public List<Evidence> evidence() {
    return rows.stream().flatMap(each -> each.evidence().stream()).distinct().toList();
  }
}
