package com.hotdash.ops.text;

import com.hotdash.ops.text.Block.Bullets;
import com.hotdash.ops.text.Block.Callout;
import com.hotdash.ops.text.Block.Code;
import com.hotdash.ops.text.Block.Facts;
import com.hotdash.ops.text.Block.Graph;
import com.hotdash.ops.text.Block.Heading;
import com.hotdash.ops.text.Block.Paragraph;
import com.hotdash.ops.text.Block.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Writes a page in GitHub's Markdown. */
final class Markdown implements Block.Renderer {
  private static final int SAMPLES = 12;
  private static final Pattern TICKS = Pattern.compile("`{3,}");

  private final StringBuilder out = new StringBuilder();

  @Override
  public void heading(Heading block) {
    start().append("#".repeat(block.level())).append(' ').append(line(block.text())).append('\n');
  }

  @Override
  public void paragraph(Paragraph block) {
    start().append(line(block.text())).append('\n');
  }

  @Override
  public void callout(Callout block) {
    start().append("> ").append(bold(block.word())).append(' ').append(line(block.text()));
    out.append('\n');
  }

  @Override
  public void bullets(Bullets block) {
    start();
    block.items().forEach(item -> out.append("- ").append(line(item)).append('\n'));
  }

  @Override
  public void facts(Facts block) {
    start();
    for (var fact : block.facts()) {
      out.append("- ").append(bold(fact.key())).append(": ").append(line(fact.value()));
      out.append('\n');
    }
  }

  @Override
  public void table(Table block) {
    start();
    row(block.columns().stream().map(column -> line(column.header())).toList());
    row(block.columns().stream().map(column -> column.number() ? "---:" : "---").toList());
    block.rows().forEach(row -> row(row.stream().map(Markdown::line).toList()));
    if (block.rows().isEmpty()) {
      out.append("\n(none)\n");
    }
  }

  @Override
  public void code(Code block) {
    var text = Visible.lines(block.text());
    int longest =
        TICKS.matcher(text).results().mapToInt(run -> run.group().length()).max().orElse(2);
    var fence = "`".repeat(longest + 1);
    start().append(fence).append(block.language()).append('\n');
    out.append(text).append('\n').append(fence).append('\n');
  }

  @Override
  public void plot(Graph block) {
    var view = new PlotView(block.plot());
    start().append(bold(view.title())).append('\n');
    if (view.empty()) {
      start().append("(no values)\n");
    } else {
      samples(view);
      start();
      for (var one : view.series) {
        out.append("- ").append(line(one.name())).append(": ").append(view.summary(one));
        out.append('\n');
      }
    }
    if (!view.markers.isEmpty()) {
      start();
      for (var marker : view.markers) {
        out.append("- ").append(view.time(marker.at())).append(' ').append(line(marker.label()));
        out.append('\n');
      }
    }
    if (!view.leftOut().isEmpty()) {
      start().append(view.leftOut()).append('\n');
    }
  }

  private void samples(PlotView view) {
    start().append("Highest of each span, ");
    out.append(PlotTimes.span(view.from, view.to)).append(":\n\n");
    var names = view.series.stream().map(one -> line(one.name()));
    row(Stream.concat(Stream.of("from"), names).toList());
    row(Stream.concat(Stream.of("---"), view.series.stream().map(one -> "---:")).toList());
    PlotSamples.of(view, SAMPLES).forEach(this::row);
  }

  private void row(List<String> cells) {
    var filled = new ArrayList<String>();
    cells.forEach(cell -> filled.add(cell.isEmpty() ? " " : cell));
    out.append("| ").append(String.join(" | ", filled)).append(" |\n");
  }

  private StringBuilder start() {
    return out.length() == 0 ? out : out.append('\n');
  }

  private static String bold(String text) {
    var safe = line(text);
    return safe.isEmpty() ? "" : "**" + safe + "**";
  }

  private static String line(String text) {
    return MarkdownEscape.escape(Visible.line(text));
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
