package com.hotdash.ops.testkit.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import graphql.introspection.IntrospectionResultToSchema;
import graphql.parser.Parser;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import graphql.validation.Validator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;

/**
 * Shopify's published schemas, where they stand beside the project: what the tests ask of the
 * simulator has to be askable of Shopify. Without them nothing is checked.
 */
final class AdminSchemas {
  private static final List<String> VERSIONS = List.of("2026-07", "2026-10");
  private static final Set<String> VALID = ConcurrentHashMap.newKeySet();
  private static final Map<Path, GraphQLSchema> SCHEMAS = new ConcurrentHashMap<>();

  private AdminSchemas() {}

  /** The folder of the specifications, if it is there. */
  static Optional<Path> folder() {
    for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      var folder = at.resolve("shared/specs/shopify");
      if (Files.isDirectory(folder)) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  static void check(String document) {
    var folder = folder();
    if (folder.isEmpty() || VALID.contains(document)) {
      return;
    }
    for (var version : VERSIONS) {
      var file = folder.get().resolve("admin-" + version + ".introspection.json.gz");
      var schema = SCHEMAS.computeIfAbsent(file, AdminSchemas::schema);
      assertThat(new Validator().validateDocument(schema, Parser.parse(document), Locale.ROOT))
          .as("%s in %s", document, version)
          .isEmpty();
    }
    VALID.add(document);
  }

  private static GraphQLSchema schema(Path file) {
    try (var in = new GZIPInputStream(Files.newInputStream(file))) {
      var answer =
          ShopifyFixture.JSON.readValue(
              in, new TypeReference<Map<String, Map<String, Object>>>() {});
      var data = Objects.requireNonNull(answer.get("data"));
      return UnExecutableSchemaGenerator.makeUnExecutableSchema(
          new SchemaParser()
              .buildRegistry(new IntrospectionResultToSchema().createSchemaDefinition(data)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
