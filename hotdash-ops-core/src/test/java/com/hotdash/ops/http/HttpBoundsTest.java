package com.hotdash.ops.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.http.HttpUnreachableException.Kind;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpBoundsTest {
  private static final HttpRequest READ = HttpRequest.get("log.get").build();
  private static final HttpRequest WRITE = HttpRequest.post("machine.start").build();
  private static final Duration SHORT = Duration.ofMillis(300);
  // Far from what is promised, so that a busy machine does not fail the build.
  private static final Duration GENEROUS = Duration.ofSeconds(3);
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  private static HttpService service(String url) {
    return HttpService.builder("app").baseUrl(url).maxBodyBytes(1024 * 1024).build();
  }

  private static Deadline within(Duration limit) {
    return Time.SYSTEM.deadline(limit);
  }

  private static Deadline soon() {
    return within(Duration.ofSeconds(20));
  }

  private static void zeros(OutputStream out, long bytes) throws IOException {
    var block = new byte[64 * 1024];
    for (long left = bytes; left > 0; left -= block.length) {
      out.write(block);
    }
    out.flush();
  }

  @Test
  void send_gigabyteBody_isRefusedEarly() throws Exception {
    try (var raw =
            new RawServer(
                (server, number, out) -> {
                  RawServer.print(out, OK + "\r\n");
                  zeros(out, 1L << 30);
                });
        var http = service(raw.url())) {
      var refusal =
          catchThrowableOfType(HttpProtocolException.class, () -> http.send(READ, soon()));

      assertThat(refusal.kind()).isEqualTo(HttpProtocolException.Kind.BODY_TOO_LARGE);
      assertThat(refusal)
          .hasMessageContaining("1048576 bytes")
          .hasMessageContaining("maxBodyBytes");
      assertThat(raw.sentBytes()).isLessThan(64L << 20);
    }
  }

  @Test
  void send_announcedGigabyte_isRefusedUnread() throws Exception {
    try (var raw =
            new RawServer(
                (server, number, out) -> {
                  RawServer.print(out, OK + "Content-Length: 1073741824\r\n\r\n");
                  server.hang();
                });
        var http = service(raw.url())) {
      var refusal =
          catchThrowableOfType(HttpProtocolException.class, () -> http.send(READ, soon()));

      assertThat(refusal.kind()).isEqualTo(HttpProtocolException.Kind.BODY_TOO_LARGE);
    }
  }

  @Test
  void send_gzipBomb_isCountedUnpacked() throws Exception {
    try (var raw =
            new RawServer(
                (server, number, out) -> {
                  RawServer.print(out, OK + "Content-Encoding: gzip\r\n\r\n");
                  try (var gzip = new GZIPOutputStream(out, 64 * 1024)) {
                    zeros(gzip, 256L << 20);
                  }
                });
        var http = service(raw.url())) {
      var refusal =
          catchThrowableOfType(HttpProtocolException.class, () -> http.send(READ, soon()));

      assertThat(refusal.kind()).isEqualTo(HttpProtocolException.Kind.BODY_TOO_LARGE);
      assertThat(raw.sentBytes()).isLessThan(1L << 20);
    }
  }

  @Test
  void send_bodyOfExactlyTheBound_isRead() throws Exception {
    try (var raw =
            new RawServer(
                (server, number, out) -> {
                  RawServer.print(out, OK + "\r\n");
                  zeros(out, 1 << 20);
                });
        var http = service(raw.url())) {
      assertThat(http.send(READ, soon()).bytes()).hasSize(1 << 20);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"silent", "trickle-head", "trickle-body", "endless"})
  void send_serverThatNeverEnds_endsByDeadline(String manner) throws Exception {
    try (var raw = new RawServer((server, number, out) -> misbehave(server, manner, out));
        var http = HttpService.builder("app").baseUrl(raw.url()).maxBodyBytes(1L << 40).build()) {
      long begun = Time.SYSTEM.ticker().nanos();
      var late =
          catchThrowableOfType(
              HttpUnreachableException.class,
              () -> http.stream(WRITE, within(SHORT), (head, body) -> body.skip(Long.MAX_VALUE)));

      assertThat(Duration.ofNanos(Time.SYSTEM.ticker().nanos() - begun)).isBetween(SHORT, GENEROUS);
      assertThat(late.kind()).isEqualTo(Kind.TIMED_OUT);
      assertThat(late.outcomeUnknown()).isTrue();
      assertThat(raw.requests()).hasSize(1);
    }
  }

  private static void misbehave(RawServer server, String manner, OutputStream out)
      throws IOException, InterruptedException {
    switch (manner) {
      case "silent" -> server.hang();
      case "endless" -> {
        RawServer.print(out, OK + "\r\n");
        zeros(out, Long.MAX_VALUE);
      }
      default -> {
        RawServer.print(out, manner.equals("trickle-head") ? OK + "X-Long: " : OK + "\r\n");
        var pace = new Semaphore(0);
        while (!pace.tryAcquire(100, TimeUnit.MILLISECONDS)) {
          RawServer.print(out, "x");
        }
      }
    }
  }

  @Test
  void send_ownLimitShorterThanDeadline_ends() throws Exception {
    try (var raw = new RawServer((server, number, out) -> server.hang());
        var http = service(raw.url())) {
      var request = HttpRequest.get("log.get").callTimeout(SHORT).build();
      var late =
          catchThrowableOfType(HttpUnreachableException.class, () -> http.send(request, soon()));

      assertThat(late.kind()).isEqualTo(Kind.TIMED_OUT);
      assertThat(late.retryable()).isTrue();
      assertThat(late).hasMessageContaining("callTimeout");
    }
  }

  @Test
  void send_errorWhoseBodyNeverEnds_isStillThatError() throws Exception {
    try (var raw =
            new RawServer(
                (server, number, out) -> {
                  RawServer.print(out, "HTTP/1.1 403 Forbidden\r\n\r\nno access");
                  server.hang();
                });
        var http = service(raw.url())) {
      var refusal =
          catchThrowableOfType(HttpStatusException.class, () -> http.send(READ, within(SHORT)));

      assertThat(refusal.status()).isEqualTo(403);
      assertThat(refusal).hasMessageContaining("no access");
      assertThat(refusal.answer().cut()).isTrue();
    }
  }

  @Test
  void send_nameLookupThatHangs_endsByDeadlineUnsent() {
    var never = new CountDownLatch(1);
    Dns stuck =
        name -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return java.util.List.of();
        };
    var transport = new OkHttpClient.Builder().dns(stuck).build();
    try (var http =
        HttpService.builder("app").baseUrl("http://app.invalid").transport(transport).build()) {
      var late =
          catchThrowableOfType(
              HttpUnreachableException.class, () -> http.send(WRITE, within(SHORT)));

      assertThat(late.kind()).isEqualTo(Kind.TIMED_OUT);
      assertThat(late.outcomeUnknown()).isFalse();
    } finally {
      never.countDown();
    }
  }

  @Test
  void send_allSlotsTaken_endsByDeadlineUnsent() throws Exception {
    var held = new CountDownLatch(1);
    try (var raw =
            new RawServer(
                (server, number, out) -> {
                  held.await();
                  RawServer.print(out, OK + "Content-Length: 0\r\n\r\n");
                });
        var http = HttpService.builder("app").baseUrl(raw.url()).maxConcurrentCalls(1).build()) {
      var first = CompletableFuture.runAsync(() -> http.send(READ, soon()));
      raw.awaitRequest();

      var late =
          catchThrowableOfType(
              HttpUnreachableException.class, () -> http.send(WRITE, within(SHORT)));

      assertThat(late.outcomeUnknown()).isFalse();
      assertThat(raw.requests()).hasSize(1);
      held.countDown();
      assertThat(first).succeedsWithin(GENEROUS);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void send_interrupted_endsAtOnceWithFlagSet(boolean midBody) throws Exception {
    try (var raw =
            new RawServer(
                (server, number, out) -> {
                  if (midBody) {
                    RawServer.print(out, OK + "\r\nstart");
                  }
                  server.hang();
                });
        var http = service(raw.url())) {
      var seen = new CompletableFuture<Throwable>();
      var flag = new CompletableFuture<Boolean>();
      var caller =
          new Thread(
              () -> {
                try {
                  http.send(WRITE, soon());
                } catch (RuntimeException e) {
                  flag.complete(Thread.currentThread().isInterrupted());
                  seen.complete(e);
                }
              });
      caller.start();
      raw.awaitRequest();
      caller.interrupt();

      var stopped = seen.get(GENEROUS.toSeconds(), TimeUnit.SECONDS);
      assertThat(stopped).isInstanceOf(InterruptedOpsException.class);
      assertThat(((InterruptedOpsException) stopped).outcomeUnknown()).isTrue();
      assertThat(flag).isCompletedWithValue(true);
    }
  }

  @Test
  void send_somethingElseThanHttp_saysSo() throws Exception {
    try (var raw =
            new RawServer(
                (server, number, out) -> RawServer.print(out, "220 mail.example ready\r\n\r\n"));
        var http = service(raw.url())) {
      var refusal =
          catchThrowableOfType(HttpProtocolException.class, () -> http.send(READ, soon()));

      assertThat(refusal.kind()).isEqualTo(HttpProtocolException.Kind.NOT_HTTP);
      assertThat(refusal).hasMessageContaining("not HTTP");
    }
  }
}
