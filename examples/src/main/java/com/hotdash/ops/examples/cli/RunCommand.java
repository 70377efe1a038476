package com.hotdash.ops.examples.cli;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.github.GitHubClient;
import com.hotdash.ops.pipeline.BuildError;
import com.hotdash.ops.pipeline.LogExcerpt;
import com.hotdash.ops.pipeline.RunDetail;
import com.hotdash.ops.pipeline.RunProblem;
import com.hotdash.ops.report.Report;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.text.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "run",
    description = "Tells what is the matter with a workflow run, and shows the log that tells why.")
final class RunCommand extends AnsweringCommand {
  private static final int MOST_LINES = 40;

  private final Environment environment;

  @Parameters(paramLabel = "<id>", description = "The run's id, as in its address.")
  private long id;

  RunCommand(Console console, Environment environment) {
    super(console, environment);
    this.environment = environment;
  }

  @Override
  int answer(RunbookProcedures ops) {
    if (id < 1) {
      throw misuse("A run's id is a number above zero, not " + id);
    }
    try (var client = GitHubClient.fromEnvironment(environment)) {
      console().widen(client.redactor());
      var detail = client.failedLog(id);
      var verdict = verdict(detail.problem());
      if (json()) {
        console().json(Report.of(page(detail, verdict), data(detail, verdict)));
      } else {
        console().print(page(detail, verdict));
      }
      return ExitCode.of(verdict);
    }
  }

  /** What is not over yet is not known; what waits for a person is a problem. */
  private static Verdict verdict(RunProblem problem) {
    return switch (problem) {
      case NONE -> Verdict.OK;
      case RUNNING, QUEUED, HELD_BY_CONCURRENCY, UNKNOWN -> Verdict.UNKNOWN;
      case WAITING_FOR_APPROVAL,
          STUCK_IN_QUEUE,
          CANCELLED,
          FAILED,
          TIMED_OUT,
          STARTUP_FAILURE,
          ACTION_REQUIRED,
          NOTHING_DONE ->
          Verdict.PROBLEM;
    };
  }

  private static Page page(RunDetail detail, Verdict verdict) {
    var page = Page.builder().heading(1, "Run " + detail.run().id());
    page.callout(Verdicts.tone(verdict), verdict.name(), detail.problem() + ": " + detail.run());
    if (detail.failedJob() != null) {
      page.fact("Failed job", detail.failedJob().toString());
    }
    if (detail.failedStep() != null) {
      page.fact("Failed step", detail.failedStep().toString());
    }
    if (detail.waitingFor() != null) {
      page.fact("Waiting", told(detail.waitingFor()));
    }
    if (detail.worthOneRerun()) {
      page.fact("Passing", "all errors are of a kind that passes: one re-run is worth it");
    }
    if (!detail.errors().isEmpty()) {
      page.heading(2, "Errors");
      page.bullets(detail.errors().stream().map(BuildError::toString).toList());
    }
    if (!detail.notFatal().isEmpty()) {
      page.heading(2, "Not fatal");
      page.bullets(detail.notFatal());
    }
    if (detail.log() != null) {
      page.heading(2, "Log");
      detail.log().obstacle().ifPresent(why -> page.paragraph("Not checked: " + why));
      detail.log().toOptional().ifPresent(log -> page.code("", lines(log)).paragraph(cover(log)));
    }
    return page.build();
  }

  private static String cover(LogExcerpt log) {
    int left = Math.max(0, log.lines().size() - MOST_LINES);
    return log.coverage() + (left == 0 ? "" : ", the first " + left + " of them with --json");
  }

  /** The last lines: an error is told at the end of its step. */
  private static String lines(LogExcerpt log) {
    var all = log.lines();
    return all.subList(Math.max(0, all.size() - MOST_LINES), all.size()).stream()
        .map(LogExcerpt.Line::toString)
        .collect(Collectors.joining("\n"));
  }

  private static <T> String told(Reading<T> reading) {
    return reading
        .toOptional()
        .map(Object::toString)
        .or(() -> reading.obstacle().map(NotChecked::toString))
        .orElse("");
  }

  private static Map<String, Object> data(RunDetail detail, Verdict verdict) {
    var data = new LinkedHashMap<String, Object>();
    data.put("kind", "run");
    data.put("verdict", verdict.name());
    data.put("problem", detail.problem().name());
    data.put("run", detail.run().id());
    data.put("attempt", detail.run().attempt());
    data.put("address", detail.run().url());
    data.put("state", detail.run().state().toString());
    if (detail.failedJob() != null) {
      data.put("failedJob", detail.failedJob().name());
    }
    if (detail.failedStep() != null) {
      data.put("failedStep", detail.failedStep().name());
    }
    data.put("worthOneRerun", detail.worthOneRerun());
    data.put("errors", detail.errors().stream().map(RunCommand::data).toList());
    data.put("notFatal", detail.notFatal());
    log(data, detail.log());
    return data;
  }

  private static Map<String, Object> data(BuildError error) {
    var data = new LinkedHashMap<String, Object>();
    data.put("kind", error.kind().name());
    if (error.file() != null) {
      data.put("file", error.file());
      data.put("line", error.line());
    }
    data.put("message", error.message());
    return data;
  }

  private static void log(Map<String, Object> data, @Nullable Reading<LogExcerpt> log) {
    if (log == null) {
      data.put("log", List.of());
      return;
    }
    log.obstacle().ifPresent(why -> data.put("logNotChecked", why.toString()));
    log.toOptional()
        .ifPresent(
            excerpt -> {
              data.put("logCoverage", excerpt.coverage());
              data.put("log", excerpt.lines().stream().map(LogExcerpt.Line::toString).toList());
            });
  }
}
