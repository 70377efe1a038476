package com.hotdash.ops.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.database.EndSessions;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.resolution.FileJournal;
import com.hotdash.ops.resolution.JournalEntry;
import com.hotdash.ops.resolution.Pace;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.runbook.Setting;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpsTest {
  private static final String PASSWORD = "Kanarienvogel-4711";
  private static final String SIGNED = " --by=\"your name\" --because=\"why\"";
  private static final Map<String, String> NOTHING_LISTENS =
      Map.of("DATABASE_URL", "postgres://ops:" + PASSWORD + "@127.0.0.1:1/hotdash");

  @Test
  void help_listsCommandsSettingsAndExitCodes() {
    var ran = Ran.in(Map.of(), "--help");

    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains(
            "diagnose",
            "check",
            "health",
            "lines",
            "metrics",
            "status-pages",
            "pending",
            "resume",
            "give-up",
            "3   UNKNOWN: could not look");
    assertThat(RunbookProcedures.settings())
        .extracting(Setting::name)
        .contains("DATABASE_URL", "GITHUB_TOKEN", "HOTDASH_OPS_APP_URL");
    for (var setting : RunbookProcedures.settings()) {
      assertThat(ran.out()).contains("  " + setting.name() + " ");
    }
    assertThat(ran.out().lines()).allMatch(line -> line.length() <= 100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "diagnose",
        "diagnosis",
        "diagnose nothing-of-the-kind",
        "diagnose R4 --within=soon",
        "diagnose R4 --within=0s",
        "diagnose R4 --within=11m",
        "diagnose R4 --apply=0123456789abcdef --by=sam",
        "diagnose R4 --by=sam",
        "diagnose R4 --apply=latest --by=sam --because=x",
        "diagnose R4 --apply=0123456789abcdef --because=x",
        "diagnose R4 --colour",
        "diagnose R4 --despite=blast-radius=few",
        "diagnose R4 --apply=0123456789abcdef --by=sam --because=x --despite=blast-radius",
        "diagnose R4 --apply=0123456789abcdef --by=sam --because=x --despite=blast-radius=",
        "resume",
        "resume t0-abcd --by=sam",
        "resume t0-abcd --because=x",
        "give-up t0-abcd --by=sam",
        "give-up t0-abcd --by=sam --because=",
        "give-up t0-abcd --by=sam --because=x --hold=1s"
      })
  void run_misused_isUsageAndSaysHowToGoOn(String line) {
    var ran = Ran.in(Map.of(), line.isEmpty() ? new String[0] : line.split(" ", -1));

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("Try: hotdash-ops").doesNotContain("\tat ");
  }

  /** The line that is shown, pasted as it is: the journal would hold nobody and no reason. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--by=your name --because=orders hang",
        "--by=sam --because=why",
        "--by=sam --because=orders hang --despite=cooldown=why it does not hold"
      })
  void apply_linePastedWithoutAnswers_isUsage(String signed) {
    var args = new ArrayList<>(List.of("diagnose", "R4", "--apply=0123456789abcdef"));
    args.addAll(List.of(signed.split(" (?=--)", -1)));

    var ran = Ran.in(Map.of(), args.toArray(String[]::new));

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("wants").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @EnumSource(Incident.class)
  void diagnose_anyIncidentWithNothingConfigured_isUnknownAndSaysWhatToSet(Incident incident) {
    var ran = Ran.in(Map.of(), "diagnose", incident.id());

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out()).contains("[UNKNOWN]", "Not checked").containsPattern("[A-Z]+_[A-Z_]+");
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void diagnose_nothingConfigured_isUnknownAndNamesTheVariable() {
    var ran = Ran.in(Map.of(), "diagnose", "R4");

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out()).contains("[UNKNOWN]", "set DATABASE_URL");
  }

  @Test
  void diagnose_highErrorRateWithoutPlatform_isUnknownAndListsWhatWasNotSeen() {
    var ran = Ran.in(Map.of(), "diagnose", "R2");

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out()).contains("High error rate", "[UNKNOWN]", "requests at the edge");
  }

  @Test
  void apply_nothingConfigured_appliesNothing() {
    var ran =
        Ran.in(
            Map.of(),
            "diagnose",
            "R4",
            "--apply=0123456789abcdef",
            "--by=sam",
            "--because=test",
            "--json");

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.json().path("diagnosis").path("verdict").asText()).isEqualTo("UNKNOWN");
    assertThat(ran.json().has("execution")).isFalse();
  }

  @Test
  void diagnose_nobodyListens_isProblemAndTellsWhere() {
    var ran = Ran.in(NOTHING_LISTENS, "diagnose", "R4", "--within=5s");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).contains("[PROBLEM]", "127.0.0.1:1").doesNotContain(PASSWORD);
    assertThat(ran.err()).doesNotContain(PASSWORD);
  }

  @Test
  void check_nobodyListens_isUnknownInOneObject() {
    var ran = Ran.in(NOTHING_LISTENS, "check", "--json");

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.json().path("verdict").asText()).isEqualTo("UNKNOWN");
    assertThat(ran.json().at("/checks/0/unknown/0").asText()).contains("127.0.0.1:1");
    assertThat(ran.json().at("/checks/0/missing").size()).isZero();
    assertThat(ran.json().path("kind").asText()).isEqualTo("access");
    assertThat(ran.json().path("complete").asBoolean()).isFalse();
    assertThat(ran.out() + ran.err()).doesNotContain(PASSWORD);
  }

  @Test
  void check_nothingConfigured_isUnknown() {
    assertThat(Ran.in(Map.of(), "check").code()).isEqualTo(3);
  }

  @Test
  void pending_secretsTypedOnTheCommandLine_areNotRepeated() {
    var ran = Ran.in(NOTHING_LISTENS, "pending", "--url=" + NOTHING_LISTENS.get("DATABASE_URL"));

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out() + ran.err()).doesNotContain(PASSWORD);
  }

  @Test
  void pending_executionLeft_printsTheLinesThatEndIt(@TempDir Path directory) {
    var variables = leftPending(directory);

    var ran = Ran.in(variables, "pending");
    var json = Ran.in(variables, "pending", "--json").json();

    assertThat(Ran.in(variables, "history", "--hours=2160").code()).isZero();
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out().lines())
        .contains(
            "  hotdash-ops resume t0-abcd" + SIGNED, "  hotdash-ops give-up t0-abcd" + SIGNED);
    assertThat(json.at("/executions/0/resume").asText())
        .isEqualTo("hotdash-ops resume t0-abcd" + SIGNED);
    assertThat(json.at("/executions/0/giveUp").asText())
        .isEqualTo("hotdash-ops give-up t0-abcd" + SIGNED);
  }

  @Test
  void pending_noSuchJournal_isNotTakenForNothing(@TempDir Path directory) {
    var mistyped = directory.resolve("jurnal.jsonl");
    var variables = Map.of("HOTDASH_OPS_JOURNAL", mistyped.toString());

    var ran = Ran.in(variables, "pending");

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out())
        .contains("[UNKNOWN]", "there is no file", mistyped.getFileName().toString())
        .doesNotContain("[OK]");
  }

  @Test
  void giveUp_executionLeft_closesItInTheNameGiven(@TempDir Path directory) {
    var variables = leftPending(directory);

    var ran = Ran.in(variables, "give-up", "t0-abcd", "--by=sam", "--because=done by hand");
    var again = Ran.in(variables, "give-up", "t0-abcd", "--by=sam", "--because=again");

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("[OVER]", "t0-abcd");
    assertThat(journal(directory).pending()).isEmpty();
    assertThat(journal(directory).entries().get(1).toString())
        .contains("given up by sam: done by hand");
    assertThat(Ran.in(variables, "pending").code()).isZero();
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).startsWith("REFUSED: runbook give up: ").contains("is over");
    assertThat(again.out()).contains("  hotdash-ops pending");
  }

  @Test
  void resume_nothingConfigured_isRefusedInOneObjectAndStaysPending(@TempDir Path directory) {
    var ran =
        Ran.in(
            leftPending(directory), "resume", "t0-abcd", "--by=sam", "--because=go on", "--json");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.json().path("refused").asText()).contains("unknown-action");
    assertThat(ran.json().has("execution")).isFalse();
    assertThat(journal(directory).pending()).hasSize(1);
  }

  /** Leaves an execution in a journal whose process died before the first step. */
  private static Map<String, String> leftPending(Path directory) {
    var proposal =
        new Proposal(
            EndSessions.ID,
            new Target("database", "test", "test"),
            Map.of(),
            List.of(),
            Map.of(),
            Pace.CAREFUL,
            List.of(),
            List.of(),
            List.of());
    journal(directory)
        .append(
            new JournalEntry.Started(
                "t0-abcd",
                Instant.EPOCH,
                "0123456789abcdef",
                proposal,
                "kim",
                "why",
                Map.of(),
                null));
    return Map.of("HOTDASH_OPS_JOURNAL", directory.resolve("journal.jsonl").toString());
  }

  private static FileJournal journal(Path directory) {
    return new FileJournal(directory.resolve("journal.jsonl"));
  }
}
