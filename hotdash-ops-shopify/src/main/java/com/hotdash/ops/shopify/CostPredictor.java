package com.hotdash.ops.shopify;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells the requested cost of a call before it is sent, for one shop and one API version.
 *
 * <p>A figure that Shopify itself gave for the same document with the same page sizes comes first;
 * the formula stands in until then. The figures are static within a version, and a mutation's may
 * grow with its input, so they are kept apart by the number of list items in it. Documents are
 * parsed once: of 1,000 with up to 50,000 characters the shape is kept, of 10,000 calls that differ
 * in page sizes the figure.
 *
 * <p>Thread-safe.
 */
final class CostPredictor {
  /** More in one document is refused, on every plan: measured, and documented. */
  static final int MOST = 1_000;

  // What an independent estimator by the same formula allows itself: 50 points or 10 % (shopify.md,
  // section 4). A first call that asks for too little is throttled; one that holds too much is not.
  private static final int LEAST_MARGIN = 50;
  private static final double MARGIN = 0.1;

  private static final int MOST_DOCUMENTS = 1_000;
  private static final int MOST_FIGURES = 10_000;
  private static final int LONGEST_KEPT = 50_000;

  private final CostTables tables;
  private final CostMemory<Text, QueryShape> shapes = new CostMemory<>(MOST_DOCUMENTS);
  private final CostMemory<CostKey, Integer> predicted = new CostMemory<>(MOST_FIGURES);
  private final CostMemory<CostKey, Integer> learned = new CostMemory<>(MOST_FIGURES);
  private final CostMemory<String, Double> dearer = new CostMemory<>(MOST_DOCUMENTS);
  private final CostMemory<String, Boolean> proved = new CostMemory<>(MOST_DOCUMENTS);
  private @Nullable String servedVersion;

  private record Text(String document, @Nullable String operationName) {}

  CostPredictor(CostTables tables) {
    this.tables = tables;
  }

  /**
   * Returns what a call would have held back for it.
   *
   * @param document the GraphQL text
   * @param operationName the operation in it, or null if there is one only
   * @param variables the variables sent
   * @return the cost; not checked against {@link #MOST}
   * @throws IllegalArgumentException if the text is not a document with such an operation
   */
  QueryCost predict(String document, @Nullable String operationName, Map<String, ?> variables) {
    return predict(shape(document, operationName), variables);
  }

  /**
   * Checks a call against what Shopify allows one document.
   *
   * @return its cost, at most {@link #MOST}
   * @throws QueryCostException if it would cost more; it says which page size to lower
   * @throws IllegalArgumentException if the text is not a document with such an operation
   */
  QueryCost affordable(String document, @Nullable String operationName, Map<String, ?> variables) {
    var shape = shape(document, operationName);
    var cost = predict(shape, variables);
    if (cost.requested() > MOST) {
      var advice = CostAdvice.of(shape, tables, variables, cost.requested());
      throw new QueryCostException(cost.requested(), advice);
    }
    return cost;
  }

  /**
   * Takes over what a reply said, throttled ones included: they name the requested cost as well.
   *
   * @param cost what was predicted for the call
   * @param requested {@code requestedQueryCost} of its reply
   */
  void learn(QueryCost cost, int requested) {
    if (cost.source() == QueryCost.Source.LEARNED && cost.requested() == requested) {
      return;
    }
    learned.put(cost.key(), requested);
    var reckoned = predicted.get(cost.key());
    if (reckoned != null && requested > reckoned) {
      dearer.put(cost.key().normal(), (double) requested / Math.max(1, reckoned));
    } else if (reckoned != null) {
      proved.put(cost.key().normal(), true);
    }
  }

  /**
   * Forgets the figures of replies when another version is served than before: costs may differ
   * there (shopify.md, section 4). To be told before what its reply said is learned.
   *
   * @param version {@code X-Shopify-API-Version} of a reply, or null if it had none
   */
  synchronized void served(@Nullable String version) {
    if (version == null || version.equals(servedVersion)) {
      return;
    }
    if (servedVersion != null) {
      learned.clear();
      dearer.clear();
      proved.clear();
    }
    servedVersion = version;
  }

  /** Names a call by its operation, or by its root fields where it has no name. */
  String name(String document, @Nullable String operationName) {
    return operationName != null && !operationName.isBlank()
        ? operationName
        : String.join(" ", shape(document, operationName).root().names());
  }

  private QueryShape shape(String document, @Nullable String operationName) {
    var text = new Text(document, operationName);
    var shape = shapes.get(text);
    if (shape == null) {
      shape = QueryParser.parse(document, operationName);
      if (document.length() <= LONGEST_KEPT) {
        shapes.put(text, shape);
      }
    }
    return shape;
  }

  private QueryCost predict(QueryShape shape, Map<String, ?> variables) {
    var key = shape.key(variables);
    var known = learned.get(key);
    if (known != null) {
      return new QueryCost(known, 0, QueryCost.Source.LEARNED, key);
    }
    var reckoned = predicted.get(key);
    if (reckoned == null) {
      reckoned = new CostFormula(tables, variables).of(shape);
      predicted.put(key, reckoned);
    }
    // Where the formula fell short for one page size it does for the next.
    var factor = dearer.get(shape.normal());
    // A guess keeps nobody from a call that Shopify may allow.
    int cost =
        factor == null
            ? reckoned
            : Math.max(reckoned, (int) Math.min(MOST, Math.ceil(reckoned * factor)));
    // A mutation may cost more for more input: that one figure was right proves nothing for others.
    boolean sure = !shape.mutation() && proved.get(shape.normal()) != null;
    int margin = sure ? 0 : (int) Math.max(LEAST_MARGIN, Math.ceil(MARGIN * cost));
    return new QueryCost(cost, margin, QueryCost.Source.PREDICTED, key);
  }
}
