package com.hotdash.ops.examples.cli;

import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that asks the runbook configured by the environment, and answers. */
abstract class AnsweringCommand implements Callable<Integer> {
  private final Console console;
  private final Environment environment;

  @Spec private @Nullable CommandSpec spec;

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
    try (var progress = new Progress(console);
        var ops = RunbookProcedures.builder().environment(environment).progress(progress).build()) {
      console.widen(ops.redactor());
      return answer(ops);
    }
  }

  Console console() {
    return console;
  }

  boolean json() {
    return json;
  }

  /** Refuses a change that nobody answers for, or for no reason. */
  void checkSigned(SignedOptions signed) {
    if (signed.because().isBlank() || signed.because().equals(Invocation.WHY)) {
      throw misuse("--because wants your reason, for the journal");
    }
    if (signed.by().filter(Invocation.YOUR_NAME::equals).isPresent()) {
      throw misuse("--by wants your own name: you answer for it");
    }
    if (signed.by().isEmpty() && environment.text("HOTDASH_OPS_OPERATOR").isEmpty()) {
      throw misuse("Who answers for it? Add --by=<name>, or set HOTDASH_OPS_OPERATOR");
    }
  }

  ParameterException misuse(String message) {
    if (spec == null) {
      throw new IllegalStateException(message);
    }
    return new ParameterException(spec.commandLine(), message);
  }
}
