package com.hotdash.ops.postgres;

import com.hotdash.ops.postgres.SqlTokens.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables that a statement names, and the columns that it compares with given values so that all
 * comparisons must hold. With an {@code OR} in it nothing is said: an index on the columns together
 * would not help.
 *
 * @param tables the tables, as they are named
 * @param columns the comparisons, in their order
 * @param sort the column by which a limited statement sorts first, or {@code null}
 */
record Comparisons(List<Table> tables, List<Column> columns, @Nullable Column sort) {
  /** A table, the schema where it is named, and what the statement calls it. */
  record Table(@Nullable String schema, String name, String alias) {}

  /** A column, and what stands before it, if anything does. */
  record Column(@Nullable String qualifier, String name, boolean equality) {}

  private static final Set<String> COLLECT = Set.of("where", "on");
  private static final Set<String> STOP =
      Set.of(
          "select",
          "from",
          "join",
          "set",
          "group",
          "order",
          "having",
          "limit",
          "returning",
          "values",
          "union",
          "window",
          "case");
  private static final Set<String> LEADS = Set.of("where", "on", "and", "(");
  private static final Set<String> RANGES = Set.of("<", ">", "<=", ">=", "between");

  /** Behind a bracket: then what is in it need not hold. */
  private static final Set<String> JUDGES = Set.of("is", "=", "<>", "!=");

  private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/", "%", "|");
  private static final Set<String> TYPES =
      Set.of("interval", "date", "time", "timestamp", "timestamptz");
  private static final Set<String> CLOCKS =
      Set.of("now", "current_date", "current_timestamp", "localtimestamp", "clock_timestamp");
  private static final Set<String> NO_ALIAS =
      Set.of(
          "where",
          "on",
          "join",
          "left",
          "right",
          "inner",
          "full",
          "cross",
          "natural",
          "order",
          "group",
          "limit",
          "offset",
          "set",
          "using",
          "union",
          "for",
          "having",
          "returning",
          "values",
          "fetch",
          "window",
          "tablesample");

  private static final Comparisons NONE = new Comparisons(List.of(), List.of(), null);

  static Comparisons of(String sql) {
    var tokens = SqlTokens.of(sql);
    return tokens.stream().anyMatch(token -> token.is("or")) ? NONE : new Reader(tokens).read();
  }

  /** What was so where a bracket opened. */
  private record Outer(boolean collecting, int columns) {}

  /** Walks once over the words. */
  private static final class Reader {
    private final List<Token> tokens;
    private final List<Table> tables = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();
    private final Deque<Outer> outer = new ArrayDeque<>();
    private boolean collecting;
    private @Nullable Column sort;
    private boolean limited;
    private int at;

    Reader(List<Token> tokens) {
      this.tokens = tokens;
    }

    Comparisons read() {
      while (at < tokens.size()) {
        step();
      }
      return new Comparisons(List.copyOf(tables), List.copyOf(columns), limited ? sort : null);
    }

    private Token token(int i) {
      return i < tokens.size() ? tokens.get(i) : new Token(SqlTokens.Kind.SIGN, "");
    }

    private void step() {
      var token = token(at);
      var word = token.kind() == SqlTokens.Kind.WORD ? token.text() : "";
      if (token.is("(")) {
        outer.push(new Outer(collecting, columns.size()));
        // What must not hold says nothing of which rows are wanted.
        collecting &= !(at > 0 && token(at - 1).is("not"));
      } else if (token.is(")")) {
        close();
      }
      if (COLLECT.contains(word)) {
        collecting = true;
      } else if (STOP.contains(word)) {
        collecting = false;
        limited |= word.equals("limit");
        if (word.equals("order") && token(at + 1).is("by")) {
          sort = reference(at + 2);
        }
      }
      if (word.equals("from") || word.equals("join") || word.equals("update")) {
        at++;
        table();
        while (word.equals("from") && token(at).is(",")) {
          at++;
          table();
        }
        return;
      }
      if (!(collecting && at > 0 && LEADS.contains(token(at - 1).text()) && comparison())) {
        at++;
      }
    }

    private void close() {
      var before = outer.poll();
      collecting = before != null && before.collecting();
      if (before != null && JUDGES.contains(token(at + 1).text())) {
        columns.subList(before.columns(), columns.size()).clear();
      }
    }

    private void table() {
      if (token(at).is("only") || token(at).is("lateral")) {
        at++;
      }
      if (!token(at).name() || token(at).is("select")) {
        return;
      }
      String schema = null;
      var name = token(at++).text();
      while (token(at).is(".") && token(at + 1).name()) {
        schema = name;
        name = token(at + 1).text();
        at += 2;
      }
      if (token(at).is("as")) {
        at++;
      }
      var alias = name;
      if (token(at).name() && !NO_ALIAS.contains(token(at).text())) {
        alias = token(at++).text();
      }
      tables.add(new Table(schema, name, alias));
    }

    /** Takes a column that is compared with a value, and goes behind it. */
    private boolean comparison() {
      boolean turned = token(at).kind() == SqlTokens.Kind.VALUE;
      int start = at;
      int operatorAt = turned ? at + 1 : end(start);
      var operator = token(operatorAt).text();
      boolean equality = operator.equals("=") || operator.equals("in");
      if (operatorAt == start || !(equality || RANGES.contains(operator))) {
        return false;
      }
      int right = operatorAt + 1;
      if (turned ? !token(right).name() || end(right) == right : !given(right, operator)) {
        return false;
      }
      var column = reference(turned ? right : start);
      if (column == null) {
        return false;
      }
      columns.add(new Column(column.qualifier(), column.name(), equality));
      at = turned ? end(right) : right;
      return true;
    }

    /** Whether what stands there is a value, and no column or subquery. */
    private boolean given(int i, String operator) {
      var next = token(i);
      if (next.kind() == SqlTokens.Kind.VALUE) {
        return !(ARITHMETIC.contains(token(i + 1).text())
            && token(i + 2).name()
            && !TYPES.contains(token(i + 2).text()));
      }
      if (operator.equals("in")) {
        return next.is("(") && token(i + 1).kind() == SqlTokens.Kind.VALUE;
      }
      if (TYPES.contains(next.text()) && token(i + 1).kind() == SqlTokens.Kind.VALUE) {
        return true;
      }
      if (next.kind() == SqlTokens.Kind.WORD && CLOCKS.contains(next.text())) {
        return true;
      }
      return (next.is("any") || next.is("cast") || next.is("("))
          && (token(i + 1).kind() == SqlTokens.Kind.VALUE
              || (token(i + 1).is("(") && token(i + 2).kind() == SqlTokens.Kind.VALUE));
    }

    /** Where a dotted name ends; where it began if there is none. */
    private int end(int i) {
      if (!token(i).name()) {
        return i;
      }
      int end = i + 1;
      while (token(end).is(".") && token(end + 1).name()) {
        end += 2;
      }
      return end;
    }

    private @Nullable Column reference(int i) {
      int end = end(i);
      if (end == i || token(end).is("(")) {
        return null;
      }
      var qualifier = end - i >= 3 ? token(end - 3).text() : null;
      return new Column(qualifier, token(end - 1).text(), false);
    }
  }
}
