package com.hotdash.ops.text;

import java.util.ArrayList;
import java.util.List;

/** A plot as a few rows of numbers, for those who can't see it. */
final class PlotSamples {
  private PlotSamples() {}

  /**
   * Returns a row for each span that has values: when it starts, and the highest value of each
   * series.
   */
  static List<List<String>> of(PlotView view, int spans) {
    var values = view.series.stream().map(one -> PlotSampling.highest(one, view, spans)).toList();
    var rows = new ArrayList<List<String>>();
    for (int i = 0; i < spans; i++) {
      boolean anything = false;
      var row = new ArrayList<String>();
      row.add(PlotTimes.within(view.from + (view.to - view.from) * i / spans, view.from, view.to));
      for (var each : values) {
        row.add(view.number(each[i]));
        anything |= !Double.isNaN(each[i]);
      }
      if (anything) {
        rows.add(row);
      }
    }
    return rows;
  }
}
