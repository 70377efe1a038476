package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.postgres.Wraparound.Age;
import com.hotdash.ops.time.Time;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WraparoundTest {
  private static final Time TIME = Time.SYSTEM;

  /** Ages in millions, beside the settings in millions. */
  @ParameterizedTest
  @CsvSource({
    "199, 0, 200, 400, INFO",
    "400, 0, 200, 400, INFO",
    "401, 0, 200, 400, WARNING",
    "0, 800, 200, 400, INFO",
    "0, 801, 200, 400, WARNING",
    "1600, 0, 200, 400, CRITICAL",
    "0, 1600, 200, 400, CRITICAL",
    // Whatever the setting allows, the server refuses to write at 2,144 million.
    "2140, 0, 1200, 400, CRITICAL",
    "1700, 0, 1900, 400, INFO",
    "2000, 0, 1900, 400, CRITICAL",
    "2050, 0, 2000, 400, CRITICAL"
  })
  void notes_age_isToldByWhatIsLeft(
      long transactions, long multixacts, long freeze, long multixactFreeze, Severity expected) {
    var age = new Age("database a", transactions * 1_000_000, multixacts * 1_000_000);

    assertThat(worst(List.of(age), freeze, multixactFreeze)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, 700, 500, 0, WARNING", "500, 0, 0, 700, WARNING", "300, 0, 0, 700, INFO"})
  void notes_oneAgeIsFine_doesNotHideTheOther(
      long firstXids, long firstMxids, long secondXids, long secondMxids, Severity expected) {
    var ages =
        List.of(
            new Age("database a", firstXids * 1_000_000, firstMxids * 1_000_000),
            new Age("database b", secondXids * 1_000_000, secondMxids * 1_000_000));

    assertThat(worst(ages, 200, 400)).isEqualTo(expected);
  }

  private static Severity worst(List<Age> ages, long freeze, long multixactFreeze) {
    Reading<Wraparound> reading =
        Reading.of(
            new Wraparound(ages, freeze * 1_000_000, multixactFreeze * 1_000_000),
            Evidence.of("read", "pg_database", TIME.now()));
    var readings =
        new SnapshotReadings(
            none(), none(), none(), none(), none(), none(), none(), reading, none(), none(), none(),
            none(), none());
    var notes = new Snapshot(readings, null, TIME.now(), "a test").notes();
    return notes.stream()
        .filter(note -> note.text().startsWith("vacuum does not keep up"))
        .map(Snapshot.Note::severity)
        .findFirst()
        .orElse(Severity.INFO);
  }

  private static <T> Reading<T> none() {
    return Reading.unread(new NotChecked("it", Why.NOT_CONFIGURED, "not asked", "ask"));
  }
}
