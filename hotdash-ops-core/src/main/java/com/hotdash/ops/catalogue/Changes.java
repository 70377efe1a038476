package com.hotdash.ops.catalogue;

import com.hotdash.ops.database.NewIndex;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.pipeline.RunDetail;
import com.hotdash.ops.pipeline.WorkflowStart;
import com.hotdash.ops.procedure.DeploymentFailuresFinding.BuildErrors;
import com.hotdash.ops.procedure.DeploymentFailuresFinding.DeployRun;
import com.hotdash.ops.resolution.Resolution;
import com.hotdash.ops.runbook.Chapter;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** The changes that several lines of the runbook mean, as plans. */
final class Changes {
  static final Argument MACHINE =
      Argument.required("machine", "the machine's id", "3d8d9f00a12e89");
  static final Argument SECRET = Argument.required("name", "the secret's name", "SESSION_SECRET");
  static final Argument PLACE =
      Argument.required(
          "place", "where its value is, such as a variable; never the value", "NEW_SESSION_SECRET");
  static final Argument MB = Argument.optional("mb", "memory in MB, if not 2048", "4096");
  static final Argument SIZE =
      Argument.optional("size", "the size, if not shared-cpu-2x", "performance-2x");
  static final Argument TABLE = Argument.required("table", "the table, with its schema", "orders");
  static final Argument COLUMNS =
      Argument.required("columns", "its columns in order, commas between", "shop_id,created_at");
  static final Argument STATEMENT =
      Argument.optional("statement", "the slow statement; only planned, never run", "select …");
  static final Argument RUN =
      Argument.optional("run", "the run's id, if not the newest deploy", "9001234567");
  static final Argument REF = Argument.required("ref", "the branch or tag to deploy", "main");
  static final Argument REASON =
      Argument.required("reason", "why, for the run's title", "fix of the failing orders");
  static final Argument TARGET =
      Argument.required("target_version", "the release to go back to", "v117");

  private Changes() {}

  static Resolution scaleMemory(Question question) {
    return question
        .ops()
        .platform()
        .scaleMemory(
            question.argument(MB.name()).isPresent() ? question.given().count(MB.name()) : 2048);
  }

  static Resolution scaleVm(Question question) {
    return question
        .ops()
        .platform()
        .scaleVm(question.argument(SIZE.name()).orElse("shared-cpu-2x"));
  }

  /** Restarts the machine that was named, or what the incident's diagnosis recommends. */
  static Way restart(Incident incident) {
    return Ways.recommended(
        incident,
        Set.of("restart", "restartAll"),
        question -> question.ops().platform().restart(question.text(MACHINE.name())));
  }

  static Resolution rollBack(Question question) {
    return question.ops().highErrorRate().rollBack();
  }

  static Resolution setSecret(Question question) {
    return question
        .ops()
        .platform()
        .setSecret(question.text(SECRET.name()), question.text(PLACE.name()));
  }

  static Resolution createIndex(Question question) {
    var index = NewIndex.on(question.text(TABLE.name()), columns(question.text(COLUMNS.name())));
    return question
        .ops()
        .database()
        .createIndex(question.argument(STATEMENT.name()).map(index::forStatement).orElse(index));
  }

  static String[] columns(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).toArray(String[]::new);
  }

  static Resolution deploy(Question question) {
    return question
        .ops()
        .pipeline()
        .startWorkflow(start(question, "deploy-production.yml", question.text(REF.name())));
  }

  /** The workflow takes the newest release where nobody names one: here it cannot be left out. */
  static Resolution rollBackByWorkflow(Question question) {
    return question
        .ops()
        .pipeline()
        .startWorkflow(
            start(question, "rollback-production.yml", "main")
                .with(TARGET.name(), question.text(TARGET.name())));
  }

  private static WorkflowStart start(Question question, String file, String ref) {
    return WorkflowStart.of(file, ref).with(WorkflowStart.REASON, question.text(REASON.name()));
  }

  /** Runs the failed jobs again, once, where what failed may pass; else a person has to fix it. */
  static Answer rerun(Question question) {
    if (question.argument(RUN.name()).isPresent()) {
      return rerun(question, question.given().number(RUN.name()));
    }
    var seen = question.ops().look(Chapter.WITHIN, Set.of(PipelineLook.LATEST));
    var passing = latest(seen).filter(RunDetail::worthOneRerun);
    return passing.isPresent()
        ? rerun(question, passing.get().run().id())
        : Ways.advised(
                "fix what the failed job's log names, and deploy again; to run the same again"
                    + " would fail the same way",
                Incident.DEPLOYMENT_FAILURES,
                DeployRun.class,
                BuildErrors.class)
            .answer(question);
  }

  private static Answer rerun(Question question, long run) {
    return question.plan(question.ops().pipeline().rerunFailedJobs(run));
  }

  private static Optional<RunDetail> latest(Observation seen) {
    return seen.get(PipelineLook.LATEST).toOptional();
  }
}
