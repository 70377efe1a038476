package com.hotdash.ops.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What stands before an answer's body.
 *
 * @param status the HTTP status code
 * @param headers all headers; the map's look-up does not heed upper and lower case
 * @param requestId the service's own id of the call, or {@code null} if it gave none
 * @param certificate what the server showed, or {@code null} without TLS
 */
public record HttpHead(
    int status,
    Map<String, List<String>> headers,
    @Nullable String requestId,
    @Nullable ServerCertificate certificate) {
  /** Copies the headers. */
  public HttpHead {
    var copy = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    for (var header : headers.entrySet()) {
      var values = new ArrayList<>(copy.getOrDefault(header.getKey(), List.of()));
      values.addAll(header.getValue());
      copy.put(header.getKey(), List.copyOf(values));
    }
    headers = Collections.unmodifiableMap(copy);
  }

  /**
   * Makes the head of an answer that came without TLS.
   *
   * @param status the HTTP status code
   * @param headers all headers
   * @param requestId the service's own id of the call, or {@code null} if it gave none
   */
  public HttpHead(int status, Map<String, List<String>> headers, @Nullable String requestId) {
    this(status, headers, requestId, null);
  }

  /**
   * Returns the first value of a header.
   *
   * @param name the header's name, in any case
   * @return the value, if the header is there
   */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }

  @Override
  public String toString() {
    return "HttpHead[" + status + ", request id " + requestId + "]";
  }
}
