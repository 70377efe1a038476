package com.hotdash.ops.fly;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.hotdash.ops.testkit.fly.MachinesDocument;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds requests against Fly's OpenAPI document: path, parameters and body. Fly ignores fields that
 * it does not know, so a misspelt one would do nothing and be answered by 200: here it is an
 * objection. What is known to be wrong in the document stands in {@link MachinesDocument}.
 */
final class MachinesApi {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode document;
  private final Map<String, JsonSchema> compiled = new ConcurrentHashMap<>();

  MachinesApi(String text) throws JsonProcessingException {
    document = (ObjectNode) JSON.readTree(MachinesDocument.corrected(text));
  }

  /** Returns what the document has against a request; empty if nothing. */
  Optional<String> objection(String method, String path, String query, String body) {
    var operation = operation(method, path.replaceFirst("^/v1", ""));
    if (operation == null) {
      return Optional.of("no such operation");
    }
    var found = new ArrayList<String>();
    parameters(operation, query, found);
    body(operation, body, found);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.toString());
  }

  private @Nullable JsonNode operation(String method, String path) {
    for (var entry : document.get("paths").properties()) {
      if (path.matches(entry.getKey().replaceAll("\\{[^}]*}", "[^/]+"))) {
        var operation = entry.getValue().get(method.toLowerCase(Locale.ROOT));
        if (operation != null) {
          return operation;
        }
      }
    }
    return null;
  }

  private void parameters(JsonNode operation, String query, List<String> found) {
    var given = new HashSet<String>();
    for (var pair : query.isEmpty() ? List.<String>of() : List.of(query.split("&", -1))) {
      var name = pair.replaceFirst("=.*", "");
      given.add(name);
      var schema = parameter(operation, name);
      if (schema == null) {
        if (!name.startsWith(MachinesDocument.METADATA_FILTER)) {
          found.add("no parameter " + name);
        }
      } else {
        check(schema, value(schema, pair.substring(pair.indexOf('=') + 1)), found);
      }
    }
    for (var parameter : operation.path("parameters")) {
      if (parameter.path("in").asText().equals("query")
          && parameter.path("required").asBoolean()
          && !given.contains(parameter.path("name").asText())) {
        found.add("no " + parameter.path("name"));
      }
    }
  }

  private static @Nullable JsonNode parameter(JsonNode operation, String name) {
    for (var parameter : operation.path("parameters")) {
      if (parameter.path("in").asText().equals("query")
          && parameter.path("name").asText().equals(name)) {
        return parameter.get("schema");
      }
    }
    return null;
  }

  private static JsonNode value(JsonNode schema, String text) {
    var type = schema.path("type").path(0).asText();
    if (type.equals("integer") && text.matches("-?[0-9]{1,18}")) {
      return JSON.getNodeFactory().numberNode(Long.parseLong(text));
    }
    return type.equals("boolean") && text.matches("true|false")
        ? JSON.getNodeFactory().booleanNode(Boolean.parseBoolean(text))
        : JSON.getNodeFactory().textNode(text);
  }

  private void body(JsonNode operation, String body, List<String> found) {
    var schema = operation.at("/requestBody/content/application~1json/schema");
    if (body.isEmpty() || schema.isMissingNode()) {
      if (!body.isEmpty() || operation.at("/requestBody/required").asBoolean()) {
        found.add(body.isEmpty() ? "a body is required" : "a body is not expected");
      }
      return;
    }
    try {
      check(schema, JSON.readTree(body), found);
    } catch (JsonProcessingException e) {
      found.add("no JSON: " + e.getOriginalMessage());
    }
  }

  private void check(JsonNode schema, JsonNode value, List<String> found) {
    compiled
        .computeIfAbsent(schema.toString(), any -> compile(schema))
        .validate(value)
        .forEach(message -> found.add(message.toString()));
  }

  private JsonSchema compile(JsonNode schema) {
    var whole = JSON.createObjectNode();
    whole.put("$schema", VersionFlag.V202012.getId());
    whole.set("components", document.get("components"));
    whole.setAll((ObjectNode) schema);
    return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(whole);
  }
}
