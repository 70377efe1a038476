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

/** Writes a page for a terminal: few empty lines, since a screen has 24 in all. */
final class PlainText implements Block.Renderer {
  private static final String CODE_INDENT = "  ";

  private final int width;
  private final List<String> lines = new ArrayList<>();
  private Class<?> last = Heading.class;

  PlainText(int width) {
    this.width = width;
  }

  @Override
  public void heading(Heading block) {
    last = lines.isEmpty() ? Heading.class : last;
    apart(last == Heading.class);
    last = Heading.class;
    var text = Visible.line(block.text());
    var rule = block.level() == 1 ? "═" : block.level() == 2 ? "─" : "";
    int rest = width - TerminalWidth.of(text) - 4;
    if (rest < 1 || rule.isEmpty()) {
      lines.addAll(TerminalWidth.wrap("", text, width));
    } else {
      lines.add(rule.repeat(2) + " " + text + " " + rule.repeat(rest));
    }
  }

  @Override
  public void paragraph(Paragraph block) {
    start(block);
    lines.addAll(TerminalWidth.wrap("", Visible.line(block.text()), width));
  }

  @Override
  public void callout(Callout block) {
    apart(last == Heading.class || last == Callout.class);
    last = Callout.class;
    var word = "[" + Visible.line(block.word()) + "] ";
    lines.addAll(TerminalWidth.wrap(word, Visible.line(block.text()), width));
  }

  @Override
  public void bullets(Bullets block) {
    start(block);
    for (var item : block.items()) {
      lines.addAll(TerminalWidth.wrap("- ", Visible.line(item), width));
    }
  }

  @Override
  public void facts(Facts block) {
    start(block);
    int key =
        block.facts().stream()
            .mapToInt(fact -> TerminalWidth.of(Visible.line(fact.key())))
            .filter(each -> each + 2 <= width / 3)
            .max()
            .orElse(0);
    for (var fact : block.facts()) {
      var lead = TerminalWidth.padRight(Visible.line(fact.key()), key) + "  ";
      lines.addAll(TerminalWidth.wrap(lead, Visible.line(fact.value()), width));
    }
  }

  @Override
  public void table(Table block) {
    start(block);
    lines.addAll(PlainTable.of(block, width));
  }

  @Override
  public void code(Code block) {
    apart(last == Heading.class || last == Callout.class || last == Paragraph.class);
    last = Code.class;
    for (var line : Visible.lines(block.text()).split("\n", -1)) {
      lines.add((CODE_INDENT + line.replace("\t", "    ")).stripTrailing());
    }
  }

  @Override
  public void plot(Graph block) {
    start(block);
    lines.addAll(new PlainPlot(new PlotView(block.plot()), width).lines());
  }

  private void start(Block block) {
    apart(last == Heading.class);
    last = block.getClass();
  }

  private void apart(boolean together) {
    if (!together) {
      lines.add("");
    }
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
