package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.report.Report;
import com.hotdash.ops.resolution.Policy;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.text.Page;
import java.io.PrintStream;
import java.nio.file.Path;

/** The same eyes on the real thing: no fault, no change, only a diagnosis. */
final class RealEstate {
  private static final int USAGE = 2;
  private static final int UNKNOWN = 3;

  private final PrintStream out;
  private final Path directory;

  RealEstate(PrintStream out, Path directory) {
    this.out = out;
    this.directory = directory;
  }

  int look(Environment environment) {
    if (environment.secret("DATABASE_URL").isEmpty()) {
      out.println("game-day --real: DATABASE_URL is not set. Next: set it to your own database");
      return USAGE;
    }
    try (var ops =
        RunbookProcedures.builder()
            .environment(environment)
            .policy(Policy.DEFAULT.withReadOnly(true))
            .build()) {
      var diagnosis = ops.databaseConnectionIssues().diagnose();
      var file = ReportFiles.write(Report.of(diagnosis), ops.redactor(), directory);
      out.println(diagnosis.page().redacted(ops.redactor()).toText(Page.DEFAULT_WIDTH));
      out.println();
      out.println("Read-only: nothing was changed. Report: " + file.toUri());
      return switch (diagnosis.verdict()) {
        case OK -> 0;
        case PROBLEM -> 1;
        case UNKNOWN -> UNKNOWN;
      };
    }
  }
}
