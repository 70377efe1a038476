package com.hotdash.ops.catalogue;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.resolution.Resolution;
import com.hotdash.ops.runbook.RunbookProcedures;
import java.util.List;
import java.util.Optional;

/**
 * A line that is being answered.
 *
 * @param line the line
 * @param ops whom to ask
 * @param given its arguments
 */
record Question(RunbookLine line, RunbookProcedures ops, Given given) {
  Answer answer(Way way) {
    try {
      return way.answer(this);
    } catch (OpsException e) {
      // What could not be looked at is an answer; what to do about it stands in it.
      var why = e instanceof ConfigurationException ? Why.NOT_CONFIGURED : Why.UNREACHABLE;
      return new Answer.NotChecked(
          line,
          List.of(
              new NotChecked(
                  line.id() + ", " + e.operation().name(),
                  why,
                  e.problem(),
                  e.nextStep().orElse("look again"))));
    }
  }

  Diagnosis diagnose(Incident incident) {
    return ops.chapter(incident).diagnose();
  }

  Answer plan(Resolution resolution) {
    return new Answer.Planned(line, resolution.plan());
  }

  Optional<String> argument(String name) {
    return given.argument(name);
  }

  String text(String name) {
    return given.text(name);
  }

  /** What cannot be left out, and was. */
  List<Argument> missing() {
    return given.missing(line.arguments());
  }
}
