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
import org.openapi4j.core.exception.ResolutionException;
import org.openapi4j.core.validation.ValidationException;
import org.openapi4j.operation.validator.model.Request;
import org.openapi4j.operation.validator.model.impl.Body;
import org.openapi4j.operation.validator.model.impl.DefaultRequest;
import org.openapi4j.operation.validator.validation.RequestValidator;
import org.openapi4j.parser.OpenApi3Parser;

/**
 * Fly's published documents, if they stand beside the project as {@code ../shared/specs/fly}, and
 * public validators for them. Without them nothing is checked, and tests that need them are
 * skipped.
 */
final class Specs {
  private static final Optional<Path> FOLDER = find();
  private static final Optional<RequestValidator> MACHINES = FOLDER.map(Specs::machines);

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

  private static RequestValidator machines(Path folder) {
    try {
      return new RequestValidator(
          new OpenApi3Parser().parse(folder.resolve("machines-openapi3.json").toFile(), false));
    } catch (ResolutionException | ValidationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the OpenAPI document has against a request; empty if nothing, or without documents. */
  static Optional<String> objection(
      String method, String path, String query, String body, boolean leased) {
    if (MACHINES.isEmpty()) {
      return Optional.empty();
    }
    var request =
        new DefaultRequest.Builder(
                "https://api.machines.dev" + path, Request.Method.valueOf(method))
            .query(query);
    if (leased) {
      request.header("fly-machine-lease-nonce", "n");
    }
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json").body(Body.from(withoutQuirks(path, body)));
    }
    try {
      MACHINES.orElseThrow().validate(request.build());
      return Optional.empty();
    } catch (ValidationException e) {
      return Optional.of(method + " " + path + ": " + e);
    }
  }

  /**
   * Where the document contradicts itself or the service: {@code autostop} comes as a truth value
   * and is taken back as one, which the field's description says and its schema does not; a secret
   * is deleted by {@code null}, where the schema knows texts only.
   */
  private static String withoutQuirks(String path, String body) {
    var values = path.endsWith("/secrets") ? body.replace(":null", ":\"\"") : body;
    return values
        .replaceAll("\"autostop\":\\s*true", "\"autostop\":\"stop\"")
        .replaceAll("\"autostop\":\\s*false", "\"autostop\":\"off\"");
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
