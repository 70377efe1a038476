package com.hotdash.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.health.HealthReader;
import com.hotdash.ops.http.HttpHead;
import com.hotdash.ops.secret.Redactor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A number is written in one way, whatever the language of the machine that prints it. */
class LocaleTest {
  private static List<String> texts() {
    var form =
        IncreasesTest.started(1_700_000_000L - 99)
            + "# TYPE http_requests_total counter\n"
            + "http_requests_total{route=\"/a\",status_code=\"200\"} %1$d\n"
            + "http_requests_total{route=\"/a\",status_code=\"500\"} %2$d\n"
            + "# TYPE http_request_duration_seconds histogram\n"
            + "http_request_duration_seconds_bucket{le=\"3\",route=\"/a\"} %1$d\n"
            + "http_request_duration_seconds_bucket{le=\"10\",route=\"/a\"} %3$d\n"
            + "http_request_duration_seconds_bucket{le=\"+Inf\",route=\"/a\"} %3$d\n"
            + "cache_hits_total{cache_name=\"c\"} %1$d\ncache_misses_total{cache_name=\"c\"} %2$d\n"
            + "shopify_api_calls_total{operation=\"o\",status=\"success\"} %1$d\n"
            + "shopify_api_calls_total{operation=\"o\",status=\"error\"} %2$d\n"
            + "process_resident_memory_bytes 2500000000\nprocess_cpu_seconds_total %2$d\n"
            + "s{quantile=\"0.5\"} 1234.5\n";
    var before = IncreasesTest.scrape("m1", 0, String.format(Locale.ROOT, form, 0, 0, 0));
    var after = IncreasesTest.scrape("m1", 10, String.format(Locale.ROOT, form, 9263, 737, 10000));
    var increases = Increases.between(List.of(before), List.of(after));
    var names = MetricNames.hotdash();
    var texts = new ArrayList<String>();
    texts.add(ErrorShare.of(increases, names).toString());
    texts.add(RequestLatency.of(increases, names, Duration.ofMillis(2500)).toString());
    texts.add(CacheHits.of(increases, names).toString());
    texts.add(ApiCalls.of(increases, names).toString());
    texts.add(ProcessSignals.of(after, increases).toString());
    texts.add(Spread.ofQuantile(List.of(after), "s", 0.5).orElseThrow().toString());
    texts.add(new MachineWindow("m1", Duration.ofSeconds(10), false, 1234).toString());
    texts.add(increases.toString());
    texts.add(after.toString());
    texts.add(after.exposition().matching("t").toString());
    texts.add(MetricsReaderTest.text("x 1\n" + "x{ 1\n".repeat(1500)).toString());
    texts.add(
        MetricsReaderTest.reading("no metric\n".repeat(1500), "text/plain").obstacle().toString());
    texts.add(
        new HealthReader(Redactor.SHAPES)
            .read(
                new HttpHead(503, Map.of("Content-Type", List.of("application/json")), null),
                "{\"status\":\"degraded\",\"checks\":{\"db\":{\"status\":\"ok\",\"latencyMs\":1234.5}}}"
                    .getBytes(StandardCharsets.UTF_8))
            .toString());
    return texts;
  }

  // Arabic has digits of its own, Turkish another lower case of I.
  @ParameterizedTest
  @ValueSource(strings = {"de-DE", "ar-EG-u-nu-arab", "tr-TR", "fr-FR"})
  void toString_foreignDefaultLocale_changesNothing(String tag) {
    var own = Locale.getDefault();
    try {
      Locale.setDefault(Locale.ROOT);
      var expected = texts();
      Locale.setDefault(Locale.forLanguageTag(tag));

      assertThat(texts()).containsExactlyElementsOf(expected);
      assertThat(texts().get(0)).contains("7.37 %");
    } finally {
      Locale.setDefault(own);
    }
  }
}
