package com.hotdash.ops.testkit.fly;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds answers against Fly's OpenAPI file, where that file is at hand. All that is known to be
 * wrong with it stands in {@link #corrected}.
 */
final class MachinesSpec {
  private static final Optional<ObjectNode> SPEC = load();
  private static final Map<String, JsonSchema> SCHEMAS = new ConcurrentHashMap<>();

  private MachinesSpec() {}

  static boolean atHand() {
    return SPEC.isPresent();
  }

  static void check(String method, String path, int status, String body) throws IOException {
    if (SPEC.isEmpty() || status == 429) {
      return;
    }
    var operation = operation(SPEC.get(), method, path.replaceAll("\\?.*", ""));
    if (operation == null) {
      assertThat(status).as("%s %s is not in the specification", method, path).isEqualTo(404);
      return;
    }
    var schema = operation.at("/responses/" + status + "/content/application~1json/schema");
    if (status >= 400) {
      // The file names few error answers; all that are JSON have one form.
      schema = SPEC.get().at("/components/errorAnswer");
    }
    if (schema.isMissingNode() || body.isEmpty()) {
      assertThat(operation.at("/responses/" + status).isMissingNode())
          .as("%s %s has no answer %s", method, path, status)
          .isFalse();
      return;
    }
    var found = compiled(schema).validate(FlyFixture.JSON.readTree(body));
    assertThat(found).as("%s %s: %s", method, path, body).isEmpty();
  }

  private static JsonSchema compiled(JsonNode schema) {
    return SCHEMAS.computeIfAbsent(
        schema.toString(),
        text -> {
          var whole = FlyFixture.JSON.createObjectNode();
          whole.put("$schema", SpecVersion.VersionFlag.V202012.getId());
          whole.set("components", SPEC.orElseThrow().get("components"));
          whole.setAll((ObjectNode) schema);
          return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole);
        });
  }

  private static @Nullable JsonNode operation(ObjectNode spec, String method, String path) {
    for (var entry : spec.get("paths").properties()) {
      if (path.matches(entry.getKey().replaceAll("\\{[^}]*}", "[^/]+"))) {
        var operation = entry.getValue().get(method.toLowerCase(Locale.ROOT));
        if (operation != null) {
          return operation;
        }
      }
    }
    return null;
  }

  private static Optional<ObjectNode> load() {
    return find("machines-openapi3.json").map(MachinesSpec::read);
  }

  /** Looks for a file of Fly's, upwards from here: it is not part of this project. */
  static Optional<Path> find(String file) {
    var start = Path.of(System.getProperty("user.dir")).toAbsolutePath();
    for (var at = start; at != null; at = at.getParent()) {
      var found = at.resolve("shared/specs/fly").resolve(file);
      if (Files.exists(found)) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  private static ObjectNode read(Path file) {
    try {
      var spec = (ObjectNode) FlyFixture.JSON.readTree(file.toFile());
      corrected(spec);
      return spec;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the live service does and the file does not know. */
  private static void corrected(ObjectNode spec) {
    var schemas = (ObjectNode) spec.at("/components/schemas");
    // Old boolean form in answers: the file says so in words, and not in its type.
    var autostop = (ObjectNode) schemas.at("/fly.MachineService/properties/autostop");
    autostop.removeAll();
    // Newer than the file.
    property(schemas, "Machine", "version", "string");
    property(schemas, "Machine", "cordoned", "boolean");
    property(schemas, "App", "cname_target", "string");
    property(schemas, "App", "app_role", "string");
    property(schemas, "AppOrganizationInfo", "internal_numeric_id", "integer");
    ((ArrayNode) schemas.at("/main.statusCode/enum")).add("name_taken");
    // The live service wraps leases; the file shows what is inside.
    var lease = schemas.get("Lease").deepCopy();
    var envelope = FlyFixture.JSON.createObjectNode();
    envelope.put("type", "object");
    envelope.putObject("properties").putObject("status").put("type", "string");
    ((ObjectNode) envelope.get("properties")).set("data", lease);
    schemas.set(
        "Lease",
        FlyFixture.JSON
            .createObjectNode()
            .set("anyOf", FlyFixture.JSON.createArrayNode().add(lease).add(envelope)));
    // The old form of a lease conflict.
    property(schemas, "ErrorResponse", "message", "string");
    property(schemas, "ErrorResponse", "code", "string");
    // "status": "error" belongs to that old form, and is no code.
    ((ArrayNode) schemas.at("/main.statusCode/enum")).add("error");
    ((ObjectNode) spec.get("components"))
        .putObject("errorAnswer")
        .put("$ref", "#/components/schemas/ErrorResponse");
    // Any list, map or object can be null.
    forgiving(spec);
    closed(schemas);
  }

  private static void property(ObjectNode schemas, String schema, String name, String type) {
    ((ObjectNode) schemas.at("/" + schema + "/properties")).putObject(name).put("type", type);
  }

  /** Lets null stand wherever a type stands: Go prints empty lists and maps so. */
  private static void forgiving(JsonNode node) {
    if (node instanceof ObjectNode object) {
      if (object.path("type").isTextual() && !object.path("in").isTextual()) {
        var type = object.get("type").asText();
        object.putArray("type").add(type).add("null");
        if (object.get("enum") instanceof ArrayNode values) {
          values.addNull();
        }
      }
    }
    for (Iterator<JsonNode> children = node.elements(); children.hasNext(); ) {
      forgiving(children.next());
    }
  }

  /** Refuses fields that the file does not name, except in configs, which keep unknown ones. */
  private static void closed(ObjectNode schemas) {
    var open = Set.of("fly.MachineConfig", "MachineOverviewConfig");
    for (var entry : schemas.properties()) {
      if (entry.getValue() instanceof ObjectNode schema
          && schema.has("properties")
          && !schema.has("additionalProperties")
          && !open.contains(entry.getKey())) {
        schema.put("additionalProperties", false);
      }
    }
  }
}
