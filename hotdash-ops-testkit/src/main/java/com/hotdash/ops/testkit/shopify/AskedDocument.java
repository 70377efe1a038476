package com.hotdash.ops.testkit.shopify;

import graphql.language.AstPrinter;
import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a document.
 *
 * @param mutation whether it is a mutation
 * @param root holds the root fields
 */
record AskedDocument(boolean mutation, Asked root) {
  private static final int MOST_FIELDS = 20_000;

  Collection<Asked> rootFields() {
    return root.everything();
  }

  static Document parse(String text) throws GraphqlRefusal {
    try {
      return Parser.parse(text);
    } catch (InvalidSyntaxException e) {
      throw new GraphqlRefusal("syntax error: " + e.getMessage(), null);
    }
  }

  static AskedDocument of(
      Document document, @Nullable String operationName, Map<String, @Nullable Object> variables)
      throws GraphqlRefusal {
    OperationDefinition chosen = null;
    for (var operation : document.getDefinitionsOfType(OperationDefinition.class)) {
      if (operationName == null && chosen != null) {
        throw new GraphqlRefusal("An operation name is required", null);
      }
      if (operationName == null || operationName.equals(operation.getName())) {
        chosen = operation;
      }
    }
    if (chosen == null) {
      throw new GraphqlRefusal("No operation named \"" + operationName + '"', null);
    }
    var reader = new Reader(document, AskedValues.of(chosen, variables));
    var root = new Asked("", "", Map.of(), null);
    reader.read(chosen.getSelectionSet(), root, null);
    return new AskedDocument(chosen.getOperation() == OperationDefinition.Operation.MUTATION, root);
  }

  private static final class Reader {
    private final Map<String, FragmentDefinition> fragments = new LinkedHashMap<>();
    private final AskedValues values;
    private final Deque<String> within = new ArrayDeque<>();
    private int fields;

    private Reader(Document document, AskedValues values) {
      this.values = values;
      document
          .getDefinitionsOfType(FragmentDefinition.class)
          .forEach(f -> fragments.put(f.getName(), f));
    }

    /** Reads what is asked of a field, under a type condition or under none. */
    private void read(SelectionSet selections, Asked parent, @Nullable Map<String, Asked> branch)
        throws GraphqlRefusal {
      var into = branch == null ? parent.fields : branch;
      for (Selection<?> selection : selections.getSelections()) {
        if (++fields > MOST_FIELDS) {
          throw new GraphqlRefusal("The document is too large", null);
        }
        if (!included((DirectivesContainer<?>) selection)) {
          continue;
        }
        if (selection instanceof Field field) {
          field(field, into);
        } else if (selection instanceof InlineFragment inline) {
          var type = inline.getTypeCondition();
          var under = type == null ? branch : branch(parent, branch, type.getName());
          read(inline.getSelectionSet(), parent, under);
        } else if (selection instanceof FragmentSpread spread) {
          spread(spread.getName(), parent, branch);
        }
      }
    }

    private void spread(String name, Asked parent, @Nullable Map<String, Asked> outer)
        throws GraphqlRefusal {
      var fragment = fragments.get(name);
      if (fragment == null) {
        throw new GraphqlRefusal("Fragment " + name + " was used, but not defined", null);
      }
      if (within.contains(name)) {
        throw new GraphqlRefusal("Fragment " + name + " contains an infinite loop", null);
      }
      within.push(name);
      var branch = branch(parent, outer, fragment.getTypeCondition().getName());
      read(fragment.getSelectionSet(), parent, branch);
      within.pop();
    }

    /** A fragment within a fragment narrows it: it can only hold where the outer one does. */
    private static Map<String, Asked> branch(
        Asked parent, @Nullable Map<String, Asked> outer, String type) {
      return outer == null
          ? parent.byType.computeIfAbsent(type, t -> new LinkedHashMap<>())
          : outer;
    }

    private void field(Field field, Map<String, Asked> into) throws GraphqlRefusal {
      var arguments = new LinkedHashMap<String, @Nullable Object>();
      for (var argument : field.getArguments()) {
        arguments.put(argument.getName(), values.value(argument.getValue()));
      }
      String key = Objects.requireNonNullElse(field.getAlias(), field.getName());
      var asked = into.get(key);
      if (asked == null) {
        asked = new Asked(key, field.getName(), arguments, idempotencyKey(field));
        into.put(key, asked);
      } else if (!asked.name.equals(field.getName()) || !asked.arguments.equals(arguments)) {
        throw new GraphqlRefusal("Field '" + key + "' has a field conflict", null);
      }
      if (field.getSelectionSet() != null) {
        asked.composite = true;
        read(field.getSelectionSet(), asked, null);
      }
    }

    private @Nullable String idempotencyKey(Field field) throws GraphqlRefusal {
      for (var directive : field.getDirectives("idempotent")) {
        var key = directive.getArgument("key");
        if (key == null || !(values.value(key.getValue()) instanceof String text)) {
          throw new GraphqlRefusal(
              "Directive 'idempotent' is missing required arguments: key", null);
        }
        return text;
      }
      return null;
    }

    private boolean included(DirectivesContainer<?> selection) throws GraphqlRefusal {
      return !condition(selection, "skip", false) && condition(selection, "include", true);
    }

    private boolean condition(DirectivesContainer<?> selection, String name, boolean otherwise)
        throws GraphqlRefusal {
      for (Directive directive : selection.getDirectives(name)) {
        var condition = directive.getArgument("if");
        if (condition == null || !(values.value(condition.getValue()) instanceof Boolean is)) {
          throw new GraphqlRefusal(
              "Directive without a condition: " + AstPrinter.printAstCompact(directive), null);
        }
        return is;
      }
      return otherwise;
    }
  }
}
