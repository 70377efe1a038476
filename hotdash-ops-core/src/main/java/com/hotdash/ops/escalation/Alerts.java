package com.hotdash.ops.escalation;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.text.Page;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What people are told of a diagnosis, and under which words. */
final class Alerts {
  private Alerts() {}

  static Alert of(AlertKey key, Diagnosis diagnosis, Urgency urgency, Redactor redactor) {
    var severity = severity(diagnosis);
    var body = Page.builder().fact("Priority", urgency.toString()).append(diagnosis.page()).build();
    return new Alert(
        key,
        severity,
        redactor.redact(key + ": " + headline(diagnosis)),
        body.redacted(redactor),
        labels(severity, urgency.priority()));
  }

  /** The worst of what is wrong. That something could not be looked at is never a mere notice. */
  private static Severity severity(Diagnosis diagnosis) {
    return diagnosis.findings().stream()
        .filter(finding -> finding.verdict() == Verdict.PROBLEM)
        .map(Finding::severity)
        .min(Comparator.naturalOrder())
        .orElse(Severity.WARNING);
  }

  /** The words that HotDash's own workflows and people file under: facts/hotdash.md. */
  static List<String> labels(Severity severity, Priority priority) {
    var labels = new ArrayList<>(List.of("monitoring"));
    labels.add(
        "priority:"
            + switch (priority.forManager() ? Severity.CRITICAL : severity) {
              case CRITICAL -> "high";
              case WARNING -> "medium";
              case INFO -> "low";
            });
    labels.add(priority.name());
    if (priority == Priority.P0) {
      labels.addAll(List.of("downtime", "critical"));
    }
    return labels;
  }

  private static String headline(Diagnosis diagnosis) {
    return diagnosis.findings().stream()
        .filter(finding -> finding.verdict() == diagnosis.verdict())
        .map(finding -> finding.summary().lines().findFirst().orElse(""))
        .filter(line -> !line.isBlank())
        .findFirst()
        .orElseGet(() -> diagnosis.verdict().name().toLowerCase(Locale.ROOT));
  }
}
