package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;

class FlyLogsTest {
  private static final String LOGS = "GET /api/v1/apps/hotdash-production/logs";
  private static final Instant START = Instant.parse("2026-11-23T02:50:00Z");

  /**
   * Pages as Fly makes them: entries after the cursor, at most {@code size}, cursor bare or text.
   */
  private static MockResponse page(FakeFly.Asked asked, List<Instant> log, int size, boolean bare) {
    var cursor = asked.query().replaceAll(".*next_token=(\\d*).*", "$1");
    var from = Instant.ofEpochSecond(0, Long.parseLong(cursor));
    var entries = log.stream().filter(at -> !at.isBefore(from)).limit(size).toList();
    var next = entries.isEmpty() ? "" : nanos(entries.get(entries.size() - 1));
    var body =
        entries.stream()
            .map(
                at ->
                    "{\"id\":\"%s\",\"attributes\":{\"timestamp\":\"%s\",\"message\":\"line %s\",\"level\":\"info\",\"instance\":\"m1\",\"meta\":{\"event\":{\"provider\":\"app\"}}}}"
                        .formatted(nanos(at), at, nanos(at)))
            .collect(Collectors.joining(","));
    var token = bare && !next.isEmpty() ? next : "\"" + next + "\"";
    return FakeFly.answer(200, "{\"data\":[" + body + "],\"meta\":{\"next_token\":" + token + "}}");
  }

  private static String nanos(Instant at) {
    return at.getEpochSecond() + "%09d".formatted(at.getNano());
  }

  private static List<Instant> log(int lines) {
    // Odd nanoseconds: a cursor that went through a double would lose them.
    return IntStream.range(0, lines)
        .mapToObj(i -> START.plusNanos(i * 1_000_000_007L + 123_456_789L))
        .toList();
  }

  @Test
  void logs_overThreePages_loseAndRepeatNothing() {
    for (boolean bare : new boolean[] {true, false}) {
      try (var fly = new FakeFly();
          var client = fly.client()) {
        var log = log(250);
        fly.on(LOGS, asked -> page(asked, log, 100, bare));

        var read = client.app("hotdash-production").logs(Duration.ofMinutes(10));

        assertThat(read.complete()).as(read.coverage()).isTrue();
        assertThat(read.entries()).extracting(FlyLogEntry::at).containsExactlyElementsOf(log);
        assertThat(fly.asked(LOGS).get(0).query()).contains("next_token=" + nanos(START));
      }
    }
  }

  @Test
  void logs_pageBudgetUsedUp_saysHowMuchWasSeen() {
    try (var fly = new FakeFly();
        var client = fly.client()) {
      fly.on(LOGS, asked -> page(asked, log(250), 100, true));

      var read = client.app("hotdash-production").logs(START, START.plusSeconds(600), 1, "m1");

      assertThat(read.complete()).isFalse();
      assertThat(read.coverage())
          .isEqualTo("100 lines of 1 page, first 99 s of 10 min: page budget used up");
      assertThat(fly.asked(LOGS).get(0).query()).contains("instance=m1");
      assertThat(read.matching("line .*").entries()).hasSize(100);
      assertThat(read.matching("nothing").complete()).isFalse();
    }
  }

  @Test
  void logs_lineOfLaterTimeComesEarly_doesNotEndTheReading() {
    try (var fly = new FakeFly();
        var client = fly.client()) {
      var until = START.plusSeconds(200);
      // One machine's clock is ahead: its line stands among earlier ones.
      fly.on(LOGS, asked -> ahead(page(asked, log(300), 100, true), until));

      var read = client.app("hotdash-production").logs(START, until, 10, null);

      assertThat(read.complete()).as(read.coverage()).isTrue();
      assertThat(read.entries()).extracting(FlyLogEntry::at).hasSize(198);
    }
  }

  /** Gives the tenth line of each page a time after the end. */
  private static MockResponse ahead(MockResponse page, Instant until) {
    var parts = page.getBody() == null ? "" : text(page);
    var lines = parts.split("\"timestamp\":\"", -1);
    if (lines.length > 11) {
      lines[10] = until.plusSeconds(60) + lines[10].substring(lines[10].indexOf('"'));
    }
    return FakeFly.answer(200, String.join("\"timestamp\":\"", lines));
  }

  private static String text(MockResponse page) {
    var buffer = new okio.Buffer();
    try {
      java.util.Objects.requireNonNull(page.getBody()).writeTo(buffer);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return buffer.readUtf8();
  }

  @Test
  void logs_fullPageWithoutACursor_isNotCalledComplete() {
    for (int lines : new int[] {100, 10}) {
      try (var fly = new FakeFly();
          var client = fly.client()) {
        fly.on(
            LOGS,
            asked ->
                FakeFly.answer(
                    200,
                    text(page(asked, log(lines), 100, false))
                        .replaceFirst("\"next_token\":\"\\d*\"", "\"other\":1")));

        var read = client.app("hotdash-production").logs(START, START.plusSeconds(600), 10, null);

        assertThat(read.entries()).hasSize(lines);
        assertThat(read.complete()).as(read.coverage()).isEqualTo(lines < 50);
      }
    }
  }

  @Test
  void logs_laterPageFails_keepsWhatWasRead() {
    try (var fly = new FakeFly();
        var client = fly.client()) {
      fly.on(LOGS, asked -> page(asked, log(250), 100, true)).on(LOGS, 500, "{\"error\":\"boom\"}");

      var read = client.app("hotdash-production").logs(Duration.ofMinutes(10));

      assertThat(read.entries()).hasSize(100);
      assertThat(read.coverage()).contains("page 2").contains("boom");
    }
  }

  @Test
  void logs_firstPageRefused_throws() {
    try (var fly = new FakeFly();
        var client = fly.client()) {
      fly.on(LOGS, 401, "{\"error\":\"unauthorized\"}");

      assertThatThrownBy(() -> client.app("hotdash-production").logs(Duration.ofMinutes(1)))
          .isInstanceOf(FlyAuthException.class);
    }
  }

  @Test
  void logs_secretsInLines_areTakenOut() {
    try (var fly = new FakeFly();
        var client = fly.client()) {
      fly.on(
          LOGS,
          200,
          "{\"data\":[{\"attributes\":{\"timestamp\":\"2026-11-23T02:59:59Z\",\"message\":\"fm2_lJPEplanted0canary0token\","
              + "\"meta\":{\"event\":{\"provider\":\"proxy\"},\"error\":{\"message\":\"[PR03] no candidate\"},\"http\":{\"response\":{\"status_code\":503}}}}}],\"meta\":null}");

      var entry = client.app("hotdash-production").logs(Duration.ofMinutes(1)).entries().get(0);

      assertThat(entry.message()).isEqualTo("*** [PR03] no candidate");
      assertThat(entry.httpStatus()).isEqualTo(503);
      assertThat(entry.provider()).isEqualTo("proxy");
    }
  }

  @Test
  void follow_untilTheTimeIsUp_handsEachEntryOnOnce() {
    try (var fly = new FakeFly();
        var client = fly.client()) {
      var now = fly.time.now();
      var log = IntStream.range(0, 30).mapToObj(now::plusSeconds).toList();
      fly.on(
          LOGS,
          asked ->
              page(
                  asked, log.stream().filter(at -> !at.isAfter(fly.time.now())).toList(), 7, true));
      var seen = new ArrayList<Instant>();

      client
          .app("hotdash-production")
          .follow(Duration.ofSeconds(20), entry -> seen.add(entry.at()));

      assertThat(seen).doesNotHaveDuplicates().startsWith(now).hasSizeGreaterThan(15);
      assertThat(Duration.between(now, fly.time.now())).isLessThan(Duration.ofSeconds(21));
    }
  }
}
