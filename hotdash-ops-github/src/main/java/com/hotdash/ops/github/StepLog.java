package com.hotdash.ops.github;

import com.hotdash.ops.pipeline.BuildError;
import com.hotdash.ops.pipeline.LogExcerpt;
import com.hotdash.ops.pipeline.LogExcerpt.Line;
import com.hotdash.ops.pipeline.StepRun;
import com.hotdash.ops.secret.Redactor;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the lines of one step in the log of its job. The log does not say which line belongs to
 * which step: the step's times do, to the second, and the group marker with which a step begins
 * settles the first and the last second. Not thread-safe.
 */
final class StepLog {
  private static final String BEGIN = "##[group]Run ";
  private static final String POST = "Post job cleanup.";

  private final @Nullable Instant from;
  private final @Nullable Instant until;
  private final LogKeeper step = new LogKeeper(true);
  private final LogKeeper whole;
  private boolean over;

  StepLog(@Nullable StepRun step) {
    from = step == null ? null : step.startedAt();
    // The whole log is the second choice: read for errors only where no step can be told.
    whole = new LogKeeper(from == null);
    var completed = step == null ? null : step.completedAt();
    // Steps' times are cut to the second, lines' times are not.
    until = completed == null ? null : completed.plusSeconds(1);
  }

  Found read(InputStream log, long maxBytes, Redactor redactor) throws IOException {
    var lines = new LogLines(maxBytes);
    lines.read(log, this::take);
    var chosen = step.count() > 0 ? step : whole;
    var kept =
        chosen.lines().stream()
            .map(line -> new Line(line.number(), line.at(), redactor.redact(line.text())))
            .toList();
    var excerpt =
        new LogExcerpt(
            kept,
            lines.total(),
            step.count(),
            kept.size() < chosen.count() || lines.incomplete() != null,
            lines.incomplete() == null ? null : redactor.redact(lines.incomplete()));
    return new Found(excerpt, BuildErrors.redacted(errors(chosen), redactor));
  }

  private List<BuildError> errors(LogKeeper chosen) {
    if (chosen != whole || from == null) {
      return chosen.errors();
    }
    // No line had a time within the step: what was kept is all there is to read.
    var rules = new BuildErrors();
    return whole.lines().stream()
        .flatMap(line -> rules.read(line.text()).stream())
        .distinct()
        .toList();
  }

  private void take(Line line) {
    var at = line.at();
    whole.add(line);
    if (over || from == null || at == null || at.isBefore(from)) {
      return;
    }
    if (until != null && !at.isBefore(until)) {
      return;
    }
    boolean begins = line.text().startsWith(BEGIN);
    if (begins && at.isBefore(from.plusSeconds(1)) && step.count() > 0) {
      step.reset();
    }
    if (step.errorSeen() && (begins || line.text().startsWith(POST))) {
      over = true;
      return;
    }
    step.add(line);
  }

  /** The excerpt, and the errors that were read in it. */
  record Found(LogExcerpt excerpt, List<BuildError> errors) {
    Found {
      errors = List.copyOf(errors);
    }
  }
}
