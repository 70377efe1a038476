package com.hotdash.ops.testkit.fly;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * Fly's OpenAPI document of the Machines API, with all that is known to be wrong in it put right:
 * what holds requests or answers against it needs the same corrections, which stand here alone. The
 * document itself is not part of this library.
 */
public final class MachinesDocument {
  /**
   * What a parameter of the machine list begins with that filters by metadata: {@code
   * metadata.role=web}. No document can name them all.
   */
  public static final String METADATA_FILTER = "metadata.";

  /** Where in the corrected document the form of all JSON error answers stands, as a pointer. */
  public static final String ERROR_ANSWER = "/components/errorAnswer";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TYPE = "type";
  private static final String PROPERTIES = "properties";

  // Configs are kept whole, with fields that the document does not know.
  private static final Set<String> OPEN = Set.of("fly.MachineConfig", "MachineOverviewConfig");

  private MachinesDocument() {}

  /**
   * Corrects the document. Fields that it does not name are refused afterwards, except in configs:
   * the service ignores those in requests, so a misspelt one would do nothing and be answered by
   * 200.
   *
   * @param openApi the document as Fly publishes it
   * @return the document to hold requests and answers against
   * @throws IllegalArgumentException if it is no such document
   */
  public static String corrected(String openApi) {
    var document = read(openApi);
    var schemas = object(document, "/components/schemas");
    answers(schemas);
    // Not in the document; flyctl always sends it.
    parameter(document, "/apps/{app_name}/machines/{machine_id}/restart", "force_stop", "boolean");
    // The document names few error answers; all that are JSON have one form.
    object(document, "/components")
        .putObject("errorAnswer")
        .put("$ref", "#/components/schemas/ErrorResponse");
    // Any list, map or object can be null, and goes back as it came: Go prints empty ones so. A
    // secret is deleted by null too.
    forgiving(document);
    closed(schemas);
    return document.toString();
  }

  private static ObjectNode read(String openApi) {
    try {
      if (JSON.readTree(openApi) instanceof ObjectNode document && document.has("paths")) {
        return document;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON", e);
    }
    throw new IllegalArgumentException("no OpenAPI document");
  }

  private static void answers(ObjectNode schemas) {
    // Old boolean form in answers, taken back in requests: said in words, and not in the type.
    object(schemas, "/fly.MachineService/properties/autostop").removeAll();
    // Newer than the document.
    property(schemas, "Machine", "version", "string");
    property(schemas, "Machine", "cordoned", "boolean");
    property(schemas, "App", "cname_target", "string");
    property(schemas, "App", "app_role", "string");
    property(schemas, "AppOrganizationInfo", "internal_numeric_id", "integer");
    // The live service wraps leases; the document shows what is inside.
    var lease = schemas.path("Lease").deepCopy();
    var envelope = JSON.createObjectNode().put(TYPE, "object");
    envelope.putObject(PROPERTIES).putObject("status").put(TYPE, "string");
    object(envelope, "/" + PROPERTIES).set("data", lease);
    schemas.putObject("Lease").putArray("anyOf").add(lease).add(envelope);
    // The old form of a lease conflict, and its "status": "error", which is no code.
    property(schemas, "ErrorResponse", "message", "string");
    property(schemas, "ErrorResponse", "code", "string");
    object(schemas, "/main.statusCode").withArray("/enum").add("name_taken").add("error");
  }

  private static void parameter(ObjectNode document, String path, String name, String type) {
    var post = object(object(document, "/paths"), "/" + path.replace("/", "~1") + "/post");
    post.withArray("/parameters")
        .addObject()
        .put("name", name)
        .put("in", "query")
        .putObject("schema")
        .put(TYPE, type);
  }

  private static void property(ObjectNode schemas, String schema, String name, String type) {
    object(schemas, "/" + schema + "/" + PROPERTIES).putObject(name).put(TYPE, type);
  }

  private static ObjectNode object(ObjectNode parent, String pointer) {
    if (parent.at(pointer) instanceof ObjectNode found) {
      return found;
    }
    throw new IllegalArgumentException("the document has no " + pointer);
  }

  private static void forgiving(JsonNode node) {
    node.forEach(MachinesDocument::forgiving);
    if (node instanceof ObjectNode object
        && object.path(TYPE).isTextual()
        && !object.path("in").isTextual()) {
      var type = object.path(TYPE).asText();
      object.putArray(TYPE).add(type).add("null");
      if (object.get("enum") instanceof ArrayNode words) {
        words.addNull();
      }
    }
  }

  private static void closed(ObjectNode schemas) {
    for (var entry : schemas.properties()) {
      if (entry.getValue() instanceof ObjectNode schema
          && schema.has(PROPERTIES)
          && !schema.has("additionalProperties")
          && !OPEN.contains(entry.getKey())) {
        schema.put("additionalProperties", false);
      }
    }
  }
}
