package com.hotdash.ops.examples.cli;

import com.hotdash.ops.report.Report;
import com.hotdash.ops.resolution.Execution;
import com.hotdash.ops.resolution.Verification;
import com.hotdash.ops.resolution.Verification.Patience;
import com.hotdash.ops.text.Page;
import java.util.List;
import java.util.Optional;

/** How a change is answered for: page by page for a person, in one object for a program. */
final class Answer {
  private final Console console;
  private final boolean json;

  Answer(Console console, boolean json) {
    this.console = console;
    this.json = json;
  }

  void show(Page page) {
    if (!json) {
      console.print(page);
    }
  }

  /**
   * Verifies what was done, and tells all of it.
   *
   * @param patience how to verify, if somebody said so
   */
  int verified(Report lead, Execution execution, Optional<Patience> patience) {
    show(execution.page());
    var verification = patience.map(execution::verify).orElseGet(execution::verify);
    show(verification.page());
    var next =
        execution.stopped().isPresent() ? NextLines.pending(execution.id()) : List.<String>of();
    if (json) {
      console.json(
          lead.withPart("execution", Report.of(execution))
              .withPart("verification", Report.of(verification))
              .with("next", next));
    } else {
      NextLines.print(console, "It is not over. To go on, or to close it as it stands:", next);
      if (execution.done() > 0) {
        NextLines.print(
            console,
            "To plan taking it back, which changes nothing yet, or to measure again:",
            List.of(Invocation.undo(execution.id()), Invocation.verify(execution.id())));
      }
    }
    return exitCode(execution, verification);
  }

  /** A cure that left steps undone is not over, however well the symptom looks. */
  static int exitCode(Execution execution, Verification verification) {
    return execution.stopped().isPresent() && verification.result() == Verification.Result.CURED
        ? ExitCode.PROBLEM
        : ExitCode.of(verification.result());
  }

  int refused(Report lead, String why, List<String> next) {
    console.note("REFUSED: " + why);
    if (json) {
      console.json(lead.with("refused", why).with("next", next));
    } else {
      NextLines.print(console, "On this command line:", next);
    }
    return ExitCode.PROBLEM;
  }
}
