package com.hotdash.ops.pipeline;

import com.hotdash.ops.evidence.Reading;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run and what is the matter with it.
 *
 * @param run the run
 * @param problem what is the matter
 * @param jobs its jobs
 * @param failedJob the job that failed first, or {@code null} if none did
 * @param failedStep the step of it that failed first, or {@code null}
 * @param notFatal jobs and steps that failed although the run went on: {@code continue-on-error}
 * @param waitingFor the approvals it waits for; unread if they could not be read
 * @param log the part of the log that tells why; unread if there is none
 * @param annotations what tools remarked; unread if that could not be read
 * @param errors what went wrong, by kind
 */
public record RunDetail(
    Run run,
    RunProblem problem,
    List<Job> jobs,
    @Nullable Job failedJob,
    @Nullable StepRun failedStep,
    List<String> notFatal,
    @Nullable Reading<List<PendingDeployment>> waitingFor,
    @Nullable Reading<LogExcerpt> log,
    @Nullable Reading<List<Annotation>> annotations,
    List<BuildError> errors) {
  private static final int SHOWN = 8;

  /** Copies the lists. */
  public RunDetail {
    jobs = List.copyOf(jobs);
    notFatal = List.copyOf(notFatal);
    errors = List.copyOf(errors);
  }

  /**
   * Returns whether making the failed jobs again is worth one try: there are errors, and all of
   * them are of a kind that passes.
   *
   * @return true if so
   */
  public boolean worthOneRerun() {
    return !errors.isEmpty() && errors.stream().allMatch(error -> error.kind().passing());
  }

  @Override
  public String toString() {
    var text = new ArrayList<String>();
    text.add(run.toString());
    var hint = problem.hint() == null ? "" : ": " + problem.hint();
    text.add(
        "problem: "
            + problem
            + hint
            + (worthOneRerun() ? " (passing: one re-run is worth it)" : ""));
    if (failedJob != null) {
      text.add("failed: " + failedJob + (failedStep == null ? "" : ", " + failedStep));
    }
    if (waitingFor != null) {
      text.add("waiting: " + told(waitingFor));
    }
    errors.stream().limit(SHOWN).forEach(error -> text.add("  " + error));
    notFatal.stream().limit(2).forEach(each -> text.add("not fatal: " + each));
    if (log != null) {
      text.add(log.obstacle().map(why -> "log " + why).orElseGet(() -> "log: " + tail(log)));
    }
    return String.join("\n", text);
  }

  private static <T> String told(Reading<T> reading) {
    return reading.toOptional().map(Object::toString).orElseGet(reading::toString);
  }

  private static String tail(Reading<LogExcerpt> log) {
    var excerpt = log.toOptional().orElseThrow();
    var lines = excerpt.lines();
    var last = lines.subList(Math.max(0, lines.size() - SHOWN), lines.size());
    var text = new StringBuilder(excerpt.coverage());
    last.forEach(line -> text.append("\n  ").append(line));
    return text.toString();
  }
}
