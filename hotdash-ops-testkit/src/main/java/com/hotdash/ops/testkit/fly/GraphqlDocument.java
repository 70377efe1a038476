package com.hotdash.ops.testkit.fly;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a GraphQL document, its variables filled in.
 *
 * @param mutation whether it is a mutation
 * @param selections the root fields
 */
record GraphqlDocument(boolean mutation, List<Field> selections) {
  /** A field that is asked for. */
  record Field(
      String alias, String name, Map<String, @Nullable Object> arguments, List<Field> selections) {}

  /** What the parser throws, with the text that a client gets to see. */
  static final class SyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SyntaxException(String message) {
      super(message, null, false, false);
    }
  }

  static GraphqlDocument parse(String text, Map<String, @Nullable Object> variables) {
    return new Parser(text, variables).document();
  }

  /** Reads a document with one operation. Fragments on the way are merged in. */
  private static final class Parser {
    private final List<String> tokens;
    private final Map<String, @Nullable Object> variables;
    private final Map<String, Integer> fragments = new LinkedHashMap<>();
    private int at;
    private int depth;

    private Parser(String text, Map<String, @Nullable Object> variables) {
      this.tokens = GraphqlTokens.of(text);
      this.variables = new LinkedHashMap<>(variables);
    }

    private GraphqlDocument document() {
      int operation = -1;
      boolean mutation = false;
      while (at < tokens.size()) {
        String word = peek();
        if (word.equals("fragment")) {
          at++;
          String name = take();
          expect("on");
          at++;
          fragments.put(name, at);
          skipBraces();
        } else {
          if (operation >= 0) {
            throw new SyntaxException("An operation name is required");
          }
          if (!word.equals("{")) {
            mutation = word.equals("mutation");
            if (!mutation && !word.equals("query")) {
              throw unexpected();
            }
            at++;
            if (!peek().equals("(") && !peek().equals("{")) {
              at++;
            }
            if (peek().equals("(")) {
              declarations();
            }
          }
          operation = at;
          skipBraces();
        }
      }
      if (operation < 0) {
        throw new SyntaxException("No operation in the document");
      }
      at = operation;
      return new GraphqlDocument(mutation, selections());
    }

    private void declarations() {
      expect("(");
      while (!peek().equals(")")) {
        expect("$");
        String name = take();
        expect(":");
        boolean required = type();
        if (peek().equals("=")) {
          at++;
          var otherwise = value();
          variables.putIfAbsent(name, otherwise);
        }
        if (required && variables.get(name) == null) {
          throw new SyntaxException(
              "Variable $" + name + " was provided invalid value: Expected value to not be null");
        }
        variables.putIfAbsent(name, null);
      }
      expect(")");
    }

    private boolean type() {
      if (peek().equals("[")) {
        at++;
        type();
        expect("]");
      } else {
        at++;
      }
      if (peek().equals("!")) {
        at++;
        return true;
      }
      return false;
    }

    private List<Field> selections() {
      if (++depth > 20) {
        throw new SyntaxException("Query has depth of more than 20");
      }
      expect("{");
      var found = new ArrayList<Field>();
      while (!peek().equals("}")) {
        if (peek().equals("...")) {
          at++;
          found.addAll(spread());
        } else {
          found.add(field());
        }
      }
      expect("}");
      depth--;
      return found;
    }

    private List<Field> spread() {
      if (peek().equals("on")) {
        at += 2;
        return selections();
      }
      if (peek().equals("{")) {
        return selections();
      }
      var start = fragments.get(peek());
      if (start == null) {
        throw new SyntaxException("Fragment " + peek() + " was used, but not defined");
      }
      int back = at + 1;
      at = start;
      var found = selections();
      at = back;
      return found;
    }

    private Field field() {
      String alias = name();
      String name = alias;
      if (peek().equals(":")) {
        at++;
        name = name();
      }
      var arguments = new LinkedHashMap<String, @Nullable Object>();
      if (peek().equals("(")) {
        at++;
        while (!peek().equals(")")) {
          String argument = name();
          expect(":");
          arguments.put(argument, value());
        }
        at++;
      }
      return new Field(alias, name, arguments, peek().equals("{") ? selections() : List.of());
    }

    private @Nullable Object value() {
      String token = take();
      char first = token.charAt(0);
      if (first == '$') {
        String name = name();
        if (!variables.containsKey(name)) {
          throw new SyntaxException("Variable $" + name + " is used but not declared");
        }
        return variables.get(name);
      }
      if (first == '"') {
        return token.substring(1);
      }
      if (first == '[') {
        var list = new ArrayList<@Nullable Object>();
        while (!peek().equals("]")) {
          list.add(value());
        }
        at++;
        return list;
      }
      if (first == '{') {
        var object = new LinkedHashMap<String, @Nullable Object>();
        while (!peek().equals("}")) {
          String name = name();
          expect(":");
          object.put(name, value());
        }
        at++;
        return object;
      }
      return word(token);
    }

    private static @Nullable Object word(String token) {
      return switch (token) {
        case "true" -> true;
        case "false" -> false;
        case "null" -> null;
        default -> {
          if (token.matches("-?[0-9]{1,18}")) {
            yield Long.parseLong(token);
          }
          yield token.matches("-?[0-9].*") ? (Object) Double.valueOf(token) : token;
        }
      };
    }

    private void skipBraces() {
      int open = 0;
      do {
        String token = take();
        if (token.equals("{")) {
          open++;
        } else if (token.equals("}")) {
          open--;
        }
      } while (open > 0);
    }

    private String name() {
      String token = take();
      if (!token.matches("[_A-Za-z][_0-9A-Za-z]*")) {
        at--;
        throw unexpected();
      }
      return token;
    }

    private String peek() {
      return at < tokens.size() ? tokens.get(at) : "end of file";
    }

    private String take() {
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

    private SyntaxException unexpected() {
      return new SyntaxException("Parse error on \"" + peek() + '"');
    }
  }
}
