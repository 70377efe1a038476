package com.hotdash.ops.shopify;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.time.Time;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Holds the calls of an application's own client until their shop's bucket takes them. */
final class GuardInterceptor implements Interceptor {
  private static final int MOST_TRIES = 5;
  // How long a cancelled call may go on waiting between two tries.
  private static final Duration LOOKED_UP = Duration.ofMillis(100);

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
    var calls =
        new InterceptedCall(
            chain, shops.apply(shop), lane, deadline, Cancellation.of(chain.call()), path.get(2));
    try {
      return path.get(path.size() - 1).equals("graphql.json")
          ? graphql(calls, request)
          : rest(calls, request);
    } catch (OpsException e) {
      // OkHttp lets nothing but this through to an asynchronous caller.
      throw new IOException(e.getMessage(), e);
    }
  }

  private Response graphql(InterceptedCall calls, Request request) throws IOException {
    var asked = GraphqlBody.of(request.body());
    var cost = asked == null ? null : asked.cost(calls.predictor());
    var logged = asked == null ? null : asked.logged(calls.predictor());
    double points = cost == null ? ShopGate.MOST_FOR_ONE : cost.held();
    for (int number = 1; ; number++) {
      calls.admit(request);
      var answer = calls.graphql(once(request, asked), logged, points, cost, number > 1);
      var judged = answer.judged();
      if (judged == null
          || judged.refusal() != ShopifyException.Kind.THROTTLED
          || judged.ran()
          || !repeatable(request)
          || number == MOST_TRIES) {
        return answer.response();
      }
      points = judged.charge() == null ? points : judged.charge().requestedQueryCost();
      points = Math.min(ShopGate.MOST_FOR_ONE, points);
      // Told how the bucket stands, the gate waits as long as it must.
      var wait = judged.tellsBucket() ? Duration.ZERO : CallFailures.askedFor(judged);
      if (wait.compareTo(calls.deadline().remaining()) >= 0) {
        return answer.response();
      }
      answer.response().close();
      await(wait, calls.cancellation());
    }
  }

  /** A 429 did not run: it is sent again after the time that it asks for, if there is that time. */
  private Response rest(InterceptedCall calls, Request request) throws IOException {
    boolean read = RestCall.reads(request);
    for (int number = 1; ; number++) {
      calls.admit(request);
      var answer = calls.rest(read ? request : OneShot.of(request), number > 1);
      var judged = answer.judged();
      if (judged.refusal() != ShopifyException.Kind.REST_LIMITED
          || !repeatable(request)
          || number == MOST_TRIES) {
        return answer.response();
      }
      var wait = CallFailures.askedFor(judged);
      if (wait.compareTo(calls.deadline().remaining()) >= 0) {
        return answer.response();
      }
      answer.response().close();
      await(wait, calls.cancellation());
    }
  }

  private void await(Duration wait, Cancellation cancellation) throws IOException {
    for (var left = wait; left.compareTo(Duration.ZERO) > 0; left = left.minus(LOOKED_UP)) {
      if (!time.await(left.compareTo(LOOKED_UP) < 0 ? left : LOOKED_UP)) {
        throw new InterruptedIOException("given up between two tries: interrupted");
      }
      if (cancellation.cancelled()) {
        throw new IOException("Canceled");
      }
    }
  }

  private static boolean repeatable(Request request) {
    return request.body() == null || !request.body().isOneShot();
  }

  /** What cannot be read may be a mutation, and one of those may have been made. */
  private static Request once(Request request, @Nullable GraphqlBody asked) {
    return asked != null && asked.repeatable() ? request : OneShot.of(request);
  }

  private static @Nullable ShopDomain shop(String host) {
    try {
      return new ShopDomain(host);
    } catch (IllegalArgumentException e) {
      return null; // another host is none of our business
    }
  }
}
