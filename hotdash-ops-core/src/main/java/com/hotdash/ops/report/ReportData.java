package com.hotdash.ops.report;

import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.Judgement;
import com.hotdash.ops.diagnosis.NearbyChange;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.diagnosis.TriageReport;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.resolution.Execution;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.StepResult;
import com.hotdash.ops.resolution.Verification;
import com.hotdash.ops.secret.Redactor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of the JSON form, as maps and lists. */
final class ReportData {
  private ReportData() {}

  static Map<String, Object> of(Judgement diagnosis) {
    var data = fields("kind", diagnosis instanceof Diagnosis ? "diagnosis" : "checkup");
    data.put("estate", of(diagnosis.estate()));
    if (diagnosis instanceof Diagnosis one) {
      data.put("incident", one.incident().slug());
    } else {
      data.put("title", diagnosis.title());
    }
    data.put("at", diagnosis.at().toString());
    data.put("verdict", diagnosis.verdict().name());
    data.put("findings", diagnosis.findings().stream().map(ReportData::of).toList());
    data.put("notChecked", diagnosis.notChecked().stream().map(ReportData::of).toList());
    data.put("changes", diagnosis.changes().stream().map(ReportData::of).toList());
    data.put("recommendations", diagnosis.recommendations().stream().map(ReportData::of).toList());
    data.put(
        "contraindications", diagnosis.contraindications().stream().map(ReportData::of).toList());
    return data;
  }

  static Map<String, Object> of(Plan plan) {
    var data = fields("kind", "plan");
    data.put("estate", of(plan.estate()));
    data.put("action", plan.proposal().action());
    data.put("target", plan.proposal().target().label());
    data.put("digest", plan.digest());
    data.put("effect", plan.effect().name());
    data.put("steps", plan.steps().stream().map(ReportData::of).toList());
    data.put("objections", plan.objections().stream().map(ReportData::of).toList());
    data.put("notPromised", plan.proposal().notPromised());
    data.put("byHand", plan.byHand());
    return data;
  }

  static Map<String, Object> of(Execution execution) {
    var data = fields("kind", "execution");
    data.put("id", execution.id());
    data.put("action", execution.proposal().action());
    data.put("done", execution.done());
    execution.stopped().ifPresent(why -> data.put("stopped", why));
    data.put("steps", execution.results().stream().map(ReportData::of).toList());
    data.put("notes", execution.notes());
    return data;
  }

  static Map<String, Object> of(Verification verification) {
    var data = fields("kind", "verification");
    data.put("result", verification.result().name());
    data.put("goal", verification.goal());
    data.put("detail", verification.detail());
    data.put("measurements", verification.samples().size());
    return data;
  }

  /** Redacts every text, however deep. */
  static Map<String, Object> redacted(Map<String, Object> data, Redactor redactor) {
    var clean = new LinkedHashMap<String, Object>();
    data.forEach((name, value) -> clean.put(name, redacted(value, redactor)));
    return clean;
  }

  private static Object redacted(Object value, Redactor redactor) {
    if (value instanceof String text) {
      return redactor.redact(text);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(each -> redacted(each, redactor)).toList();
    }
    if (value instanceof Map<?, ?> map) {
      var clean = new LinkedHashMap<String, Object>();
      map.forEach((name, each) -> clean.put(String.valueOf(name), redacted(each, redactor)));
      return clean;
    }
    return value;
  }

  private static Map<String, Object> of(Estate estate) {
    var data = new LinkedHashMap<String, Object>();
    put(data, "environment", estate.environment());
    for (var part : estate.parts()) {
      // Of some kinds there are several, such as status pages.
      data.merge(part.kind(), part.identity(), (one, other) -> one + ", " + other);
    }
    return data;
  }

  private static Map<String, Object> of(Finding finding) {
    var data = fields("id", finding.id());
    data.put("severity", finding.severity().name());
    data.put("verdict", finding.verdict().name());
    data.put("summary", finding.summary());
    if (!finding.details().isEmpty()) {
      data.put("details", finding.details());
    }
    data.put("evidence", finding.evidence().stream().map(ReportData::of).toList());
    return data;
  }

  private static Map<String, Object> of(Evidence evidence) {
    var data = fields("value", evidence.value());
    data.put("source", evidence.source());
    data.put("observedAt", evidence.observedAt().toString());
    put(data, "coverage", evidence.coverage());
    put(data, "byHand", evidence.byHand());
    return data;
  }

  private static Map<String, Object> of(NotChecked notChecked) {
    var data = fields("what", notChecked.what());
    data.put("why", notChecked.why().name());
    data.put("detail", notChecked.detail());
    data.put("remedy", notChecked.remedy());
    return data;
  }

  static Map<String, Object> of(TriageReport triage) {
    var data = fields("kind", "triage");
    data.put("estate", of(triage.estate()));
    data.put("at", triage.at().toString());
    data.put("complete", triage.complete());
    data.put("verdict", triage.verdict().name());
    triage.first().ifPresent(first -> data.put("first", first.incident().slug()));
    triage.next().ifPresent(line -> data.put("next", line));
    data.put("ranked", triage.ranked().stream().map(ReportData::of).toList());
    data.put("shared", triage.shared().stream().map(ReportData::of).toList());
    return data;
  }

  private static Map<String, Object> of(TriageReport.Ranked ranked) {
    var data = of(ranked.diagnosis());
    data.put("effectOf", ranked.effectOf().stream().map(Incident::slug).toList());
    return data;
  }

  private static Map<String, Object> of(TriageReport.Shared shared) {
    var data = fields("what", shared.what());
    data.put("incidents", shared.incidents().stream().map(Incident::slug).toList());
    return data;
  }

  private static Map<String, Object> of(NearbyChange change) {
    var data = fields("kind", change.kind().name());
    data.put("what", change.what());
    data.put("at", change.at().toString());
    data.put("lagSeconds", change.lag() == null ? null : change.lag().toSeconds());
    data.put("fit", change.fit().name());
    data.put("onlyOnChanged", change.onlyOnChanged());
    return data;
  }

  private static Map<String, Object> of(Recommendation recommendation) {
    var data = fields("id", recommendation.id());
    data.put("kind", recommendation.kind().name());
    data.put("what", recommendation.what());
    data.put("because", recommendation.because());
    data.put("line", recommendation.line());
    return data;
  }

  private static Map<String, Object> of(Contraindication contraindication) {
    var data = fields("id", contraindication.id());
    data.put("what", contraindication.what());
    data.put("because", contraindication.because());
    return data;
  }

  private static Map<String, Object> of(Step step) {
    var data = fields("kind", step.kind());
    data.put("target", step.target().id());
    data.put("label", step.target().label());
    data.put("assumes", step.assumes());
    data.put("from", step.before());
    data.put("to", step.after());
    return data;
  }

  private static Map<String, Object> of(StepResult result) {
    var outcome = result.outcome();
    var data = fields("step", result.step().toString());
    data.put("outcome", outcome == null ? "NOT_BEGUN" : outcome.status().name());
    data.put("why", result.why());
    return data;
  }

  private static Map<String, Object> of(Objection objection) {
    var data = fields("name", objection.name());
    data.put("hard", objection.hard());
    data.put("reason", objection.reason());
    data.put("nextStep", objection.nextStep());
    return data;
  }

  private static Map<String, Object> fields(String name, String value) {
    var data = new LinkedHashMap<String, Object>();
    data.put(name, value);
    return data;
  }

  private static void put(Map<String, Object> data, String name, @Nullable String value) {
    if (value != null) {
      data.put(name, value);
    }
  }
}
