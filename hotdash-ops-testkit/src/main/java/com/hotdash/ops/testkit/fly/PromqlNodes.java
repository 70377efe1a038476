package com.hotdash.ops.testkit.fly;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a query is made of. */
final class PromqlNodes {
  private PromqlNodes() {}

  /** Any part of a query. */
  sealed interface Node {}

  /** A number. */
  record Literal(double value) implements Node {}

  /** A text, as an argument. */
  record Text(String value) implements Node {}

  /** Two sides and a sign between. */
  record Binary(String operator, Node left, Node right) implements Node {}

  /** A function with its arguments. */
  record Function(String name, List<Node> arguments) implements Node {}

  /** An aggregation over labels, or over all but them. */
  record Aggregate(String name, boolean without, List<String> labels, Node of) implements Node {}

  /** Series by their labels; with a range if it is not zero. */
  record Selector(List<Matcher> matchers, Duration range) implements Node {
    boolean matches(Map<String, String> labels) {
      return matchers.stream().allMatch(m -> m.matches(labels));
    }
  }

  /** A condition on a label; a missing label is empty. */
  record Matcher(String label, String operator, String value, Pattern pattern) {
    boolean matches(Map<String, String> labels) {
      String found = labels.getOrDefault(label, "");
      return switch (operator) {
        case "=" -> found.equals(value);
        case "!=" -> !found.equals(value);
        case "=~" -> pattern.matcher(found).matches();
        default -> !pattern.matcher(found).matches();
      };
    }
  }
}
