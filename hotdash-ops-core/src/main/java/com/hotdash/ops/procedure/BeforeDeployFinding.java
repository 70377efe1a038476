package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.pipeline.Conclusion;
import com.hotdash.ops.pipeline.Run;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether the way is free for a deploy to production. */
public sealed interface BeforeDeployFinding extends Finding {
  /** Nobody is hurt yet: that is what the look is for. */
  @Override
  default Severity weight() {
    return Severity.WARNING;
  }

  /**
   * How staging is.
   *
   * @param health what its own health checks and endpoints come to
   */
  record StagingHealth(Diagnosis health) implements BeforeDeployFinding {
    @Override
    public String id() {
      return "before-deploy.staging";
    }

    @Override
    public Verdict verdict() {
      return health.verdict();
    }

    @Override
    public String summary() {
      return switch (health.verdict()) {
        case OK -> "staging is well: " + Names.cut(health.findings().get(0).summary());
        case PROBLEM -> "staging is not well: " + Names.cut(health.headline());
        case UNKNOWN -> "nobody can tell how staging is: " + Names.cut(health.headline());
      };
    }

    @Override
    public List<Evidence> evidence() {
      return health.findings().stream()
          .flatMap(each -> each.evidence().stream())
          .distinct()
          .toList();
    }
  }

  /**
   * Whether staging has the commit that is to go to production.
   *
   * @param wanted the commit, or an empty text if nobody said which
   * @param newest the newest run that changed staging or tried to, or {@code null} if none is told
   * @param evidence where it was seen
   */
  record SameCommit(String wanted, @Nullable Run newest, List<Evidence> evidence)
      implements BeforeDeployFinding {
    private static final int SHOWN = 7;

    /** Copies the list. */
    public SameCommit {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "before-deploy.commit";
    }

    /** A run that failed half-way, or goes on, leaves open what staging has. */
    @Override
    public Verdict verdict() {
      if (wanted.isEmpty() || newest == null || newest.state().active()) {
        return Verdict.UNKNOWN;
      }
      if (back()) {
        return newest.state().succeeded() ? Verdict.PROBLEM : Verdict.UNKNOWN;
      }
      if (!same()) {
        return newest.state().succeeded() && newest.sha() != null
            ? Verdict.PROBLEM
            : Verdict.UNKNOWN;
      }
      if (newest.state().succeeded()) {
        return Verdict.OK;
      }
      return newest.state().failed() ? Verdict.PROBLEM : Verdict.UNKNOWN;
    }

    private boolean back() {
      return newest != null && newest.file().contains("rollback");
    }

    private boolean same() {
      return newest != null
          && newest.sha() != null
          && newest.sha().startsWith(wanted.toLowerCase(Locale.ROOT));
    }

    @Override
    public String summary() {
      if (wanted.isEmpty()) {
        return "nobody said which commit is to be deployed";
      }
      if (newest == null) {
        return "no run is told that deployed to staging, so nobody knows what it has";
      }
      if (newest.state().active()) {
        return "staging is being changed: " + newest;
      }
      if (back()) {
        return newest.state().succeeded()
            ? "staging was rolled back since: " + newest
            : "nobody knows what staging has after " + newest;
      }
      if (newest.state().succeeded() && newest.sha() != null) {
        return same()
            ? "staging has commit " + shown(wanted) + " by run " + newest.id()
            : "staging has commit " + shown(newest.sha()) + ", not " + shown(wanted);
      }
      return newest.state().failed() && same()
          ? "the deploy of " + shown(wanted) + " to staging failed: run " + newest.id()
          : "nobody knows what staging has after " + newest;
    }

    private static String shown(String sha) {
      return sha.substring(0, Math.min(SHOWN, sha.length()));
    }

    /** A run that was skipped did nothing. */
    static boolean counts(Run run) {
      return run.state().conclusion() != Conclusion.SKIPPED;
    }
  }

  /**
   * Whether machines have all that the application needs to start.
   *
   * @param missing required secrets that are not stored
   * @param waiting required secrets of which some machine has not the stored value
   * @param unsure required secrets of which nobody can tell that
   * @param required how many are required
   * @param evidence where it was seen
   */
  record Secrets(
      List<String> missing,
      List<String> waiting,
      List<String> unsure,
      int required,
      List<Evidence> evidence)
      implements BeforeDeployFinding {
    /** Copies the lists. */
    public Secrets {
      missing = List.copyOf(missing);
      waiting = List.copyOf(waiting);
      unsure = List.copyOf(unsure);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "before-deploy.secrets";
    }

    @Override
    public Verdict verdict() {
      if (!missing.isEmpty() || !waiting.isEmpty()) {
        return Verdict.PROBLEM;
      }
      return unsure.isEmpty() ? Verdict.OK : Verdict.UNKNOWN;
    }

    @Override
    public String summary() {
      if (!missing.isEmpty()) {
        return "required secrets are not stored: " + Names.some(missing);
      }
      if (!waiting.isEmpty()) {
        return "only staged: "
            + Names.some(waiting)
            + "; the deploy would bring an untried value with the new code";
      }
      return unsure.isEmpty()
          ? "all " + required + " required secrets are stored, and machines have them"
          : "nobody can tell whether machines have the stored " + Names.some(unsure);
    }
  }

  /**
   * Whether another deploy is under way.
   *
   * @param runs those that wait or run
   * @param evidence where it was seen
   */
  record InFlight(List<Run> runs, List<Evidence> evidence) implements BeforeDeployFinding {
    /** Copies the lists. */
    public InFlight {
      runs = List.copyOf(runs);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "before-deploy.in-flight";
    }

    @Override
    public Verdict verdict() {
      return runs.isEmpty() ? Verdict.OK : Verdict.PROBLEM;
    }

    @Override
    public String summary() {
      return runs.isEmpty()
          ? "no other deploy waits or runs"
          : "another deploy is under way: " + runs.get(0);
    }
  }

  /**
   * How the newest smoke test ended.
   *
   * @param run the run, which is over
   * @param evidence where it was seen
   */
  record SmokeTest(Run run, List<Evidence> evidence) implements BeforeDeployFinding {
    /** Copies the list. */
    public SmokeTest {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "before-deploy.smoke";
    }

    @Override
    public Verdict verdict() {
      if (run.state().succeeded()) {
        return Verdict.OK;
      }
      return run.state().failed() ? Verdict.PROBLEM : Verdict.UNKNOWN;
    }

    @Override
    public String summary() {
      return "the newest smoke test "
          + (run.state().succeeded() ? "passed: " : "did not pass: ")
          + run;
    }
  }
}
