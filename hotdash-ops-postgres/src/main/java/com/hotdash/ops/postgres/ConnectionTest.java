package com.hotdash.ops.postgres;

import com.hotdash.ops.database.ConnectFailure;
import com.hotdash.ops.database.EndpointProbe;
import com.hotdash.ops.database.Stage;
import com.hotdash.ops.database.StageResult;
import com.hotdash.ops.text.Column;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.text.Tone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How far {@code SELECT 1} gets over a fresh connection to each address, stage by stage.
 *
 * @param probes one for each address, the application's own first
 */
public record ConnectionTest(List<EndpointProbe> probes) {
  /** Copies the probes. */
  public ConnectionTest {
    probes = List.copyOf(probes);
  }

  /**
   * Returns whether every address answered.
   *
   * @return true if no stage failed
   */
  public boolean ok() {
    return probes.stream().allMatch(probe -> probe.failed().isEmpty());
  }

  static String summary(EndpointProbe probe) {
    return probe
        .failed()
        .map(
            failed -> {
              var failure = failed.failure();
              return "%s fails at %s: %s"
                  .formatted(probe.name(), word(failed.stage()), failure == null ? "" : failure);
            })
        .orElseGet(() -> probe.name() + " answers in " + millis(probe.took()));
  }

  @Override
  public String toString() {
    var columns = new ArrayList<Column>();
    columns.add(Column.text("ms"));
    for (var stage : Stage.values()) {
      columns.add(Column.number(word(stage)));
    }
    columns.add(Column.number("total"));
    var page =
        Page.builder()
            .heading(1, "SELECT 1")
            .table(columns, probes.stream().map(ConnectionTest::row).toList());
    for (var probe : probes) {
      probe
          .failed()
          .map(StageResult::failure)
          .map(ConnectFailure::nextStep)
          .ifPresentOrElse(
              next -> page.callout(Tone.BAD, "FAILED", summary(probe)).fact("next", next),
              () -> page.callout(Tone.GOOD, "OK", summary(probe) + " (" + probe.endpoint() + ")"));
    }
    return page.build().toString();
  }

  private static List<String> row(EndpointProbe probe) {
    var row = new ArrayList<String>();
    row.add(probe.name());
    for (var stage : Stage.values()) {
      row.add(
          probe.stages().stream()
              .filter(result -> result.stage() == stage)
              .map(result -> result.failure() == null ? number(result.took()) : "failed")
              .findFirst()
              .orElse(""));
    }
    row.add(number(probe.took()));
    return row;
  }

  private static String word(Stage stage) {
    return stage.name().toLowerCase(Locale.ROOT);
  }

  private static String number(Duration took) {
    return String.valueOf(took.toMillis());
  }

  static String millis(Duration took) {
    return took.toMillis() + " ms";
  }
}
