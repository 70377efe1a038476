package com.hotdash.ops.text;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One block of a page, as the caller gave it: every renderer makes its text safe for its format.
 */
sealed interface Block {
  /** Hands the block to the renderer's method for its kind. */
  void render(Renderer to);

  /** Copies the block with every one of its strings changed. */
  Block map(UnaryOperator<String> change);

  /** Writes blocks in one format. */
  interface Renderer {
    void heading(Heading block);

    void paragraph(Paragraph block);

    void callout(Callout block);

    void bullets(Bullets block);

    void facts(Facts block);

    void table(Table block);

    void code(Code block);

    void plot(Graph block);
  }

  record Heading(int level, String text) implements Block {
    private static final int DEEPEST = 6;

    Heading lower() {
      return new Heading(Math.min(DEEPEST, level + 1), text);
    }

    @Override
    public void render(Renderer to) {
      to.heading(this);
    }

    @Override
    public Block map(UnaryOperator<String> change) {
      return new Heading(level, change.apply(text));
    }
  }

  record Paragraph(String text) implements Block {
    @Override
    public void render(Renderer to) {
      to.paragraph(this);
    }

    @Override
    public Block map(UnaryOperator<String> change) {
      return new Paragraph(change.apply(text));
    }
  }

  record Callout(Tone tone, String word, String text) implements Block {
    @Override
    public void render(Renderer to) {
      to.callout(this);
    }

    @Override
    public Block map(UnaryOperator<String> change) {
      return new Callout(tone, change.apply(word), change.apply(text));
    }
  }

  record Bullets(List<String> items) implements Block {
    public Bullets {
      items = List.copyOf(items);
    }

    @Override
    public void render(Renderer to) {
      to.bullets(this);
    }

    @Override
    public Block map(UnaryOperator<String> change) {
      return new Bullets(items.stream().map(change).toList());
    }
  }

  record Fact(String key, String value) {}

  record Facts(List<Fact> facts) implements Block {
    public Facts {
      facts = List.copyOf(facts);
    }

    @Override
    public void render(Renderer to) {
      to.facts(this);
    }

    @Override
    public Block map(UnaryOperator<String> change) {
      return new Facts(
          facts.stream()
              .map(fact -> new Fact(change.apply(fact.key()), change.apply(fact.value())))
              .toList());
    }
  }

  record Table(List<Column> columns, List<List<String>> rows) implements Block {
    public Table {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
      if (columns.isEmpty()) {
        throw new IllegalArgumentException("a table needs a column");
      }
      for (var row : rows) {
        if (row.size() != columns.size()) {
          throw new IllegalArgumentException(
              "a row has %d cells in a table of %d columns".formatted(row.size(), columns.size()));
        }
      }
    }

    @Override
    public void render(Renderer to) {
      to.table(this);
    }

    @Override
    public Block map(UnaryOperator<String> change) {
      return new Table(
          columns.stream()
              .map(column -> new Column(change.apply(column.header()), column.number()))
              .toList(),
          rows.stream().map(row -> row.stream().map(change).toList()).toList());
    }
  }

  record Code(String language, String text) implements Block {
    @Override
    public void render(Renderer to) {
      to.code(this);
    }

    @Override
    public Block map(UnaryOperator<String> change) {
      return new Code(language, change.apply(text));
    }
  }

  record Graph(Plot plot) implements Block {
    @Override
    public void render(Renderer to) {
      to.plot(this);
    }

    @Override
    public Block map(UnaryOperator<String> change) {
      return new Graph(plot.map(change));
    }
  }
}
