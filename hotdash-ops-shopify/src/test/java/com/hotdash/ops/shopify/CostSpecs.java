package com.hotdash.ops.shopify;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import graphql.introspection.IntrospectionResultToSchema;
import graphql.language.Document;
import graphql.parser.Parser;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import graphql.validation.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Shopify's published schemas and the samples, if they stand beside the project as {@code
 * ../shared/specs/shopify}. Tests that need them are skipped, visibly, without.
 */
final class CostSpecs {
  static final List<String> VERSIONS = List.of("2026-07", "2026-10");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Optional<Path> FOLDER = find();
  private static final Map<String, GraphQLSchema> SCHEMAS = new ConcurrentHashMap<>();

  private CostSpecs() {}

  static Optional<Path> find() {
    for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      var folder = at.resolve("shared/specs/shopify");
      if (Files.isDirectory(folder)) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  private static Path file(String name) {
    assumeTrue(FOLDER.isPresent(), "no ../shared/specs/shopify beside the project");
    return FOLDER.orElseThrow().resolve(name);
  }

  static JsonNode sample(String name) {
    try {
      return JSON.readTree(Files.readString(file("samples/" + name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode schemaTypes(String version) {
    try (InputStream in = zipped(version)) {
      return JSON.readTree(in).at("/data/__schema/types");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a version has against a document. */
  static List<String> objections(String version, String document) {
    Document parsed = Parser.parse(document);
    return new Validator()
            .validateDocument(
                SCHEMAS.computeIfAbsent(version, CostSpecs::schema), parsed, Locale.ROOT)
            .stream()
            .map(Object::toString)
            .toList();
  }

  private static GraphQLSchema schema(String version) {
    try (InputStream in = zipped(version)) {
      Map<String, @Nullable Object> answer =
          JSON.readValue(
              in, JSON.getTypeFactory().constructMapType(Map.class, String.class, Object.class));
      @SuppressWarnings("unchecked") // The introspection result is an object by its specification.
      var data = (Map<String, Object>) answer.get("data");
      var document = new IntrospectionResultToSchema().createSchemaDefinition(data);
      return UnExecutableSchemaGenerator.makeUnExecutableSchema(
          new SchemaParser().buildRegistry(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream zipped(String version) throws IOException {
    return new GZIPInputStream(
        Files.newInputStream(file("admin-" + version + ".introspection.json.gz")));
  }
}
