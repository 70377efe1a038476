package com.hotdash.ops.examples.cli;

import com.hotdash.ops.app.AppMetrics;
import com.hotdash.ops.app.AppSeries;
import com.hotdash.ops.app.AppWindow;
import com.hotdash.ops.app.MachineMetrics;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.metrics.Sample;
import com.hotdash.ops.report.Report;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.text.Page;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "metrics",
    description =
        "Scrapes every machine of the application twice and tells what happened in between; with a"
            + " text, once, and lists the series that match it. Judges nothing: 0 if every machine"
            + " that was asked was read, else 3.")
final class MetricsCommand extends AnsweringCommand {
  private static final Duration USUAL = Duration.ofSeconds(10);

  @Parameters(
      arity = "0..1",
      paramLabel = "<text>",
      description = "What a series holds, such as error, in any letter case.")
  private @Nullable String text;

  @Option(
      names = "--over",
      paramLabel = "<time>",
      converter = DurationConverter.class,
      description = "How long to wait between the scrapes. Default: 10s.")
  private @Nullable Duration over;

  MetricsCommand(Console console, Environment environment) {
    super(console, environment);
  }

  @Override
  int answer(RunbookProcedures ops) {
    if (text == null) {
      return happened(ops.app().window(over == null ? USUAL : over));
    }
    if (text.isBlank() || over != null) {
      throw misuse("Either a text, to list totals, or --over, to see what happens");
    }
    return matching(ops.app().metrics(), text);
  }

  private int matching(AppMetrics metrics, String wanted) {
    var series = metrics.matching(wanted);
    var verdict = readWhole(metrics) ? Verdict.OK : Verdict.UNKNOWN;
    var page = Page.builder().heading(1, "Application metrics").append(series.page()).build();
    if (json()) {
      console()
          .json(
              report(page, metrics)
                  .with("text", wanted)
                  .with("counters", series.counters())
                  .with("series", data(series)));
    } else {
      console().print(page);
    }
    return ExitCode.of(verdict);
  }

  private int happened(AppWindow window) {
    boolean whole =
        window.notSeen().isEmpty()
            && readWhole(window.before())
            && readWhole(window.after())
            && window.increases().complete();
    var verdict = whole ? Verdict.OK : Verdict.UNKNOWN;
    var page = Page.builder().heading(1, "Application metrics").append(window.page()).build();
    if (json()) {
      var errors = window.errorShare();
      console()
          .json(
              report(page, window.after())
                  .with("windowMillis", window.increases().window().toMillis())
                  .with("requests", errors.total())
                  .with("errors", errors.errors())
                  .with("complete", window.complete())
                  .with("notSeen", window.notSeen().stream().map(NotChecked::toString).toList())
                  .with("notes", window.increases().notes()));
    } else {
      console().print(page);
    }
    return ExitCode.of(verdict);
  }

  private static boolean readWhole(AppMetrics metrics) {
    return metrics.machines().stream().allMatch(MachineMetrics::whole);
  }

  private static Report report(Page page, AppMetrics metrics) {
    return Report.of(page, Map.of("kind", "metrics"))
        .with("coverage", metrics.coverage() == null ? "" : metrics.coverage())
        .with("complete", metrics.complete())
        .with("notSeen", metrics.notSeen().stream().map(NotChecked::toString).toList());
  }

  private static List<Map<String, Object>> data(AppSeries series) {
    return series.machines().stream()
        .flatMap(one -> one.series().samples().stream().map(s -> data(one.instance(), s)))
        .toList();
  }

  private static Map<String, Object> data(String machine, Sample sample) {
    var data = new LinkedHashMap<String, Object>();
    data.put("machine", machine);
    data.put("name", sample.name());
    data.put("labels", sample.labels().toMap());
    // JSON knows neither NaN nor infinity.
    data.put("value", Double.isFinite(sample.value()) ? sample.value() : sample.value() + "");
    return data;
  }
}
