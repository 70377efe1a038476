package com.hotdash.ops.testkit.fly;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds answers against Fly's OpenAPI file, where that file is at hand. All that is known to be
 * wrong with it stands in {@link MachinesDocument}.
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
      schema = SPEC.get().at(MachinesDocument.ERROR_ANSWER);
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
      var corrected = MachinesDocument.corrected(Files.readString(file));
      return (ObjectNode) FlyFixture.JSON.readTree(corrected);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
