package com.hotdash.ops.examples.cli;

import com.hotdash.ops.catalogue.Answer;
import com.hotdash.ops.catalogue.Argument;
import com.hotdash.ops.catalogue.Runbook;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.report.Report;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "line",
    description =
        "Does what one line of the runbook means, as far as looking goes: reads, judges, or shows a"
            + " plan. Changes nothing without --apply.")
final class LineCommand extends AnsweringCommand {
  @Parameters(paramLabel = "<id>", description = "Such as R4.D2; `lines` lists all.")
  private String id = "";

  @Option(
      names = "--with",
      paramLabel = "<name>=<value>",
      description = "What the line leaves open, such as machine=3d8d9f00a12e89. Can be repeated.")
  private Map<String, String> with = new LinkedHashMap<>();

  @ArgGroup(exclusive = false)
  private @Nullable ApplyOptions apply;

  LineCommand(Console console, Environment environment) {
    super(console, environment);
  }

  @Override
  int answer(RunbookProcedures environment) {
    var approved = apply;
    if (approved != null) {
      approved.check(this::misuse);
      checkSigned(approved);
    }
    var ops = approved == null ? environment : approved.signing(environment);
    var answer = invoke(ops);
    var command = Invocation.line(answer.line().id(), with);
    var plan =
        answer instanceof Answer.Planned planned
            ? Optional.of(planned.plan()).filter(Plans::applicable)
            : Optional.<Plan>empty();
    if (approved != null && !(answer instanceof Answer.Incomplete)) {
      return apply(ops, answer, approved, command, plan);
    }
    if (json()) {
      var report = answer.report();
      console()
          .json(
              plan.flatMap(each -> Plans.line(command, each))
                  .map(line -> report.with("apply", line))
                  .orElse(report));
    } else {
      console().print(answer.page());
      Plans.lines(console(), command, plan.stream().toList());
    }
    if (answer instanceof Answer.Incomplete incomplete) {
      console().note(missing(incomplete));
      return ExitCode.USAGE;
    }
    return answer.verdict().map(ExitCode::of).orElse(ExitCode.OK);
  }

  private int apply(
      RunbookProcedures ops,
      Answer answer,
      ApplyOptions approved,
      String command,
      Optional<Plan> plan) {
    if (plan.isEmpty() && !json()) {
      console().print(answer.page());
    }
    var lead =
        Report.of(answer.page(), Map.of("kind", "resolution")).withPart("answer", answer.report());
    return new Cure(console(), command, approved, json())
        .run(ops, lead, answer.verdict().orElse(Verdict.OK), plan.stream().toList());
  }

  private Answer invoke(RunbookProcedures ops) {
    try {
      return Runbook.line(id).invoke(ops, with);
    } catch (IllegalArgumentException e) {
      // What was typed is no line, or no argument of it: the message says what there is.
      throw misuse(String.valueOf(e.getMessage()));
    }
  }

  private static String missing(Answer.Incomplete incomplete) {
    var text = new StringBuilder("Add");
    for (Argument each : incomplete.missing()) {
      text.append(" --with=")
          .append(each.name())
          .append('=')
          .append(Invocation.quoted(each.example()));
    }
    return text.toString();
  }
}
