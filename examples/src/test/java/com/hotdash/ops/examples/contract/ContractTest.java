package com.hotdash.ops.examples.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.catalogue.OfferedChange;
import com.hotdash.ops.catalogue.Runbook;
import com.hotdash.ops.examples.contract.Moment.At;
import com.hotdash.ops.examples.contract.Row.Point;
import com.hotdash.ops.postgres.PgDiagnostics;
import com.hotdash.ops.resolution.FileJournal;
import com.hotdash.ops.resolution.FileLocks;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.postgres.BadPeer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract, kept by every change of the platform, the pipeline and the shop. */
class ContractTest {
  // Of a row's calls, so many are the last of a process; every line of its journal is.
  private static final int DEATHS = 4;

  @TempDir Path directory;

  static Stream<Row<?>> rows() {
    return Rows.web();
  }

  @Test
  void resolutions_everyOne_hasARow() {
    assertThat(Stream.concat(Rows.web(), Rows.database()).map(row -> "ops." + row.line()))
        .containsExactlyInAnyOrderElementsOf(
            Runbook.resolutions().stream().map(OfferedChange::line).toList());
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.MATCH_ANY,
      names = {".*_MOVES", "UNDONE"})
  void point_everyRow_showsItOrSaysWhyNot(Point point) {
    assertThat(Stream.concat(Rows.web(), Rows.database()))
        .allMatch(row -> row.accountsFor(point), "accounts for " + point);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void plan_everyChange_changesNothing(Row<?> row) {
    Contract.planChangesNothing(row);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void apply_itemMoved_isDroppedAndReported(Row<?> row) {
    Contract.movedItemIsDropped(row, Contract.whole(row));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void apply_targetMoved_isRefusedAndNothingIsWritten(Row<?> row) {
    Contract.movedTargetIsRefused(row);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void apply_answersLost_hasOneEffectAtMostAndTellsTheTruth(Row<?> row) {
    Mishaps.lostAnswersCauseNoSecondEffect(row, Contract.whole(row), Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void verify_dataOlderThanTheChange_isInconclusive(Row<?> row) {
    Contract.oldDataVerifiesNothing(row);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void undo_everyChange_restoresOrSaysWhatStays(Row<?> row) {
    Contract.undoRestores(row);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void undo_somebodyChangedItSince_leavesThatAlone(Row<?> row) {
    Contract.undoLeavesAloneWhatMoved(row);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void resume_afterDeathAtAnyLineOrCall_hasOneEffectAtMost(Row<?> row) {
    var whole = Contract.whole(row);
    for (var moment : Moment.aroundLines(whole.lines())) {
      Mishaps.deathIsRecoverable(row, whole, moment, file(moment));
    }
    for (int call : row.some(1, whole.calls(), DEATHS)) {
      var moment = Moment.death(At.CALL, call, false);
      Mishaps.deathIsRecoverable(row, whole, moment, file(moment));
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void giveUp_afterDeathAtAnyLine_changesNothing(Row<?> row) {
    for (var moment : Moment.afterLines(Contract.whole(row).lines())) {
      Mishaps.deathCanBeGivenUp(row, moment, file(moment));
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void apply_databaseIsDown_worksByWhatStandsBy(Row<?> row) {
    worksWithout(row, "127.0.0.1:1");
  }

  /** To hear nothing takes real time, two seconds each: for one row instead of all. */
  @Test
  void apply_databaseIsSilent_worksByWhatStandsBy() {
    var row = rows().filter(each -> each.line().contains("cordon")).findFirst().orElseThrow();
    try (var silent = BadPeer.silent()) {
      worksWithout(row, silent.host() + ":" + silent.port());
      assertThat(silent.connections()).isPositive();
    }
  }

  private void worksWithout(Row<?> row, String host) {
    var file = directory.resolve("journal");
    try (var gone = database(host);
        var journal = gone.journal()) {
      Contract.worksWithTheDatabaseDown(
          row,
          builder ->
              builder
                  .database(gone.port())
                  .journal(journal)
                  .locks(gone.advisoryLocks())
                  .standby(new FileJournal(file), new FileLocks(directory)),
          file);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void journal_everyChange_tellsWhoAndWhyAndNoSecret(Row<?> row) throws IOException {
    Contract.journalTellsWhoAndWhyAndNoSecret(row, directory.resolve("journal"));
  }

  /** The machines would only take what somebody else has staged. */
  @ParameterizedTest
  @MethodSource("secrets")
  void apply_secretMoved_rebootsNoMachine(Row<?> row) {
    Contract.movedGroundLeavesTheRest(row);
  }

  static Stream<Row<?>> secrets() {
    return Rows.storing();
  }

  private static PgDiagnostics database(String host) {
    return PgDiagnostics.builder()
        .databaseUrl(Secret.of("postgres://hotdash_ops:no-such-place-4711@" + host + "/hotdash"))
        .build();
  }

  private Path file(Moment moment) {
    return directory.resolve(moment.toString().replace(' ', '-'));
  }
}
