package com.hotdash.ops.http;

import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * One request on the wire: the first, or one that a redirect led to.
 *
 * @param url where it goes
 * @param headers what it carries; names in any case
 * @param request the caller's request
 */
record Hop(HttpUrl url, TreeMap<String, String> headers, HttpRequest request) {
  static final int MOST_REDIRECTS = 5;

  // A custom header may be a credential, whatever its name: only these go to another origin.
  private static final Set<String> HARMLESS = Set.of("accept", "user-agent");
  private static final byte[] NOTHING = new byte[0];

  Request okhttp(SendGuard guard) {
    var builder = new Request.Builder().url(url).tag(SendGuard.class, guard);
    headers.forEach(builder::header);
    var body = request.body;
    if (request.method.equals("GET")) {
      return builder.build();
    }
    var type = body == null ? null : MediaType.parse(request.contentType);
    return builder
        .method(request.method, new OnceBody(body == null ? NOTHING : body, type))
        .build();
  }

  /** Where a redirect leads, or why it is not followed. */
  Next next(HttpHead head) {
    var location = head.header("Location").orElse("");
    var target = url.resolve(location);
    if (location.isEmpty() || target == null) {
      return Next.refused("it names no address that could be used");
    }
    if (url.isHttps() && !target.isHttps()) {
      return Next.refused("it leads from https to http, to host " + target.host());
    }
    boolean sameOrigin = sameOrigin(url, target);
    if (!request.method.equals("GET")) {
      if (head.status() <= 303) {
        return Next.refused("it would turn " + request.method + " into GET");
      }
      if (!sameOrigin) {
        return Next.refused("it would carry the body to another host, " + target.host());
      }
    }
    var carried = new TreeMap<>(headers);
    if (!sameOrigin) {
      carried.keySet().removeIf(name -> !HARMLESS.contains(name.toLowerCase(Locale.ROOT)));
    }
    return new Next(new Hop(withoutUserInfo(target), carried, request), null);
  }

  static boolean sameOrigin(HttpUrl one, HttpUrl other) {
    return one.scheme().equals(other.scheme())
        && one.host().equals(other.host())
        && one.port() == other.port();
  }

  private static HttpUrl withoutUserInfo(HttpUrl url) {
    return url.newBuilder().username("").password("").build();
  }

  /** The next hop, or the reason why there is none. */
  record Next(@Nullable Hop hop, @Nullable String refusal) {
    static Next refused(String why) {
      return new Next(null, why);
    }
  }
}
