package com.hotdash.ops.testkit.fly;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Holds GraphQL answers against Fly's schema, where that file is at hand: fields, types, nulls. */
final class GraphqlSpec {
  private static final Pattern TYPE =
      Pattern.compile("(?m)^(?:type|interface) (\\w+)[^{]*\\{\\R(.*?)^}", Pattern.DOTALL);
  private static final Pattern FIELD =
      Pattern.compile("(?m)^  (\\w+)(?:\\([^)]*\\))?: ([\\w\\[\\]!]+)");
  private static final Pattern NOISE =
      Pattern.compile("\"\"\".*?\"\"\"| @deprecated\\(reason: \"[^\"]*\"\\)", Pattern.DOTALL);
  private static final Optional<Map<String, Map<String, String>>> TYPES = load();

  private GraphqlSpec() {}

  static boolean atHand() {
    return TYPES.isPresent();
  }

  static void check(GraphqlDocument document, JsonNode data) {
    if (TYPES.isPresent() && data.isObject()) {
      object(document.mutation() ? "Mutations" : "Queries", document.selections(), data, true);
    }
  }

  /** Returns the type of a field as the schema writes it, or null if there is no such field. */
  static @Nullable String type(String owner, String field) {
    return TYPES.orElseThrow().getOrDefault(owner, Map.of()).get(field);
  }

  private static void object(
      String type, List<GraphqlDocument.Field> selections, JsonNode object, boolean root) {
    for (var field : selections) {
      var value = object.path(field.alias());
      if (field.name().equals("__typename")) {
        assertThat(value.asText()).isEqualTo(type);
        continue;
      }
      var expected = type(type, field.name());
      assertThat(expected).as("%s.%s is in the schema", type, field.name()).isNotNull();
      // A root field that ended in an error is null, whatever its type says.
      if (!(root && value.isNull())) {
        value(type + '.' + field.name(), String.valueOf(expected), field.selections(), value);
      }
    }
  }

  private static void value(
      String where, String type, List<GraphqlDocument.Field> selections, JsonNode value) {
    if (value.isNull()) {
      assertThat(type).as("%s is null", where).doesNotEndWith("!");
      return;
    }
    var bare = type.endsWith("!") ? type.substring(0, type.length() - 1) : type;
    if (bare.startsWith("[")) {
      assertThat(value.isArray()).as(where).isTrue();
      value.forEach(v -> value(where, bare.substring(1, bare.length() - 1), selections, v));
    } else if (!selections.isEmpty()) {
      assertThat(value.isObject()).as(where).isTrue();
      object(bare, selections, value, false);
    } else {
      boolean good =
          switch (bare) {
            case "Int" -> value.isInt();
            case "Boolean" -> value.isBoolean();
            case "JSON" -> true;
            default -> value.isTextual();
          };
      assertThat(good).as("%s is a %s: %s", where, bare, value).isTrue();
    }
  }

  private static Optional<Map<String, Map<String, String>>> load() {
    return MachinesSpec.find("graphql-schema.graphql").map(GraphqlSpec::read);
  }

  private static Map<String, Map<String, String>> read(Path file) {
    try {
      var text = NOISE.matcher(Files.readString(file));
      var types = new HashMap<String, Map<String, String>>();
      var type = TYPE.matcher(text.replaceAll(""));
      while (type.find()) {
        var fields = new HashMap<String, String>();
        var field = FIELD.matcher(type.group(2));
        while (field.find()) {
          fields.put(field.group(1), field.group(2));
        }
        types.put(type.group(1), fields);
      }
      return types;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
