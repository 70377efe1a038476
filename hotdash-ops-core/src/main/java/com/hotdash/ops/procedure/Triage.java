package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.NearbyChange;
import com.hotdash.ops.diagnosis.TriageReport;
import com.hotdash.ops.diagnosis.TriageReport.Ranked;
import com.hotdash.ops.diagnosis.TriageReport.Shared;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Puts incidents that were judged by one look into the order in which to see to them: causes before
 * their effects, then what shows its own symptoms, then the worst. A pure function.
 */
public final class Triage {
  private static final String DO_NOT = "do not ";
  private static final Set<NearbyChange.Kind> EXPLAINED =
      EnumSet.of(NearbyChange.Kind.VENDOR, NearbyChange.Kind.RESTART);

  /** Problems with a symptom of their own, by severity, then the others; then unknown; then OK. */
  private static final Comparator<Diagnosis> WORST_FIRST =
      Comparator.comparing(Diagnosis::verdict)
          .thenComparing(each -> !ownSymptom(each))
          .thenComparing(Triage::severity)
          .thenComparing(Diagnosis::incident);

  private final List<Diagnosis> diagnoses;
  private final Map<Incident, Set<Incident>> causes = new EnumMap<>(Incident.class);

  private Triage(Collection<Diagnosis> diagnoses) {
    this.diagnoses = List.copyOf(diagnoses);
    var problems = this.diagnoses.stream().filter(Triage::problem).toList();
    for (var effect : problems) {
      var why = EnumSet.noneOf(Incident.class);
      // What only explains, and is another's sign, is nothing to look at first.
      problems.stream()
          .filter(Triage::ownSymptom)
          .map(Diagnosis::incident)
          .filter(cause -> cause != effect.incident() && leadsTo(effect, cause))
          .forEach(why::add);
      causes.put(effect.incident(), why);
    }
  }

  /**
   * Ranks diagnoses.
   *
   * @param diagnoses one for each incident that was judged
   * @param estate what was looked at
   * @param at when the look began
   * @param complete whether the look has ended
   * @return the report
   */
  public static TriageReport of(
      Collection<Diagnosis> diagnoses, Estate estate, Instant at, boolean complete) {
    var triage = new Triage(diagnoses);
    return new TriageReport(estate, at, complete, triage.ranked(), triage.shared());
  }

  private static boolean problem(Diagnosis diagnosis) {
    return diagnosis.verdict() == Verdict.PROBLEM;
  }

  /** Its own advice is to look there first, or a changed secret fits its onset. */
  private static boolean leadsTo(Diagnosis effect, Incident cause) {
    var line = "ops." + cause.method() + "().diagnose()";
    return effect.recommendations().stream().anyMatch(each -> each.line().equals(line))
        || (cause == Incident.SECRET_ROTATION_ISSUES && secretFitsBest(effect));
  }

  /** Of what was changed and may explain it: a vendor's page and a start may have come of it. */
  private static boolean secretFitsBest(Diagnosis effect) {
    return effect.changes().stream()
        .filter(WhatChanged::mayExplain)
        .filter(each -> !EXPLAINED.contains(each.kind()))
        .limit(1)
        .anyMatch(
            each ->
                each.kind() == NearbyChange.Kind.SECRET && each.fit() == NearbyChange.Fit.STRONG);
  }

  private List<Ranked> ranked() {
    var left = new ArrayList<>(diagnoses.stream().sorted(WORST_FIRST).toList());
    var order = new ArrayList<Ranked>();
    while (!left.isEmpty()) {
      // Where two point to each other, neither waits for the other.
      var next =
          left.stream()
              .filter(
                  each -> left.stream().noneMatch(other -> causes(each).contains(other.incident())))
              .findFirst()
              .orElse(left.get(0));
      left.remove(next);
      var before =
          causes(next).stream()
              .filter(each -> order.stream().anyMatch(o -> o.diagnosis().incident() == each))
              .toList();
      order.add(new Ranked(next, before));
    }
    return order;
  }

  private Set<Incident> causes(Diagnosis diagnosis) {
    return causes.getOrDefault(diagnosis.incident(), Set.of());
  }

  private static boolean ownSymptom(Diagnosis diagnosis) {
    return problems(diagnosis).anyMatch(Finding::symptom);
  }

  private static Severity severity(Diagnosis diagnosis) {
    return problems(diagnosis)
        .map(Finding::severity)
        .min(Comparator.naturalOrder())
        .orElse(Severity.INFO);
  }

  private static Stream<Finding> problems(Diagnosis diagnosis) {
    return diagnosis.findings().stream().filter(each -> each.verdict() == Verdict.PROBLEM);
  }

  private List<Shared> shared() {
    var texts = new LinkedHashMap<String, String>();
    var by = new LinkedHashMap<String, EnumSet<Incident>>();
    for (var each : diagnoses) {
      if (problem(each)) {
        var told = new LinkedHashMap<String, String>();
        each.changes().stream()
            .filter(change -> change.fit() != NearbyChange.Fit.NONE)
            .map(change -> change.kind() + " " + change.what())
            .forEach(text -> told.put(text, text));
        // The same by its id, however each says it.
        each.contraindications().forEach(no -> told.putIfAbsent("not " + no.id(), doNot(no)));
        told.forEach(texts::putIfAbsent);
        told.keySet()
            .forEach(
                key ->
                    by.computeIfAbsent(key, ignored -> EnumSet.noneOf(Incident.class))
                        .add(each.incident()));
      }
    }
    return by.entrySet().stream()
        .filter(each -> each.getValue().size() > 1)
        .map(
            each -> new Shared(texts.getOrDefault(each.getKey(), ""), List.copyOf(each.getValue())))
        .toList();
  }

  private static String doNot(Contraindication no) {
    return no.what().startsWith(DO_NOT) ? no.what() : DO_NOT + no.what();
  }
}
