package com.hotdash.ops.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.pipeline.BuildError;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import okio.BufferedSink;
import org.junit.jupiter.api.Test;

class ManyJobsTest {
  private static final String LINE =
      "2026-11-23T10:07:30.0000000Z " + "ordinary output of a build ".repeat(3) + "\n";
  private static final String LAST =
      "2026-11-23T10:07:58.0Z ##[error]a.ts(1,2): error TS1005: ';' expected.\n";
  private static final int LINES = 10 * 1024 * 1024 / LINE.length();

  @StartStop private final MockWebServer server = new MockWebServer();
  @StartStop private final MockWebServer store = new MockWebServer();
  private final AtomicLong atTheEnd = new AtomicLong(Long.MAX_VALUE);

  @Test
  void failedLog_amongFiftyJobs_readsOneLogInBoundedMemory() {
    var hub = new Hub(server).on("/actions/runs/7", Hub.run(7, "completed", "failure", ""));
    var jobs =
        IntStream.range(0, 50)
            .mapToObj(
                i ->
                    i == 37
                        ? Hub.job(137, "build (37)", "failure", Hub.FAILED_STEPS)
                        : Hub.job(100 + i, "build (" + i + ")", "success", "[]"))
            .toArray(String[]::new);
    hub.on("/actions/runs/7/attempts/2/jobs", Hub.jobs(jobs));
    for (int i = 0; i < 50; i++) {
      hub.on(
          "/actions/jobs/" + (100 + i) + "/logs",
          Hub.response(302, "").addHeader("Location", store.url("/" + i).toString()).build());
    }
    store.enqueue(new MockResponse.Builder().body(new Log()).build());
    store.enqueue(new MockResponse.Builder().body(new Log()).build());
    try (var client = hub.client()) {
      // Once without measuring: what only the first use loads and keeps is not held for the log.
      client.failedLog(7);
      long before = held();

      var detail = client.failedLog(7);

      var log = Objects.requireNonNull(detail.log()).toOptional().orElseThrow();
      assertThat(log.totalLines()).isEqualTo(LINES + 1);
      assertThat(log.truncated()).isTrue();
      assertThat(log.incomplete()).isNull();
      assertThat(log.lines()).hasSizeLessThan(100);
      assertThat(detail.errors())
          .containsExactly(
              new BuildError(BuildError.Kind.TYPE, "a.ts", 1, "TS1005: ';' expected."));
      assertThat(hub.asked).filteredOn(each -> each.getTarget().endsWith("/logs")).hasSize(2);
      assertThat(store.getRequestCount()).isEqualTo(2);
      // Taken when nearly all of the log had passed: what is alive then is far less than the log.
      assertThat(atTheEnd.get() - before).isBetween(-64L * 1024 * 1024, 6L * 1024 * 1024);
    }
  }

  /** What the heap holds after a collection. */
  private static long held() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** Ten megabytes, made while they are sent. */
  private final class Log implements MockResponseBody {
    @Override
    public long getContentLength() {
      return (long) LINES * LINE.length() + LAST.length();
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      for (int i = 0; i < LINES; i++) {
        sink.writeUtf8(LINE);
      }
      sink.flush();
      atTheEnd.set(held());
      sink.writeUtf8(LAST);
    }
  }
}
