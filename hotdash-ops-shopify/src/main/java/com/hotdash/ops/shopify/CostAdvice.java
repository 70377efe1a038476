package com.hotdash.ops.shopify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says which page sizes to lower so that a document fits, the innermost first. */
final class CostAdvice {
  /** The largest page of each price: the multiplier rises behind it. */
  private static final int[] SIZES = {250, 244, 148, 90, 54, 33, 20, 12, 7, 4, 2};

  private final CostFormula formula;
  private final QueryShape shape;
  private final double factor;
  private final List<Page> pages = new ArrayList<>();

  /** A connection and where it stands. */
  private record Page(QueryField field, String path, int depth) {}

  private CostAdvice(QueryShape shape, CostFormula formula, int cost) {
    this.shape = shape;
    this.formula = formula;
    // What was learned of a document dearer than reckoned holds for its smaller pages too.
    this.factor = Math.max(1, (double) cost / Math.max(1, formula.of(shape)));
    collect(shape.root(), "", 0);
    pages.sort((a, b) -> Integer.compare(b.depth(), a.depth()));
  }

  static String of(QueryShape shape, CostTables tables, Map<String, ?> variables, int cost) {
    return new CostAdvice(shape, new CostFormula(tables, variables), cost).text();
  }

  private String text() {
    var changes = new ArrayList<String>();
    for (var page : pages) {
      int before = formula.size(page.field());
      for (int size : SIZES) {
        if (size < before) {
          formula.size(page.field(), size);
          if (cost() <= CostPredictor.MOST) {
            break;
          }
        }
      }
      int after = formula.size(page.field());
      if (after < before) {
        changes.add(
            String.format(
                Locale.ROOT,
                "%s (%s) from %d to %d",
                page.path(),
                page.field().pageArgument(),
                before,
                after));
      }
      if (cost() <= CostPredictor.MOST) {
        return "lower the page size of "
            + String.join(", and of ", changes)
            + ": "
            + cost()
            + " points; or use a bulk operation";
      }
    }
    return "no page size makes it fit: split the document, or use a bulk operation";
  }

  private int cost() {
    return (int) Math.ceil(formula.of(shape) * factor);
  }

  private void collect(QuerySelection selection, String path, int depth) {
    for (var field : selection.fields.values()) {
      var below = field.selection;
      if (below != null) {
        boolean item = depth > 0 && List.of("nodes", "edges", "node").contains(field.name);
        var name = item ? path : path.isEmpty() ? field.name : path + '.' + field.name;
        if (field.connection()) {
          pages.add(new Page(field, name, depth));
        }
        collect(below, name, depth + 1);
      }
    }
    selection.byType.values().forEach(branch -> collect(branch, path, depth));
  }
}
