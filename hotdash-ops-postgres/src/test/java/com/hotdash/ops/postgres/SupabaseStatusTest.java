package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.statuspage.PageLevel;
import com.hotdash.ops.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only {@code supabaseStatus_read…} asks anybody, and that one a server of its own. */
class SupabaseStatusTest {
  private static final String POOLED =
      "postgres://postgres.abcdefgh:canary-7421@aws-0-us-east-1.pooler.supabase.com:6543/postgres";

  @TempDir Path directory;

  private Environment environment(String variable, String url, String pages) {
    return Environment.of(
        Map.of(
            variable,
            url,
            "HOTDASH_OPS_STATUSPAGE_URLS",
            pages,
            "HOTDASH_OPS_JOURNAL",
            directory.resolve("j.jsonl").toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DATABASE_URL", "DIRECT_URL"})
  void fromEnvironment_supabaseAddress_addsItsStatusPage(String variable) {
    try (var ops = RunbookProcedures.fromEnvironment(environment(variable, POOLED, ""))) {
      assertThat(ops.statusPages().names()).containsExactly("Supabase");
      assertThat(ops.estate().parts())
          .extracting(Estate.Part::identity)
          .contains("Supabase (status.supabase.com)");
    }
  }

  @Test
  void fromEnvironment_pageConfigured_isTheOneThatIsRead() {
    try (var ops =
        RunbookProcedures.fromEnvironment(
            environment("DATABASE_URL", POOLED, "supabase=http://127.0.0.1:1"))) {
      assertThat(ops.statusPages().page("Supabase").identity().identity()).contains("127.0.0.1:1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://hotdash:canary-7421@127.0.0.1:5432/hotdash",
        "postgres://hotdash:canary-7421@db.abc.supabase.co.example.com/hotdash",
        "postgres://hotdash:canary-7421@ep-1-pooler.eu-west-1.aws.neon.tech/hotdash",
        "mysql://hotdash:canary-7421@db.abc.supabase.co/hotdash"
      })
  void fromEnvironment_otherAddress_addsNoPage(String url) {
    try (var ops = RunbookProcedures.fromEnvironment(environment("DATABASE_URL", url, ""))) {
      assertThatThrownBy(ops::statusPages).isInstanceOf(ConfigurationException.class);
    }
  }

  @Test
  void supabaseStatus_read_saysWhatThePageSays() throws Exception {
    try (var server = new MockWebServer()) {
      server.enqueue(
          new MockResponse.Builder()
              .addHeader("Content-Type", "application/json")
              .body(
                  """
                  {"status":{"indicator":"minor","description":"Partially Degraded Service"},
                   "components":[
                    {"id":"c","name":"Connection Pooler","status":"partial_outage"}]}""")
              .build());
      server.start();
      try (var pg =
          PgDiagnostics.builder()
              .databaseUrl(Secret.of(POOLED))
              .supabaseStatusAddress("http://127.0.0.1:" + server.getPort())
              .build()) {
        var page = pg.supabase().read(Time.SYSTEM.deadline(Duration.ofSeconds(10)));

        assertThat(page.toOptional().orElseThrow().relevant()).isEqualTo(PageLevel.PARTIAL_OUTAGE);
        assertThat(page.toOptional().orElseThrow().toString())
            .startsWith("Supabase's status page says Partially Degraded Service;")
            .contains("Connection Pooler partial_outage");
      }
    }
  }
}
