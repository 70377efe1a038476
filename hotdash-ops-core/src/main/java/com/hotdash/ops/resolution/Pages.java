package com.hotdash.ops.resolution;

import com.hotdash.ops.resolution.Verification.Sample;
import com.hotdash.ops.text.Column;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.text.Plot;
import com.hotdash.ops.text.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How plans, executions and verifications look to a person. */
final class Pages {
  // Its digest is what tells one image from another, and twelve digits of it are enough to read.
  private static final Pattern IMAGE = Pattern.compile("\\S*@(sha256:[0-9a-f]{12})[0-9a-f]{52}");

  // Of the 100 columns, less what padding between unequal rows may take.
  private static final int ROOM = 80;

  private Pages() {}

  static Page of(Plan plan) {
    var proposal = plan.proposal();
    var page = Page.builder().heading(1, "Plan " + plan.digest() + ": " + proposal.action());
    page.fact("Estate", plan.estate().toString());
    page.fact("Target", proposal.target().toString());
    page.fact("Effect", plan.effect().name().toLowerCase(Locale.ROOT));
    page.fact("Cured when", plan.action().symptom(proposal).goal());
    var objections = plan.objections();
    // Before the steps: twenty of them would push it off the first screen.
    if (!proposal.steps().isEmpty() && objections.stream().noneMatch(Objection::hard)) {
      page.fact("Next", next(objections));
    }
    for (var objection : objections) {
      page.callout(
          Tone.BAD,
          objection.hard() ? "REFUSED" : "OBJECTION",
          objection.name() + ": " + objection.reason() + "; " + objection.nextStep());
    }
    plan.overrides()
        .forEach((name, why) -> page.callout(Tone.UNSURE, "OVERRIDDEN", name + ": " + why));
    page.table(
        List.of(
            Column.number("#"), Column.text("Step"), Column.text("On"), Column.text("From → to")),
        rows(proposal.steps()));
    page.bullets(proposal.notPromised());
    if (!plan.byHand().isEmpty()) {
      page.heading(2, "By hand").code("", String.join("\n", plan.byHand()));
    }
    return page.build();
  }

  static Page of(Execution execution) {
    var proposal = execution.proposal();
    var page = Page.builder().heading(1, "Execution " + execution.id() + ": " + proposal.action());
    var summary = execution.done() + " of " + execution.results().size() + " steps made";
    execution
        .stopped()
        .ifPresentOrElse(
            why -> page.callout(Tone.BAD, "STOPPED", summary + "; " + why),
            () ->
                page.callout(
                    execution.done() == execution.results().size() ? Tone.GOOD : Tone.UNSURE,
                    "OVER",
                    summary));
    results(page, execution.results());
    page.bullets(execution.notes());
    page.fact(
        "Next",
        execution.stopped().isPresent()
            ? "resume(\""
                + execution.id()
                + "\", why), or giveUp(\""
                + execution.id()
                + "\", why)"
                + (execution.done() > 0 ? " and then execution.undo()" : "")
            : "execution.verify()");
    return page.build();
  }

  static Page of(Verification verification) {
    var tone =
        switch (verification.result()) {
          case CURED -> Tone.GOOD;
          case NOT_CURED -> Tone.BAD;
          case INCONCLUSIVE -> Tone.UNSURE;
        };
    var page =
        Page.builder()
            .callout(tone, verification.result().name(), verification.detail())
            .fact("Goal", verification.goal())
            .fact("Measurements", Integer.toString(verification.samples().size()));
    if (verification.samples().size() > 1) {
      plots(verification.samples()).forEach(page::plot);
    }
    return page.build();
  }

  /** One for each figure: a share beside a count would be a line on the ground. */
  private static List<Plot> plots(List<Sample> samples) {
    return samples.stream()
        .flatMap(sample -> sample.measurement().figures().keySet().stream())
        .distinct()
        .sorted()
        .map(
            name ->
                new Plot(
                    "After the change: " + name, "", List.of(series(samples, name)), List.of()))
        .toList();
  }

  private static Plot.Series series(List<Sample> samples, String name) {
    return Plot.Series.steps(
        name,
        samples.stream()
            .filter(sample -> sample.measurement().figures().containsKey(name))
            .map(sample -> point(sample, name))
            .toList());
  }

  private static Plot.Point point(Sample sample, String name) {
    return new Plot.Point(
        sample.at(), sample.measurement().figures().getOrDefault(name, Double.NaN));
  }

  private static String next(List<Objection> objections) {
    return "plan"
        + objections.stream()
            .map(objection -> ".despite(\"" + objection.name() + "\", \"…\")")
            .collect(Collectors.joining())
        + ".apply(\"why\")";
  }

  private static List<List<String>> rows(List<Step> steps) {
    var rows = new ArrayList<List<String>>();
    for (var step : steps) {
      rows.add(
          List.of(
              Integer.toString(rows.size() + 1),
              step.kind(),
              step.target().toString(),
              change(step)));
    }
    return rows;
  }

  private static String change(Step step) {
    return text(step.before())
        + " → "
        + (step.after().equals(Step.GONE) ? "gone" : text(step.after()));
  }

  private static String text(Map<String, String> fields) {
    return IMAGE.matcher(plain(fields)).replaceAll("$1…");
  }

  private static String plain(Map<String, String> fields) {
    return fields.size() == 1
        ? fields.values().iterator().next()
        : fields.entrySet().stream()
            .map(field -> field.getKey() + " " + field.getValue())
            .collect(Collectors.joining(", "));
  }

  /** A table cuts what is too wide for it; why a step was not made must not be. */
  private static void results(Page.Builder page, List<StepResult> results) {
    var rows = results(results);
    if (rows.stream().allMatch(row -> String.join("  ", row).length() <= ROOM)) {
      page.table(
          List.of(Column.number("#"), Column.text("Outcome"), Column.text("Step"), Column.text("")),
          rows);
      return;
    }
    page.table(
        List.of(Column.number("#"), Column.text("Outcome"), Column.text("Step")),
        rows.stream().map(row -> row.subList(0, 3)).toList());
    page.bullets(
        rows.stream()
            .filter(row -> !row.get(3).isBlank())
            .map(row -> "step " + row.get(0) + ": " + row.get(3))
            .toList());
  }

  private static List<List<String>> results(List<StepResult> results) {
    var rows = new ArrayList<List<String>>();
    for (var result : results) {
      var outcome = result.outcome();
      rows.add(
          List.of(
              Integer.toString(rows.size() + 1),
              outcome == null ? "NOT BEGUN" : outcome.status().name(),
              result.step().toString(),
              result.why()));
    }
    return rows;
  }
}
