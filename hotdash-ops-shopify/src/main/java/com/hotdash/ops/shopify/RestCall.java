package com.hotdash.ops.shopify;

import java.util.Locale;
import java.util.stream.Collectors;
import okhttp3.Request;

/** What somebody else's REST call asks. */
final class RestCall {
  // /admin/api/{version} stand before what is asked for.
  private static final int BEFORE = 3;

  private RestCall() {}

  /** Whether it changes nothing, so that it may be made twice without harm. */
  static boolean reads(Request request) {
    return request.method().equals("GET") || request.method().equals("HEAD");
  }

  /** Returns how it is remembered: no id and nothing of its query or body. */
  static CallLog.Asked logged(Request request) {
    var segments = request.url().pathSegments();
    var path = segments.stream().skip(BEFORE).map(RestCall::word).collect(Collectors.joining("/"));
    // Two writes that look alike do not ask the same: nothing is saved by asking once.
    int hash =
        reads(request) ? request.url().toString().hashCode() : System.identityHashCode(request);
    return CallLog.asked("REST " + request.method() + " " + path, hash);
  }

  private static String word(String segment) {
    var word = segment.toLowerCase(Locale.ROOT).replaceFirst("\\.json$", "");
    return word.matches("[a-z_]{1,40}") ? word : "{id}";
  }
}
