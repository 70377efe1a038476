package com.hotdash.ops.postgres;

import static com.hotdash.ops.postgres.Grants.quote;

import com.hotdash.ops.database.SchemaSteps;
import com.hotdash.ops.resolution.Step;
import java.util.regex.Pattern;

/**
 * The SQL of steps. Names are quoted here and nowhere else; what comes as text, an index's
 * definition or a time, is the server's own and is let pass only in a form that cannot hold a
 * second statement, since the driver would send that too (facts/postgres.md §0, trap 19).
 */
final class SchemaSql {
  private static final Pattern DEFINITION = Pattern.compile("(?s)CREATE (UNIQUE )?INDEX (.+)");
  // PostgreSQL's units of time; without one it is milliseconds.
  private static final Pattern TIME =
      Pattern.compile("[0-9]{1,10}(?:\\.[0-9]{1,6})?\\s?(?:us|ms|s|min|h|d)?");

  private SchemaSql() {}

  /** Whether a definition can be sent as it stands. */
  static boolean repeatable(String definition) {
    return DEFINITION.matcher(definition).matches() && single(definition);
  }

  /**
   * Whether a text is surely one statement. The server writes definitions with two kinds of quotes
   * alone, in which a doubled quote stands for one, and without escapes, comments or dollar quotes
   * (ruleutils.c, simple_quote_literal): whatever has these did not come from it.
   */
  private static boolean single(String text) {
    char open = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char before = i == 0 ? ' ' : text.charAt(i - 1);
      if (open != 0) {
        open = c == open ? 0 : open;
      } else if (c == '\'' || c == '"') {
        // E'…' and U&"…" have escapes; right after a quote that has just closed it is a doubled
        // one.
        if (Character.isLetterOrDigit(before) || before == '&') {
          return false;
        }
        open = c;
      } else if (c == ';'
          || c == '\\'
          || c == '$'
          || (c == '-' && before == '-')
          || (c == '*' && before == '/')) {
        return false;
      }
    }
    return open == 0;
  }

  /** Whether a time is one that can be set again. */
  static boolean time(String value) {
    return TIME.matcher(value).matches();
  }

  /** Says how a step on an index is made. */
  static String index(Step step) {
    var place = SchemaSteps.place(step.target());
    if (step.kind().equals(SchemaSteps.DROP_INDEX)) {
      return drop(place);
    }
    var definition = definition(step);
    var parts = DEFINITION.matcher(definition);
    if (!step.kind().equals(SchemaSteps.CREATE_INDEX) || !parts.matches() || !single(definition)) {
      throw new IllegalArgumentException("not the step of an index: " + step.kind());
    }
    var unique = parts.group(1) == null ? "" : parts.group(1);
    return "CREATE " + unique + "INDEX CONCURRENTLY " + parts.group(2);
  }

  static String drop(SchemaSteps.Place place) {
    return "DROP INDEX CONCURRENTLY " + quote(place.schema()) + "." + quote(place.index());
  }

  static String definition(Step step) {
    return step.after().getOrDefault(SchemaSteps.DEFINITION, "");
  }

  /** Says how a role's limit is set. */
  static String limit(Step step) {
    var role = step.assumes().getOrDefault(SchemaSteps.ROLE_NAME, "");
    var value = step.after().getOrDefault(SchemaSteps.LIMIT, "");
    if (role.isEmpty() || !(value.equals(SchemaSteps.NONE) || time(value))) {
      throw new IllegalArgumentException("not the limit of a role: " + value);
    }
    return "ALTER ROLE "
        + quote(role)
        + (value.equals(SchemaSteps.NONE)
            ? " RESET " + SchemaSteps.LIMIT
            : " SET " + SchemaSteps.LIMIT + " = '" + value + "'");
  }

  static String byHand(Step step) {
    return switch (step.kind()) {
      case SchemaSteps.LIMIT_ROLE -> limit(step) + ";";
      case SchemaSteps.CREATE_INDEX, SchemaSteps.DROP_INDEX -> index(step) + ";";
      default -> step.toString();
    };
  }
}
