package com.hotdash.ops.examples.contract;

import com.hotdash.ops.examples.contract.Moment.At;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract, kept by every change of the database, on a real server. */
class DatabaseContractIT {
  @TempDir Path directory;

  static Stream<Row<?>> rows() {
    return Rows.database();
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

  /** A pool is in our own process: it has no answer that could be lost. */
  static Stream<Row<?>> remote() {
    return rows().filter(row -> !row.line().contains("resizePool"));
  }

  @ParameterizedTest
  @MethodSource("remote")
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
    for (var moment : deaths(whole.lines(), At.LINE)) {
      Contract.deathIsRecoverable(row, whole, moment, file(moment));
    }
    for (var moment : deaths(whole.calls(), At.CALL)) {
      Contract.deathIsRecoverable(row, whole, moment, file(moment));
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void giveUp_afterDeathAtAnyLine_changesNothing(Row<?> row) {
    for (var moment : deaths(Contract.whole(row).lines(), At.LINE)) {
      Contract.deathCanBeGivenUp(row, moment, file(moment));
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void journal_everyChange_tellsWhoAndWhyAndNoSecret(Row<?> row) throws IOException {
    Contract.journalTellsWhoAndWhyAndNoSecret(row, directory.resolve("journal"));
  }

  private Path file(Moment moment) {
    return directory.resolve(moment.toString().replace(' ', '-'));
  }

  private static List<Moment> deaths(int count, At at) {
    var moments = new ArrayList<Moment>();
    for (int number = 1; number <= count; number++) {
      moments.add(Moment.death(at, number, true));
      moments.add(Moment.death(at, number, false));
    }
    return moments;
  }
}
