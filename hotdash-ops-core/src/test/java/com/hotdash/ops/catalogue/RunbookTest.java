package com.hotdash.ops.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Redactor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RunbookTest {
  /** Preventions that can be asked whether they are kept to. */
  private static final Set<String> CHECKED =
      Set.of("R2.P1", "R2.P2", "R3.P1", "R3.P2", "R3.P3", "R4.P1", "R7.P1", "R7.P3");

  static Stream<String> ids() {
    return Stream.concat(acting().stream().map(RunbookLine::id), CHECKED.stream());
  }

  private static List<RunbookLine> acting() {
    return Runbook.lines().stream().filter(line -> line.kind().acts()).toList();
  }

  @Test
  void lines_ofTheText_areThereInItsOrder() throws IOException {
    try (InputStream in = Runbook.class.getResourceAsStream("common-incidents.md")) {
      assertThat(in).isNotNull();
      assertThat(Runbook.text().getBytes(StandardCharsets.UTF_8)).isEqualTo(in.readAllBytes());
    }
    assertThat(Runbook.lines()).hasSize(146);
    assertThat(acting()).hasSize(81);
    int at = -1;
    for (var line : Runbook.lines()) {
      if (line.kind() != LineKind.ENTRY) {
        at = Runbook.text().indexOf(line.text(), at + 1);
        assertThat(at).as(line.id()).isNotNegative();
      }
    }
  }

  @Test
  void join_lineWithoutEntryOrEntryWithoutLine_fails() {
    var text = RunbookText.read();
    var entries = Runbook.entries();

    assertThatThrownBy(() -> Runbook.join(text, entries.subList(1, entries.size())))
        .hasMessageContaining(entries.get(0).id());
    assertThatThrownBy(() -> Runbook.join(text.subList(1, text.size()), entries))
        .hasMessageContaining(text.get(0).id());
    assertThatThrownBy(
            () ->
                Runbook.join(
                    text, Stream.concat(entries.stream(), entries.stream().limit(1)).toList()))
        .hasMessageContaining("two");
  }

  @Test
  void line_everyOne_saysWhatCoversIt() {
    assertThat(Runbook.lines())
        .allSatisfy(
            line -> {
              assertThat(line.coveredBy()).isNotBlank();
              assertThat(line.fault()).doesNotEndWith(".");
              assertThat(line.incident().isPresent()).isEqualTo(line.id().matches("R\\d\\..*"));
              assertThat(line.page().toText(100).lines().limit(24).toList())
                  .anySatisfy(shown -> assertThat(shown).contains(line.id()));
            });
  }

  @ParameterizedTest
  @CsvSource({"r4.d2, R4.D2", "QR4a, QR4a", "' R1.R3B ', R1.R3b", "ov, OV"})
  void line_idInAnyCase_isFound(String typed, String id) {
    assertThat(Runbook.line(typed).id()).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "R1.R3 | there are R1.R3a, R1.R3b",
        "qr4 | there are QR4a, QR4b",
        "R4.D9 | there are R4.S1, R4.S2, R4.S3, R4.D1, R4.D2, R4.D3, R4.R1,",
        "R4 | there are R4.S1, R4.S2,",
        "R99 | there are OV; TOC1 to TOC8; R1.S1 to R8.P3; QR1 to QR7; E1 to E4; M1 to M4",
        "R | there are OV; TOC1 to TOC8; R1.S1 to R8.P3;",
        "slow | there are OV; TOC1 to TOC8;",
      })
  void line_unknownId_namesThoseThatThereAre(String typed, String said) {
    assertThatThrownBy(() -> Runbook.line(typed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no line " + typed + "; " + said);
  }

  /** The lines that destroy something as written say so, in words that cannot be missed. */
  @ParameterizedTest
  @CsvSource({"R1.R2", "R1.R3a", "R2.R3", "R3.R4b", "R4.R1", "R5.R2b", "R6.R2", "R8.R2", "QR7"})
  void fault_ofADangerousLine_saysSo(String id) {
    assertThat(Runbook.line(id).fault()).startsWith("DANGER: ");
  }

  /** Nothing is configured: nothing is fine, and each answer says which variable would help. */
  @ParameterizedTest
  @MethodSource("ids")
  void invoke_nothingConfigured_namesTheVariable(String id) {
    try (var ops = RunbookProcedures.builder().build()) {
      var answer = Runbook.line(id).invoke(ops);

      assertThat(answer.verdict()).contains(Verdict.UNKNOWN);
      if (answer instanceof Answer.NotChecked not) {
        assertThat(not.obstacles())
            .isNotEmpty()
            .allSatisfy(each -> assertThat(each.why()).isEqualTo(Why.NOT_CONFIGURED))
            .anySatisfy(each -> assertThat(each.remedy()).containsPattern("[A-Z]+_[A-Z_]+"));
      } else {
        assertThat(((Answer.Incomplete) answer).missing()).isNotEmpty();
        assertThat(answer.toString()).contains("invoke(ops, Map.of(\"");
      }
    }
  }

  @Test
  void invoke_argumentThatItDoesNotTake_isRefused() {
    try (var ops = RunbookProcedures.builder().build()) {
      assertThatThrownBy(() -> Runbook.line("R6.R2").invoke(ops, Map.of("image", "x")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("[machine]");
      assertThatThrownBy(() -> Runbook.line("R6.R1a").invoke(ops, Map.of("mb", "much")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("much");
    }
  }

  @Test
  void invoke_describedLine_saysWhatCoversItAndLooksAtNothing() {
    var described =
        Runbook.lines().stream()
            .filter(
                line ->
                    Set.of(
                            LineKind.OVERVIEW,
                            LineKind.PREVENTION,
                            LineKind.ESCALATION,
                            LineKind.MONITORING)
                        .contains(line.kind()))
            .filter(line -> !CHECKED.contains(line.id()))
            .toList();
    try (var ops = RunbookProcedures.builder().build()) {
      assertThat(described)
          .hasSize(25)
          .allSatisfy(
              line -> {
                var answer = line.invoke(ops);
                assertThat(answer).isInstanceOf(Answer.Advised.class);
                assertThat(answer.verdict()).isEmpty();
                assertThat(answer.toString().toLowerCase(Locale.ROOT))
                    .contains(line.id().toLowerCase(Locale.ROOT));
              });
    }
  }

  @Test
  void report_json_hasEveryLine() {
    assertThat(Runbook.report().json(Redactor.SHAPES))
        .contains(
            "\"id\" : \"R8.R3b\"",
            "\"line\" : \"ops.platform().restart(machine)\"",
            "\"kind\" : \"QUICK_REFERENCE\"",
            "\"schemaVersion\"");
  }
}
