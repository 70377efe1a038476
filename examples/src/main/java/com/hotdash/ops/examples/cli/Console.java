package com.hotdash.ops.examples.cli;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.report.Report;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.runbook.Setting;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.text.Page;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The two streams of one run. Nothing gets to either but through the redactor. */
final class Console {
  private final PrintStream out;
  private final PrintStream err;
  private Redactor redactor;

  Console(PrintStream out, PrintStream err, Environment environment) {
    this.out = out;
    this.err = err;
    this.redactor =
        Redactor.SHAPES.and(
            Redactor.of(
                RunbookProcedures.settings().stream()
                    .filter(Setting::secret)
                    .map(setting -> environment.secret(setting.name()))
                    .flatMap(Optional::stream)
                    .toList()));
  }

  /** Also keeps to itself what the runbook knows to be secret. */
  void widen(Redactor more) {
    redactor = redactor.and(more);
  }

  void print(Page page) {
    out.println(page.redacted(redactor).toText(Page.DEFAULT_WIDTH));
    out.println();
    out.flush();
  }

  /** Prints lines for a person to copy, which are never broken. */
  void print(String text) {
    out.println(redactor.redact(text));
    out.flush();
  }

  void json(Report report) {
    out.println(report.json(redactor));
    out.flush();
  }

  void note(String text) {
    err.println(redactor.redact(text));
    err.flush();
  }

  /** Tells what went wrong in one line, and as one object where a program listens. */
  void failed(OpsException e, boolean json) {
    note(String.valueOf(e.getMessage()));
    if (json) {
      var data = new LinkedHashMap<String, Object>(Map.of("kind", "error"));
      data.put("operation", e.operation().toString());
      data.put("problem", e.problem());
      e.nextStep().ifPresent(step -> data.put("nextStep", step));
      data.put("retryable", e.retryable());
      data.put("outcomeUnknown", e.outcomeUnknown());
      json(Report.of(Page.builder().build(), data));
    }
  }
}
