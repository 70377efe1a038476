package com.hotdash.ops.testkit.shopify;

import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.EnumValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.NonNullType;
import graphql.language.NullValue;
import graphql.language.ObjectValue;
import graphql.language.OperationDefinition;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of an operation's arguments: literals, and variables with their defaults. */
final class AskedValues {
  private final Map<String, @Nullable Object> variables = new LinkedHashMap<>();

  private AskedValues() {}

  static AskedValues of(OperationDefinition operation, Map<String, @Nullable Object> sent)
      throws GraphqlRefusal {
    var values = new AskedValues();
    for (var declared : operation.getVariableDefinitions()) {
      String name = declared.getName();
      Object value = sent.get(name);
      if (value == null && !sent.containsKey(name) && declared.getDefaultValue() != null) {
        value = values.value(declared.getDefaultValue());
      }
      if (value == null && declared.getType() instanceof NonNullType) {
        throw new GraphqlRefusal(
            "Variable $" + name + " was provided invalid value: Expected value to not be null",
            "INVALID_VARIABLE");
      }
      values.variables.put(name, value);
    }
    return values;
  }

  @Nullable Object value(@Nullable Value<?> value) throws GraphqlRefusal {
    if (value == null || value instanceof NullValue) {
      return null;
    }
    if (value instanceof VariableReference reference) {
      if (!variables.containsKey(reference.getName())) {
        throw new GraphqlRefusal(
            "Variable $" + reference.getName() + " is used but not declared", null);
      }
      return variables.get(reference.getName());
    }
    if (value instanceof IntValue number) {
      return number.getValue().longValue();
    }
    if (value instanceof FloatValue number) {
      return number.getValue().doubleValue();
    }
    if (value instanceof StringValue text) {
      return text.getValue();
    }
    if (value instanceof BooleanValue is) {
      return is.isValue();
    }
    if (value instanceof EnumValue word) {
      return word.getName();
    }
    if (value instanceof ArrayValue array) {
      var list = new ArrayList<@Nullable Object>();
      for (Value<?> element : array.getValues()) {
        list.add(value(element));
      }
      return list;
    }
    var object = new LinkedHashMap<String, @Nullable Object>();
    for (var member : ((ObjectValue) value).getObjectFields()) {
      object.put(member.getName(), value(member.getValue()));
    }
    return object;
  }
}
