package com.hotdash.ops.app;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;

/** Machines that export metrics, or something else, each as it is told to. */
final class Exporters extends Dispatcher {
  static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private final Map<String, MockResponse> answers = new ConcurrentHashMap<>();
  private final Map<String, RecordedRequest> asked = new ConcurrentHashMap<>();

  /** A machine of HotDash: when its process began, its requests that went well, its errors. */
  static String hotdash(double start, int good, int bad) {
    return """
        # TYPE process_start_time_seconds gauge
        process_start_time_seconds %s
        # TYPE http_requests_total counter
        http_requests_total{method="GET",route="/orders",status_code="200"} %d
        http_requests_total{method="GET",route="/orders",status_code="500"} %d
        http_requests_total{method="GET",route="/internal/up",status_code="500"} %d
        http_requests_total{method="GET",route="/internal/numbers",status_code="500"} %d
        # TYPE http_errors_total counter
        http_errors_total{kind="db"} %d
        # TYPE process_resident_memory_bytes gauge
        process_resident_memory_bytes 104857600
        """
        .formatted(start, good, bad, 10 * good, 10 * good, bad);
  }

  /** A machine of HotDash: when its process began, and requests, all good and quick. */
  static String timed(double start, int good) {
    return """
        process_start_time_seconds START
        process_resident_memory_bytes 104857600
        # TYPE http_requests_total counter
        http_requests_total{route="/a",status_code="200"} GOOD
        http_requests_total{route="/a",status_code="500"} 0
        # TYPE http_request_duration_seconds histogram
        http_request_duration_seconds_bucket{route="/a",le="1"} GOOD
        http_request_duration_seconds_bucket{route="/a",le="3"} GOOD
        http_request_duration_seconds_bucket{route="/a",le="+Inf"} GOOD
        """
        .replace("START", "" + start)
        .replace("GOOD", "" + good);
  }

  void says(String machine, String metrics) {
    answers(machine, response(metrics).build());
  }

  void answers(String machine, MockResponse response) {
    answers.put(machine, response);
  }

  static MockResponse.Builder response(String metrics) {
    return new MockResponse.Builder().addHeader("Content-Type", TEXT).body(metrics);
  }

  /** Answers in one of the ways in which something is not the metrics. */
  static MockResponse odd(String how) {
    var plain = new MockResponse.Builder();
    return switch (how) {
      case "404", "401", "403", "503", "204" -> plain.code(Integer.parseInt(how)).build();
      case "redirect" -> plain.code(302).addHeader("Location", "https://login.invalid/").build();
      case "html" ->
          plain.addHeader("Content-Type", "text/html").body("<html>Log in</html>").build();
      case "html as text" -> response("<!doctype html><title>x</title>").build();
      case "json" -> plain.addHeader("Content-Type", "application/json").body("{}").build();
      case "prose" -> response("all is well\nreally\n").build();
      case "blank" -> response("\n \n").build();
      case "comment" -> response("# no backend is available\n").build();
      case "empty" -> response("").build();
      case "slow" -> plain.headersDelay(5, TimeUnit.SECONDS).build();
      case "dead" -> plain.onResponseStart(SocketEffect.ShutdownConnection.INSTANCE).build();
      default -> throw new IllegalArgumentException(how);
    };
  }

  static MockResponse compressed(String metrics) throws java.io.IOException {
    var packed = new Buffer();
    try (var sink = Okio.buffer(new GzipSink(packed))) {
      sink.writeUtf8(metrics);
    }
    return new MockResponse.Builder()
        .addHeader("Content-Type", TEXT)
        .addHeader("Content-Encoding", "gzip")
        .body(packed)
        .build();
  }

  /** Good lines without end. */
  static MockResponse endless() {
    var many = "some_total{n=\"1\"} 1\n".repeat(500);
    return new MockResponse.Builder()
        .addHeader("Content-Type", TEXT)
        .body(
            new MockResponseBody() {
              @Override
              public long getContentLength() {
                return -1;
              }

              @Override
              public void writeTo(BufferedSink sink) throws java.io.IOException {
                for (long i = 0; i < 100_000; i++) {
                  sink.writeUtf8(many); // ends when the reader hangs up
                }
              }
            })
        .build();
  }

  /** Returns what a machine was asked last. */
  RecordedRequest asked(String machine) {
    return Objects.requireNonNull(asked.get(machine));
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    var pin = request.getHeaders().get("x-pin");
    var machine = pin == null ? "" : pin;
    asked.put(machine, request);
    var answer = answers.get(machine);
    return answer == null ? odd("404") : answer;
  }
}
