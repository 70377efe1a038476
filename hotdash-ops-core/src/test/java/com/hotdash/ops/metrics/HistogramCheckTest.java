package com.hotdash.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistogramCheckTest {
  /** A bound and a count each, then what {@code _count} says; a semicolon parts the series. */
  private static String body(String series) {
    var text = new StringBuilder("# TYPE h histogram\n");
    int n = 0;
    for (var one : series.split(";", -1)) {
      n++;
      for (var part : one.trim().split(" ", -1)) {
        var pair = part.split("=", -1);
        text.append(
            pair[0].equals("count")
                ? "h_count{s=\"%d\"} %s\n".formatted(n, pair[1])
                : "h_bucket{le=\"%s\",s=\"%d\"} %s\n".formatted(pair[0], n, pair[1]));
      }
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1=2 +Inf=3 count=3 | ''",
        "+Inf=3 1.0=2 count=3 | ''",
        "1=2 Inf=3 | ''",
        "1=2 count=2 | the bucket +Inf is missing in 1 series",
        "1=2 | the bucket +Inf is missing in 1 series",
        "1=2 +Inf=3 ; count=4 | the bucket +Inf is missing in 1 series",
        "1=2 +Inf=3 count=4 | the bucket +Inf is not the count in 1 series",
        "1=5 2=3 +Inf=6 count=6 | the counts of buckets fall in 1 series",
        "2=3 +Inf=6 1=5 count=6 | the counts of buckets fall in 1 series",
        "1=7 +Inf=6 count=7 | the counts of buckets fall in 1 series",
        "1=2 ; 1=2 ; 1=2 +Inf=3 count=9 |"
            + " the bucket +Inf is missing in 2 series; the bucket +Inf is not the count in 1 series"
      })
  void read_bucketsThatDoNotFit_areOneWarning(String series, String problem) {
    var exposition = MetricsReaderTest.text(body(series));

    assertThat(exposition.warnings())
        .extracting(MetricsWarning::toString)
        .isEqualTo(problem.isEmpty() ? List.of() : List.of("histogram h: " + problem));
    assertThat(exposition.partial()).isFalse();
  }

  @Test
  void read_seriesInterleaved_areToldApart() {
    var exposition =
        MetricsReaderTest.text(
            """
            h_bucket{le="1",s="a"} 5
            h_bucket{le="1",s="b"} 1
            h_bucket{le="+Inf",s="a"} 5
            h_bucket{le="+Inf",s="b"} 1
            h_count{s="b"} 1
            h_count{s="a"} 5
            """);

    assertThat(exposition.warnings()).isEmpty();
  }

  @Test
  void read_histogramWithoutBuckets_warnsUnlessTheyWereNotAskedFor() {
    var body = "# TYPE h histogram\nh_count 1\nh_sum 2\n";
    var counts =
        MetricsReader.standard()
            .only(List.of("h_count"))
            .read(
                new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
                MetricsReaderTest.TEXT,
                "test",
                Instant.EPOCH)
            .toOptional()
            .orElseThrow();

    assertThat(MetricsReaderTest.text(body).warnings().toString()).contains("it has no buckets");
    assertThat(counts.samples("h_count")).hasSize(1);
    assertThat(counts.warnings()).isEmpty();
  }

  @Test
  void read_brokenHistograms_warnWithinTheBound() {
    var text = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      text.append("h%d_bucket{le=\"1\"} 2\n".formatted(i));
    }

    var exposition = MetricsReaderTest.text(text.toString());

    assertThat(exposition.warnings()).hasSize(MetricsLimits.DEFAULT.warnings());
    assertThat(exposition.warningCount()).isEqualTo(50);
  }
}
