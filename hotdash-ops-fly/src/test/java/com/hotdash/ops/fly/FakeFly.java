package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.web.PromptSockets;
import com.hotdash.ops.time.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.ByteString;

/**
 * Plays all services of Fly on one loopback port: answers are given for "METHOD path", the last one
 * again and again. Each request to the Machines API is held against the OpenAPI document.
 */
final class FakeFly implements AutoCloseable {
  static final String APP = "/v1/apps/hotdash-production";

  /** One request as it arrived. */
  record Asked(String method, String path, String query, String body, Map<String, String> headers) {
    String key() {
      return method + " " + path;
    }
  }

  private final MockWebServer server = new MockWebServer();
  private final Map<String, List<Function<Asked, MockResponse>>> answers = new HashMap<>();
  private final List<Asked> asked = new ArrayList<>();
  private final List<String> objections = new ArrayList<>();
  final FakeTime time = FakeTime.startingAt(Instant.parse("2026-11-23T03:00:00Z"));

  FakeFly() {
    server.setServerSocketFactory(new PromptSockets());
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return FakeFly.this.dispatch(request);
          }
        });
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  FakeFly on(String key, int status, String body) {
    return on(key, request -> answer(status, body));
  }

  synchronized FakeFly on(String key, Function<Asked, MockResponse> answer) {
    answers.computeIfAbsent(key, any -> new ArrayList<>()).add(answer);
    return this;
  }

  static MockResponse answer(int status, String body) {
    return new MockResponse.Builder()
        .code(status)
        .addHeader("Content-Type", body.startsWith("<") ? "text/html" : "application/json")
        .addHeader("fly-request-id", "01JREQUEST-ord")
        .body(body)
        .build();
  }

  private synchronized MockResponse dispatch(RecordedRequest request) {
    var url = request.getUrl();
    var body = request.getBody() == null ? ByteString.EMPTY : request.getBody();
    var headers = new HashMap<String, String>();
    request.getHeaders().forEach(header -> headers.put(header.getFirst(), header.getSecond()));
    var query = url.encodedQuery() == null ? "" : url.encodedQuery();
    var one =
        new Asked(request.getMethod(), url.encodedPath(), query, body.utf8(), Map.copyOf(headers));
    asked.add(one);
    if (one.path().startsWith("/v1/")) {
      Specs.objection(one.method(), one.path(), query, one.body()).ifPresent(objections::add);
    }
    var given = answers.getOrDefault(one.key(), List.of());
    if (given.isEmpty()) {
      return answer(404, "{\"error\":\"nothing is set up for " + one.key() + "\"}");
    }
    return (given.size() == 1 ? given.get(0) : given.remove(0)).apply(one);
  }

  String base() {
    var url = server.url("/").toString();
    return url.substring(0, url.length() - 1);
  }

  FlyClient.Builder builder() {
    var builder =
        FlyClient.builder()
            .token(Secret.of("FlyV1 fm2_lJPEplanted0canary0token,fo1_planted0other0token"))
            .operator("alice");
    for (var service : FlyService.values()) {
      var path =
          switch (service) {
            case PROMETHEUS -> "/prometheus";
            case INCIDENTS -> "/incidents";
            default -> "";
          };
      builder.address(service, base() + path);
    }
    return builder;
  }

  /** A client whose waits take no time. */
  FlyClient client() {
    return builder().time(time.time()).build();
  }

  FlyClient client(Time real) {
    return builder().time(real).build();
  }

  synchronized List<Asked> asked() {
    return List.copyOf(asked);
  }

  synchronized List<Asked> asked(String key) {
    return asked.stream().filter(one -> one.key().equals(key)).toList();
  }

  /** Ends, and fails if Fly's own document has something against a request. */
  @Override
  public void close() {
    server.close();
    assertThat(objections).as("requests against the OpenAPI document").isEmpty();
  }
}
