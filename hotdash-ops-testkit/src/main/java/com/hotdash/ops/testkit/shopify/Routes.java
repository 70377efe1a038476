package com.hotdash.ops.testkit.shopify;

import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.web.Call;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Leads each call past the faults and the tokens to the face that answers it. */
final class Routes {
  private static final Pattern GRAPHQL = Pattern.compile("/admin/api/([^/]+)/graphql\\.json");
  private static final Pattern REST = Pattern.compile("/admin/api/([^/]+)/([a-z_]+)(/.*)?\\.json");
  private static final Pattern UNVERSIONED = Pattern.compile("/admin/([a-z_]+)(/.*)?\\.json");
  private static final String TOKENS = "/admin/oauth/access_token";
  private static final String SCOPES = "/admin/oauth/access_scopes.json";

  private final World world;
  private final ShopifyFaults laid;
  private final Supplier<URI> address;
  private final GraphqlFace graphql;
  private final RestFace rest;
  private final TokenFace tokens;

  /**
   * @param address where the API listens, for links to further pages
   */
  Routes(World world, ShopifyFaults laid, Supplier<URI> address) {
    this.world = world;
    this.laid = laid;
    this.address = address;
    this.graphql = new GraphqlFace(world);
    this.rest = new RestFace(world);
    this.tokens = new TokenFace(world);
  }

  /** Takes a call in, under the world's lock. */
  ShopifyExchange begin(Call call) {
    var fault = laid.next();
    if (fault == null) {
      fault = world.faults.apply(call).orElse(null);
    }
    var latency = world.latency.get();
    var takes = fault == null ? latency : latency.plus(fault.more());
    var instead = fault == null ? null : fault.instead();
    if (takes.compareTo(ShopifyFault.GIVES_UP) >= 0) {
      takes = ShopifyFault.GIVES_UP;
      instead = ShopifyFault.gatewayTimeout();
    }
    if (fault != null && !fault.worksFirst() && instead != null) {
      var reply = instead;
      return new ShopifyExchange(takes, () -> dressed(reply, null));
    }
    return admitted(call, takes, instead);
  }

  private ShopifyExchange admitted(Call call, Duration takes, @Nullable ShopifyReply instead) {
    if (call.path().equals(TOKENS)) {
      return call.method().equals("POST")
          ? done(takes, tokens.answer(call), instead, null)
          : done(takes, Bodies.notFound(), null, null);
    }
    var path = matcher(call.path());
    boolean versioned = path != null && path.pattern() != UNVERSIONED;
    var version = path == null ? null : versioned ? served(path) : Versions.oldest(world.now());
    if (path == null || version == null) {
      return done(Duration.ZERO, Bodies.notFound(), null, null);
    }
    var sent = call.header("x-shopify-access-token");
    for (var app : world.apps) {
      var token = sent == null || sent.isEmpty() ? null : app.tokens.find(Secret.of(sent));
      if (token != null && token.alive(world.now())) {
        return token.refused(world.now())
            ? done(Duration.ZERO, Bodies.nonExpiring(), null, version)
            : permitted(call, path, version, app, token, takes, instead);
      }
    }
    return done(Duration.ZERO, Bodies.unauthorized(), null, version);
  }

  private ShopifyExchange permitted(
      Call call,
      Matcher path,
      String version,
      ShopifyApp app,
      AppTokens.Access token,
      Duration takes,
      @Nullable ShopifyReply instead) {
    if (path.pattern() == GRAPHQL) {
      if (!call.method().equals("POST")) {
        return done(Duration.ZERO, Bodies.notFound(), null, version);
      }
      var exchange = graphql.begin(call, app, token, version, takes, instead);
      return new ShopifyExchange(exchange.takes(), () -> dressed(exchange.end(), version));
    }
    if (call.path().equals(SCOPES)) {
      return done(takes, rest.accessScopes(token), instead, version);
    }
    var resource = path.group(path.pattern() == REST ? 2 : 1);
    return done(takes, rest.answer(call, resource, app, token, address.get()), instead, version);
  }

  private @Nullable String served(Matcher path) {
    return Versions.served(path.group(1), world.now());
  }

  private static @Nullable Matcher matcher(String path) {
    for (var pattern : List.of(GRAPHQL, REST, UNVERSIONED)) {
      var matcher = pattern.matcher(path);
      if (matcher.matches()) {
        return matcher;
      }
    }
    return null;
  }

  private ShopifyExchange done(
      Duration takes,
      ShopifyReply reply,
      @Nullable ShopifyReply instead,
      @Nullable String version) {
    var said = instead == null ? reply : instead;
    return new ShopifyExchange(takes, () -> dressed(said, version));
  }

  private ShopifyReply dressed(ShopifyReply reply, @Nullable String version) {
    synchronized (world) {
      var dressed = reply.status() == 0 ? reply : reply.with("x-request-id", world.requestId());
      return version == null ? dressed : dressed.with("x-shopify-api-version", version);
    }
  }
}
