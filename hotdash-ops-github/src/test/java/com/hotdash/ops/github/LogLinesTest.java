package com.hotdash.ops.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.pipeline.LogExcerpt.Line;
import com.hotdash.ops.pipeline.State;
import com.hotdash.ops.pipeline.StepRun;
import com.hotdash.ops.secret.Redactor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogLinesTest {
  private static List<Line> lines(String text) throws IOException {
    var all = new ArrayList<Line>();
    new LogLines(Long.MAX_VALUE)
        .read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), all::add);
    return all;
  }

  @Test
  void read_markLineEndsColoursAndTimes_areTakenOff() throws IOException {
    var lines =
        lines(
            """
            \uFEFF2026-11-23T10:07:58.0017341Z \u001b[31mred\u001b[0m\r
            2026-11-23T10:07:58.0017341Z\s
            2026-11-23T10:07:58.0017341Z
            no time

            last, unended""");

    assertThat(lines)
        .extracting(Line::text)
        .containsExactly("red", "", "", "no time", "", "last, unended");
    assertThat(lines.get(0).at()).isEqualTo(Instant.parse("2026-11-23T10:07:58.001734100Z"));
    assertThat(lines.get(2).at()).isNotNull();
    assertThat(lines.get(3).at()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\u0000\u0001", "2026-99-99T99:99:99.9Z x", "\u001b]0;t\u0007"})
  void read_odd_doesNotThrow(String text) throws IOException {
    assertThat(lines(text)).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void read_longLine_isCutBetweenWords() throws IOException {
    var lines = lines("word " + "x".repeat(1_000_000) + "\nnext\n");

    assertThat(lines).extracting(Line::text).containsExactly("word …", "next");
  }

  @ParameterizedTest
  @CsvSource({"10, one two|, ", "9, one two, bound", "6, one …, bound", "3, …, bound"})
  void read_bound_keepsWhatCameAndNoHalfWord(long bytes, String kept, @Nullable String told)
      throws IOException {
    var all = new ArrayList<Line>();
    var lines = new LogLines(bytes);

    lines.read(
        new ByteArrayInputStream("one two\r\n\n".getBytes(StandardCharsets.UTF_8)), all::add);

    assertThat(all.stream().map(Line::text).collect(Collectors.joining("|"))).isEqualTo(kept);
    assertThat(lines.incomplete() == null).isEqualTo(told == null);
  }

  @Test
  void stepLog_hundredsOfThousandsOfErrors_keepsAFewLines() throws IOException {
    var step =
        new StepRun(
            5,
            "build",
            State.of("completed", "failure"),
            Instant.parse("2026-11-23T10:00:00Z"),
            Instant.parse("2026-11-23T10:01:00Z"));
    var line = "2026-11-23T10:00:30.0000000Z ##[error]line of a log that has no end at all\n";

    var found = new StepLog(step).read(new Endless(line, 400_000), Long.MAX_VALUE, Redactor.SHAPES);

    assertThat(found.excerpt().totalLines()).isEqualTo(400_000);
    assertThat(found.excerpt().lines()).hasSizeLessThanOrEqualTo(260);
    assertThat(found.excerpt().truncated()).isTrue();
    assertThat(found.excerpt().coverage()).endsWith("of 400,000 lines");
  }

  /** A text many times over, made while it is read. */
  private static final class Endless extends InputStream {
    private final byte[] text;
    private long left;
    private int at;

    Endless(String text, long times) {
      this.text = text.getBytes(StandardCharsets.UTF_8);
      this.left = times * this.text.length;
    }

    @Override
    public int read() {
      if (left == 0) {
        return -1;
      }
      left--;
      at = at == text.length ? 0 : at;
      return text[at++];
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      int n = 0;
      while (n < length && left > 0) {
        into[offset + n++] = (byte) read();
      }
      return n == 0 ? -1 : n;
    }
  }
}
