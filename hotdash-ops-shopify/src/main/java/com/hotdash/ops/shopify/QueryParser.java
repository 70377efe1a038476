package com.hotdash.ops.shopify;

import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.IntValue;
import graphql.language.ObjectValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.parser.InvalidSyntaxException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads one operation of a document into its {@link QueryShape}. For one use. */
final class QueryParser {
  /** Fragments within fragments can make a small text a huge document. */
  private static final int MOST_FIELDS = 20_000;

  private final Map<String, FragmentDefinition> fragments = new HashMap<>();
  private final Map<String, Value<?>> defaults = new HashMap<>();
  private final TreeSet<String> variables = new TreeSet<>();
  private final Deque<String> within = new ArrayDeque<>();
  private int fields;
  private int inputs;

  private QueryParser() {}

  /**
   * Reads an operation.
   *
   * @throws IllegalArgumentException if the text is not a GraphQL document or has no such operation
   */
  static QueryShape parse(String document, @Nullable String operationName) {
    Document parsed;
    try {
      parsed = GraphqlText.parse(document);
    } catch (InvalidSyntaxException e) {
      // The parser's own message quotes the document, and with it what a caller may have inlined.
      throw new IllegalArgumentException("not a GraphQL document: syntax error at " + place(e));
    }
    return new QueryParser().read(parsed, operationName);
  }

  private static String place(InvalidSyntaxException e) {
    var at = e.getLocation();
    return at == null ? "an unknown place" : "line " + at.getLine() + ", column " + at.getColumn();
  }

  private QueryShape read(Document document, @Nullable String operationName) {
    for (var fragment : document.getDefinitionsOfType(FragmentDefinition.class)) {
      fragments.put(fragment.getName(), fragment);
    }
    var operation = operation(document, operationName);
    for (var declared : operation.getVariableDefinitions()) {
      if (declared.getDefaultValue() != null) {
        defaults.put(declared.getName(), declared.getDefaultValue());
      }
    }
    var root = new QuerySelection("");
    read(operation.getSelectionSet(), root, List.of());
    boolean mutation = operation.getOperation() == OperationDefinition.Operation.MUTATION;
    var normal = new StringBuilder(mutation ? "mutation" : "query");
    root.write(normal);
    if (mutation) {
      normal.append(inputs);
    }
    return new QueryShape(mutation, root, List.copyOf(variables), normal.toString());
  }

  private static OperationDefinition operation(Document document, @Nullable String name) {
    var operations = document.getDefinitionsOfType(OperationDefinition.class);
    if (name == null && operations.size() > 1) {
      throw new IllegalArgumentException(
          "the document has " + operations.size() + " operations: name one");
    }
    for (var operation : operations) {
      if (name == null || name.equals(operation.getName())) {
        return operation;
      }
    }
    throw new IllegalArgumentException(
        name == null ? "the document has no operation" : "the document has no operation " + name);
  }

  private void read(
      SelectionSet selections, QuerySelection into, List<QueryField.Condition> conditions) {
    for (Selection<?> selection : selections.getSelections()) {
      if (++fields > MOST_FIELDS) {
        throw new IllegalArgumentException(
            "the document asks for more than " + MOST_FIELDS + " fields");
      }
      var all = new ArrayList<>(conditions);
      all.addAll(conditions((DirectivesContainer<?>) selection));
      if (selection instanceof Field field) {
        read(field, into, all);
      } else if (selection instanceof InlineFragment inline) {
        var type = inline.getTypeCondition();
        read(inline.getSelectionSet(), type == null ? into : into.under(type.getName()), all);
      } else if (selection instanceof FragmentSpread spread) {
        read(spread.getName(), into, all);
      }
    }
  }

  private void read(String fragment, QuerySelection into, List<QueryField.Condition> conditions) {
    var definition = fragments.get(fragment);
    if (definition == null) {
      throw new IllegalArgumentException("the document does not define its fragment " + fragment);
    }
    if (within.contains(fragment)) {
      throw new IllegalArgumentException("the fragment " + fragment + " contains itself");
    }
    within.push(fragment);
    read(
        definition.getSelectionSet(),
        into.under(definition.getTypeCondition().getName()),
        conditions);
    within.pop();
  }

  private void read(Field field, QuerySelection into, List<QueryField.Condition> conditions) {
    var key = Objects.requireNonNullElse(field.getAlias(), field.getName());
    var read = into.fields.get(key);
    if (read == null) {
      read = new QueryField(field.getName(), size(field, "first"), size(field, "last"));
      read.conditions.addAll(conditions);
      field.getArguments().forEach(argument -> count(argument.getValue()));
      into.fields.put(key, read);
    } else if (!read.conditions.equals(conditions)) {
      // Asked for twice under two conditions: it is there if either holds. Both is the safe guess.
      read.conditions.clear();
    }
    if (field.getSelectionSet() != null) {
      if (read.selection == null) {
        read.selection = new QuerySelection("");
      }
      read(field.getSelectionSet(), read.selection, List.of());
    }
  }

  private List<QueryField.Condition> conditions(DirectivesContainer<?> selection) {
    var found = new ArrayList<QueryField.Condition>();
    for (Directive directive : selection.getDirectives()) {
      var condition = directive.getArgument("if");
      boolean include = directive.getName().equals("include");
      if (condition != null && (include || directive.getName().equals("skip"))) {
        found.add(new QueryField.Condition(include, value(condition.getValue())));
      }
    }
    return found;
  }

  private @Nullable QueryValue size(Field field, String argument) {
    for (var each : field.getArguments()) {
      if (each.getName().equals(argument)) {
        return value(each.getValue());
      }
    }
    return null;
  }

  private QueryValue value(@Nullable Value<?> value) {
    if (value instanceof VariableReference reference) {
      variables.add(reference.getName());
      return new QueryValue(literal(defaults.get(reference.getName())), reference.getName());
    }
    return new QueryValue(literal(value), null);
  }

  private static @Nullable Object literal(@Nullable Value<?> value) {
    if (value instanceof IntValue number) {
      return number.getValue();
    }
    return value instanceof BooleanValue is ? is.isValue() : null;
  }

  private void count(@Nullable Value<?> value) {
    if (value instanceof ArrayValue array) {
      inputs += array.getValues().size();
      for (Value<?> element : array.getValues()) {
        count(element);
      }
    } else if (value instanceof ObjectValue object) {
      object.getObjectFields().forEach(member -> count(member.getValue()));
    }
  }
}
