package com.hotdash.ops.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineCommandTest {
  @Test
  void lines_needNoConfiguration() {
    var ran = Ran.in(Map.of(), "lines");

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("R1.S1", "R4.D2", "QR5b", "M4");
    assertThat(ran.out().lines()).allMatch(line -> line.length() <= 100);
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void lines_json_hasLinesProceduresAndResolutions() {
    var json = Ran.in(Map.of(), "lines", "--json").json();

    assertThat(json.path("lines")).hasSize(146);
    assertThat(json.path("procedures")).hasSize(8);
    assertThat(json.path("resolutions").findValuesAsText("line"))
        .contains("ops.platform().restart(machine)", "ops.highErrorRate().rollBack()");
  }

  @ParameterizedTest
  @CsvSource({
    "r4.d2, 3, set DATABASE_URL",
    "R2.D1, 3, FLY_APP",
    "R5.R2a, 3, SHOPIFY_SHOP",
    "R7.D1, 3, HOTDASH_OPS_APP_URL",
    "E2, 0, ops.escalate(diagnosis)",
    "R1.R2, 3, table"
  })
  void line_nothingConfigured_saysWhatIsMissing(String id, int code, String said) {
    var ran = Ran.in(Map.of(), "line", id);

    assertThat(ran.code()).isEqualTo(code);
    assertThat(ran.out()).contains("As written", "Covered by", said);
  }

  @Test
  void line_withoutItsArgument_namesTheOptionToAdd() {
    var ran = Ran.in(Map.of(), "line", "R8.R2", "--json");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.json().path("answer").asText()).isEqualTo("Incomplete");
    assertThat(ran.json().path("missing")).hasSize(2);
    assertThat(ran.err()).contains("--with=name=", "--with=place=");
  }

  @ParameterizedTest
  @CsvSource({"R4.R1, 3, UNKNOWN", "E2, 1, nothing was changed", "R8.R2, 2, --with=name="})
  void line_applyWhereNothingIsPlanned_changesNothingAndSaysWhy(String id, int code, String said) {
    var ran =
        Ran.in(Map.of(), "line", id, "--apply=0123456789abcdef", "--by=sam", "--because=orders");

    assertThat(ran.code()).isEqualTo(code);
    assertThat(ran.out() + ran.err()).contains(said, "As written");
  }

  @ParameterizedTest
  @CsvSource({
    "R4.D9, , R4.D1",
    "R6.R2, --with=image=x, [machine]",
    "R6.R1a, --with=mb=much, a whole number"
  })
  void line_misused_isUsageAndSaysWhatThereIs(String id, String with, String said) {
    var ran = with == null ? Ran.in(Map.of(), "line", id) : Ran.in(Map.of(), "line", id, with);

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains(said, "Try: hotdash-ops line --help").doesNotContain("\tat ");
  }
}
