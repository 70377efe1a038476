package com.hotdash.ops.text;

import com.hotdash.ops.text.Block.Bullets;
import com.hotdash.ops.text.Block.Callout;
import com.hotdash.ops.text.Block.Code;
import com.hotdash.ops.text.Block.Facts;
import com.hotdash.ops.text.Block.Graph;
import com.hotdash.ops.text.Block.Heading;
import com.hotdash.ops.text.Block.Paragraph;
import com.hotdash.ops.text.Block.Table;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writes a page as one HTML document that asks nothing of anybody. */
final class Html implements Block.Renderer {
  private static final int SAMPLES = 12;
  private static final int LONG_PAGE = 4;

  private final StringBuilder body = new StringBuilder();
  private final StringBuilder contents = new StringBuilder();
  private String title = "";
  private int afterTitle;
  private int headings;
  private boolean inSection;

  @Override
  public void heading(Heading block) {
    var text = HtmlEscape.line(block.text());
    boolean first = headings++ == 0;
    if (first) {
      title = text;
    }
    if (block.level() <= 2 && !first) {
      closeSection();
      body.append("<section>\n");
      inSection = true;
    }
    if (block.level() == 2) {
      contents.append("<li><a href=\"#h").append(headings).append("\">").append(text);
      contents.append("</a></li>\n");
    }
    add("<h%d id=\"h%d\">%s</h%1$d>\n", block.level(), headings, text);
    if (first) {
      afterTitle = body.length();
    }
  }

  @Override
  public void paragraph(Paragraph block) {
    body.append("<p>").append(HtmlEscape.line(block.text())).append("</p>\n");
  }

  @Override
  public void callout(Callout block) {
    add(
        "<p class=\"callout %s\"><strong>%s</strong> <span>%s</span></p>\n",
        block.tone().name().toLowerCase(Locale.ROOT),
        HtmlEscape.line(block.word()),
        HtmlEscape.line(block.text()));
  }

  @Override
  public void bullets(Bullets block) {
    body.append("<ul>\n");
    block
        .items()
        .forEach(item -> body.append("<li>").append(HtmlEscape.line(item)).append("</li>\n"));
    body.append("</ul>\n");
  }

  @Override
  public void facts(Facts block) {
    body.append("<dl>\n");
    for (var fact : block.facts()) {
      add("<dt>%s</dt><dd>%s</dd>\n", HtmlEscape.line(fact.key()), HtmlEscape.line(fact.value()));
    }
    body.append("</dl>\n");
  }

  @Override
  public void table(Table block) {
    body.append("<div class=\"scroll\"><table>\n<thead><tr>");
    for (var column : block.columns()) {
      body.append(column.number() ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">");
      body.append(HtmlEscape.line(column.header())).append("</th>");
    }
    body.append("</tr></thead>\n<tbody>\n");
    for (var row : block.rows()) {
      body.append("<tr>");
      for (int i = 0; i < row.size(); i++) {
        body.append(block.columns().get(i).number() ? "<td class=\"number\">" : "<td>");
        body.append(HtmlEscape.line(row.get(i))).append("</td>");
      }
      body.append("</tr>\n");
    }
    if (block.rows().isEmpty()) {
      add("<tr><td class=\"none\" colspan=\"%d\">none</td></tr>\n", block.columns().size());
    }
    body.append("</tbody></table></div>\n");
  }

  @Override
  public void code(Code block) {
    var text = HtmlEscape.lines(block.text());
    // One click takes a whole command; of many lines, as of a log, one mostly wants a part.
    var kind = text.contains("\n") ? "lines" : "line";
    add("<pre class=\"%s\"><code", kind);
    if (!block.language().isEmpty()) {
      body.append(" class=\"language-").append(block.language()).append('"');
    }
    body.append('>').append(text).append("</code></pre>\n");
  }

  @Override
  public void plot(Graph block) {
    var view = new PlotView(block.plot());
    new SvgPlot(view, body).write();
    if (!view.empty()) {
      body.append("<details><summary>Values, the highest of each span</summary>\n");
      var names =
          Stream.concat(
              Stream.of(Column.text("from")),
              view.series.stream().map(one -> Column.number(one.name())));
      table(new Table(names.toList(), PlotSamples.of(view, SAMPLES)));
      body.append("</details>\n");
    }
    body.append("</figure>\n");
  }

  private void add(String format, Object... values) {
    body.append(String.format(Locale.ROOT, format, values));
  }

  private void closeSection() {
    if (inSection) {
      body.append("</section>\n");
      inSection = false;
    }
  }

  @Override
  public String toString() {
    closeSection();
    var all = new StringBuilder(body);
    if (IntStream.range(0, contents.length()).filter(i -> contents.charAt(i) == '\n').count()
        >= LONG_PAGE) {
      all.insert(
          afterTitle,
          "<nav><details><summary>Contents</summary><ol>\n" + contents + "</ol></details></nav>\n");
    }
    return String.join(
        "\n",
        List.of(
            "<!DOCTYPE html>",
            "<html lang=\"en\">",
            "<head>",
            "<meta charset=\"utf-8\">",
            // Second wall, should an escape ever fail: no script runs and nothing is fetched.
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
                + " style-src 'unsafe-inline'; img-src data:; base-uri 'none';"
                + " form-action 'none'\">",
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
            "<meta name=\"color-scheme\" content=\"light dark\">",
            "<meta name=\"referrer\" content=\"no-referrer\">",
            "<title>" + (title.isEmpty() ? "Report" : title) + "</title>",
            "<link rel=\"icon\" href=\"data:,\">",
            "<style>",
            Stylesheet.CSS + "</style>",
            "</head>",
            "<body>",
            "<main>",
            all + "</main>",
            "</body>",
            "</html>",
            ""));
  }
}
