package com.hotdash.ops.examples.cli;

import com.hotdash.ops.catalogue.Answer;
import com.hotdash.ops.catalogue.Argument;
import com.hotdash.ops.catalogue.Runbook;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "line",
    description =
        "Does what one line of the runbook means, as far as looking goes: reads, judges, or shows a"
            + " plan. Changes nothing. 2 if an argument is missing, else as the verdict.")
final class LineCommand extends AnsweringCommand {
  @Parameters(paramLabel = "<id>", description = "Such as R4.D2; `lines` lists all.")
  private String id = "";

  @Option(
      names = "--with",
      paramLabel = "<name>=<value>",
      description = "What the line leaves open, such as machine=3d8d9f00a12e89. Can be repeated.")
  private Map<String, String> with = new LinkedHashMap<>();

  LineCommand(Console console, Environment environment) {
    super(console, environment);
  }

  @Override
  int answer(RunbookProcedures ops) {
    var answer = invoke(ops);
    if (json()) {
      console().json(answer.report());
    } else {
      console().print(answer.page());
    }
    if (answer instanceof Answer.Incomplete incomplete) {
      console().note(missing(incomplete));
      return ExitCode.USAGE;
    }
    if (answer instanceof Answer.Planned planned && !planned.plan().steps().isEmpty() && !json()) {
      console()
          .print(
              "Nothing was changed. This command line applies only what `diagnose` recommends; to"
                  + " apply another plan, type its Java line in jshell.");
    }
    return answer.verdict().map(ExitCode::of).orElse(ExitCode.OK);
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
