package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.TriageReport;
import com.hotdash.ops.evidence.Verdict;
import java.time.Duration;
import java.util.Locale;

/** How things are told in one line. */
final class Told {
  private Told() {}

  static String seconds(Duration took) {
    return took.toMillis() < 1_000
        ? took.toMillis() + " ms"
        : String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
  }

  /** Returns the chapter and the title, such as {@code R2 Bad release}. */
  static String name(Drill drill) {
    return drill.incident().id() + " " + drill.title();
  }

  /** Returns the incident that triage names first. */
  static String first(TriageReport report) {
    return report
        .first()
        .map(each -> each.incident().id() + " " + summary(each))
        .orElseGet(() -> report.verdict() + " for all eight");
  }

  /** Returns the verdict and the first finding that is not well. */
  static String summary(Diagnosis diagnosis) {
    return diagnosis.verdict()
        + diagnosis.findings().stream()
            .filter(found -> found.verdict() != Verdict.OK)
            .map(Finding::summary)
            .findFirst()
            .map(text -> ", " + text)
            .orElse("");
  }
}
