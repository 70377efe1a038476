package com.hotdash.ops.fly;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import graphql.parser.Parser;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import graphql.validation.Validator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Fly's published documents, if they stand beside the project as {@code ../shared/specs/fly}, and
 * public validators for them. Without them nothing is checked, and tests that need them are
 * skipped.
 */
final class Specs {
  private static final Optional<Path> FOLDER = find();
  private static final Optional<MachinesApi> MACHINES = FOLDER.map(Specs::machines);

  private Specs() {}

  private static Optional<Path> find() {
    for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      var folder = at.resolve("shared/specs/fly");
      if (Files.isDirectory(folder)) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  /** The folder; skips the calling test, visibly, where there is none. */
  static Path folder() {
    assumeTrue(FOLDER.isPresent(), "no ../shared/specs/fly beside the project");
    return FOLDER.orElseThrow();
  }

  static String read(String name) {
    try {
      return Files.readString(folder().resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MachinesApi machines(Path folder) {
    try {
      return new MachinesApi(Files.readString(folder.resolve("machines-openapi3.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the OpenAPI document has against a request; empty if nothing, or without documents. */
  static Optional<String> objection(String method, String path, String query, String body) {
    return MACHINES
        .flatMap(api -> api.objection(method, path, query, body))
        .map(what -> method + " " + path + ": " + what);
  }

  /** What the GraphQL schema has against a document. */
  static List<String> graphQlObjections(String document) {
    var schema =
        UnExecutableSchemaGenerator.makeUnExecutableSchema(
            new SchemaParser().parse(read("graphql-schema.graphql")));
    return new Validator()
        .validateDocument(schema, Parser.parse(document), Locale.ROOT).stream()
            .map(Object::toString)
            .toList();
  }
}
