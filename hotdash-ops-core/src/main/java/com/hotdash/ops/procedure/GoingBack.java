package com.hotdash.ops.procedure;

import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.OpenMigrations;
import com.hotdash.ops.database.OpenMigrations.Migration;
import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.pipeline.CancelRun;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.pipeline.Run;
import com.hotdash.ops.pipeline.RunStatus;
import com.hotdash.ops.pipeline.Runs;
import com.hotdash.ops.platform.RollBack;
import com.hotdash.ops.shop.ShopLook;
import com.hotdash.ops.time.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stands in the way of going back to the release before, whichever incident asks for it: what
 * the application stands on fails, which older code meets as well; somebody does so already; a
 * deploy would overwrite it; or a migration is open, which older code may not fit.
 */
final class GoingBack {
  /** What it rests on. */
  static final List<ReadingKey<?>> NEEDS =
      List.of(
          PipelineLook.IN_FLIGHT,
          DatabaseLook.OPEN_MIGRATIONS,
          DatabaseLook.CONNECTIVITY,
          ShopLook.ANSWER);

  // Of one group of the pipeline one runs and one waits.
  private static final int MOST_CANCELLED = 3;

  private final List<Dependency> ground;
  private final List<Run> runs;
  private final List<Migration> migrations;

  /**
   * @param from when the release was made that would be left
   */
  GoingBack(Observation seen, Instant from) {
    this.ground = Dependencies.ground(seen);
    this.runs =
        seen.get(PipelineLook.IN_FLIGHT).toOptional().map(Runs::waitingFirst).orElse(List.of());
    // Some deploys migrate before they release. One that was left open long ago hinders nobody.
    var since = from.minus(WhatChanged.STRONG_WITHIN);
    this.migrations =
        seen
            .get(DatabaseLook.OPEN_MIGRATIONS)
            .toOptional()
            .map(OpenMigrations::migrations)
            .orElse(List.of())
            .stream()
            .filter(each -> !each.startedAt().isBefore(since))
            .toList();
  }

  /** Adds what was configured and could not be looked at; the rest is nobody's wish. */
  static void notChecked(Observation seen, List<NotChecked> into) {
    for (var key : NEEDS) {
      seen.get(key)
          .obstacle()
          .filter(each -> each.why() != Why.NOT_CONFIGURED)
          .filter(each -> !into.contains(each))
          .ifPresent(into::add);
    }
  }

  /**
   * Returns what to do first, whatever stands in the way; else how to go back.
   *
   * @param rollBack how to go back
   */
  List<Recommendation> recommendations(List<Recommendation> rollBack) {
    var list = new ArrayList<Recommendation>();
    ground.forEach(each -> list.add(DependencyAdvice.first("release", each)));
    rollBackUnderWay().ifPresent(each -> list.add(follow(each)));
    deploys().stream().limit(MOST_CANCELLED).forEach(each -> list.add(cancel(each)));
    migrations.stream().findFirst().ifPresent(each -> list.add(see(each)));
    return list.isEmpty() ? rollBack : list;
  }

  List<Contraindication> contraindications() {
    var list = new ArrayList<Contraindication>();
    ground.stream()
        .findFirst()
        .ifPresent(
            each ->
                list.add(
                    not(
                        "do not roll back",
                        "older code stands on the same "
                            + each.name()
                            + ", which fails: "
                            + each.text())));
    rollBackUnderWay()
        .ifPresent(each -> list.add(not("do not start a second roll back", underWay(each))));
    migrations.stream()
        .findFirst()
        .ifPresent(
            each -> list.add(not("do not roll back across a migration that is open", told(each))));
    if (!deploys().isEmpty()) {
      list.add(
          not(
              "do not roll back while a deploy is queued or under way",
              Figures.some(deploys(), GoingBack::underWay) + ": it would overwrite the roll back"));
    }
    return list;
  }

  private Optional<Run> rollBackUnderWay() {
    return runs.stream().filter(Run::goesBack).findFirst();
  }

  /** One that waits comes first: it begins as soon as the one before it is gone. */
  private List<Run> deploys() {
    return runs.stream().filter(each -> !each.goesBack()).toList();
  }

  private static Recommendation follow(Run run) {
    return Recommendation.advice(
        "deploy.follow-roll-back",
        "follow the roll back that is under way, and look again when it has ended",
        underWay(run),
        "ops.deploymentFailures().diagnose()");
  }

  private Recommendation cancel(Run run) {
    boolean first = deploys().size() > 1 && run.state().status() != RunStatus.IN_PROGRESS;
    return Recommendation.resolution(
        CancelRun.ID,
        first
            ? "cancel the deploy that waits, before the one that runs: it begins when that one is"
                + " gone"
            : "cancel the deploy that is queued or under way, or wait until it has ended",
        underWay(run) + ": it would overwrite a roll back",
        Remedy.pipeline("cancelRun", run.id()));
  }

  private static Recommendation see(Migration migration) {
    return Recommendation.advice(
        "database.wait-for-change",
        "see whether the migration still runs, and which code fits what it has done so far",
        told(migration),
        "ops.databaseConnectionIssues().diagnose()");
  }

  private static String underWay(Run run) {
    return OutsideTrace.name(run) + ", " + run.state();
  }

  private static String told(Migration migration) {
    return "migration "
        + migration.name()
        + " began at "
        + Stamp.of(migration.startedAt())
        + (migration.error().isEmpty()
            ? " and has not ended"
            : " and failed: " + migration.error());
  }

  private static Contraindication not(String what, String because) {
    return new Contraindication(RollBack.ID, what, because);
  }
}
