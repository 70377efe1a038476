package com.hotdash.ops.catalogue;

import static com.hotdash.ops.catalogue.Argument.required;
import static com.hotdash.ops.resolution.Effect.COMPENSABLE;
import static com.hotdash.ops.resolution.Effect.IRREVERSIBLE;
import static com.hotdash.ops.resolution.Effect.REVERSIBLE;

import com.hotdash.ops.database.EndSessions;
import com.hotdash.ops.database.SessionId;
import com.hotdash.ops.pipeline.CancelRun;
import com.hotdash.ops.pipeline.RerunFailedJobs;
import com.hotdash.ops.pipeline.StartWorkflow;
import com.hotdash.ops.pipeline.SwitchWorkflow;
import com.hotdash.ops.pipeline.WorkflowStart;
import com.hotdash.ops.platform.ChangeSecrets;
import com.hotdash.ops.platform.RollBack;
import com.hotdash.ops.resolution.Effect;
import com.hotdash.ops.resolution.Resolution;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.runbook.ShopSecretRotation;
import com.hotdash.ops.shop.RestoreSubscriptions;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** The changes that incidents, the pipeline and the shop offer; others are beside this class. */
final class Offers {
  private static final boolean ONCE = true;
  private static final boolean EACH_TIME = false;
  private static final Argument RUN = required("run", "the run's id", "9001234567");
  private static final Argument FILE =
      required("file", "the workflow's file", "deploy-production.yml");
  private static final Argument NEW = required("newPlace", "where the new secret is", "NEW_SECRET");
  private static final Argument NAME =
      required("previousName", "the variable of the old one", "SHOPIFY_API_SECRET_PREVIOUS");
  private static final Argument OLD =
      required("previousPlace", "where the old secret is", "OLD_SECRET");

  private Offers() {}

  static List<OfferedChange> all() {
    return Stream.of(
            incidents(), rotation(), pipeline(), PlatformOffers.all(), DatabaseOffers.all())
        .flatMap(List::stream)
        .toList();
  }

  static OfferedChange offer(
      String id,
      String line,
      Effect effect,
      boolean idempotent,
      BiFunction<RunbookProcedures, Given, Resolution> made,
      Argument... inputs) {
    return new OfferedChange(id, "ops." + line, effect, idempotent, List.of(inputs), made);
  }

  private static List<OfferedChange> incidents() {
    return List.of(
        offer(
            RollBack.ID,
            "highErrorRate().rollBack()",
            COMPENSABLE,
            EACH_TIME,
            (ops, given) -> ops.highErrorRate().rollBack()),
        offer(
            RollBack.ID,
            "highErrorRate().rollBackAllAtOnce()",
            COMPENSABLE,
            EACH_TIME,
            (ops, given) -> ops.highErrorRate().rollBackAllAtOnce()),
        sessions("endSessions()", (ops, given) -> ops.databaseConnectionIssues().endSessions()),
        sessions(
            "cancelQueueHeads()",
            (ops, given) -> ops.databaseConnectionIssues().cancelQueueHeads()),
        sessions("endBlockers()", (ops, given) -> ops.databaseConnectionIssues().endBlockers()),
        sessions(
            "endIdle(application)",
            (ops, given) -> ops.databaseConnectionIssues().endIdle(given.text("application")),
            required("application", "the name that it gives itself", "hotdash-web")),
        sessions(
            "endSession(new SessionId(pid, backendStart))",
            (ops, given) -> ops.databaseConnectionIssues().endSession(session(given)),
            required("pid", "its process id", "4711"),
            required("backendStart", "when it began, exactly", "2026-11-23T03:00:00.123456Z")),
        offer(
            RestoreSubscriptions.ID,
            "shopifyApiErrors().restoreSubscriptions()",
            REVERSIBLE,
            ONCE,
            (ops, given) -> ops.shopifyApiErrors().restoreSubscriptions()));
  }

  private static OfferedChange sessions(
      String call, BiFunction<RunbookProcedures, Given, Resolution> made, Argument... inputs) {
    return offer(
        EndSessions.ID, "databaseConnectionIssues()." + call, IRREVERSIBLE, ONCE, made, inputs);
  }

  private static SessionId session(Given given) {
    try {
      return new SessionId(given.count("pid"), Instant.parse(given.text("backendStart")));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "backendStart is a time such as 2026-11-23T03:00:00.123456Z", e);
    }
  }

  private static List<OfferedChange> rotation() {
    var call = "shopifyApiErrors().rotateSecret(newPlace, previousName, previousPlace)";
    return List.of(
        offer(
            ChangeSecrets.ID,
            call + ".store()",
            COMPENSABLE,
            ONCE,
            (ops, given) -> rotation(ops, given).store(),
            NEW,
            NAME,
            OLD),
        offer(
            ChangeSecrets.ID,
            call + ".drop()",
            COMPENSABLE,
            ONCE,
            (ops, given) -> rotation(ops, given).drop(),
            NEW,
            NAME,
            OLD));
  }

  private static ShopSecretRotation rotation(RunbookProcedures ops, Given given) {
    return ops.shopifyApiErrors()
        .rotateSecret(
            given.text("newPlace"), given.text("previousName"), given.text("previousPlace"));
  }

  private static List<OfferedChange> pipeline() {
    return List.of(
        offer(
            RerunFailedJobs.ID,
            "pipeline().rerunFailedJobs(run)",
            IRREVERSIBLE,
            EACH_TIME,
            (ops, given) -> ops.pipeline().rerunFailedJobs(given.number("run")),
            RUN),
        offer(
            CancelRun.ID,
            "pipeline().cancelRun(run)",
            IRREVERSIBLE,
            ONCE,
            (ops, given) -> ops.pipeline().cancelRun(given.number("run")),
            RUN),
        offer(
            SwitchWorkflow.DISABLE,
            "pipeline().disableWorkflow(file)",
            REVERSIBLE,
            ONCE,
            (ops, given) -> ops.pipeline().disableWorkflow(given.text("file")),
            FILE),
        offer(
            SwitchWorkflow.ENABLE,
            "pipeline().enableWorkflow(file)",
            REVERSIBLE,
            ONCE,
            (ops, given) -> ops.pipeline().enableWorkflow(given.text("file")),
            FILE),
        offer(
            StartWorkflow.ID,
            "pipeline().startWorkflow(WorkflowStart.of(file, ref).with(\"reason\", reason))",
            IRREVERSIBLE,
            EACH_TIME,
            (ops, given) ->
                ops.pipeline()
                    .startWorkflow(
                        WorkflowStart.of(given.text("file"), given.text("ref"))
                            .with(WorkflowStart.REASON, given.text("reason"))),
            FILE,
            required("ref", "the branch or tag", "main"),
            required("reason", "why, for the run's title", "orders fail")));
  }
}
