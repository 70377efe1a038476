package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.hotdash.ops.error.ConfigurationException;
import java.nio.charset.StandardCharsets;

/**
 * Addresses that nobody would write. In the ordinary build the inputs beside this class are
 * replayed; CONTRIBUTING tells how to search for more.
 */
class PgUrlFuzzTest {
  /** Long enough that it stands in no text by chance. */
  private static final String PASSWORD = "kX9-fuzzed-pass";

  @FuzzTest(maxDuration = "2m")
  void parse_anyText_understoodOrRefusedWithoutThePassword(byte[] input) {
    var text = new String(input, StandardCharsets.UTF_8);
    understoodOrRefused(text);
    understoodOrRefused("postgres://postgres.abc:" + PASSWORD + "@" + text);
    understoodOrRefused("postgresql://u:" + PASSWORD + text + "@db.example.com:6543/postgres");
    understoodOrRefused("postgres://u@h/d?password=" + PASSWORD + "&" + text);
  }

  private static void understoodOrRefused(String url) {
    try {
      var parsed = PgUrl.parse(url, "DATABASE_URL");
      assertThat(parsed.toString()).doesNotContain(PASSWORD);
      assertThat(parsed.identity()).doesNotContain(PASSWORD);
      assertThat(parsed.warnings().toString()).doesNotContain(PASSWORD);
      assertThat(parsed.parameters().toString()).doesNotContain(PASSWORD);
      assertThat(parsed.hosts()).isNotEmpty();
    } catch (ConfigurationException e) {
      assertThat(e.getMessage()).contains("DATABASE_URL").doesNotContain(PASSWORD);
      assertThat(e.nextStep()).isPresent();
    }
  }
}
