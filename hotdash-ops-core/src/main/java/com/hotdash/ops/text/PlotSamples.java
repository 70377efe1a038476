package com.hotdash.ops.text;

import java.util.ArrayList;
import java.util.List;

/** A plot as a few rows of numbers, for those who can't see it. */
final class PlotSamples {
  private PlotSamples() {}

  /** Returns, for each span, when it starts and the highest value of each series in it. */
  static List<List<String>> of(PlotView view, int spans) {
    var values = view.series.stream().map(one -> PlotSampling.highest(one, view, spans)).toList();
    var rows = new ArrayList<List<String>>();
    for (int i = 0; i < spans; i++) {
      var row = new ArrayList<String>();
      row.add(PlotTimes.within(view.from + (view.to - view.from) * i / spans, view.from, view.to));
      for (var each : values) {
        row.add(PlotView.number(each[i]));
      }
      rows.add(row);
    }
    return rows;
  }
}
