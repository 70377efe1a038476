package com.hotdash.ops.testkit.shopify;

import com.hotdash.ops.testkit.web.Call;
import com.hotdash.ops.testkit.web.Json;
import graphql.language.Document;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code POST …/graphql.json}: admission at the call's arrival, work and refund at its end. */
final class GraphqlFace {
  private static final int MOST_DOCUMENTS = 1_000;

  private final World world;
  private final Map<String, Document> parsed = new Recent<>();
  private final Map<Sent, AskedDocument> checked = new Recent<>();

  /** What makes two calls ask the same. */
  private record Sent(
      String text,
      @Nullable String operationName,
      Map<String, @Nullable Object> variables,
      String version) {}

  private static final class Recent<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > MOST_DOCUMENTS;
    }
  }

  GraphqlFace(World world) {
    this.world = world;
  }

  /** Begins a call that was let in, under the world's lock. */
  ShopifyExchange begin(
      Call call,
      ShopifyApp app,
      AppTokens.Access token,
      String version,
      Duration takes,
      @Nullable ShopifyReply instead) {
    if (!Objects.requireNonNullElse(call.header("content-type"), "").contains("json")) {
      return at(Duration.ZERO, Bodies.badQuery());
    }
    var body = Json.object(call.body());
    if (body == null || !(body.get("query") instanceof String text)) {
      return at(Duration.ZERO, Bodies.badQuery());
    }
    AskedDocument document;
    try {
      var name = body.get("operationName") instanceof String operation ? operation : null;
      document = document(new Sent(text, name, members(body.get("variables")), version));
    } catch (GraphqlRefusal e) {
      return at(Duration.ZERO, ShopifyReply.json(200, Bodies.coded(e.text(), e.code)));
    }
    int requested = world.costs.of(document);
    if (requested > RequestedCost.MOST) {
      return at(Duration.ZERO, ShopifyReply.json(200, Bodies.maxCostExceeded(requested)));
    }
    if (!app.points.admit(requested)) {
      var cost = cost(app, requested, null);
      return at(Duration.ZERO, ShopifyReply.json(200, Bodies.throttled(cost)));
    }
    var work = new GraphqlWork(world, app, token, document);
    return new ShopifyExchange(
        takes,
        () -> {
          synchronized (world) {
            var reply = end(call, app, document, work, requested);
            return instead == null ? reply : instead;
          }
        });
  }

  private ShopifyReply end(
      Call call, ShopifyApp app, AskedDocument document, GraphqlWork work, int requested) {
    var made = new Made(world.rows, world.now());
    int returned = Math.min(requested, world.costs.of(document, made::returned));
    int actual = Math.max(0, Math.min(requested, world.actual.of(requested, returned)));
    app.points.settle(requested, actual);
    var body = work.carryOut(made);
    var extensions = Json.of("cost", cost(app, requested, actual));
    if (asksForFields(call)) {
      extensions = Json.of("cost", withFields(cost(app, requested, actual), document));
    }
    var warnings = SearchWarnings.of(document);
    if (!warnings.isEmpty()) {
      extensions.put("search", warnings);
    }
    body.put("extensions", extensions);
    return deprecated(document.root(), ShopifyReply.json(200, body));
  }

  private Map<String, @Nullable Object> withFields(
      Map<String, @Nullable Object> cost, AskedDocument document) {
    cost.put("fields", world.costs.fields(document));
    return cost;
  }

  private static boolean asksForFields(Call call) {
    return "1".equals(call.header("shopify-graphql-cost-debug"))
        || "true".equals(call.header("x-graphql-cost-include-fields"));
  }

  private AskedDocument document(Sent sent) throws GraphqlRefusal {
    var known = checked.get(sent);
    if (known != null) {
      return known;
    }
    var document = parsed.get(sent.text());
    if (document == null) {
      document = AskedDocument.parse(sent.text());
      parsed.put(sent.text(), document);
    }
    var asked = AskedDocument.of(document, sent.operationName(), sent.variables());
    DocumentCheck.check(asked, sent.version());
    checked.put(sent, asked);
    return asked;
  }

  @SuppressWarnings("unchecked") // A JSON object has no keys but strings.
  private static Map<String, @Nullable Object> members(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
  }

  private Map<String, @Nullable Object> cost(
      ShopifyApp app, int requested, @Nullable Integer actual) {
    var cost = Json.of("requestedQueryCost", requested, "actualQueryCost", actual);
    if (world.throttleStatus) {
      cost.put(
          "throttleStatus",
          Json.of(
              "maximumAvailable", app.points.maximum(),
              "currentlyAvailable", (long) Math.floor(app.points.available() + world.reportedMore),
              "restoreRate", app.points.rate()));
    }
    return cost;
  }

  /** The header names the deprecated fields that were asked for. */
  private ShopifyReply deprecated(Asked root, ShopifyReply reply) {
    var used = new TreeSet<String>();
    collect(root, used);
    return used.isEmpty()
        ? reply
        : reply.with("x-shopify-api-deprecated-reason", String.join(",", used));
  }

  private void collect(Asked field, Set<String> used) {
    if (world.deprecated.contains(field.name)) {
      used.add(field.name);
    }
    field.everything().forEach(child -> collect(child, used));
  }

  private static ShopifyExchange at(Duration takes, ShopifyReply reply) {
    return new ShopifyExchange(takes, () -> reply);
  }
}
