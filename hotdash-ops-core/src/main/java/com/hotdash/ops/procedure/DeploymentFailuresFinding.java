package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.pipeline.BuildError;
import com.hotdash.ops.pipeline.PendingDeployment;
import com.hotdash.ops.pipeline.Phase;
import com.hotdash.ops.pipeline.Run;
import com.hotdash.ops.pipeline.RunDetail;
import com.hotdash.ops.pipeline.RunProblem;
import com.hotdash.ops.pipeline.Runs;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.platform.SecretDigest;
import com.hotdash.ops.platform.SecretSpread;
import com.hotdash.ops.time.Stamp;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether a release does not get out or not up, and at what. */
public sealed interface DeploymentFailuresFinding extends Finding
    permits DeploymentFailuresFinding.DeployRun,
        DeploymentFailuresFinding.BuildErrors,
        DeploymentFailuresFinding.InFlight,
        DeploymentFailuresFinding.NewestRelease,
        DeploymentFailuresFinding.Secrets,
        DeployedMachines {
  /**
   * The newest run that deploys. One that waits for a person, or was cancelled, is no failed build.
   *
   * @param detail the run, with the job and step that failed first
   * @param before the run before it that did something, where this one did nothing; or {@code null}
   * @param since a release with another image that went out after that run had failed, so that its
   *     failure is history; or {@code null}
   * @param old whether it ended more than a day ago, and all machines have one image and are well:
   *     somebody has to see to it, and nobody has to be called for it
   * @param evidence where it was seen
   */
  record DeployRun(
      RunDetail detail,
      @Nullable Run before,
      @Nullable Release since,
      boolean old,
      List<Evidence> evidence)
      implements DeploymentFailuresFinding {
    /** Copies the list. */
    public DeployRun {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "deploy.run";
    }

    /** A failed build hurts nobody yet; a roll-out that failed half-way may. */
    @Override
    public Severity weight() {
      var phase = phase();
      if (past()) {
        return Severity.WARNING;
      }
      return phase == Phase.DEPLOY || phase == Phase.HEALTH || phase == Phase.ROLLBACK
          ? Severity.CRITICAL
          : Severity.WARNING;
    }

    /** A failure of days ago is no sign of what is the matter now. */
    @Override
    public boolean symptom() {
      return !past();
    }

    private boolean past() {
      return old && !detail.run().state().active();
    }

    /**
     * Returns where it failed.
     *
     * @return the failed job's phase, or {@code null} if no job failed
     */
    public @Nullable Phase phase() {
      return detail.failedJob() == null ? null : detail.failedJob().phase();
    }

    @Override
    public Verdict verdict() {
      return switch (detail.problem()) {
        case NONE -> Verdict.OK;
        case RUNNING, QUEUED, HELD_BY_CONCURRENCY, UNKNOWN -> Verdict.UNKNOWN;
        case NOTHING_DONE -> byTheOneBefore();
        case WAITING_FOR_APPROVAL, STUCK_IN_QUEUE, ACTION_REQUIRED -> Verdict.PROBLEM;
        case CANCELLED, FAILED, TIMED_OUT, STARTUP_FAILURE ->
            since == null ? Verdict.PROBLEM : Verdict.OK;
      };
    }

    /** A run that did nothing says nothing: the one before it does. */
    private Verdict byTheOneBefore() {
      if (before == null || before.state().active()) {
        return Verdict.UNKNOWN;
      }
      return before.state().failed() && since == null ? Verdict.PROBLEM : Verdict.OK;
    }

    @Override
    public String summary() {
      var run = detail.run();
      return name(run)
          + " "
          + what()
          + (run.attempt() > 1 ? ", attempt " + run.attempt() : "")
          + (verdict() == Verdict.PROBLEM && past()
              ? "; ended at " + inForce().updatedAt() + ", and all machines are well"
              : "");
    }

    static String name(Run run) {
      return (run.file().isEmpty() ? "run" : run.file()) + " #" + run.number();
    }

    private String what() {
      return switch (detail.problem()) {
        case NONE -> "succeeded";
        case RUNNING -> "is under way";
        case QUEUED -> "waits for a runner";
        case HELD_BY_CONCURRENCY -> "is held back by another run of its group";
        case STUCK_IN_QUEUE ->
            "has waited for long and has not one job: look at the service itself";
        case WAITING_FOR_APPROVAL -> "waits for approval" + waiting();
        case ACTION_REQUIRED -> "does not begin before a person lets it";
        case CANCELLED -> "was cancelled: what it began may be half done" + over();
        case STARTUP_FAILURE -> "never had a job: its workflow file is broken" + over();
        case FAILED, TIMED_OUT -> failed() + over();
        case NOTHING_DONE ->
            "did nothing ("
                + run()
                + ")"
                + (before == null ? "" : "; #" + before.number() + " before it " + before.state())
                + over();
        case UNKNOWN -> "ended or stands in a way that is not known: " + run();
      };
    }

    private String run() {
      return detail.run().state().toString();
    }

    private String failed() {
      var how = detail.problem() == RunProblem.TIMED_OUT ? "ran too long" : "failed";
      var job = detail.failedJob();
      if (job == null) {
        return how + ", at no job that could be read";
      }
      var step = detail.failedStep();
      return how
          + " in "
          + job.phase()
          + ", job \""
          + Figures.cut(job.name(), 30)
          + "\""
          + (step == null
              ? ""
              : ", step " + step.number() + " \"" + Figures.cut(step.name(), 40) + "\"");
    }

    /**
     * Returns the run that is in force: this one, or the one before if this one did nothing.
     *
     * @return the run
     */
    public Run inForce() {
      return before == null ? detail.run() : before;
    }

    private String over() {
      return since == null ? "" : "; " + since.label() + " went out after it";
    }

    private String waiting() {
      return approvals().isEmpty()
          ? ""
          : " of " + Figures.some(approvals(), PendingDeployment::environment);
    }

    /**
     * Returns what it waits for.
     *
     * @return the approvals; empty if there are none or they could not be read
     */
    public List<PendingDeployment> approvals() {
      return Optional.ofNullable(detail.waitingFor())
          .flatMap(r -> r.toOptional())
          .orElse(List.of());
    }
  }

  /**
   * What went wrong in the run, by kind. Made only if the run failed and its log or annotations
   * tell.
   *
   * @param errors the errors
   * @param worthOneRerun whether all of them are of a kind that passes
   * @param over whether a later release has made the failure history
   * @param old whether the run ended more than a day ago, and all machines are well
   * @param evidence where it was seen
   */
  record BuildErrors(
      List<BuildError> errors,
      boolean worthOneRerun,
      boolean over,
      boolean old,
      List<Evidence> evidence)
      implements DeploymentFailuresFinding {
    /** Copies the lists. */
    public BuildErrors {
      errors = List.copyOf(errors);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "deploy.build-errors";
    }

    @Override
    public boolean symptom() {
      return !old;
    }

    @Override
    public Severity weight() {
      return Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      return over ? Verdict.OK : Verdict.PROBLEM;
    }

    @Override
    public String summary() {
      var kinds = new EnumMap<BuildError.Kind, Integer>(BuildError.Kind.class);
      errors.forEach(each -> kinds.merge(each.kind(), 1, Integer::sum));
      return kinds.entrySet().stream()
              .map(each -> each.getValue() + " " + word(each.getKey()))
              .collect(Collectors.joining(", "))
          + (worthOneRerun ? " (passing)" : "")
          + ": "
          + Figures.cut(errors.get(0).toString(), 90);
    }

    private static String word(BuildError.Kind kind) {
      return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * Returns the places in the source.
     *
     * @return file and line, each once
     */
    public List<String> places() {
      return errors.stream()
          .filter(each -> each.file() != null)
          .map(each -> each.file() + (each.line() > 0 ? ":" + each.line() : ""))
          .distinct()
          .toList();
    }
  }

  /**
   * Runs that deploy and have not ended: each would overwrite what is done meanwhile.
   *
   * @param runs the runs, newest first
   * @param evidence where it was seen
   */
  record InFlight(Runs runs, List<Evidence> evidence) implements DeploymentFailuresFinding {
    /** Copies the list. */
    public InFlight {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "deploy.in-flight";
    }

    @Override
    public Severity weight() {
      return Severity.INFO;
    }

    @Override
    public Verdict verdict() {
      return Verdict.OK;
    }

    @Override
    public String summary() {
      return runs.runs().isEmpty()
          ? "no deploy is queued or under way"
          : Figures.many(runs.runs().size(), "deploy is", "deploys are")
              + " queued or under way: "
              + Figures.some(runs.runs(), each -> DeployRun.name(each) + " " + each.state());
    }
  }

  /**
   * How the platform's newest release record ended. It says what was meant, not what runs.
   *
   * @param release the record
   * @param hanging whether it has gone on for too long to be under way
   * @param everywhere whether all machines run its image and are well, so that a tool that died
   *     left nothing undone
   * @param old whether it was made more than a day ago, and all machines have one image and are
   *     well, so that whatever became of it hurts nobody
   * @param evidence where it was seen
   */
  record NewestRelease(
      Release release, boolean hanging, boolean everywhere, boolean old, List<Evidence> evidence)
      implements DeploymentFailuresFinding {
    private static final String NOTHING_OF_IT = ", a day ago and more: all machines are well";

    /** Copies the list. */
    public NewestRelease {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "deploy.release";
    }

    @Override
    public Severity weight() {
      return Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      return switch (release.status()) {
        case COMPLETE -> Verdict.OK;
        case FAILED, INTERRUPTED -> old ? Verdict.OK : Verdict.PROBLEM;
        case UNKNOWN -> Verdict.UNKNOWN;
        case RUNNING -> running();
      };
    }

    private Verdict running() {
      if (!hanging) {
        return Verdict.UNKNOWN;
      }
      return everywhere || old ? Verdict.OK : Verdict.PROBLEM;
    }

    @Override
    public String summary() {
      var text =
          release.label()
              + " of "
              + release.by()
              + " at "
              + Stamp.of(release.at())
              + " is "
              + release.statusText();
      if (release.status() != Release.Status.RUNNING) {
        return text + (old && release.status() != Release.Status.COMPLETE ? NOTHING_OF_IT : "");
      }
      return text
          + (hanging
              ? " for too long: its tool died"
                  + (everywhere ? ", all machines run it" : old ? NOTHING_OF_IT : " or hangs")
              : ", it has not ended");
    }
  }

  /**
   * Whether the secrets are there without which the application does not start.
   *
   * @param missing the names that are not stored
   * @param waiting those required that are stored and have not come to all machines
   * @param required how many are required
   * @param others how many more are stored
   * @param wanted names that the errors of machines which do not stay up speak of: where one of
   *     them waits, that is why
   * @param failing whether machines fail since the newest release came, or do not stay up
   * @param evidence where it was seen
   */
  record Secrets(
      List<String> missing,
      List<SecretDigest> waiting,
      int required,
      int others,
      List<String> wanted,
      boolean failing,
      List<Evidence> evidence)
      implements DeploymentFailuresFinding {
    /** Copies the lists. */
    public Secrets {
      missing = List.copyOf(missing);
      waiting = List.copyOf(waiting);
      wanted = List.copyOf(wanted);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "deploy.secrets";
    }

    @Override
    public Severity weight() {
      return failing ? Severity.CRITICAL : Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      boolean awaited = waiting.stream().anyMatch(each -> wanted.contains(each.name()));
      return awaited || !missing.isEmpty() ? Verdict.PROBLEM : Verdict.OK;
    }

    @Override
    public String summary() {
      var text =
          missing.isEmpty()
              ? "all "
                  + required
                  + " required secrets are stored"
                  + (others == 0 ? "" : ", and " + others + " more")
              : missing.size()
                  + " of "
                  + required
                  + " required secrets are not stored: "
                  + Figures.some(missing, each -> each);
      return waiting.isEmpty()
          ? text
          : text
              + "; not on all machines: "
              + Figures.some(waiting, each -> each.name() + " " + state(each.spread()));
    }

    private static String state(SecretSpread spread) {
      return spread.state().name();
    }
  }
}
