package com.hotdash.ops.testkit.shopify;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.web.Call;
import com.hotdash.ops.testkit.web.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One shop, a token, and a way to ask it in process. */
final class ShopifyFixture implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();
  static final String ORDERS = "{ orders(first: 10) { nodes { id name } } }";

  final FakeTime time;
  final ShopifySimulator shopify;
  final ShopifyApp app;
  Secret token;

  ShopifyFixture() {
    this(Instant.parse("2026-11-23T10:00:00Z"));
  }

  ShopifyFixture(Instant now) {
    time = FakeTime.startingAt(now);
    shopify = ShopifySimulator.start(time.time(), "hotdash-dev.myshopify.com");
    app = shopify.app();
    token = app.token();
  }

  Call graphql(String document, Map<String, Object> variables, String... headers) {
    var body = Json.write(Json.of("query", document, "variables", variables));
    return call("POST", "/admin/api/2026-10/graphql.json", null, body, headers);
  }

  Call call(String method, String path, @Nullable String query, String body, String... headers) {
    var all = new HashMap<String, String>();
    all.put("content-type", "application/json");
    all.put("x-shopify-access-token", token.reveal());
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    return new Call(method, path, query, all, body);
  }

  ShopifyExchange begin(String document) {
    return shopify.begin(graphql(document, Map.of()));
  }

  ShopifyReply reply(String document, Map<String, Object> variables, String... headers) {
    var reply = shopify.begin(graphql(document, variables, headers)).end();
    if (reply.body().startsWith("{\"data\"") && !reply.body().contains("\"errors\"")) {
      AdminSchemas.check(document);
    }
    return reply;
  }

  JsonNode ask(String document) {
    return json(reply(document, Map.of()));
  }

  ShopifyReply get(String path) {
    int mark = path.indexOf('?');
    return shopify
        .begin(
            call(
                "GET",
                mark < 0 ? path : path.substring(0, mark),
                mark < 0 ? null : path.substring(mark + 1),
                ""))
        .end();
  }

  ShopifyReply post(String path, String body) {
    return shopify.begin(call("POST", path, null, body)).end();
  }

  void pass(Duration time) {
    this.time.advance(time);
  }

  static JsonNode json(ShopifyReply reply) {
    return json(reply.body());
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int requested(JsonNode body) {
    return body.at("/extensions/cost/requestedQueryCost").asInt();
  }

  static double available(JsonNode body) {
    return body.at("/extensions/cost/throttleStatus/currentlyAvailable").asDouble(-1);
  }

  static String code(JsonNode body) {
    return body.at("/errors/0/extensions/code").asText();
  }

  /** A sample that stands beside the project; skips the calling test, visibly, without it. */
  static JsonNode sample(String name) {
    var folder = AdminSchemas.folder();
    assumeTrue(folder.isPresent(), "no ../shared/specs/shopify beside the project");
    try {
      return JSON.readTree(Files.readString(folder.orElseThrow().resolve("samples/" + name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    shopify.close();
  }
}
