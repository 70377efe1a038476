package com.hotdash.ops.examples.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What stands above the commands: help, and what the exit codes mean. */
@Command(
    name = "hotdash-ops",
    description = "HotDash's incident runbook: looks, shows what it would do, does it, verifies.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  hotdash-ops check",
      "  hotdash-ops diagnose R4",
      "  hotdash-ops line R4.D2",
      "  hotdash-ops before-deploy --sha=3f2c9a1d",
      "  hotdash-ops health",
      "  hotdash-ops metrics error",
      "  hotdash-ops run 9001234567",
      "  hotdash-ops diagnose database --json --within=5s"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:OK: nothing is wrong or pending, all was read, the plan is shown; with --apply, resume,"
          + " verify: it is cured",
      "1:PROBLEM: something is wrong, missing or pending; with --apply, resume, give-up: refused,"
          + " or not cured",
      "2:the command line or the configuration cannot be understood; line: an argument is missing",
      "3:UNKNOWN: could not look, or not at all of it, or not tell whether it is cured"
    })
final class OpsCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this and does nothing.")
  boolean helpWanted;

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "Which command?");
    }
  }
}
