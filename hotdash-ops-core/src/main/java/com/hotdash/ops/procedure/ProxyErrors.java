package com.hotdash.ops.procedure;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.logs.Sighting;
import com.hotdash.ops.logs.Signature;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Requests that the platform's own proxy answered in the application's place: the application logs
 * nothing of them. They are told, and no trouble by themselves; while too many requests fail, they
 * are what fails. Made only if there are some that go on.
 *
 * @param sightings the families of the proxy's codes, the most frequent first; at least one
 * @param tooMany whether too many requests fail
 * @param evidence where it was seen
 */
public record ProxyErrors(List<Sighting> sightings, boolean tooMany, List<Evidence> evidence)
    implements HighErrorRateFinding {
  // Facts, metrics-and-logs §12.
  static final Map<Signature, String> FAMILIES =
      Map.of(
          Signature.PROXY_NO_MACHINE, "found no machine to go to",
          Signature.PROXY_CONNECT, "were not let in by the application",
          Signature.PROXY_ANSWER_BROKE, "had an answer that broke off");

  /** Copies the lists. */
  public ProxyErrors {
    sightings = List.copyOf(sightings);
    evidence = List.copyOf(evidence);
    if (sightings.isEmpty()) {
      throw new IllegalArgumentException("errors of the proxy without any");
    }
  }

  /** The family that most of them are of. */
  Signature most() {
    return sightings.get(0).signature();
  }

  @Override
  public String id() {
    return "errors.proxy";
  }

  @Override
  public boolean symptom() {
    return false;
  }

  @Override
  public Severity weight() {
    return Severity.WARNING;
  }

  @Override
  public Verdict verdict() {
    return tooMany ? Verdict.PROBLEM : Verdict.OK;
  }

  @Override
  public String summary() {
    return sightings.stream().map(ProxyErrors::told).collect(Collectors.joining(", "))
        + ", by the platform's proxy";
  }

  private static String told(Sighting each) {
    return Figures.many(each.count(), "request", "requests")
        + " "
        + FAMILIES.getOrDefault(each.signature(), "failed")
        + " ("
        + String.join(", ", each.details().keySet().stream().sorted().limit(3).toList())
        + ")";
  }
}
