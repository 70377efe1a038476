package com.hotdash.ops.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlTest {
  @Test
  void toHtml_report_holdsEveryBlock() {
    assertThat(PageFixtures.report().toHtml())
        .startsWith("<!DOCTYPE html>\n<html lang=\"en\">")
        .contains(
            "<meta charset=\"utf-8\">",
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
            "<title>High error rate</title>",
            "<h1 id=\"h1\">High error rate</h1>",
            "<p class=\"callout bad\"><strong>PROBLEM</strong> <span>5xx at 12.4 % since v118",
            "<p class=\"callout unsure\"><strong>UNKNOWN</strong>",
            "<p>Release v118 went out",
            "<pre class=\"line\"><code class=\"language-java\">ops.highErrorRate()",
            "<section>\n<h2 id=\"h2\">Evidence</h2>",
            "<dt>window</dt><dd>10 min</dd>",
            "<th scope=\"col\" class=\"number\">MB</th>",
            "<td>9080e</td><td class=\"number\">1,024</td>",
            "<li>second</li>",
            "<figcaption><b>Failures, req/s</b> <span>2026-11-23 14:02:00 to 14:03:00 UTC",
            "1 fault injected</text>",
            "<span>14:02:30</span> fault injected</li>",
            "</section>\n</main>");
  }

  @Test
  void toHtml_anyPage_asksForNothing() {
    var html = PageFixtures.report().toHtml();

    assertThat(html).doesNotContain("<script", "@import", "url(", "<img", "<iframe", "http:");
    var addresses = Pattern.compile("(?:src|href|action)=\"([^\"]*)\"").matcher(html);
    assertThat(addresses.results().map(found -> found.group(1))).containsOnly("data:,");
  }

  @Test
  void toHtml_hostileText_staysText() {
    var hostile = "<script>x</script>\"onload='y' --> ]]> &amp; \u202e\u001b[31m\u0000";

    var html = PageFixtures.everywhere(hostile).toHtml();

    assertThat(html)
        .doesNotContain("<script", "\u202e", "\u001b", "\u0000", "\"onload", "='y'")
        .contains("&lt;script&gt;", "&quot;onload=&#39;y&#39;", "&amp;amp;", "\\u{202e}");
    assertThat(html)
        .contains(
            "<h1 id=\"h1\">&lt;script&gt;x&lt;/script&gt;&quot;onload=&#39;y&#39; --&gt; ]]&gt;"
                + " &amp;amp; \\u{202e}\\u{1b}[31m\\u{0}</h1>");
    assertThat(stillOpen(html)).isEmpty();
  }

  @Test
  void toHtml_longPage_hasContents() {
    var page = Page.builder().heading(1, "all");
    List.of("a", "b<", "c", "d").forEach(part -> page.heading(2, part));

    assertThat(page.build().toHtml())
        .contains("<h1 id=\"h1\">all</h1>\n<nav>", "<li><a href=\"#h3\">b&lt;</a></li>");
    assertThat(PageFixtures.report().toHtml()).doesNotContain("<nav>");
  }

  @Test
  void toHtml_noRows_saysSo() {
    var page = Page.builder().table(List.of(Column.text("a"), Column.text("b")), List.of()).build();

    assertThat(page.toHtml()).contains("<td class=\"none\" colspan=\"2\">none</td>");
  }

  @Test
  void toHtml_code_keepsLines() {
    var page = Page.builder().code("", "a\n\tb < c\n").build();

    assertThat(page.toHtml()).contains("<pre class=\"lines\"><code>a\n\tb &lt; c</code></pre>");
  }

  /** Closes each tag by the one that belongs to it, and returns what is left. */
  private static Deque<String> stillOpen(String html) {
    var open = new ArrayDeque<String>();
    var body = html.substring(html.indexOf("<body>"), html.indexOf("</html>"));
    var tags = Pattern.compile("<(/?)(\\w+)(?: [\\w-]+=\"[^\"<>]*\")*(/?)>").matcher(body);
    assertThat(tags.results().count()).isEqualTo(body.chars().filter(c -> c == '<').count());
    tags.reset();
    while (tags.find()) {
      if (tags.group(1).equals("/")) {
        assertThat(open.pop()).isEqualTo(tags.group(2));
      } else if (tags.group(3).isEmpty()) {
        open.push(tags.group(2));
      }
    }
    return open;
  }
}
