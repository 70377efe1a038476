package com.hotdash.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers that no exporter would give. In the ordinary build the inputs beside this class are
 * replayed; with {@code JAZZER_FUZZ=1} more are searched for.
 */
class MetricsReaderFuzzTest {
  private static final int SERIES = 100;
  private static final int WARNINGS = 5;
  private static final MetricsLimits SMALL =
      new MetricsLimits(1 << 16, SERIES, 1 << 12, 256, 16, WARNINGS);

  @FuzzTest(maxDuration = "2m")
  void read_anyBytes_staysWithinBoundsAndNeverThrows(byte[] input) {
    var plain = read(input, "text/plain; version=0.0.4");
    read(input, "application/openmetrics-text; version=1.0.0");
    read(input, null);
    strictly(input, plain);
  }

  private static @Nullable Exposition read(byte[] input, @Nullable String type) {
    var read =
        MetricsReader.standard()
            .limits(SMALL)
            .keys(() -> 1)
            .read(new ByteArrayInputStream(input), type, "fuzz", Instant.EPOCH)
            .toOptional();
    read.ifPresent(MetricsReaderFuzzTest::holds);
    return read.orElse(null);
  }

  private static void holds(Exposition read) {
    assertThat(read.seriesCount()).isLessThanOrEqualTo(SERIES);
    assertThat(read.warnings()).hasSizeLessThanOrEqualTo(WARNINGS);
    assertThat(read.warningCount()).isGreaterThanOrEqualTo(read.warnings().size());
    assertThat(read.truncated() && !read.partial()).isFalse();
    assertThat(read.families().stream().mapToInt(f -> f.samples().size()).sum())
        .isEqualTo(read.seriesCount());
    for (var family : read.families()) {
      for (var sample : family.samples()) {
        assertThat(read.samples(sample.name())).contains(sample);
        assertThat(Labels.of(sample.labels().toMap())).isEqualTo(sample.labels());
      }
    }
    assertThat(read.toString()).isNotEmpty();
    assertThat(read.matching("e").toString()).isNotEmpty();
    compare(read);
  }

  /** Whatever was read twice has grown by nothing that is negative. */
  private static void compare(Exposition read) {
    var before = new Scrape("fuzz", read, Instant.EPOCH, 0);
    var after = new Scrape("fuzz", read, Instant.EPOCH.plusSeconds(1), 1_000_000_000);
    var increases = Increases.between(List.of(before), List.of(after));
    var names = MetricNames.hotdash();
    for (var name : read.families().stream().flatMap(f -> f.samples().stream()).toList()) {
      assertThat(increases.of(name.name())).allMatch(one -> one.amount() == 0);
    }
    assertThat(ErrorShare.of(increases, names).toString()).isNotEmpty();
    assertThat(RequestLatency.of(increases, names, Duration.ofSeconds(3)).toString()).isNotEmpty();
    assertThat(ApiCalls.of(increases, names)).isNotNull();
    assertThat(CacheHits.of(increases, names)).isNotNull();
    assertThat(ProcessSignals.of(after, increases).toString()).isNotEmpty();
  }

  /** What the specification allows, the forgiving reading takes as a whole. */
  private static void strictly(byte[] input, @Nullable Exposition plain) {
    var reader = MetricsReader.standard().keys(() -> 1);
    try {
      var strict = reader.readStrictly(new ByteArrayInputStream(input));
      var open =
          reader
              .read(
                  new ByteArrayInputStream(input),
                  "application/openmetrics-text",
                  "fuzz",
                  Instant.EPOCH)
              .toOptional();
      assertThat(strict.partial()).isFalse();
      open.ifPresent(read -> assertThat(read.families()).isEqualTo(strict.families()));
      // A zero byte is allowed in a label, but far more likely the mark of something binary.
      assertThat(open.isPresent() || new String(input, StandardCharsets.UTF_8).contains("\0"))
          .isTrue();
    } catch (OpenMetricsException e) {
      assertThat(e.ruleId()).isNotEmpty();
      assertThat(e.line()).isNotNegative();
    } catch (IOException e) {
      throw new AssertionError("bytes in memory can't break off", e);
    }
    assertThat(plain == null || plain.format() == MetricsFormat.PROMETHEUS_TEXT).isTrue();
  }
}
