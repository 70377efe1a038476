package com.hotdash.ops.http;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Knows whether a byte of a request can have left. It stands between the made connection and the
 * first byte, so that "not sent" is a proof: once the caller has given up, nothing passes.
 */
final class SendGuard {
  private enum State {
    WAITING,
    SENT,
    GIVEN_UP
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
  private volatile @Nullable String heldRetryAfter;

  /** Gives up, and returns whether something may have been sent before. */
  boolean giveUp() {
    return !state.compareAndSet(State.WAITING, State.GIVEN_UP) && state.get() == State.SENT;
  }

  @Nullable String heldRetryAfter() {
    return heldRetryAfter;
  }

  /** The network interceptor: runs with the connection established, TLS included. */
  static Response intercept(Interceptor.Chain chain) throws IOException {
    var guard = chain.request().tag(SendGuard.class);
    return guard == null ? chain.proceed(chain.request()) : guard.pass(chain);
  }

  private Response pass(Interceptor.Chain chain) throws IOException {
    if (!state.compareAndSet(State.WAITING, State.SENT) && state.get() == State.GIVEN_UP) {
      throw new IOException("given up before sending");
    }
    var response = chain.proceed(chain.request());
    if (response.code() != 503) {
      return response;
    }
    // OkHttp by itself sends again what was answered by 503 with "Retry-After: 0", whatever its
    // settings. So it does not get to see that header.
    heldRetryAfter = response.header("Retry-After");
    return response.newBuilder().removeHeader("Retry-After").build();
  }
}
