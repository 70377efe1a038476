package com.hotdash.ops.examples.cli;

import com.hotdash.ops.diagnosis.Checkup;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "before-deploy",
    description =
        "Tells whether the way is free for a deploy to production: staging, secrets, health checks,"
            + " other deploys. Changes nothing.")
final class BeforeDeployCommand extends CheckupCommand {
  @Option(
      names = "--sha",
      paramLabel = "<commit>",
      description = "What is to be deployed. Default: $GITHUB_SHA. Without it nothing is OK.")
  private @Nullable String sha;

  private final Environment environment;

  BeforeDeployCommand(Console console, Environment environment) {
    super(console, environment);
    this.environment = environment;
  }

  @Override
  Checkup look(RunbookProcedures ops) {
    var commit = sha == null ? environment.text("GITHUB_SHA").orElse("") : sha.strip();
    if (commit.isEmpty()) {
      return ops.beforeDeploy();
    }
    if (!commit.matches("[0-9a-fA-F]{7,64}")) {
      throw misuse("--sha wants a commit, 7 to 64 hexadecimal digits, not '" + commit + "'");
    }
    return ops.beforeDeploy(commit);
  }
}
