package com.hotdash.ops.shopify;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** Holds the calls of an application's own client until their shop's bucket takes them. */
final class GuardInterceptor implements Interceptor {
  private static final long MOST_BYTES = 5L * 1024 * 1024;
  private static final int MOST_TRIES = 5;

  private final Function<ShopDomain, ShopState> shops;
  private final Time time;
  private final Duration callTimeout;
  private final Lane lane;

  GuardInterceptor(
      Function<ShopDomain, ShopState> shops, Time time, Duration callTimeout, Lane lane) {
    this.shops = shops;
    this.time = time;
    this.callTimeout = callTimeout;
    this.lane = lane;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    var request = chain.request();
    var path = request.url().pathSegments();
    var shop = shop(request.url().host());
    if (shop == null || path.size() < 3 || !path.subList(0, 2).equals(List.of("admin", "api"))) {
      return chain.proceed(request);
    }
    var own = Duration.ofNanos(chain.call().timeout().timeoutNanos());
    var deadline =
        time.deadline(own.isZero() || own.compareTo(callTimeout) > 0 ? callTimeout : own);
    try {
      return path.get(path.size() - 1).equals("graphql.json")
          ? graphql(chain, request, shops.apply(shop), deadline)
          : rest(chain, request, shops.apply(shop).restGate(), deadline);
    } catch (OpsException e) {
      // OkHttp lets nothing but this through to an asynchronous caller.
      throw new IOException(e.getMessage(), e);
    }
  }

  private Response graphql(Chain chain, Request request, ShopState state, Deadline deadline)
      throws IOException {
    var cost = cost(request, state.predictor());
    double points = cost == null ? ShopGate.MOST_FOR_ONE : cost.requested();
    for (int number = 1; ; number++) {
      try (var permit = state.gate().acquire(points, lane, deadline, number > 1)) {
        var response = chain.proceed(request);
        var judged = judge(response);
        var charge = judged == null ? null : judged.charge();
        if (charge != null) {
          permit.settle(charge);
          points = Math.min(ShopGate.MOST_FOR_ONE, charge.requestedQueryCost());
          if (cost != null) {
            state.predictor().learn(cost, (int) Math.round(charge.requestedQueryCost()));
          }
        } else if (judged != null && judged.refusal() != null && !judged.treatment().ran()) {
          permit.unused();
        }
        boolean throttled = judged != null && judged.refusal() == ShopifyException.Kind.THROTTLED;
        boolean repeatable = request.body() == null || !request.body().isOneShot();
        if (!throttled || !repeatable || number == MOST_TRIES) {
          return response;
        }
        response.close();
      }
    }
  }

  private @Nullable Judgement judge(Response response) throws IOException {
    var bytes = response.peekBody(MOST_BYTES).bytes();
    return bytes.length == MOST_BYTES
        ? null
        : Judgement.ofGraphql(response.code(), response::header, bytes);
  }

  private static @Nullable QueryCost cost(Request request, CostPredictor predictor)
      throws IOException {
    var body = request.body();
    if (body == null || body.isOneShot() || body.isDuplex()) {
      return null;
    }
    var bytes = new Buffer();
    body.writeTo(bytes);
    var call = ReplyJson.object(bytes.readByteArray());
    var document = call == null ? null : ReplyJson.text(call.get("query"));
    if (call == null || document == null) {
      return null;
    }
    var variables = ReplyJson.map(call.get("variables"));
    try {
      return predictor.affordable(
          document,
          ReplyJson.text(call.get("operationName")),
          variables == null ? Map.of() : variables);
    } catch (IllegalArgumentException e) {
      return null; // a document that is none is for Shopify to refuse
    }
  }

  private Response rest(Chain chain, Request request, ShopGate gate, Deadline deadline)
      throws IOException {
    try (var permit = gate.acquire(1, lane, deadline)) {
      var response = chain.proceed(request);
      var status = RestLimit.status(response.header("X-Shopify-Shop-Api-Call-Limit"));
      if (response.code() == 429) {
        permit.settle(new Charge(1, null, RestLimit.full(gate.status())));
      } else {
        permit.settle(new Charge(1, 1.0, status));
      }
      return response;
    }
  }

  private static @Nullable ShopDomain shop(String host) {
    try {
      return new ShopDomain(host);
    } catch (IllegalArgumentException e) {
      return null; // another host is none of our business
    }
  }
}
