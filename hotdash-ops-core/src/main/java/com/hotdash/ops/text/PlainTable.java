package com.hotdash.ops.text;

import com.hotdash.ops.text.Block.Table;
import java.util.ArrayList;
import java.util.List;

/** Fits a table into a terminal. */
final class PlainTable {
  private static final int BETWEEN = 2;
  private static final int NARROWEST = 6;

  private PlainTable() {}

  static List<String> of(Table table, int width) {
    var headers = table.columns().stream().map(column -> Visible.line(column.header())).toList();
    var rows = table.rows().stream().map(row -> row.stream().map(Visible::line).toList()).toList();
    var fitted = fit(table.columns(), headers, rows, width);
    return fitted.length == 0
        ? rowByRow(headers, rows, width)
        : aligned(table.columns(), headers, rows, fitted);
  }

  /** Returns the width of each column, or none if they can't stand side by side. */
  private static int[] fit(
      List<Column> columns, List<String> headers, List<List<String>> rows, int width) {
    var wanted = new int[columns.size()];
    var least = new int[columns.size()];
    int sum = BETWEEN * (columns.size() - 1);
    for (int i = 0; i < wanted.length; i++) {
      int column = i;
      int cells = rows.stream().mapToInt(row -> TerminalWidth.of(row.get(column))).max().orElse(0);
      int header = TerminalWidth.of(headers.get(i));
      boolean number = columns.get(i).number();
      least[i] = number ? Math.max(cells, Math.min(header, NARROWEST)) : NARROWEST;
      wanted[i] = number ? Math.max(cells, header) : Math.min(Math.max(cells, header), width);
      sum += wanted[i];
    }
    while (sum > width) {
      int widest = -1;
      for (int i = 0; i < wanted.length; i++) {
        if (wanted[i] > least[i] && (widest < 0 || wanted[i] > wanted[widest])) {
          widest = i;
        }
      }
      if (widest < 0) {
        return new int[0];
      }
      wanted[widest]--;
      sum--;
    }
    return wanted;
  }

  private static List<String> aligned(
      List<Column> columns, List<String> headers, List<List<String>> rows, int[] widths) {
    var lines = new ArrayList<String>();
    lines.add(line(columns, headers, widths));
    var rule = new ArrayList<String>();
    for (int each : widths) {
      rule.add("─".repeat(each));
    }
    lines.add(String.join(" ".repeat(BETWEEN), rule));
    rows.forEach(row -> lines.add(line(columns, row, widths)));
    if (rows.isEmpty()) {
      lines.add("(none)");
    }
    return lines;
  }

  private static String line(List<Column> columns, List<String> row, int[] widths) {
    var cells = new ArrayList<String>();
    for (int i = 0; i < widths.length; i++) {
      var cell = TerminalWidth.cut(row.get(i), widths[i]);
      cells.add(
          columns.get(i).number()
              ? TerminalWidth.padLeft(cell, widths[i])
              : TerminalWidth.padRight(cell, widths[i]));
    }
    return String.join(" ".repeat(BETWEEN), cells).stripTrailing();
  }

  private static List<String> rowByRow(List<String> headers, List<List<String>> rows, int width) {
    var lines = new ArrayList<String>();
    for (var row : rows) {
      for (int i = 0; i < row.size(); i++) {
        var lead = (i == 0 ? "- " : "  ") + headers.get(i) + ": ";
        lines.addAll(TerminalWidth.wrap(lead, row.get(i), width));
      }
    }
    if (rows.isEmpty()) {
      lines.addAll(TerminalWidth.wrap("", String.join(", ", headers) + ": (none)", width));
    }
    return lines;
  }
}
