package com.hotdash.ops.examples.cli;

import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** A command that asks the runbook configured by the environment, and answers. */
abstract class AnsweringCommand implements Callable<Integer> {
  private final Console console;
  private final Environment environment;

  @Option(
      names = "--json",
      description =
          "Prints one JSON object to standard output and nothing else; what we have to say goes to"
              + " standard error.")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this and does nothing.")
  boolean helpWanted;

  AnsweringCommand(Console console, Environment environment) {
    this.console = console;
    this.environment = environment;
  }

  abstract int answer(RunbookProcedures ops);

  @Override
  public Integer call() {
    try (var ops = RunbookProcedures.fromEnvironment(environment)) {
      console.widen(ops.redactor());
      return answer(ops);
    }
  }

  Console console() {
    return console;
  }

  Environment environment() {
    return environment;
  }

  boolean json() {
    return json;
  }
}
