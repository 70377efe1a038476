package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Call;
import com.hotdash.ops.testkit.web.Json;
import java.io.Serial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code POST /graphql}: checks a document against the types, and answers what it asks for. */
final class GraphqlHost {
  private final FlyWorld world;

  GraphqlHost(FlyWorld world) {
    this.world = world;
  }

  /** A value that depends on arguments. */
  @FunctionalInterface
  interface Resolved {
    @Nullable Object with(Map<String, @Nullable Object> arguments);
  }

  /** An error of one field, answered with status 200. */
  static final class FieldException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final String code;

    FieldException(String message, String code) {
      super(message, null, false, false);
      this.code = code;
    }
  }

  /** Answers a call, under the world's lock. */
  Answer answer(Call call) {
    var token =
        world.tokens.check(Tokens.Service.GRAPHQL, call.header("authorization"), world.now());
    var body = Json.object(call.body());
    var text = body == null ? null : Tree.text(body.get("query"));
    if (body == null || text == null) {
      return errors(List.of(Json.of("message", "No query string was present")), false, null);
    }
    GraphqlDocument document;
    try {
      document = GraphqlDocument.parse(text, Tree.members(body.get("variables")));
    } catch (GraphqlDocument.SyntaxException e) {
      return errors(List.of(Json.of("message", String.valueOf(e.getMessage()))), false, null);
    }
    var objection = GraphqlTypes.objection(document);
    if (objection.isPresent()) {
      var error =
          Json.of("message", objection.get(), "extensions", Json.of("code", "undefinedField"));
      return errors(List.of(error), false, null);
    }
    return carryOut(document, token);
  }

  private Answer carryOut(GraphqlDocument document, FlyToken token) {
    var data = new LinkedHashMap<String, @Nullable Object>();
    var errors = new ArrayList<Object>();
    var root = new GraphqlData(world, token);
    String type = document.mutation() ? "Mutation" : "Query";
    for (var field : document.selections()) {
      try {
        var value =
            document.mutation()
                ? root.mutation(field.name(), field.arguments())
                : root.app(field.arguments());
        data.put(
            field.alias(), shaped(value, field.selections(), GraphqlTypes.of(type, field.name())));
      } catch (FieldException e) {
        data.put(field.alias(), null);
        errors.add(
            Json.of(
                "message", e.getMessage(),
                "path", List.of(field.alias()),
                "extensions", Json.of("code", e.code)));
      }
    }
    return errors.isEmpty() ? Answer.json(200, Json.of("data", data)) : errors(errors, true, data);
  }

  private static Answer errors(List<?> errors, boolean withData, @Nullable Object data) {
    var body = Json.of("errors", errors);
    if (withData) {
      body.put("data", data);
    }
    return Answer.json(200, body);
  }

  private static @Nullable Object shaped(
      @Nullable Object value, List<GraphqlDocument.Field> selections, String type) {
    if (value instanceof List<?> list) {
      var shaped = new ArrayList<@Nullable Object>();
      list.forEach(element -> shaped.add(shaped(element, selections, type)));
      return shaped;
    }
    var object = type.isEmpty() ? null : Tree.object(value);
    if (object == null) {
      return value;
    }
    var shaped = new LinkedHashMap<String, @Nullable Object>();
    for (var field : selections) {
      var member = object.get(field.name());
      if (field.name().equals("__typename")) {
        member = type;
      } else if (member instanceof Resolved resolved) {
        member = resolved.with(field.arguments());
      }
      shaped.put(
          field.alias(), shaped(member, field.selections(), GraphqlTypes.of(type, field.name())));
    }
    return shaped;
  }
}
