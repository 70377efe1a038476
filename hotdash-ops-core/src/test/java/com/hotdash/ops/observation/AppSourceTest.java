package com.hotdash.ops.observation;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.app.AppClient;
import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.statuspage.StatusPages;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;

class AppSourceTest {
  @StartStop private final MockWebServer server = new MockWebServer();
  private final Map<ReadingKey<?>, Reading<?>> read = new ConcurrentHashMap<>();
  private final Source.Sink sink =
      new Source.Sink() {
        @Override
        public <T> void put(ReadingKey<T> key, Reading<T> reading) {
          read.put(key, reading);
        }
      };

  private AppClient app() {
    return AppClient.builder().baseUrl(server.url("/").toString()).healthPaths("/health").build();
  }

  @Test
  void read_app_makesEveryReadingThatItNames() {
    server.enqueue(new MockResponse.Builder().body("OK").build());
    try (var app = app()) {
      var source = new AppSource(app);
      try (var look = source.open(Time.SYSTEM.deadline(Duration.ofSeconds(10)))) {
        look.read(sink);
      }

      assertThat(read.keySet()).isEqualTo(source.keys());
      assertThat(read.get(AppReader.HEALTH)).isInstanceOf(Reading.Read.class);
      assertThat(read.get(AppReader.CERTIFICATE)).isInstanceOf(Reading.Unread.class);
    }
  }

  @Test
  void close_whileReading_endsItAndLeavesTheThreadUnharmed() throws Exception {
    server.enqueue(new MockResponse.Builder().headersDelay(8, TimeUnit.SECONDS).build());
    try (var app = app()) {
      var look = new AppSource(app).open(Time.SYSTEM.deadline(Duration.ofSeconds(30)));
      var flags = new ConcurrentHashMap<String, Boolean>();
      var thread =
          new Thread(
              () -> {
                look.read(sink);
                flags.put("interrupted", Thread.currentThread().isInterrupted());
              });
      thread.start();
      assertThat(server.takeRequest(5, TimeUnit.SECONDS)).isNotNull();

      look.close();
      thread.join(5_000);

      assertThat(flags).containsEntry("interrupted", false);
      assertThat(read).doesNotContainKey(AppReader.CERTIFICATE);
    }
  }

  @Test
  void read_statusPages_isOneReadingOfAll() {
    server.enqueue(
        new MockResponse.Builder()
            .addHeader("Content-Type", "application/json")
            .body("{\"incidents\":[]}")
            .build());
    try (var pages =
        StatusPages.builder()
            .page("up", server.url("/v1/incidents").toString())
            .page("away", "http://status.invalid")
            .build()) {
      var source = new StatusPageSource(pages, Time.SYSTEM);
      try (var look = source.open(Time.SYSTEM.deadline(Duration.ofSeconds(10)))) {
        look.read(sink);
      }

      assertThat(read.keySet()).isEqualTo(source.keys());
      assertThat(read.get(StatusPages.PAGES))
          .isInstanceOfSatisfying(
              Reading.Read.class,
              reading -> assertThat(reading.evidence().coverage()).isEqualTo("1 of 2 pages"));
    }
  }
}
