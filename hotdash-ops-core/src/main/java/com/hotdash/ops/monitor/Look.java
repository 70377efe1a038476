package com.hotdash.ops.monitor;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.TriageReport;
import com.hotdash.ops.diagnosis.TriageReport.Ranked;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.time.Deadline;
import java.util.List;
import java.util.function.Function;

/** One look at the incidents that a monitor watches. Only reads. */
@FunctionalInterface
public interface Look {
  /**
   * Looks.
   *
   * @param deadline when the look must have ended
   * @return a diagnosis for each incident that was judged; one that is missing counts as one that
   *     could not be looked at
   */
  List<Diagnosis> look(Deadline deadline);

  /**
   * Looks by triage. Of one that had not ended in time, only problems count.
   *
   * @param triage makes the report by a deadline
   * @return the look
   */
  static Look triage(Function<Deadline, TriageReport> triage) {
    return deadline -> {
      var report = triage.apply(deadline);
      return report.ranked().stream()
          .map(Ranked::diagnosis)
          .filter(each -> report.complete() || each.verdict() == Verdict.PROBLEM)
          .toList();
    };
  }
}
