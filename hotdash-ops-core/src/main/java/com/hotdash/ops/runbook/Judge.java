package com.hotdash.ops.runbook;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.TriageReport;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.observation.Observer;
import com.hotdash.ops.procedure.Procedure;
import com.hotdash.ops.procedure.Triage;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Looks at the world and has procedures judge what was seen: one for a diagnosis, all for a triage.
 */
record Judge(Observer observer, Estate estate, Time time, BooleanSupplier closed) {
  /** Something is said by then, however slow the world is. */
  private static final Duration FIRST_WORD = Duration.ofSeconds(5);

  /** An incident of which the resolutions are shared with others. */
  Chapter chapter(Procedure procedure) {
    return new Plain(this, procedure);
  }

  /**
   * Returns what looks.
   *
   * @throws IllegalStateException if the runbook is closed: what looked is gone, and UNKNOWN would
   *     read as the world's fault
   */
  @Override
  public Observer observer() {
    if (closed.getAsBoolean()) {
      throw new IllegalStateException(
          "this runbook is closed and looks no more: make a new one, and close it last of all");
    }
    return observer;
  }

  Diagnosis diagnose(Procedure procedure, Duration within) {
    var seen = observer().observe(procedure.needs(), time.deadline(within));
    return procedure.diagnose(seen, estate);
  }

  TriageReport triage(
      List<? extends Procedure> procedures, Duration within, Consumer<TriageReport> soFar) {
    var keys = new HashSet<ReadingKey<?>>();
    procedures.forEach(each -> keys.addAll(each.needs()));
    var done = new EnumMap<Incident, Diagnosis>(Incident.class);
    var first = within.compareTo(FIRST_WORD) < 0 ? within : FIRST_WORD;
    var seen =
        observer()
            .observe(
                keys,
                time.deadline(within),
                first,
                (early, outstanding) -> progress(procedures, early, outstanding, done, soFar));
    var all = procedures.stream().map(each -> each.diagnose(seen, estate)).toList();
    return Triage.of(all, estate, seen.at(), true);
  }

  /** Tells once more is known for sure; while nothing is, all that is known. */
  private void progress(
      List<? extends Procedure> procedures,
      Observation early,
      Set<ReadingKey<?>> outstanding,
      EnumMap<Incident, Diagnosis> done,
      Consumer<TriageReport> soFar) {
    boolean more = false;
    for (var each : procedures) {
      if (!done.containsKey(each.incident()) && Collections.disjoint(each.needs(), outstanding)) {
        done.put(each.incident(), each.diagnose(early, estate));
        more = true;
      }
    }
    if (more) {
      soFar.accept(Triage.of(done.values(), estate, early.at(), false));
    } else if (done.isEmpty()) {
      var all = procedures.stream().map(each -> each.diagnose(early, estate)).toList();
      soFar.accept(Triage.of(all, estate, early.at(), false));
    }
  }

  private record Plain(Judge judge, Procedure procedure) implements Chapter {
    @Override
    public Incident incident() {
      return procedure.incident();
    }

    @Override
    public Diagnosis diagnose(Duration within) {
      return judge.diagnose(procedure, within);
    }

    @Override
    public String toString() {
      return incident().title() + ": diagnose()";
    }
  }
}
