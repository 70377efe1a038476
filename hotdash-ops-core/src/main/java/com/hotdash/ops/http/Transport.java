package com.hotdash.ops.http;

import java.time.Duration;
import okhttp3.Authenticator;
import okhttp3.CookieJar;
import okhttp3.OkHttpClient;

/** Takes from OkHttp everything that it would do on its own account. */
final class Transport {
  private Transport() {}

  static OkHttpClient prepared(OkHttpClient from, Duration connectTimeout) {
    return from.newBuilder()
        // Each of these would send a request again, or elsewhere, without being asked.
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .followSslRedirects(false)
        .authenticator(Authenticator.NONE)
        // An answer from memory is no observation, and a cookie is a credential nobody handed in.
        .cache(null)
        .cookieJar(CookieJar.NO_COOKIES)
        .connectTimeout(connectTimeout)
        // The whole call is bounded by its caller, who may want to wait long for a first byte.
        .callTimeout(Duration.ZERO)
        .readTimeout(Duration.ZERO)
        .writeTimeout(Duration.ZERO)
        .addNetworkInterceptor(SendGuard::intercept)
        .build();
  }
}
