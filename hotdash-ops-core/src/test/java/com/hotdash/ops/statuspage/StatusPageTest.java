package com.hotdash.ops.statuspage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.statuspage.PageStatus.Format;
import com.hotdash.ops.time.ManualTime;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusPageTest {
  private static final String SUMMARY =
      """
      {"page":{"id":"p","name":"Example","updated_at":"2026-11-23T10:20:31.115Z"},
       "status":{"indicator":"minor","description":"Partially Degraded Service"},
       "components":[
        {"id":"g1","name":"Database","status":"major_outage","group":true,"group_id":null},
        {"id":"c1","name":"us-east-1","status":"partial_outage","group":false,"group_id":"g1",
         "updated_at":"2026-11-23T10:05:00.000Z"},
        {"id":"c2","name":"Dashboard","status":"operational"},
        {"id":"c3","name":"Storage","status":"on_fire"}],
       "incidents":[
        {"id":"i1","name":"Elevated <b>errors</b>","status":"identified","impact":"major",
         "started_at":"2026-11-23T09:50:00.000Z","updated_at":"2026-11-23T10:20:31.000Z",
         "components":[{"id":"c1","name":"us-east-1"}],
         "incident_updates":[{"body":"A fix; token=abcdefgh"},{"body":"Old"}]},
        {"id":"i0","name":"Gone","status":"resolved"}],
       "scheduled_maintenances":[
        {"id":"m1","name":"Upgrade","status":"in_progress","scheduled_for":"2026-11-25T02:00:00Z",
         "scheduled_until":"2026-11-25T03:00:00Z"},{"id":"m2","name":"Old","status":"completed"}]}""";

  @StartStop private final MockWebServer server = new MockWebServer();
  private final ManualTime manual = new ManualTime();

  private void answer(String type, String body) {
    server.enqueue(new MockResponse.Builder().addHeader("Content-Type", type).body(body).build());
  }

  private void json(String body) {
    answer("application/json; charset=utf-8", body);
  }

  private StatusPages pages(String... words) {
    return StatusPages.builder()
        .page("vendor", server.url("/").toString(), words)
        .time(new Time(manual.time().clock(), manual.time().ticker(), manual.time().sleeper()))
        .build();
  }

  private Reading<PageStatus> read(String... words) {
    try (var pages = pages(words)) {
      return pages.page("vendor").read(Time.SYSTEM.deadline(Duration.ofSeconds(10)));
    }
  }

  @Test
  void read_summary_isUnderstood() throws Exception {
    json(SUMMARY);

    var reading = read();

    var status = reading.toOptional().orElseThrow();
    assertThat(server.takeRequest().getTarget()).isEqualTo("/api/v2/summary.json");
    assertThat(status.format()).isEqualTo(Format.STATUSPAGE);
    assertThat(status.level()).isEqualTo(PageLevel.DEGRADED);
    assertThat(status.components())
        .as("roll-up rows are not counted")
        .extracting(PageStatus.Component::name, PageStatus.Component::level)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("us-east-1", PageLevel.PARTIAL_OUTAGE),
            org.assertj.core.groups.Tuple.tuple("Dashboard", PageLevel.OPERATIONAL),
            org.assertj.core.groups.Tuple.tuple("Storage", PageLevel.UNKNOWN));
    var incident = status.incidents().get(0);
    assertThat(status.incidents()).hasSize(1);
    assertThat(incident.impact()).isEqualTo(PageLevel.PARTIAL_OUTAGE);
    assertThat(incident.startedAt()).isEqualTo(Instant.parse("2026-11-23T09:50:00Z"));
    assertThat(incident.components()).containsExactly("us-east-1");
    assertThat(incident.latest()).isEqualTo("A fix; token=***");
    assertThat(status.maintenances()).singleElement().matches(PageStatus.Maintenance::underWay);
  }

  @Test
  void read_evidence_saysThatItIsWeakWhereAndFromWhen() {
    json(SUMMARY);

    var evidence = read().evidenceIfRead().orElseThrow();

    assertThat(evidence.source())
        .contains("weak: vendor pages lag")
        .contains("/api/v2/summary.json");
    assertThat(evidence.dataAt()).isEqualTo(Instant.parse("2026-11-23T10:20:31.115Z"));
    assertThat(evidence.observedAt()).isEqualTo(manual.now());
    assertThat(evidence.byHand()).startsWith("curl -sSL --max-time 4 'http://");
    assertThat(evidence.value()).contains("Partially Degraded Service", "us-east-1 partial_outage");
  }

  @ParameterizedTest
  @CsvSource({
    "EAST, 1, PARTIAL_OUTAGE",
    "dashboard, 1, OPERATIONAL",
    "storage, 1, UNKNOWN",
    "nowhere, 0, UNKNOWN"
  })
  void read_words_chooseComponents(String word, int found, PageLevel relevant) {
    json(SUMMARY);

    var status = read(word).toOptional().orElseThrow();

    assertThat(status.components()).hasSize(found);
    assertThat(status.unmatched()).isEqualTo(3 - found);
    assertThat(status.relevant()).isEqualTo(relevant);
  }

  @ParameterizedTest
  @CsvSource({"critical, '', MAJOR_OUTAGE", "sunny, '', UNKNOWN", "critical, API, OPERATIONAL"})
  void relevant_allIsAsked_isNoBetterThanThePagesOwnWord(
      String indicator, String word, PageLevel relevant) {
    json(
        """
        {"status":{"indicator":"%s","description":"x"},"components":[
          {"id":"1","name":"API","status":"operational"},
          {"id":"2","name":"Web","status":"operational"}]}"""
            .formatted(indicator));

    var status = (word.isEmpty() ? read() : read(word)).toOptional().orElseThrow();

    assertThat(status.relevant()).isEqualTo(relevant);
  }

  @ParameterizedTest
  @CsvSource({"'', 500", "Part, 500", "Part 999, 1"})
  void read_manyComponents_keepsTheWorst(String word, int kept) {
    var rows = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      rows.append("{\"name\":\"Part %d\",\"status\":\"operational\"},".formatted(i));
    }
    var body =
        rows.toString()
            .replace("999\",\"status\":\"operational", "999\",\"status\":\"major_outage");
    json(
        "{\"status\":{\"indicator\":\"none\"},\"components\":["
            + body.substring(0, body.length() - 1)
            + "]}");

    var status = (word.isEmpty() ? read() : read(word)).toOptional().orElseThrow();

    assertThat(status.components()).hasSize(kept);
    assertThat(status.relevant()).isEqualTo(PageLevel.MAJOR_OUTAGE);
  }

  @ParameterizedTest
  @CsvSource({
    "none, OPERATIONAL",
    "minor, DEGRADED",
    "major, PARTIAL_OUTAGE",
    "critical, MAJOR_OUTAGE",
    "maintenance, MAINTENANCE",
    "operational, OPERATIONAL",
    "sunny, UNKNOWN"
  })
  void read_indicator_unknownWordsAreKept(String word, PageLevel level) {
    json("{\"status\":{\"indicator\":\"%s\",\"description\":\"told\"}}".formatted(word));

    var status = read().toOptional().orElseThrow();

    assertThat(status.level()).isEqualTo(level);
    assertThat(status.said()).isEqualTo(level == PageLevel.UNKNOWN ? "sunny" : "told");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'page':{'name':'x','status':'UP'}} | INSTATUS | OPERATIONAL | 0",
        "{'page':{'status':'UNDERMAINTENANCE'},'activeMaintenances':[{}]} | INSTATUS | MAINTENANCE | 0",
        "{'page':{'status':'HASISSUES'},'activeIncidents':[{'name':'a','impact':'MAJOROUTAGE'}]}"
            + " | INSTATUS | DEGRADED | 1",
        "{'page':{'status':'ODD'}} | INSTATUS | UNKNOWN | 0",
        "{'data':{'attributes':{'aggregate_state':'downtime'}}} | BETTER_STACK | MAJOR_OUTAGE | 0",
        "{'data':{'attributes':{'aggregate_state':'operational'}}} | BETTER_STACK | OPERATIONAL | 0",
        "{'incidents':[]} | INCIDENTS | OPERATIONAL | 0",
        "{'incidents':[{'id':'1','name':'n','status':'open'}]} | INCIDENTS | UNKNOWN | 1",
      })
  void read_otherProducts_areUnderstood(
      String body, Format format, PageLevel level, int incidents) {
    json(body.replace('\'', '"'));

    var status = read().toOptional().orElseThrow();

    assertThat(status.format()).isEqualTo(format);
    assertThat(status.level()).isEqualTo(level);
    assertThat(status.incidents()).hasSize(incidents);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/html | <html>Sign in</html>",
        "text/plain | {\"status\":{\"indicator\":\"none\"}}",
        "application/json | <html>",
        "application/json | ''",
        "application/json | []",
        "application/json | null",
        "application/json | {}",
        "application/json | {\"status\":\"ok\"}",
        "application/json | {\"status\":{\"indicator\":7}}",
        "application/json | {\"incidents\":[],\"status\":{}}",
        "application/json | {\"status\":{\"indicator\":\"none\"",
      })
  void read_notUnderstood_isUnreadable(String type, String body) {
    answer(type, body);

    assertThat(read().obstacle())
        .hasValueSatisfying(
            obstacle -> {
              assertThat(obstacle.why()).isEqualTo(Why.NOT_UNDERSTOOD);
              assertThat(obstacle.detail()).startsWith("unreadable: ");
            });
  }

  @Test
  void read_tooLong_isUnreadable() {
    json("{\"x\":\"" + "y".repeat(2_100_000) + "\"}");

    assertThat(read().obstacle()).map(NotChecked::why).contains(Why.NOT_UNDERSTOOD);
  }

  @Test
  void read_redirectToALogin_isUnreadable() {
    server.enqueue(new MockResponse.Builder().code(302).addHeader("Location", "/login").build());
    answer("text/html", "<html>Sign in</html>");

    assertThat(read().obstacle()).map(NotChecked::why).contains(Why.NOT_UNDERSTOOD);
  }

  @Test
  void read_refused_isUnreachable() throws Exception {
    var page = server.url("/").toString();
    server.close();
    try (var pages = StatusPages.builder().page("v", page).time(manual.time()).build()) {
      assertThat(pages.page("v").read(manual.time().deadline(Duration.ofSeconds(5))).obstacle())
          .map(NotChecked::why)
          .contains(Why.UNREACHABLE);
    }
  }

  @Test
  void read_withinAMinute_asksOnce() {
    json(SUMMARY);
    json("{\"incidents\":[]}");
    try (var pages = pages()) {
      var first = pages.page("vendor").read(manual.time().deadline(Duration.ofSeconds(10)));
      manual.advance(Duration.ofSeconds(59));
      var second = pages.page("vendor").read(manual.time().deadline(Duration.ofSeconds(10)));
      manual.advance(Duration.ofSeconds(1));
      var third = pages.page("vendor").read(manual.time().deadline(Duration.ofSeconds(10)));

      assertThat(second).isSameAs(first);
      assertThat(third.toOptional().orElseThrow().format()).isEqualTo(Format.INCIDENTS);
    }
  }

  @Test
  void read_manyAtOnce_asksOnce() throws Exception {
    json(SUMMARY);
    var threads = Executors.newFixedThreadPool(4);
    try (var pages = pages()) {
      var all = new ArrayList<Future<Reading<PageStatus>>>();
      for (int i = 0; i < 4; i++) {
        all.add(
            threads.submit(
                () -> pages.page("vendor").read(Time.SYSTEM.deadline(Duration.ofSeconds(10)))));
      }
      for (var one : all) {
        assertThat(one.get().toOptional()).isPresent();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void pages_all_areReadSideBySideByName() {
    json(SUMMARY);
    try (var pages =
        StatusPages.builder()
            .page("one", server.url("/").toString())
            .page("two", "http://status.invalid/own.json")
            .build()) {
      var all = pages.read(Time.SYSTEM.deadline(Duration.ofSeconds(10)));

      assertThat(all.keySet()).containsExactly("one", "two");
      assertThat(all.get("one")).isInstanceOf(Reading.Read.class);
      assertThat(all.get("two")).isInstanceOf(Reading.Unread.class);
      assertThat(pages.identities().get(1).identity()).isEqualTo("two (status.invalid)");
      assertThat(pages.read().keySet()).isEqualTo(all.keySet());
      assertThat(pages.toString())
          .contains("one (", "two (status.invalid)", "read()")
          .doesNotContain(".json");
      assertThatThrownBy(() -> pages.page("three"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("[one, two]");
    }
  }

  @Test
  void read_interrupted_isCancelledAndKeepsTheFlag() {
    Thread.currentThread().interrupt();

    assertThat(read().obstacle()).map(NotChecked::why).contains(Why.CANCELLED);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(List.of(server.getRequestCount())).containsExactly(0);
  }
}
