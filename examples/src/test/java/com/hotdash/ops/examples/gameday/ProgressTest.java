package com.hotdash.ops.examples.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final Sample SAMPLE = new Sample(Instant.EPOCH, 17, 12);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void done_noTerminal_plainLinesOnly() {
    var progress = new Progress(out, 0);

    progress.line("Drill");
    progress.begin("diagnosing");
    progress.sampled(SAMPLE);
    progress.done("diagnosed");

    assertThat(printed().lines()).containsExactly("Drill", "  diagnosed");
    assertThat(printed()).doesNotContain("\r", "\u001b");
  }

  @Test
  void sampled_terminal_rewritesTheLastLine() {
    var progress = new Progress(out, 80);

    progress.begin("diagnosing");
    progress.sampled(SAMPLE);
    progress.done("diagnosed");
    progress.sampled(SAMPLE);

    assertThat(printed())
        .contains("\r\u001b[K  diagnosing …   free slots 17, waiting sessions 12")
        .endsWith("\r\u001b[K  diagnosed" + System.lineSeparator());
  }

  @Test
  void sampled_narrowTerminal_neverWraps() {
    var progress = new Progress(out, 40);

    progress.begin("diagnosing what is wrong with the server");
    progress.sampled(SAMPLE);

    assertThat(printed().split("\r\u001b\\[K", -1)).allMatch(line -> line.length() < 40);
  }

  @Test
  void close_terminal_leavesAnEmptyLineToWriteOn() {
    try (var progress = new Progress(out, 80)) {
      progress.begin("starting PostgreSQL");
    }

    assertThat(printed()).endsWith("\r\u001b[K");
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
