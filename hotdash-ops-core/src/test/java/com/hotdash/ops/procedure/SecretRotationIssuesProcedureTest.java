package com.hotdash.ops.procedure;

import static com.hotdash.ops.procedure.FleetWorld.exit;
import static com.hotdash.ops.procedure.FleetWorld.exits;
import static com.hotdash.ops.procedure.FleetWorld.failing;
import static com.hotdash.ops.procedure.FleetWorld.line;
import static com.hotdash.ops.procedure.FleetWorld.logs;
import static com.hotdash.ops.procedure.FleetWorld.machine;
import static com.hotdash.ops.procedure.FleetWorld.machines;
import static com.hotdash.ops.procedure.FleetWorld.read;
import static com.hotdash.ops.procedure.FleetWorld.started;
import static com.hotdash.ops.procedure.FleetWorld.unread;
import static com.hotdash.ops.procedure.SecretWorld.rolledOut;
import static com.hotdash.ops.procedure.SecretWorld.secret;
import static com.hotdash.ops.procedure.SecretWorld.secrets;
import static com.hotdash.ops.procedure.SecretWorld.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.logs.LogLine;
import com.hotdash.ops.logs.LogSummary;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.SecretDigest;
import com.hotdash.ops.procedure.SecretRotationIssuesFinding.Refusals;
import com.hotdash.ops.procedure.SecretRotationIssuesFinding.Spread;
import com.hotdash.ops.procedure.SecretRotationIssuesFinding.StartFailure;
import com.hotdash.ops.shop.ShopLook;
import com.hotdash.ops.shop.ShopTrouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SecretRotationIssuesProcedureTest {
  private static final String TYPE = "secrets.command-line";
  private static final String RESTART = "platform.restart";
  private static final String LOGIN = "database.retry-login";
  private static final String TOKEN = "shop.set-client-id,shop.rotate-secret";
  private static final String LEAKED = "secrets.restore-exposed";

  private final SecretWorld world = new SecretWorld();

  static Stream<Arguments> faults() {
    return Stream.of(
        fault(
            "a required secret is missing",
            w -> w.secrets = read(secrets(Map.of()).subList(0, 9)),
            "secrets.stored",
            "ops.platform().setSecret(\"SESSION_SECRET\", \"NEW_SESSION_SECRET\").plan()",
            TYPE),
        fault(
            "the fleet is mixed by configuration",
            w -> {
              w.secrets = with(secret("SESSION_SECRET", 30, "m2"));
              w.machines = read(machines(started(machine("m1"), 20), machine("m2")));
            },
            "secrets.spread",
            "ops.platform().deploySecrets().plan()",
            RESTART + "," + TYPE),
        fault(
            "the fleet is mixed by the start of its processes",
            w -> {
              w.secrets = with(secret("SESSION_SECRET", 30));
              w.machines = read(machines(started(machine("m1"), 20), machine("m2")));
            },
            "secrets.spread",
            "ops.platform().deploySecrets().plan()",
            RESTART + "," + TYPE),
        fault(
            "the database refuses since the rotation, which waits for a roll-out",
            w -> {
              var staged = List.of("DATABASE_URL", "DIRECT_URL");
              w.secrets =
                  read(
                      secrets(Map.of()).stream()
                          .map(each -> staged.contains(each.name()) ? waits(each.name()) : each)
                          .toList());
              w.logs = logs(line("m1", 60, "password authentication failed for user \"app\""));
            },
            "secrets.refused",
            "ops.platform().deploySecrets().plan()",
            RESTART + "," + LOGIN + "," + LEAKED + "," + TYPE),
        fault(
            "half of a pair was changed",
            w -> {
              w.secrets = read(secrets(Map.of("DATABASE_URL", 30)));
              w.machines = rolledOut(20);
              w.logs = refused("m1", "m2");
            },
            "secrets.half-pair,secrets.refused",
            "ops.platform().setSecret(\"DIRECT_URL\", \"NEW_DIRECT_URL\").plan()",
            LOGIN + "," + LEAKED + "," + TYPE),
        fault(
            "the shop refuses since its secret was changed, everywhere",
            w -> {
              w.secrets = read(secrets(Map.of("SHOPIFY_API_SECRET", 30)));
              w.machines = rolledOut(20);
              w.logs = logs(line("m1", 60, "Invalid API key or access token"));
            },
            "secrets.refused",
            "ops.checkAccess()",
            TOKEN + "," + LEAKED + "," + TYPE),
        fault(
            "the shop refuses since its key was changed, which never changes",
            w -> {
              w.secrets = read(secrets(Map.of("SHOPIFY_API_KEY", 30)));
              w.machines = rolledOut(20);
              w.logs = logs(line("m1", 60, "Invalid API key or access token"));
            },
            "secrets.half-pair,secrets.refused",
            "ops.platform().setSecret(\"SHOPIFY_API_KEY\", \"OLD_SHOPIFY_API_KEY\").plan()",
            TOKEN + "," + LEAKED + "," + TYPE),
        fault(
            "our own password alone is refused since the rotation",
            w -> {
              w.secrets = read(secrets(Map.of("DATABASE_URL", 30, "DIRECT_URL", 30)));
              w.machines = rolledOut(20);
              w.database = FleetWorld.databaseFails(FailureKind.PASSWORD_REFUSED);
            },
            "secrets.login",
            "ops.checkAccess()",
            LOGIN + "," + TYPE),
        fault(
            "the database was rotated elsewhere",
            w -> w.database = FleetWorld.databaseFails(FailureKind.PASSWORD_REFUSED),
            "secrets.login",
            "ops.databaseConnectionIssues().diagnose()",
            LOGIN + "," + TYPE),
        fault(
            "the shop does not take our token",
            w -> w.shop = FleetWorld.shop(ShopTrouble.UNAUTHORIZED),
            "secrets.login",
            "ops.shopifyApiErrors().diagnose()",
            TOKEN + "," + TYPE),
        fault(
            "it does not start since a secret was changed",
            w -> {
              w.secrets = read(secrets(Map.of("SESSION_SECRET", 30)));
              w.machines =
                  read(
                      machines(
                          started(machine("m1"), 20),
                          exits(started(machine("m2"), 20), exit(25, 1, false))));
            },
            "secrets.start",
            "ops.platform().setSecret(\"SESSION_SECRET\", \"OLD_SESSION_SECRET\").plan()",
            LEAKED + "," + TYPE),
        fault(
            "sessions are refused since a secret was changed",
            w -> {
              w.secrets = read(secrets(Map.of("SESSION_SECRET", 30)));
              w.machines = rolledOut(20);
              w.logs = sessions(5);
            },
            "secrets.refused",
            "ops.platform().setSecret(\"SESSION_SECRET\", \"OLD_SESSION_SECRET\").plan()",
            LEAKED + "," + TYPE));
  }

  private static SecretDigest waits(String name) {
    return secret(name, 30, "m1", "m2");
  }

  private static Reading<LogSummary> refused(String... machines) {
    return logs(
        Stream.of(machines)
            .map(each -> line(each, 60, "password authentication failed for user \"app\""))
            .toArray(LogLine[]::new));
  }

  private static Reading<LogSummary> sessions(int count) {
    return logs(
        IntStream.range(0, count)
            .mapToObj(i -> line("m1", 10 + i, "jwt expired"))
            .toArray(LogLine[]::new));
  }

  private static Arguments fault(
      String what, Consumer<SecretWorld> happens, String findings, String next, String not) {
    return Arguments.of(what, happens, findings, next, not);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void diagnose_fault_isNamedWithTheLineToType(
      String what, Consumer<SecretWorld> happens, String findings, String next, String not) {
    happens.accept(world);

    var diagnosis = world.diagnose();

    assertThat(diagnosis.verdict()).as(diagnosis.toString()).isEqualTo(Verdict.PROBLEM);
    assertThat(problems(diagnosis))
        .as(diagnosis.toString())
        .containsExactly(findings.split(",", -1));
    assertThat(diagnosis.next()).as(diagnosis.toString()).contains(next);
    assertThat(diagnosis.contraindications())
        .extracting(Contraindication::id)
        .as(diagnosis.toString())
        .containsExactlyInAnyOrder(not.split(",", -1));
    assertThat(diagnosis.findings())
        .allSatisfy(
            each -> assertThat(each.summary()).hasSizeLessThanOrEqualTo(160).doesNotEndWith("."));
    TypedLines.check(diagnosis);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void diagnose_faultWhileMoreCannotBeRead_isNeverFine(
      String what, Consumer<SecretWorld> happens, String findings, String next, String not) {
    List<Consumer<SecretWorld>> gaps =
        List.of(
            w -> w.machines = unread("machines"),
            w -> w.secrets = unread("secrets"),
            w -> w.logs = unread("logs"));
    for (var gap : gaps) {
      var less = new SecretWorld();
      happens.accept(less);
      var whole = problems(less.diagnose());
      gap.accept(less);
      var diagnosis = less.diagnose();
      assertThat(diagnosis.verdict()).isNotEqualTo(Verdict.OK);
      assertThat(whole).containsAll(problems(diagnosis));
    }
    happens.accept(world);
    world.releases = unread("releases");
    assertThat(problems(world.diagnose())).containsExactly(findings.split(",", -1));
  }

  static Stream<Arguments> redHerrings() {
    return Stream.of(
        herring("nothing is the matter", w -> {}),
        herring(
            "a secret was rotated well",
            w -> {
              w.secrets = read(secrets(Map.of("SHOPIFY_API_SECRET", 30)));
              w.machines = rolledOut(20);
            }),
        herring("sessions end, as every day", w -> w.logs = sessions(40)),
        herring(
            "a few sessions end after a rotation",
            w -> {
              w.secrets = read(secrets(Map.of("SESSION_SECRET", 30)));
              w.machines = rolledOut(20);
              w.logs = sessions(4);
            }),
        herring(
            "half of a pair was changed, for its limit on connections, and nobody is refused",
            w -> {
              w.secrets = read(secrets(Map.of("DATABASE_URL", 180)));
              w.machines = rolledOut(175);
            }),
        herring(
            "a machine ended for want of memory after a secret was changed",
            w -> {
              w.secrets = read(secrets(Map.of("SESSION_SECRET", 30)));
              w.machines =
                  read(
                      machines(
                          started(machine("m1"), 20),
                          exits(started(machine("m2"), 20), exit(15, 137, true))));
            }),
        herring(
            "a machine ended by itself after a secret was changed, many hours ago",
            w -> {
              w.secrets = read(secrets(Map.of("SESSION_SECRET", 1_100)));
              w.machines =
                  read(
                      machines(
                          started(machine("m1"), 1_080),
                          exits(started(machine("m2"), 1_080), exit(1_085, 1, false))));
            }),
        herring(
            "sessions end, as every day, the day after one was rotated well",
            w -> {
              w.secrets = read(secrets(Map.of("SESSION_SECRET", 1_200)));
              w.machines = rolledOut(1_190);
              w.logs = sessions(40);
            }),
        herring(
            "credentials were refused since a rotation, and are no more",
            w -> {
              w.secrets = read(secrets(Map.of("DATABASE_URL", 30, "DIRECT_URL", 30)));
              w.machines = rolledOut(20);
              w.logs = logs(line("m1", 420, "password authentication failed for user \"app\""));
            }),
        herring(
            "both halves of a pair were changed, one after the other",
            w -> {
              w.secrets = read(secrets(Map.of("DATABASE_URL", 30, "DIRECT_URL", 45)));
              w.machines = rolledOut(20);
            }),
        herring(
            "a line holds the word author",
            w -> w.logs = logs(line("m1", 10, "author updated, authorized as admin"))),
        herring(
            "the database is down, which says nothing of credentials",
            w -> w.database = FleetWorld.databaseFails(FailureKind.REFUSED)),
        herring("the shop throttles", w -> w.shop = FleetWorld.shop(ShopTrouble.THROTTLED)),
        herring(
            "a process ended by itself, long after any change",
            w ->
                w.machines =
                    read(machines(machine("m1"), exits(machine("m2"), exit(10, 1, false))))),
        herring(
            "only the platform is configured",
            w -> w.notConfigured.addAll(List.of(DatabaseLook.CONNECTIVITY, ShopLook.ANSWER))));
  }

  private static Arguments herring(String what, Consumer<SecretWorld> happens) {
    return Arguments.of(what, happens);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("redHerrings")
  void diagnose_redHerring_isOkWithNothingToDo(String what, Consumer<SecretWorld> happens) {
    happens.accept(world);

    var diagnosis = world.diagnose();

    assertThat(diagnosis.verdict()).as(diagnosis.toString()).isEqualTo(Verdict.OK);
    assertThat(diagnosis.recommendations()).isEmpty();
    assertThat(diagnosis.contraindications()).isEmpty();
  }

  static Stream<Arguments> blind() {
    return Stream.of(
        herring("machines are unread", w -> w.machines = unread("machines")),
        herring("secrets are unread", w -> w.secrets = unread("secrets")),
        herring("logs are unread", w -> w.logs = unread("logs")),
        herring("no machine runs", w -> w.machines = read(machines())),
        herring(
            "nobody can tell which machines have a secret",
            w -> w.secrets = with(new SecretDigest("SCOPES", "d", null))),
        herring(
            "the platform is not configured",
            w ->
                w.notConfigured.addAll(
                    List.of(PlatformLook.MACHINES, PlatformLook.SECRETS, PlatformLook.LOGS))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("blind")
  void diagnose_whatWasNotSeen_isNeverFine(String what, Consumer<SecretWorld> happens) {
    happens.accept(world);

    var diagnosis = world.diagnose();

    assertThat(diagnosis.verdict()).as(diagnosis.toString()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void diagnose_secretsAreNotConfigured_namesWhatToSet() {
    world.notConfigured.add(PlatformLook.SECRETS);

    assertThat(world.diagnose().notChecked())
        .filteredOn(each -> each.what().equals(PlatformLook.SECRETS.name()))
        .extracting(NotChecked::remedy)
        .containsExactly(PlatformLook.SECRETS.remedy());
  }

  /** What must be done with values that m1 has and m2 has not, by who is refused. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "m1, platform.change-secrets, setSecret, secrets.deploy",
    "m2, platform.change-secrets, deploySecrets, ''",
    "m1 m2, secrets.check-value, checkAccess, secrets.deploy"
  })
  void diagnose_mixedAndRefused_spreadsNoValueThatIsWrong(
      String who, String first, String line, String not) {
    world.secrets = read(SecretWorld.with("m2", "DATABASE_URL", "DIRECT_URL"));
    world.machines = read(machines(started(machine("m1"), 11), machine("m2")));
    world.logs = refused(who.split(" ", -1));

    var diagnosis = world.diagnose();

    assertThat(diagnosis.recommendations().get(0).id()).isEqualTo(first);
    assertThat(diagnosis.recommendations().get(0).line()).contains(line);
    assertThat(diagnosis.contraindications().stream().map(Contraindication::id))
        .as(diagnosis.toString())
        .filteredOn("secrets.deploy"::equals)
        .isEqualTo(not.isEmpty() ? List.of() : List.of(not));
  }

  @Test
  void diagnose_thoseWithTheNewValueFailTheirChecks_doesNotSpreadIt() {
    world.secrets = with(secret("SESSION_SECRET", 12, "m2"));
    world.machines = read(machines(failing(started(machine("m1"), 11)), machine("m2")));

    var diagnosis = world.diagnose();

    assertThat(diagnosis.recommendations().get(0).id()).isEqualTo("secrets.check-value");
    assertThat(diagnosis.contraindications())
        .extracting(Contraindication::id)
        .contains("secrets.deploy");
  }

  @Test
  void spread_mixedWhileOthersAreStaged_isMixed() {
    world.secrets = read(SecretWorld.with("m2", "SESSION_SECRET"));
    world.secrets =
        read(
            world.secrets.toOptional().orElseThrow().stream()
                .map(each -> each.name().equals("SCOPES") ? waits("SCOPES") : each)
                .toList());
    world.machines = read(machines(started(machine("m1"), 11), machine("m2")));

    var diagnosis = world.diagnose();

    assertThat(problems(diagnosis)).containsExactly("secrets.spread");
    assertThat(diagnosis.finding(Spread.class).orElseThrow().summary())
        .startsWith("1 of 2 machines run with a former value of SESSION_SECRET");
  }

  @Test
  void diagnose_sessionsEndWhileOneIsStaged_isNoTrouble() {
    world.secrets = with(secret("SHOPIFY_API_SECRET", 30, "m1", "m2"));
    world.logs = sessions(40);

    var diagnosis = world.diagnose();

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.OK);
    assertThat(diagnosis.recommendations()).isEmpty();
  }

  /** What a rotation ends comes back by itself; what does not, or no value can be waited for. */
  @ParameterizedTest(name = "{0} changed {1} min ago, on all since {2}: {3} ago, {4} now")
  @CsvSource({
    "SESSION_SECRET, 14, 13, 40, 40, UNKNOWN",
    "SESSION_SECRET, 14, 13, 40,  3, OK",
    "SESSION_SECRET, 20, 16, 40, 40, PROBLEM",
    "SESSION_SECRET, 20, 16, 40,  4, OK",
    "SHOPIFY_API_SECRET,  5, 4, 40, 40, UNKNOWN",
    "SHOPIFY_API_SECRET, 14, 6, 40, 40, PROBLEM",
    "SUPABASE_SERVICE_KEY, 4, 3, 40, 40, PROBLEM",
  })
  void diagnose_sessionsEndAfterARotation_isTroubleOnlyIfTheyGoOn(
      String secret, int changed, int started, int before, int now, Verdict verdict) {
    world.secrets = read(secrets(Map.of(secret, changed)));
    world.machines = rolledOut(started);
    var lines = new ArrayList<LogLine>();
    for (int i = 0; i < before; i++) {
      lines.add(line("m1", Math.max(started * 60 - i, 301), "jwt expired"));
    }
    for (int i = 0; i < now; i++) {
      lines.add(line("m2", 10 + i, "jwt expired"));
    }
    world.logs = logs(lines.toArray(LogLine[]::new));

    var diagnosis = world.diagnose();

    assertThat(diagnosis.verdict()).as(diagnosis.toString()).isEqualTo(verdict);
    if (verdict == Verdict.UNKNOWN) {
      var until = FleetWorld.ago(started).plus(SecretUse.ends(secret));
      assertThat(diagnosis.recommendations())
          .singleElement()
          .satisfies(each -> assertThat(each.remedy()).isNull())
          .satisfies(each -> assertThat(each.what()).contains("look once more after " + until));
      assertThat(diagnosis.finding(Refusals.class).orElseThrow().summary())
          .endsWith(
              "since " + secret + " was changed, as after any rotation: to be over by " + until);
      assertThat(diagnosis.contraindications())
          .extracting(Contraindication::what)
          .contains("do not put the former value back");
    } else if (verdict == Verdict.PROBLEM) {
      assertThat(diagnosis.recommendations().get(0).line())
          .isEqualTo("ops.platform().setSecret(\"" + secret + "\", \"OLD_" + secret + "\").plan()");
    }
  }

  /** Nothing ends by itself while some have the former value. */
  @Test
  void diagnose_sessionsEndWhileMachinesDiffer_isAProblemAtOnce() {
    world.secrets = with(secret("SESSION_SECRET", 12, "m2"));
    world.machines = read(machines(started(machine("m1"), 11), machine("m2")));
    world.logs = sessions(40);

    assertThat(world.diagnose().finding(Refusals.class).orElseThrow())
        .satisfies(each -> assertThat(each.until()).isNull())
        .satisfies(each -> assertThat(each.verdict()).isEqualTo(Verdict.PROBLEM));
  }

  @Test
  void diagnose_anotherSecretIsStaged_isNoCureOfARefusal() {
    world.secrets =
        read(
            secrets(Map.of("SHOPIFY_API_KEY", 20)).stream()
                .map(each -> each.name().equals("SESSION_SECRET") ? waits(each.name()) : each)
                .toList());
    world.machines = read(machines(started(machine("m1"), 15), started(machine("m2"), 15)));
    world.logs = logs(line("m1", 60, "Invalid API key or access token"));

    assertThat(world.diagnose().recommendations())
        .extracting(Recommendation::line)
        .noneMatch(each -> each.contains("deploySecrets"));
  }

  @Test
  void spread_stagedOnPurpose_isToldAndKeepsFromRestarting() {
    world.secrets = with(secret("SESSION_SECRET", 30, "m1", "m2"));

    var diagnosis = world.diagnose();

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.OK);
    assertThat(diagnosis.finding(Spread.class).orElseThrow().summary())
        .startsWith("SESSION_SECRET waits for a roll-out");
    assertThat(diagnosis.recommendations()).isEmpty();
    assertThat(diagnosis.contraindications()).extracting(Contraindication::id).contains(RESTART);
  }

  @Test
  void refusals_afterARotation_sayHowLongAfter() {
    world.secrets = read(secrets(Map.of("SHOPIFY_API_SECRET", 5)));
    world.machines = rolledOut(4);
    world.logs =
        logs(
            line("m1", 120, "Invalid API key or access token"),
            line("m1", 60, "Invalid API key or access token"));

    var found = world.diagnose().finding(Refusals.class).orElseThrow();

    assertThat(found.count()).isEqualTo(2);
    assertThat(found.changed()).extracting(SecretDigest::name).isEqualTo("SHOPIFY_API_SECRET");
    assertThat(found.summary()).contains("first 3 min after SHOPIFY_API_SECRET was changed");
    assertThat(found.symptom()).isTrue();
  }

  @Test
  void refusals_withoutAnyChange_areAnotherIncidentsSign() {
    world.logs = logs(line("m1", 60, "password authentication failed for user \"app\""));

    var diagnosis = world.diagnose();

    assertThat(diagnosis.finding(Refusals.class).orElseThrow().symptom()).isFalse();
    assertThat(diagnosis.recommendations())
        .extracting(Recommendation::line)
        .containsExactly("ops.databaseConnectionIssues().diagnose()");
  }

  @Test
  void startFailure_twoMachines_areOneFinding() {
    world.secrets = read(secrets(Map.of("SESSION_SECRET", 30)));
    world.machines =
        read(
            machines(
                exits(started(machine("m1"), 20), exit(24, 1, false), exit(23, 1, false)),
                exits(started(machine("m2"), 20), exit(25, 1, false))));

    var found = world.diagnose().finding(StartFailure.class).orElseThrow();

    assertThat(found.machines()).containsExactly("m1", "m2");
    assertThat(found.exit().at()).isEqualTo(FleetWorld.ago(25));
  }

  private static List<String> problems(Diagnosis diagnosis) {
    return diagnosis.findings().stream()
        .filter(each -> each.verdict() == Verdict.PROBLEM)
        .map(Finding::id)
        .sorted()
        .distinct()
        .toList();
  }
}
