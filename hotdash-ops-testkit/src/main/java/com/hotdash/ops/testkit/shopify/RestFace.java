package com.hotdash.ops.testkit.shopify;

import com.hotdash.ops.testkit.web.Call;
import com.hotdash.ops.testkit.web.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The legacy REST paths: lists by pages, and changes of any kind that are written down. */
final class RestFace {
  private static final int USUAL_PAGE = 50;
  private static final int MOST_ITEMS = 250;
  private static final Set<String> WITH_PAGE_INFO = Set.of("page_info", "limit", "fields");

  private final World world;

  RestFace(World world) {
    this.world = world;
  }

  ShopifyReply answer(
      Call call, String resource, ShopifyApp app, AppTokens.Access token, URI address) {
    int used = app.calls.admit(world.limits);
    if (used < 0) {
      return Bodies.tooManyCalls(world.limits.restLeak());
    }
    return work(call, resource, token, address)
        .with("x-shopify-shop-api-call-limit", used + "/" + world.limits.restBucket());
  }

  private ShopifyReply work(Call call, String resource, AppTokens.Access token, URI address) {
    if (!ShopifyApp.allows(token, world.scopes.get(resource))) {
      return Bodies.http(
          403,
          "[API] This action requires merchant approval for "
              + world.scopes.get(resource)
              + " scope.");
    }
    if (!call.method().equals("GET")) {
      var body = Json.object(call.body());
      world.effect(call.method() + ' ' + call.path(), body == null ? Map.of() : body, null);
      return ShopifyReply.json(200, body == null ? Map.of() : body);
    }
    if (resource.equals("shop")) {
      return ShopifyReply.json(200, Json.of("shop", Made.shop(world.domain)));
    }
    Integer total = world.rows.get(resource);
    return total == null ? Bodies.notFound() : list(call, resource, total, address);
  }

  private static ShopifyReply list(Call call, String resource, int total, URI address) {
    var query = call.query();
    int limit = number(query.get("limit"), USUAL_PAGE);
    if (limit > MOST_ITEMS) {
      return Bodies.http(400, "Limit exceeds maximum limit of 250");
    }
    if (query.containsKey("page_info")) {
      for (var name : query.keySet()) {
        if (!WITH_PAGE_INFO.contains(name)) {
          var message =
              name
                  + " cannot be passed when page_info is present. See"
                  + " https://shopify.dev/api/usage/pagination-rest for more information.";
          return Bodies.http(400, new TreeMap<>(Map.of(name, message)));
        }
      }
    }
    int from = offset(query.get("page_info"));
    var items = new ArrayList<Object>();
    for (int i = from; i < Math.min(total, from + limit); i++) {
      items.add(Json.of("id", i + 1L, "name", resource + ' ' + (i + 1)));
    }
    var links = new ArrayList<String>();
    var page = address + call.path() + "?limit=" + limit + "&page_info=";
    if (from > 0) {
      links.add('<' + page + pageInfo(Math.max(0, from - limit)) + ">; rel=\"previous\"");
    }
    if (from + limit < total) {
      links.add('<' + page + pageInfo(from + limit) + ">; rel=\"next\"");
    }
    var reply = ShopifyReply.json(200, Json.of(resource, items));
    return links.isEmpty() ? reply : reply.with("link", String.join(", ", links));
  }

  ShopifyReply accessScopes(AppTokens.Access token) {
    var names = token.scopes().isEmpty() ? world.scopes.values() : token.scopes();
    List<Object> scopes = new ArrayList<>();
    names.stream().distinct().sorted().forEach(name -> scopes.add(Json.of("handle", name)));
    return ShopifyReply.json(200, Json.of("access_scopes", scopes));
  }

  private static int number(@Nullable String text, int otherwise) {
    return text != null && text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : otherwise;
  }

  private static String pageInfo(int offset) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(("from:" + offset).getBytes(StandardCharsets.UTF_8));
  }

  private static int offset(@Nullable String pageInfo) {
    if (pageInfo == null) {
      return 0;
    }
    try {
      var text = new String(Base64.getUrlDecoder().decode(pageInfo), StandardCharsets.UTF_8);
      return number(text.replaceFirst("^from:", ""), 0);
    } catch (IllegalArgumentException e) {
      // Whatever is no cursor of ours starts from the beginning.
      return 0;
    }
  }
}
