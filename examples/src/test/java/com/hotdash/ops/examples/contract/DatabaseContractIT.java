package com.hotdash.ops.examples.contract;

import com.hotdash.ops.examples.contract.Moment.At;
import com.hotdash.ops.examples.contract.Row.Point;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract, kept by every change of the database, on a real server. */
class DatabaseContractIT {
  // Of what a row says to the server, so much goes unanswered, and so much is a process's last.
  private static final int LOSSES = 4;
  private static final int DEATHS = 3;

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
    Contract.movedItemIsDropped(row, Contract.whole(row));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void apply_targetMoved_isRefusedAndNothingIsWritten(Row<?> row) {
    Contract.movedTargetIsRefused(row);
  }

  static Stream<Row<?>> remote() {
    return rows().filter(row -> row.shows(Point.ANSWER_LOST));
  }

  @ParameterizedTest
  @MethodSource("remote")
  void apply_answersLost_hasOneEffectAtMostAndTellsTheTruth(Row<?> row) {
    Mishaps.lostAnswersCauseNoSecondEffect(row, Contract.whole(row), LOSSES);
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
    for (int statement : row.some(whole.looks() + 1, whole.writes(), DEATHS)) {
      var moment = Moment.death(At.WRITE, statement, false);
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
  void journal_everyChange_tellsWhoAndWhyAndNoSecret(Row<?> row) throws IOException {
    Contract.journalTellsWhoAndWhyAndNoSecret(row, directory.resolve("journal"));
  }

  private Path file(Moment moment) {
    return directory.resolve(moment.toString().replace(' ', '-'));
  }
}
