package com.hotdash.ops.text;

import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.text.Block.Bullets;
import com.hotdash.ops.text.Block.Callout;
import com.hotdash.ops.text.Block.Code;
import com.hotdash.ops.text.Block.Fact;
import com.hotdash.ops.text.Block.Facts;
import com.hotdash.ops.text.Block.Graph;
import com.hotdash.ops.text.Block.Heading;
import com.hotdash.ops.text.Block.Paragraph;
import com.hotdash.ops.text.Block.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a person is to read, as a row of blocks, and the three forms it is read in: plain text for a
 * terminal, Markdown for an issue, HTML for a browser. Immutable and thread-safe.
 *
 * <p>Any text may be given, trusted or not. Each form escapes what has a meaning in it, and shows
 * control characters, ANSI escapes and changes of direction as <code>&#92;u{1b}</code> instead of
 * passing them on. Line ends count in {@linkplain Builder#code code} only. A page takes no secrets
 * out by itself: see {@link #redacted}.
 */
public final class Page {
  /** The width of {@link #toString}, in terminal columns. */
  public static final int DEFAULT_WIDTH = 100;

  private static final int NARROWEST = 20;
  private static final int WIDEST = 1_000;

  private final List<Block> blocks;

  private Page(List<Block> blocks) {
    this.blocks = List.copyOf(blocks);
  }

  /**
   * Starts a page.
   *
   * @return an empty builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Copies the page with every one of its texts redacted: headings, cells, code, names of series
   * and labels of markers as well.
   *
   * @param redactor takes the credentials out
   * @return the redacted copy
   */
  public Page redacted(Redactor redactor) {
    return new Page(blocks.stream().map(block -> block.map(redactor::redact)).toList());
  }

  /**
   * Writes plain text. No line is wider than asked but those of code, which are never broken. A
   * table that is too wide loses the ends of its widest texts, never a digit of a number; one that
   * can't be made to fit is written row by row. Plots become a row of small bars, each the highest
   * value of its span.
   *
   * @param width the widest line in terminal columns, 20 to 1,000
   * @return lines that end in {@code \n}, except for the last
   * @throws IllegalArgumentException if {@code width} is out of range
   */
  public String toText(int width) {
    if (width < NARROWEST || width > WIDEST) {
      throw new IllegalArgumentException(
          "a width is %d to %d, not %d".formatted(NARROWEST, WIDEST, width));
    }
    var text = new PlainText(width);
    blocks.forEach(block -> block.render(text));
    return text.toString();
  }

  /**
   * Writes GitHub's Markdown. Text that would mention a person or link to an issue does neither.
   * Plots become a table of a few samples.
   *
   * @return lines that end in {@code \n}
   */
  public String toMarkdown() {
    var markdown = new Markdown();
    blocks.forEach(block -> block.render(markdown));
    return markdown.toString();
  }

  /**
   * Writes one HTML document that stands alone: it holds its style, has no script, and makes no
   * request of any kind. Its title is the first heading. To be stored and served as UTF-8.
   *
   * @return the document
   */
  public String toHtml() {
    var html = new Html();
    blocks.forEach(block -> block.render(html));
    return html.toString();
  }

  /** Returns the page as plain text, {@value #DEFAULT_WIDTH} columns wide. */
  @Override
  public String toString() {
    return toText(DEFAULT_WIDTH);
  }

  /** Collects the blocks of a page, in their order. Not thread-safe. */
  public static final class Builder {
    private static final Pattern LANGUAGE = Pattern.compile("[a-z0-9+#-]{0,20}");

    private final List<Block> blocks = new ArrayList<>();

    private Builder() {}

    /**
     * Adds a heading.
     *
     * @param level 1 for the page's own, 2 and 3 for its parts
     * @param text the heading
     * @return this builder
     * @throws IllegalArgumentException if {@code level} is not 1, 2 or 3
     */
    public Builder heading(int level, String text) {
      if (level < 1 || level > 3) {
        throw new IllegalArgumentException("a heading is of level 1 to 3, not " + level);
      }
      return add(new Heading(level, text));
    }

    /**
     * Adds a paragraph.
     *
     * @param text the text, any length
     * @return this builder
     */
    public Builder paragraph(String text) {
      return add(new Paragraph(text));
    }

    /**
     * Adds a line that stands out, such as a verdict.
     *
     * @param tone how it is meant
     * @param word the word that says so, such as {@code PROBLEM}
     * @param text the rest
     * @return this builder
     */
    public Builder callout(Tone tone, String word, String text) {
      return add(new Callout(tone, word, text));
    }

    /**
     * Adds a list.
     *
     * @param items its items; nothing is added if there are none
     * @return this builder
     */
    public Builder bullets(List<String> items) {
      return items.isEmpty() ? this : add(new Bullets(items));
    }

    /**
     * Adds a key and its value. Facts that follow one another form one list.
     *
     * @param key what it is
     * @param value its value
     * @return this builder
     */
    public Builder fact(String key, String value) {
      var facts = new ArrayList<Fact>();
      if (!blocks.isEmpty() && blocks.get(blocks.size() - 1) instanceof Facts last) {
        facts.addAll(last.facts());
        blocks.remove(blocks.size() - 1);
      }
      facts.add(new Fact(key, value));
      return add(new Facts(facts));
    }

    /**
     * Adds a table.
     *
     * @param columns its columns, at least one
     * @param rows its rows, each with one cell for each column; may be none, and then it says so
     * @return this builder
     * @throws IllegalArgumentException if there is no column, or a row has too few or too many
     *     cells
     */
    public Builder table(List<Column> columns, List<List<String>> rows) {
      return add(new Table(columns, rows));
    }

    /**
     * Adds lines that a person may type or copy, or that must stay as they are.
     *
     * @param language what it is written in, such as {@code sh}, {@code sql} or {@code java}; empty
     *     if in none; up to 20 of {@code a-z 0-9 + # -}
     * @param text one line or more
     * @return this builder
     * @throws IllegalArgumentException if {@code language} has any other character
     */
    public Builder code(String language, String text) {
      if (!LANGUAGE.matcher(language).matches()) {
        throw new IllegalArgumentException("not the name of a language: " + language);
      }
      return add(new Code(language, text));
    }

    /**
     * Adds a plot.
     *
     * @param plot the plot
     * @return this builder
     */
    public Builder plot(Plot plot) {
      return add(new Graph(plot));
    }

    /**
     * Adds all of another page, as a part of this one: its headings go one level down.
     *
     * @param page the other page
     * @return this builder
     */
    public Builder append(Page page) {
      for (var block : page.blocks) {
        add(block instanceof Heading heading ? heading.lower() : block);
      }
      return this;
    }

    /**
     * Makes the page. The builder can be used further.
     *
     * @return the page
     */
    public Page build() {
      return new Page(blocks);
    }

    private Builder add(Block block) {
      blocks.add(block);
      return this;
    }
  }
}
