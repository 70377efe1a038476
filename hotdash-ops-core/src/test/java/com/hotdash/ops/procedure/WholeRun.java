package com.hotdash.ops.procedure;

import static com.hotdash.ops.procedure.FleetWorld.NOW;
import static com.hotdash.ops.procedure.FleetWorld.ago;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.pipeline.BuildError;
import com.hotdash.ops.pipeline.Job;
import com.hotdash.ops.pipeline.PendingDeployment;
import com.hotdash.ops.pipeline.Phase;
import com.hotdash.ops.pipeline.Run;
import com.hotdash.ops.pipeline.RunDetail;
import com.hotdash.ops.pipeline.RunProblem;
import com.hotdash.ops.pipeline.State;
import com.hotdash.ops.pipeline.StepRun;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest run of a deploy, which went well until something in it did not. */
final class WholeRun {
  static final long ID = 9_001_234_567L;
  final List<BuildError> errors = new ArrayList<>();
  final List<PendingDeployment> approvals = new ArrayList<>();
  RunProblem problem = RunProblem.NONE;
  String status = "completed";
  @Nullable String conclusion = "success";
  @Nullable Phase phase;
  int minutesAgo = 2_905;

  WholeRun failed(Phase at, BuildError... told) {
    phase = at;
    errors.addAll(List.of(told));
    return ended(RunProblem.FAILED, "completed", "failure");
  }

  WholeRun ended(RunProblem what, String status, @Nullable String conclusion) {
    problem = what;
    this.status = status;
    this.conclusion = conclusion;
    minutesAgo = 12;
    return this;
  }

  Run run(Taint taint) {
    return run(ID, status, conclusion, minutesAgo, taint);
  }

  static Run run(long id, String status, @Nullable String conclusion, int minutesAgo, Taint taint) {
    return run(id, "deploy-production.yml", State.of(status, conclusion), minutesAgo, taint);
  }

  static Run rollBack(long id, int minutesAgo) {
    return run(
        id, "rollback-production.yml", State.of("in_progress", null), minutesAgo, Taint.NONE);
  }

  private static Run run(long id, String file, State state, int minutesAgo, Taint taint) {
    return new Run(
        id,
        file,
        "production",
        taint.after("Deploy: fix tile cache"),
        118,
        1,
        "push",
        state,
        "main",
        "5f0c1d2e3a4b5c6d7e8f90112233445566778899",
        ago(minutesAgo),
        ago(minutesAgo),
        ago(Math.max(0, minutesAgo - 8)),
        "dev1",
        "https://example.com/runs/" + id);
  }

  RunDetail detail(Taint taint) {
    var job = phase == null ? null : job(phase, taint);
    return new RunDetail(
        run(taint),
        problem,
        job == null ? List.of() : List.of(job),
        job,
        job == null ? null : job.steps().get(0),
        List.of(),
        approvals.isEmpty() ? null : Reading.of(approvals, Evidence.of("", "test", NOW)),
        null,
        null,
        taint.errors(errors));
  }

  private static Job job(Phase phase, Taint taint) {
    var failure = State.of("completed", "failure");
    var step = new StepRun(5, taint.after("npm run build"), failure, null, null);
    return new Job(25_001, ID, 1, "build (20.x)", phase, failure, null, null, List.of(step), "");
  }
}
