package com.hotdash.ops.examples.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.catalogue.OfferedChange;
import com.hotdash.ops.catalogue.Runbook;
import com.hotdash.ops.examples.contract.Contract.Whole;
import com.hotdash.ops.examples.contract.Moment.At;
import com.hotdash.ops.postgres.PgDiagnostics;
import com.hotdash.ops.resolution.FileJournal;
import com.hotdash.ops.resolution.FileLocks;
import com.hotdash.ops.secret.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract, kept by every change of the platform, the pipeline and the shop. */
class ContractTest {
  // Of a row's calls, so many are the last of a process; every line of its journal is.
  private static final int DEATHS = 3;

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
  @MethodSource("rows")
  void plan_everyChange_changesNothing(Row<?> row) {
    Contract.planChangesNothing(row);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void apply_itemMoved_isDroppedAndReported(Row<?> row) {
    Contract.movedItemIsDropped(row);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void apply_targetMoved_isRefusedAndNothingIsWritten(Row<?> row) {
    Contract.movedTargetIsRefused(row);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void apply_answersLost_hasOneEffectAtMostAndTellsTheTruth(Row<?> row) {
    Contract.lostAnswersCauseNoSecondEffect(row, Contract.whole(row));
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
    for (var moment : deaths(whole)) {
      Contract.deathIsRecoverable(row, whole, moment, file(moment));
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void giveUp_afterDeathAtAnyLine_changesNothing(Row<?> row) {
    for (var moment : lines(Contract.whole(row)).stream().filter(each -> !each.before()).toList()) {
      Contract.deathCanBeGivenUp(row, moment, file(moment));
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void apply_databaseIsDown_worksByWhatStandsBy(Row<?> row) {
    var file = directory.resolve("journal");
    try (var gone = database();
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

  /** Nothing listens there. */
  private static PgDiagnostics database() {
    return PgDiagnostics.builder()
        .databaseUrl(Secret.of("postgres://hotdash_ops:nobody-listens-4711@127.0.0.1:1/hotdash"))
        .build();
  }

  private Path file(Moment moment) {
    return directory.resolve(moment.toString().replace(' ', '-'));
  }

  private static List<Moment> lines(Whole whole) {
    var moments = new ArrayList<Moment>();
    for (int line = 1; line <= whole.lines(); line++) {
      moments.add(Moment.death(At.LINE, line, true));
      moments.add(Moment.death(At.LINE, line, false));
    }
    return moments;
  }

  private static List<Moment> deaths(Whole whole) {
    var moments = new ArrayList<>(lines(whole));
    assertThat(whole.calls()).isPositive();
    int apart = Math.max(1, whole.calls() / DEATHS);
    for (int call = 1; call <= whole.calls(); call += apart) {
      moments.add(Moment.death(At.CALL, call, true));
      moments.add(Moment.death(At.CALL, call, false));
    }
    return moments;
  }
}
