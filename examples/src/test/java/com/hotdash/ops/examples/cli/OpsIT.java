package com.hotdash.ops.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.testkit.postgres.Hotdash;
import com.hotdash.ops.testkit.postgres.IdleInTransaction;
import com.hotdash.ops.testkit.postgres.PgServer;
import com.hotdash.ops.testkit.postgres.Waiter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpsIT {
  private static final String WHY = "--because=orders hang";

  private static PgServer server;
  private static Hotdash hotdash;

  private final Map<String, String> variables = new HashMap<>();

  @BeforeAll
  static void start() {
    server = PgServer.start();
    hotdash = server.createHotdash();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void configure(@TempDir Path directory) {
    variables.put("DATABASE_URL", hotdash.ops().url());
    variables.put("HOTDASH_OPS_JOURNAL", directory.resolve("journal.jsonl").toString());
  }

  @Test
  void diagnose_healthy_isOk() {
    var ran = run("diagnose", "database");

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("[OK]");
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void check_goodRole_isOk() {
    var ran = run("check");

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("DATABASE_URL", "[OK]");
  }

  @Test
  void check_poorRole_isProblemWithTheSql() {
    variables.put("DATABASE_URL", hotdash.plain().url());

    var ran = run("check", "--json");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.json().findValue("remedies").toString()).contains("GRANT");
  }

  @Test
  void diagnose_wrongPassword_isProblemWithoutThePassword() {
    variables.put("DATABASE_URL", hotdash.ops().url().replace("@127", "wrong@127"));

    var ran = run("diagnose", "R4", "--json");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.json().path("verdict").asText()).isEqualTo("PROBLEM");
  }

  @Test
  void diagnose_fault_showsThePlanAndTheLineThatAppliesIt() {
    try (var fault = IdleInTransaction.start(hotdash.app(), 2)) {
      var digest = Ran.problem(variables).at("/plans/0/digest").asText();

      var seen = run("diagnose", "R4");
      var stale = run("diagnose", "R4", "--json", apply("0123456789abcdef"), "--by=sam", WHY);
      variables.put("HOTDASH_OPS_READ_ONLY", "true");
      var forbidden = run("diagnose", "R4", apply(digest), "--by=sam", WHY);

      assertThat(seen.code()).isEqualTo(1);
      assertThat(seen.out()).contains("[PROBLEM]", "Plan " + digest, "pid " + fault.holderPid());
      assertThat(seen.out().strip().lines().reduce((a, b) -> b).orElseThrow())
          .contains("diagnose database-connection-issues --apply=" + digest + " --by=");
      assertRefused(stale, digest);
      assertThat(forbidden.code()).isEqualTo(1);
      assertThat(forbidden.err()).contains("REFUSED", "read-only");
      assertThat(fault.waiters())
          .as("none of these changed anything")
          .extracting(Waiter::outcome)
          .containsOnly(Waiter.Outcome.WAITING);
    }
  }

  private static void assertRefused(Ran stale, String digest) {
    assertThat(stale.code()).isEqualTo(1);
    assertThat(stale.err()).startsWith("REFUSED: ");
    assertThat(stale.json().path("refused").asText()).contains("0123456789abcdef");
    assertThat(stale.json().at("/plans/0/digest").asText()).isEqualTo(digest);
    assertThat(stale.json().at("/plans/0/apply").asText()).contains(apply(digest));
    assertThat(stale.json().has("execution")).isFalse();
  }

  @Test
  void apply_rightDigest_curesAndTellsAllInOneObject() {
    try (var fault = IdleInTransaction.start(hotdash.app(), 2)) {
      var digest = Ran.problem(variables).at("/plans/0/digest").asText();

      var ran = run("diagnose", "R4", "--json", apply(digest), "--by=sam", WHY, "--hold=400ms");

      assertThat(ran.code()).isZero();
      var json = ran.json();
      assertThat(json.path("schemaVersion").asInt()).isEqualTo(1);
      assertThat(json.at("/diagnosis/verdict").asText()).isEqualTo("PROBLEM");
      assertThat(json.at("/plan/digest").asText()).isEqualTo(digest);
      assertThat(json.at("/execution/done").asInt()).isEqualTo(1);
      assertThat(json.at("/verification/result").asText()).isEqualTo("CURED");
      assertThat(fault.awaitWaiters(Duration.ofSeconds(10))).isTrue();
      assertThat(fault.waiters()).extracting(Waiter::outcome).containsOnly(Waiter.Outcome.FINISHED);
      assertThat(run("pending").code()).isZero();
    }
  }

  private static String apply(String digest) {
    return "--apply=" + digest;
  }

  /** Runs one command, which must never say the password in any form. */
  private Ran run(String... args) {
    var ran = Ran.in(variables, args);
    var password = hotdash.ops().password().reveal();
    assertThat(ran.out() + ran.err())
        .doesNotContain(password)
        .doesNotContain(URLEncoder.encode(password, StandardCharsets.UTF_8))
        .doesNotContain("\tat ");
    return ran;
  }
}
