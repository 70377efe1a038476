package com.hotdash.ops.shopify;

import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.NullValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.SourceLocation;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.parser.InvalidSyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts {@code @idempotent} keys into mutations that refuse to run without, and tells which
 * documents may be sent again although an earlier try may have been carried out. Thread-safe.
 */
final class IdempotencyKeys {
  /** Required since 2026-04, though the schema does not say so (shopify.md, section 6). */
  private static final Set<String> REQUIRED =
      Set.of(
          "refundCreate",
          "inventoryAdjustQuantities",
          "inventoryMoveQuantities",
          "inventorySetQuantities",
          "inventorySetOnHandQuantities",
          "inventorySetScheduledChanges",
          "inventoryActivate",
          "inventoryShipmentCreate",
          "inventoryShipmentCreateInTransit",
          "inventoryShipmentReceive",
          "inventoryShipmentAddItems",
          "inventoryTransferCreate",
          "inventoryTransferCreateAsReadyToShip",
          "inventoryTransferDuplicate",
          "inventoryTransferSetItems",
          "locationActivate",
          "locationDeactivate");

  private static final int MOST_DOCUMENTS = 1_000;
  private static final int LONGEST_KEPT = 50_000;

  private final Supplier<String> keys;
  private final CostMemory<Text, Places> known = new CostMemory<>(MOST_DOCUMENTS);

  IdempotencyKeys(Supplier<String> keys) {
    this.keys = keys;
  }

  private record Text(String document, @Nullable String operationName) {}

  /**
   * What a document says of keys.
   *
   * @param missing where keys are missing, from the front
   * @param idempotent whether nothing else stands against a repeat
   * @param variables which variables hold keys: without a value there is none
   */
  private record Places(
      boolean mutation, List<Integer> missing, boolean idempotent, Set<String> variables) {
    boolean repeatable(Map<String, ? extends @Nullable Object> values) {
      return !mutation
          || (idempotent
              && variables.stream()
                  .allMatch(name -> values.get(name) instanceof String key && !key.isBlank()));
    }
  }

  /**
   * A document as it is sent, the same for every try.
   *
   * @param mutation whether it changes anything
   * @param repeatable whether it may be sent again after an answer that was lost
   * @param keysOurs whether a key in it is ours: the same call, made anew, would get another one
   */
  record Prepared(String document, boolean mutation, boolean repeatable, boolean keysOurs) {
    /** Returns one without keys of ours. */
    static Prepared query(String document) {
      return new Prepared(document, false, true, false);
    }

    /** Whether a caller may make the same call again although this one may have been made. */
    boolean repeatableByCaller() {
      return repeatable && !keysOurs;
    }
  }

  /** The document must be one that has been parsed before. */
  Prepared prepare(
      String document,
      @Nullable String operationName,
      Map<String, ? extends @Nullable Object> variables) {
    var text = new Text(document, operationName);
    var places = known.get(text);
    if (places == null) {
      places = find(document, operationName);
      if (document.length() <= LONGEST_KEPT) {
        known.put(text, places);
      }
    }
    var sent = new StringBuilder(document);
    for (int i = places.missing().size() - 1; i >= 0; i--) {
      sent.insert(places.missing().get(i), "@idempotent(key: \"" + keys.get() + "\") ");
    }
    return new Prepared(
        sent.toString(),
        places.mutation(),
        places.repeatable(variables),
        !places.missing().isEmpty());
  }

  /** Whether a document may be carried out twice as it is: Shopify refuses one that lacks a key. */
  static boolean repeatable(
      String document,
      @Nullable String operationName,
      Map<String, ? extends @Nullable Object> variables) {
    if (!document.contains("mutation")) {
      return true;
    }
    try {
      return find(document, operationName).repeatable(variables);
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException("not a GraphQL document", e);
    }
  }

  private static Places find(String document, @Nullable String operationName) {
    var parsed = GraphqlText.parse(document);
    var operation = operation(parsed, operationName);
    if (operation == null || operation.getOperation() != OperationDefinition.Operation.MUTATION) {
      return new Places(operation == null, List.of(), false, Set.of());
    }
    var fragments = new HashMap<String, FragmentDefinition>();
    parsed
        .getDefinitionsOfType(FragmentDefinition.class)
        .forEach(fragment -> fragments.put(fragment.getName(), fragment));
    var fields = new ArrayList<Field>();
    collect(operation.getSelectionSet(), fragments, new ArrayList<>(), fields);
    var lines = lineStarts(document);
    var missing = new TreeSet<Integer>();
    var variables = new TreeSet<String>();
    boolean idempotent = !fields.isEmpty();
    for (var field : fields) {
      var selection = field.getSelectionSet();
      var key = key(field);
      if (key instanceof VariableReference variable) {
        variables.add(variable.getName());
      }
      if (key != null) {
        continue;
      }
      if (REQUIRED.contains(field.getName()) && selection != null) {
        missing.add(offset(document, lines, selection.getSourceLocation()));
      } else {
        idempotent = false;
      }
    }
    return new Places(true, List.copyOf(missing), idempotent, variables);
  }

  private static @Nullable OperationDefinition operation(Document parsed, @Nullable String name) {
    for (var operation : parsed.getDefinitionsOfType(OperationDefinition.class)) {
      if (name == null || name.equals(operation.getName())) {
        return operation;
      }
    }
    return null;
  }

  private static void collect(
      SelectionSet selections,
      Map<String, FragmentDefinition> fragments,
      List<String> within,
      List<Field> into) {
    for (Selection<?> selection : selections.getSelections()) {
      if (selection instanceof Field field) {
        into.add(field);
      } else if (selection instanceof InlineFragment inline) {
        collect(inline.getSelectionSet(), fragments, within, into);
      } else if (selection instanceof FragmentSpread spread) {
        var fragment = fragments.get(spread.getName());
        if (fragment != null && !within.contains(spread.getName())) {
          within.add(spread.getName());
          collect(fragment.getSelectionSet(), fragments, within, into);
        }
      }
    }
  }

  /** Returns a key of the caller's, as directive or as argument, or {@code null}. */
  private static @Nullable Value<?> key(Field field) {
    for (var directive : field.getDirectives("idempotent")) {
      var key = directive.getArgument("key");
      return key == null ? NullValue.of() : key.getValue(); // no second one may be put in
    }
    for (var argument : field.getArguments()) {
      var value = argument.getValue();
      boolean blank =
          value instanceof NullValue
              || (value instanceof StringValue text && text.getValue().isBlank());
      if (argument.getName().equals("idempotencyKey") && !blank) {
        return value;
      }
    }
    return null;
  }

  private static List<Integer> lineStarts(String document) {
    var starts = new ArrayList<>(List.of(0));
    for (int i = 0; i < document.length(); i++) {
      char c = document.charAt(i);
      boolean pair = c == '\r' && i + 1 < document.length() && document.charAt(i + 1) == '\n';
      if (c == '\n' || (c == '\r' && !pair)) {
        starts.add(i + 1);
      }
    }
    return starts;
  }

  /** Columns are counted in characters, of which one beyond U+FFFF takes two places in a string. */
  private static int offset(String document, List<Integer> lines, SourceLocation at) {
    return document.offsetByCodePoints(lines.get(at.getLine() - 1), at.getColumn() - 1);
  }
}
