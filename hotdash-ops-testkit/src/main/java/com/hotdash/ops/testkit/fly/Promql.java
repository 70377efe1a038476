package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.testkit.fly.PromqlNodes.Aggregate;
import com.hotdash.ops.testkit.fly.PromqlNodes.Binary;
import com.hotdash.ops.testkit.fly.PromqlNodes.Function;
import com.hotdash.ops.testkit.fly.PromqlNodes.Literal;
import com.hotdash.ops.testkit.fly.PromqlNodes.Matcher;
import com.hotdash.ops.testkit.fly.PromqlNodes.Node;
import com.hotdash.ops.testkit.fly.PromqlNodes.Selector;
import com.hotdash.ops.testkit.fly.PromqlNodes.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Reads the part of PromQL that an incident's questions need: selectors, ranges, the functions and
 * aggregations of {@link PromqlValues}, arithmetic, comparisons and {@code or}.
 */
final class Promql {
  static final Set<String> AGGREGATIONS = Set.of("sum", "max", "min", "avg", "count");
  private static final int LONGEST = 10_000;
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<skip>\\s+|#[^\\n]*)|(?<duration>\\[[^\\]]*\\])|(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)"
              + "|(?<number>[0-9]*\\.?[0-9]+(?:[eE][-+]?[0-9]+)?)"
              + "|\"(?<double>(?:[^\"\\\\]|\\\\.)*)\"|'(?<single>(?:[^'\\\\]|\\\\.)*)'"
              + "|(?<sign>=~|!~|!=|==|>=|<=|[-+*/(){},=<>])");

  private final List<Token> tokens;
  private int at;
  private int depth;

  private record Token(String kind, String text) {}

  /** What a query that cannot be understood is refused with. */
  static final class BadQueryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadQueryException(String message) {
      super(message, null, false, false);
    }
  }

  private Promql(List<Token> tokens) {
    this.tokens = tokens;
  }

  static Node parse(String query) {
    var parser = new Promql(tokens(query));
    var node = parser.expression(0);
    if (parser.at < parser.tokens.size()) {
      throw parser.unexpected();
    }
    return node;
  }

  private Node expression(int level) {
    if (++depth > 100) {
      throw new BadQueryException("the query is nested too deeply");
    }
    var left = level == 4 ? unary() : expression(level + 1);
    while (level < 4 && operators(level).contains(peek())) {
      String operator = take().text();
      left = new Binary(operator, left, expression(level + 1));
    }
    depth--;
    return left;
  }

  private static Set<String> operators(int level) {
    return switch (level) {
      case 0 -> Set.of("or");
      case 1 -> Set.of("==", "!=", ">", "<", ">=", "<=");
      case 2 -> Set.of("+", "-");
      default -> Set.of("*", "/");
    };
  }

  private Node unary() {
    if (peek().equals("-")) {
      at++;
      return new Binary("*", new Literal(-1), unary());
    }
    if (peek().equals("(")) {
      at++;
      var inner = expression(0);
      expect(")");
      return inner;
    }
    if (at < tokens.size() && tokens.get(at).kind().equals("string")) {
      return new Text(take().text());
    }
    if (at < tokens.size() && tokens.get(at).kind().equals("number")) {
      return new Literal(Double.parseDouble(take().text()));
    }
    return named();
  }

  private Node named() {
    String name = "";
    if (at < tokens.size() && tokens.get(at).kind().equals("name")) {
      name = take().text();
    } else if (!peek().equals("{")) {
      throw unexpected();
    }
    boolean grouped = peek().equals("by") || peek().equals("without");
    if (AGGREGATIONS.contains(name) && (grouped || peek().equals("("))) {
      return aggregate(name);
    }
    return peek().equals("(") ? new Function(name, arguments()) : selector(name);
  }

  private Node aggregate(String name) {
    boolean without = peek().equals("without");
    var labels = new ArrayList<String>();
    boolean before = grouping(labels);
    var arguments = arguments();
    if (!before) {
      without = peek().equals("without");
      grouping(labels);
    }
    if (arguments.size() != 1) {
      throw new BadQueryException("wrong number of arguments for aggregate " + name);
    }
    return new Aggregate(name, without, List.copyOf(labels), arguments.get(0));
  }

  private boolean grouping(List<String> labels) {
    if (!peek().equals("by") && !peek().equals("without")) {
      return false;
    }
    at++;
    expect("(");
    while (!peek().equals(")")) {
      labels.add(take().text());
      if (peek().equals(",")) {
        at++;
      }
    }
    expect(")");
    return true;
  }

  private List<Node> arguments() {
    expect("(");
    var found = new ArrayList<Node>();
    while (!peek().equals(")")) {
      found.add(expression(0));
      if (!peek().equals(")")) {
        expect(",");
      }
    }
    expect(")");
    return found;
  }

  private Node selector(String name) {
    var matchers = new ArrayList<Matcher>();
    if (!name.isEmpty()) {
      matchers.add(new Matcher("__name__", "=", name, Pattern.compile("")));
    }
    if (peek().equals("{")) {
      at++;
      while (!peek().equals("}")) {
        String label = take().text();
        String operator = take().text();
        var value = take();
        if (!Set.of("=", "!=", "=~", "!~").contains(operator) || !value.kind().equals("string")) {
          at--;
          throw unexpected();
        }
        matchers.add(new Matcher(label, operator, value.text(), pattern(operator, value.text())));
        if (!peek().equals("}")) {
          expect(",");
        }
      }
      at++;
    }
    var range = Duration.ZERO;
    if (at < tokens.size() && tokens.get(at).kind().equals("duration")) {
      range = duration(take().text());
    }
    return new Selector(List.copyOf(matchers), range);
  }

  private static Pattern pattern(String operator, String value) {
    try {
      return Pattern.compile(operator.endsWith("~") ? value : "");
    } catch (PatternSyntaxException e) {
      throw new BadQueryException("error parsing regexp: " + e.getDescription());
    }
  }

  private static Duration duration(String text) {
    var total = Duration.ZERO;
    var part = Pattern.compile("([0-9]{1,9})(ms|[smhdw])").matcher(text);
    int end = 0;
    while (end < text.length() && part.find(end) && part.start() == end) {
      long count = Long.parseLong(part.group(1));
      total =
          total.plus(
              switch (part.group(2)) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                case "d" -> Duration.ofDays(count);
                default -> Duration.ofDays(7 * count);
              });
      end = part.end();
    }
    if (total.isZero() || end < text.length()) {
      throw new BadQueryException("bad duration: \"" + text + '"');
    }
    return total;
  }

  private static List<Token> tokens(String query) {
    if (query.length() > LONGEST) {
      throw new BadQueryException("the query is too long");
    }
    var found = new ArrayList<Token>();
    var matcher = TOKEN.matcher(query);
    int from = 0;
    while (from < query.length()) {
      matcher.region(from, query.length());
      if (!matcher.lookingAt()) {
        throw new BadQueryException("unparsed data left: \"" + query.substring(from) + '"');
      }
      for (String kind : List.of("name", "number", "sign")) {
        if (matcher.group(kind) != null) {
          found.add(new Token(kind, matcher.group(kind)));
        }
      }
      String quoted =
          matcher.group("double") != null ? matcher.group("double") : matcher.group("single");
      if (quoted != null) {
        found.add(new Token("string", quoted.replaceAll("\\\\(.)", "$1")));
      }
      if (matcher.group("duration") != null) {
        String inner = matcher.group("duration");
        found.add(new Token("duration", inner.substring(1, inner.length() - 1)));
      }
      from = matcher.end();
    }
    return found;
  }

  private String peek() {
    if (at >= tokens.size()) {
      return "end of query";
    }
    var token = tokens.get(at);
    // A text may look like a sign, and is none.
    return token.kind().equals("string") ? "\"" + token.text() + '"' : token.text();
  }

  private Token take() {
    if (at >= tokens.size()) {
      throw unexpected();
    }
    return tokens.get(at++);
  }

  private void expect(String token) {
    if (!peek().equals(token)) {
      throw unexpected();
    }
    at++;
  }

  private BadQueryException unexpected() {
    return new BadQueryException("unexpected token " + peek());
  }
}
