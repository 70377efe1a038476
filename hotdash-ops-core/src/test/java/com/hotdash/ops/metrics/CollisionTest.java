package com.hotdash.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels that were written so that {@link String#hashCode} is the same for all of them. */
class CollisionTest {
  private static final int BITS = 13;

  /** "Aa" and "BB" have one hash, so 2^13 words of 26 letters have one too. */
  private static List<String> crafted() {
    var words = new ArrayList<String>();
    for (int i = 0; i < 1 << BITS; i++) {
      var word = new StringBuilder();
      for (int bit = 0; bit < BITS; bit++) {
        word.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      words.add(word.toString());
    }
    assertThat(words).allMatch(word -> word.hashCode() == words.get(0).hashCode());
    return words;
  }

  private static String body(int add) {
    var text = new StringBuilder();
    for (var word : crafted()) {
      text.append("c_total{route=\"").append(word).append("\"} ").append(add).append('\n');
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 0x9E3779B97F4A7C15L, 42})
  void probes_craftedTexts_areLinear(long key) {
    var hashes = new TextHash(key);
    var names = new ByteTable<Series>(hashes, (b, from, to) -> new Series("c", true));
    var labels = new LabelParser(names, hashes, MetricsLimits.DEFAULT);
    var series = new Series("c", true);
    int lines = 0;

    for (var word : crafted()) {
      var line = ("r=\"" + word + "\"}").getBytes(StandardCharsets.UTF_8);
      labels.clear();
      assertThat(labels.parse(line, 0, line.length, true)).isNull();
      assertThat(series.find(labels.labels(), labels.hash())).isEqualTo(-1);
      series.add(new Sample("c", labels.labels(), 1, null), labels.hash());
      lines++;
    }

    // Quadratic would be 33 million.
    assertThat(labels.probes()).isLessThan(10L * lines);
    assertThat(series.probes()).isLessThan(10L * lines);
  }

  @Test
  void compareTo_craftedLabels_isConsistentWithEquals() {
    var a = Labels.of(Map.of("r", "Aa"));
    var b = Labels.of(Map.of("r", "BB"));

    assertThat(a).hasSameHashCodeAs(b).isNotEqualTo(b).isLessThan(b);
    assertThat(a).isEqualByComparingTo(Labels.of(Map.of("r", "Aa", "empty", "")));
  }

  @Test
  void between_craftedLabels_compareBySeries() {
    var increases =
        Increases.between(
            List.of(IncreasesTest.scrape("m1", 0, body(1))),
            List.of(IncreasesTest.scrape("m1", 10, body(3))));

    assertThat(increases.of("c_total")).hasSize(1 << BITS).allMatch(one -> one.amount() == 2);
  }

  @Test
  void readStrictly_craftedLabels_isRead() throws IOException {
    var bytes = (body(1) + "# EOF\n").getBytes(StandardCharsets.UTF_8);

    var exposition = MetricsReader.standard().readStrictly(new ByteArrayInputStream(bytes));

    assertThat(exposition.seriesCount()).isEqualTo(1 << BITS);
  }

  @Test
  void read_anyKey_givesTheSameInTheSameOrder() {
    var bytes = (body(1) + "b 1\na{x=\"2\",y=\"1\"} 2\na 3\n").getBytes(StandardCharsets.UTF_8);
    var read = new ArrayList<String>();
    for (long key = 0; key < 3; key++) {
      long fixed = key;
      read.add(
          MetricsReader.standard()
              .keys(() -> fixed)
              .read(new ByteArrayInputStream(bytes), MetricsReaderTest.TEXT, "test", Instant.EPOCH)
              .toOptional()
              .orElseThrow()
              .families()
              .toString());
    }

    assertThat(read).containsOnly(read.get(0));
  }

  @Test
  void textHash_lengthAndContent_count() {
    var hashes = new TextHash(7);
    var zeros = new byte[64];
    var seen = new ArrayList<Long>();
    for (int length = 0; length <= zeros.length; length++) {
      seen.add(hashes.of(zeros, 0, length));
    }
    for (int i = 0; i < zeros.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        zeros[i] = (byte) (1 << bit);
        seen.add(hashes.of(zeros, 0, zeros.length));
        zeros[i] = 0;
      }
    }

    assertThat(seen).doesNotHaveDuplicates();
    assertThat(hashes.pair(1, 2)).isNotEqualTo(hashes.pair(2, 1));
  }
}
