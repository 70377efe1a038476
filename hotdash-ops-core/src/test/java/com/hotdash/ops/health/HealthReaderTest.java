package com.hotdash.ops.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.http.HttpHead;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthReaderTest {
  private static final HealthReader READER =
      new HealthReader(Redactor.of(List.of(Secret.of("hunter2-secret"))));

  private static HealthReport read(int code, String type, String body) {
    return READER.read(head(code, type), body.getBytes(StandardCharsets.UTF_8));
  }

  private static HealthReport json(int code, String body) {
    return read(code, "application/json; charset=utf-8", body);
  }

  private static HttpHead head(int code, String type) {
    return new HttpHead(code, Map.of("Content-Type", List.of(type)), null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // code | body | overall | shape | agree
        "200 | '' | PASS | PLAIN | true",
        "204 | '' | PASS | PLAIN | true",
        "200 | OK | PASS | PLAIN | true",
        "200 | all is fine here | PASS | PLAIN | true",
        "200 | unhealthy | FAIL | PLAIN | false",
        "503 | '' | FAIL | PLAIN | true",
        "502 | Bad Gateway | FAIL | PLAIN | true",
        "200 | {\"status\":\"ok\"} | PASS | SIMPLE | true",
        "200 | {\"status\":\"UP\"} | PASS | SIMPLE | true",
        "200 | {\"status\":\"pass\"} | PASS | SIMPLE | true",
        "200 | {\"status\":\"Healthy\"} | PASS | SIMPLE | true",
        "200 | {\"ok\":true} | PASS | SIMPLE | true",
        "200 | {\"ok\":false} | FAIL | SIMPLE | false",
        "200 | {\"healthy\":true} | PASS | SIMPLE | true",
        "200 | \"ok\" | PASS | SIMPLE | true",
        "200 | {\"status\":\"warn\"} | WARN | SIMPLE | true",
        "200 | {\"status\":\"fail\"} | FAIL | SIMPLE | false",
        "200 | {\"status\":\"purple\"} | UNKNOWN | SIMPLE | true",
        "200 | {\"status\":\"ok\",\"database\":{\"status\":\"down\"}} | WARN | CHECKS | true",
        "200 | {\"status\":\"ok\",\"database\":{\"status\":\"up\"}} | PASS | CHECKS | true",
        "200 | {\"status\":\"ok\",\"order\":{\"status\":\"paid\"}} | PASS | SIMPLE | true",
        "200 | {\"error\":\"boom\"} | UNKNOWN | OTHER | true",
        "200 | {\"status\":\"o | UNKNOWN | OTHER | true",
        "200 | {\"status\":\"ok\",\"status\":\"fail\"} | UNKNOWN | OTHER | true",
        "200 | {\"status\":\"ok\"} trailing | UNKNOWN | OTHER | true",
        "503 | {\"status\":\"ok\"} | FAIL | SIMPLE | false",
        "503 | {\"status\":\"error\"} | FAIL | SIMPLE | true",
        "503 | {\"status\":\"degraded\"} | FAIL | SIMPLE | false",
        "200 | {\"status\":\"degraded\"} | WARN | SIMPLE | true",
        "200 | <!doctype html><title>Sign in</title> | UNKNOWN | HTML | true",
        "503 | <html>no machine</html> | FAIL | HTML | true",
        "301 | '' | UNKNOWN | PLAIN | true",
        "302 | {\"status\":\"ok\"} | UNKNOWN | PLAIN | true",
        "401 | {\"status\":\"error\"} | UNKNOWN | SIMPLE | true",
        "403 | '' | UNKNOWN | PLAIN | true",
        "404 | not found | UNKNOWN | PLAIN | true",
        "429 | '' | UNKNOWN | PLAIN | true",
        "429 | {\"status\":\"fail\"} | FAIL | SIMPLE | true",
        "418 | {\"status\":\"ok\"} | UNKNOWN | SIMPLE | true",
      })
  void read_codeAndBody_areTwoWitnesses(
      int code, String body, HealthStatus overall, HealthShape shape, boolean agree) {
    var report = read(code, "text/plain", body);

    assertThat(report.overall()).isEqualTo(overall);
    assertThat(report.shape()).isEqualTo(shape);
    assertThat(report.agree()).isEqualTo(agree);
  }

  @ParameterizedTest
  @CsvSource({
    "ok, PASS",
    "UP, PASS",
    "Pass, PASS",
    "HEALTHY, PASS",
    "degraded, WARN",
    "WARN, WARN",
    "fail, FAIL",
    "Error, FAIL",
    "DOWN, FAIL",
    "OUT_OF_SERVICE, FAIL",
    "unhealthy, FAIL",
    "UNKNOWN, UNKNOWN",
    "starting, UNKNOWN",
    "'', UNKNOWN"
  })
  void parse_word_inAnyCase(String word, HealthStatus expected) {
    assertThat(HealthStatus.parse(word)).isEqualTo(expected);
  }

  @Test
  void read_failUnderGoodCode_saysThatThePlatformCannotSeeIt() {
    assertThat(json(200, "{\"status\":\"error\"}").notes())
        .singleElement()
        .asString()
        .contains("platform's own check cannot see it");
  }

  @Test
  void read_applicationHealthDegraded_namesTheDependencyAndThePolicy() {
    var report =
        json(
            503,
            """
            {"status":"degraded","timestamp":"2026-11-23T03:00:00.000Z","checks":{
              "database":{"status":"ok","responseTime":12.5},
              "shopify":{"status":"degraded","error":"no credential hunter2-secret"}}}""");

    assertThat(report.shape()).isEqualTo(HealthShape.CHECKS);
    assertThat(report.overall()).isEqualTo(HealthStatus.FAIL);
    assertThat(report.byBody()).isEqualTo(HealthStatus.WARN);
    assertThat(report.at()).isEqualTo(Instant.parse("2026-11-23T03:00:00Z"));
    assertThat(report.checks())
        .containsExactly(
            new HealthCheck(
                "database", HealthStatus.PASS, "ok", null, Duration.ofNanos(12_500_000), null),
            new HealthCheck(
                "shopify", HealthStatus.WARN, "degraded", null, null, "no credential ***"));
    assertThat(report)
        .hasToString(
            "fail, code 503, body \"degraded\"; shopify warn: no credential ***; the endpoint's own"
                + " policy answers 503 when degraded: that takes the machine out of rotation because"
                + " of shopify");
  }

  @Test
  void read_monitoring_keepsItsFigures() {
    var report =
        json(
            200,
            """
            {"status":"degraded","message":"slow","metrics":{"errors":{"total":7,"critical":1},
             "performance":{"routeP95":3100.5,"apiP95":null},"uptime":{"overall":NaN}}}""");

    assertThat(report.shape()).isEqualTo(HealthShape.MONITORING);
    assertThat(report.overall()).isEqualTo(HealthStatus.WARN);
    assertThat(report.message()).isEqualTo("slow");
    assertThat(report.figures())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("errors.total", 7.0, "errors.critical", 1.0, "performance.routeP95", 3100.5));
  }

  @Test
  void read_checkManager_readsItsList() {
    var report =
        json(
            200,
            """
            {"status":"healthy","uptime":5,"version":"1.2.3","checks":[
              {"name":"db","status":"pass","responseTime":3},
              {"name":"disk","status":"fail","message":"full"},{"status":"odd"}]}""");

    assertThat(report.shape()).isEqualTo(HealthShape.CHECK_LIST);
    assertThat(report.version()).isEqualTo("1.2.3");
    assertThat(report.checks()).hasSize(3);
    assertThat(report.amiss())
        .extracting(HealthCheck::name)
        .containsExactly("disk", "without a name");
    assertThat(report.overall()).isEqualTo(HealthStatus.WARN);
    assertThat(report.notes()).containsExactly("says healthy, yet fails: disk");
  }

  @Test
  void read_apiHealth_readsTheDatabase() {
    var report =
        json(
            503,
            "{\"status\":\"error\",\"database\":\"unhealthy\",\"responseTime\":9,\"error\":\"P1001\"}");

    assertThat(report.shape()).isEqualTo(HealthShape.DATABASE);
    assertThat(report.overall()).isEqualTo(HealthStatus.FAIL);
    assertThat(report.checks())
        .containsExactly(
            new HealthCheck(
                "database", HealthStatus.FAIL, "unhealthy", null, Duration.ofMillis(9), "P1001"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"components", "details"})
  void read_actuator_readsGroupsToo(String key) {
    var report =
        json(
            503,
            """
            {"status":"DOWN","KEY":{"db":{"status":"DOWN","details":{"error":"refused"}},
              "mail":{"status":"UNKNOWN"},
              "all":{"status":"UP","KEY":{"one":{"status":"OUT_OF_SERVICE"}}}}}"""
                .replace("KEY", key));

    assertThat(report.shape()).isEqualTo(HealthShape.ACTUATOR);
    assertThat(report.checks())
        .extracting(HealthCheck::name, HealthCheck::status)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("db", HealthStatus.FAIL),
            org.assertj.core.groups.Tuple.tuple("mail", HealthStatus.UNKNOWN),
            org.assertj.core.groups.Tuple.tuple("all", HealthStatus.PASS),
            org.assertj.core.groups.Tuple.tuple("all/one", HealthStatus.FAIL));
    assertThat(report.checks().get(0).message()).isEqualTo("refused");
  }

  @Test
  void read_healthJsonDraft_readsValuesWithUnits() {
    var report =
        read(
            200,
            "application/health+json",
            """
            {"status":"warn","version":"1","releaseId":"v42","output":"busy","notes":[],"checks":{
              "postgres:connections":[{"componentType":"datastore","observedValue":75,
                "observedUnit":"percent","status":"warn","output":""},{"status":"pass"}]}}""");

    assertThat(report.shape()).isEqualTo(HealthShape.HEALTH_JSON);
    assertThat(report.overall()).isEqualTo(HealthStatus.WARN);
    assertThat(report.release()).isEqualTo("v42");
    assertThat(report.message()).isEqualTo("busy");
    assertThat(report.checks()).hasSize(2);
    assertThat(report.checks().get(0)).hasToString("postgres:connections warn 75 percent");
  }

  @Test
  void read_redirect_tellsWhereToAndDoesNotTrustIt() {
    var head = new HttpHead(302, Map.of("Location", List.of("/login?token=abcdefgh")), null);

    assertThat(READER.read(head, new byte[0]).notes())
        .containsExactly("redirects to /login?token=***, not followed: it may be a login page");
  }

  @Test
  void read_controlCharacters_areNotPrinted() {
    var report = json(200, "{\"status\":\"ok\",\"message\":\"a\\u001b[31mred\\nline\"}");

    assertThat(report.toString()).doesNotContain("\u001b").doesNotContain("\n");
  }

  @Test
  void read_deepJson_isUnknown() {
    assertThat(json(200, "[".repeat(100_000)).overall()).isEqualTo(HealthStatus.UNKNOWN);
    assertThat(json(200, "{\"status\":".repeat(40) + "1" + "}".repeat(40)).overall())
        .isEqualTo(HealthStatus.UNKNOWN);
  }

  @Test
  void read_invalidUtf8AndByteOrderMark_areNoObstacle() {
    var body = "\uFEFF{\"status\":\"ok\",\"message\":\"Xy\"}".getBytes(StandardCharsets.UTF_8);
    body[body.length - 4] = (byte) 0xff;

    assertThat(READER.read(head(200, "application/json"), body).overall())
        .isEqualTo(HealthStatus.PASS);
  }

  @Test
  void read_endlessBody_stopsAtTheBound() throws IOException {
    var endless =
        new InputStream() {
          private long given;

          @Override
          public int read() {
            given++;
            return '{';
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            java.util.Arrays.fill(into, offset, offset + length, (byte) '{');
            given += length;
            return length;
          }
        };

    var report = READER.read(head(200, "application/json"), endless);

    assertThat(report.overall()).isEqualTo(HealthStatus.UNKNOWN);
    assertThat(endless.given).isEqualTo(HealthReader.MAX_BODY_BYTES + 1L);
    assertThat(READER.read(head(500, "text/plain"), new byte[HealthReader.MAX_BODY_BYTES + 1]))
        .extracting(HealthReport::overall)
        .isEqualTo(HealthStatus.FAIL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'status':'ok','checks':{'db':{'status':'ok'}}} | PASS | ''",
        "{'status':'ok','checks':{'db':{'status':'degraded'}}} | WARN | says ok, yet warns: db",
        "{'status':'ok','checks':{'db':{'status':'molten'}}} | UNKNOWN | not known: db",
        "{'status':'ok','checks':{'db':{'status':'unknown'}}} | UNKNOWN | not known: db",
        "{'status':'ok','checks':{'uptime':{'observedValue':7}}} | PASS | ''",
        "{'status':'ok','database':'asleep'} | UNKNOWN | not known: database",
        "{'status':'UP','components':{'db':{'status':'UNKNOWN'}}} | PASS | ''",
        "{'status':'UP','components':{'db':{'status':'DOWN'}}} | WARN | yet fails: db",
        "{'status':'ok','healthy':false} | FAIL | cannot see it",
        "{'ok':true,'status':'molten'} | UNKNOWN | is not known",
        "{'status':'degraded','ok':true} | WARN | ''",
      })
  void read_goodWordOverChecks_isNoBetterThanTheyAre(
      String body, HealthStatus overall, String note) {
    var report = json(200, body.replace('\'', '"'));

    assertThat(report.overall()).isEqualTo(overall);
    assertThat(String.join("; ", report.notes())).contains(note);
    assertThat(report.notes().isEmpty()).isEqualTo(note.isEmpty());
  }

  @Test
  void read_checksBeyondTheBound_areNotTakenForGood() {
    var checks = "{\"status\":\"pass\"},".repeat(HealthBody.MOST_CHECKS);

    assertThat(
            json(200, "{\"status\":\"ok\",\"checks\":[" + checks + "{\"status\":\"fail\"}]}")
                .overall())
        .isEqualTo(HealthStatus.UNKNOWN);
  }

  @Test
  void read_manyChecks_keepsABoundedNumber() {
    var checks = "{\"status\":\"pass\"},".repeat(1000);

    var report = json(200, "{\"status\":\"ok\",\"checks\":[" + checks + "{\"status\":\"pass\"}]}");

    assertThat(report.checks()).hasSize(200);
    assertThat(report.notes()).containsExactly("more than 200 checks: the rest was not read");
  }
}
