package com.hotdash.ops.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunbookTextTest {
  private static final Map<String, TextLine> LINES =
      RunbookText.read().stream()
          .collect(
              Collectors.toMap(
                  TextLine::id,
                  line -> line,
                  (one, other) -> {
                    throw new AssertionError("two lines are called " + one.id());
                  },
                  LinkedHashMap::new));

  @Test
  void read_everyLine_isOfItsKind() {
    var counts =
        LINES.values().stream()
            .collect(
                Collectors.groupingBy(
                    TextLine::kind, () -> new EnumMap<>(LineKind.class), Collectors.counting()));

    assertThat(counts)
        .containsOnly(
            Map.entry(LineKind.OVERVIEW, 1L),
            Map.entry(LineKind.ENTRY, 8L),
            Map.entry(LineKind.SYMPTOM, 24L),
            Map.entry(LineKind.DIAGNOSIS, 21L),
            Map.entry(LineKind.RESOLUTION, 51L),
            Map.entry(LineKind.PREVENTION, 24L),
            Map.entry(LineKind.QUICK_REFERENCE, 9L),
            Map.entry(LineKind.ESCALATION, 4L),
            Map.entry(LineKind.MONITORING, 4L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OV     | This runbook provides",
        "TOC8   | Secret Rotation Issues",
        "R1.S1  | P95 response time > 3 seconds",
        "R1.R2  | CREATE INDEX",
        "R1.R3a | fly scale vm shared-cpu-2x",
        "R1.R3b | fly scale memory 2048",
        "R2.D2  | curl https://hotdash-production.fly.dev/metrics | grep error",
        "R2.R4c | Deploy fix",
        "R3.R3b | Verify required secrets are set",
        "R3.R4a | Use rollback workflow",
        "R3.R4b | PREV_IMAGE=$(",
        "R3.R4c | fly deploy --app hotdash-production --image \"$PREV_IMAGE\"",
        "R4.D2  | psql \"$DATABASE_URL\" -c \"SELECT count(*)",
        "R4.R3a | Check Supabase status",
        "R5.R2c | fly secrets set SHOPIFY_API_SECRET",
        "R8.R3b | fly machine restart",
        "R8.P3  | Keep backup",
        "QR4b   | fly scale vm shared-cpu-2x",
        "QR7    | fly secrets set SECRET_NAME=value",
        "E4     | Contact vendor support",
        "M4     | Alerts: GitHub Issues",
      })
  void read_line_hasTheTextAsWritten(String id, String begins) {
    assertThat(line(id).text()).startsWith(begins);
  }

  @Test
  void read_line_knowsWhatItStandsUnder() {
    assertThat(line("R4.R1").under()).isEqualTo("Too many connections: Kill idle connections");
    assertThat(line("R5.R2b").under()).isEqualTo("Authentication errors (401): Rotate if needed");
    assertThat(line("E2").under()).isEqualTo("Escalation");
  }

  /** The design lists the same ids; it is not part of what is published. */
  @Test
  void read_ids_areThoseOfTheDesign() throws IOException {
    var design = Path.of("../../shared/design/runbook-lines.md");
    assumeTrue(Files.exists(design), "runbook-lines.md is not here");

    assertThat(LINES.keySet())
        .containsExactlyInAnyOrderElementsOf(DesignIds.of(Files.readString(design)));
  }

  @Test
  void parse_somethingNew_isRefusedWithItsLine() {
    assertThatThrownBy(() -> RunbookText.parse("# Title\n\n## Slow Response Times\n\nNew words\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 5")
        .hasMessageContaining("New words");
  }

  private static TextLine line(String id) {
    var line = LINES.get(id);
    if (line == null) {
      throw new AssertionError("there is no line " + id);
    }
    return line;
  }
}
