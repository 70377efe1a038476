package com.hotdash.ops.runbook;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.error.Fault;
import com.hotdash.ops.pipeline.WorkflowStart;
import com.hotdash.ops.resolution.PlanException;
import com.hotdash.ops.resolution.Resolution;
import java.time.Duration;
import java.util.stream.IntStream;

/** What a diagnosis recommends and the library can do. */
final class Recommended {
  private Recommended() {}

  /**
   * The one way from what is recommended to the method that makes it.
   *
   * @throws IllegalArgumentException if there is no such method
   */
  static Resolution resolution(Remedy remedy, RunbookProcedures ops) {
    var with = new With(remedy);
    return switch (remedy.owner() + "." + remedy.verb() + "/" + remedy.arguments().size()) {
      case "highErrorRate.rollBack/0" -> ops.highErrorRate().rollBack();
      case "highErrorRate.rollBackAllAtOnce/0" -> ops.highErrorRate().rollBackAllAtOnce();
      case "databaseConnectionIssues.endSessions/0" -> ops.databaseConnectionIssues().endSessions();
      case "databaseConnectionIssues.cancelQueueHeads/0" ->
          ops.databaseConnectionIssues().cancelQueueHeads();
      case "databaseConnectionIssues.endBlockers/0" -> ops.databaseConnectionIssues().endBlockers();
      case "databaseConnectionIssues.endIdle/1" ->
          ops.databaseConnectionIssues().endIdle(with.text(0));
      case "shopifyApiErrors.restoreSubscriptions/0" ->
          ops.shopifyApiErrors().restoreSubscriptions();
      case "platform.rollBackMachine/1" -> ops.platform().rollBackMachine(with.text(0));
      case "platform.rollBackMachine/2" ->
          ops.platform().rollBackMachine(with.text(0), with.text(1));
      case "platform.scaleMemory/1" -> ops.platform().scaleMemory(with.count(0));
      case "platform.scaleVm/1" -> ops.platform().scaleVm(with.text(0));
      case "platform.scale/2" -> ops.platform().scale(with.text(0), with.count(1));
      case "platform.scaleCount/1" -> ops.platform().scaleCount(with.count(0));
      case "platform.restart/1" -> ops.platform().restart(with.text(0));
      case "platform.restartAll/0" -> ops.platform().restartAll();
      case "platform.setSecret/2" -> ops.platform().setSecret(with.text(0), with.text(1));
      case "platform.deploySecrets/0" -> ops.platform().deploySecrets();
      case "platform.cordon/1" -> ops.platform().cordon(with.text(0));
      case "platform.uncordon/1" -> ops.platform().uncordon(with.text(0));
      case "platform.breakLease/1" -> ops.platform().breakLease(with.text(0));
      case "pipeline.rerunFailedJobs/1" -> ops.pipeline().rerunFailedJobs(with.id(0));
      case "pipeline.cancelRun/1" -> ops.pipeline().cancelRun(with.id(0));
      case "pipeline.disableWorkflow/1" -> ops.pipeline().disableWorkflow(with.text(0));
      case "pipeline.enableWorkflow/1" -> ops.pipeline().enableWorkflow(with.text(0));
      case "pipeline.startWorkflow/1" ->
          ops.pipeline().startWorkflow(remedy.argument(0, WorkflowStart.class));
      case "database.dropIndex/1" -> ops.database().dropIndex(with.text(0));
      case "database.limitIdleTransactions/2" ->
          ops.database().limitIdleTransactions(with.text(0), remedy.argument(1, Duration.class));
      case "database.resizePool/1" -> ops.database().resizePool(with.count(0));
      default -> createIndex(remedy, with, ops);
    };
  }

  /** Any number of columns. */
  private static Resolution createIndex(Remedy remedy, With with, RunbookProcedures ops) {
    if (!remedy.owner().equals("database") || !remedy.verb().equals("createIndex")) {
      throw new IllegalArgumentException("there is no " + remedy.line());
    }
    var columns = IntStream.range(1, remedy.arguments().size()).mapToObj(with::text);
    return ops.database().createIndex(with.text(0), columns.toArray(String[]::new));
  }

  private record With(Remedy remedy) {
    String text(int index) {
      return remedy.argument(index, String.class);
    }

    int count(int index) {
      return remedy.argument(index, Integer.class);
    }

    long id(int index) {
      return remedy.argument(index, Long.class);
    }
  }

  /**
   * @throws PlanException if a person must act, or nothing is to be done
   */
  static Remedy best(Diagnosis diagnosis) {
    // What comes before a change is to be seen to before it: a plan must not jump over it.
    var first =
        diagnosis.recommendations().stream().filter(each -> !each.line().isBlank()).findFirst();
    var remedy = first.map(Recommendation::remedy).orElse(null);
    if (remedy == null) {
      throw new PlanException(none(diagnosis));
    }
    return remedy;
  }

  private static Fault none(Diagnosis diagnosis) {
    var incident = diagnosis.incident();
    var problem =
        "nothing to plan: "
            + incident.id()
            + " is "
            + diagnosis.verdict()
            + ", and recommends nothing that the library does"
            + (diagnosis.recommendations().stream().allMatch(each -> each.remedy() == null)
                ? ""
                : " before something else is seen to");
    return Fault.of("runbook", "plan for " + incident.slug(), problem)
        .withNextStep(nextStep(diagnosis));
  }

  private static String nextStep(Diagnosis diagnosis) {
    if (!diagnosis.recommendations().isEmpty()) {
      var first = diagnosis.recommendations().get(0);
      return first.what() + (first.line().isBlank() ? "" : ": " + first.line());
    }
    return switch (diagnosis.verdict()) {
      case OK -> "ask ops.triage() which incident it is";
      case PROBLEM -> "read what is wrong, then tell people: ops.escalate(diagnosis)";
      case UNKNOWN ->
          diagnosis.notChecked().stream()
              .findFirst()
              .map(missing -> missing.remedy())
              .orElse("look again");
    };
  }
}
