package com.hotdash.ops.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.NearbyChange;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.logs.Change;
import com.hotdash.ops.logs.LogLine;
import com.hotdash.ops.logs.LogQuery;
import com.hotdash.ops.logs.LogReader;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.pipeline.Run;
import com.hotdash.ops.pipeline.Runs;
import com.hotdash.ops.pipeline.State;
import com.hotdash.ops.platform.Guest;
import com.hotdash.ops.platform.Image;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.MachineCheck;
import com.hotdash.ops.platform.MachineExit;
import com.hotdash.ops.platform.MachineState;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.PlatformTrouble;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.platform.SecretDigest;
import com.hotdash.ops.platform.SecretSpread;
import com.hotdash.ops.platform.Traffic;
import com.hotdash.ops.procedure.ErrorShares.ErrorRate;
import com.hotdash.ops.procedure.ErrorSigns.Began;
import com.hotdash.ops.procedure.ErrorSigns.Dependency;
import com.hotdash.ops.procedure.ErrorSigns.Fleet;
import com.hotdash.ops.procedure.ErrorSigns.LoggedErrors;
import com.hotdash.ops.procedure.ErrorSigns.SteadyErrors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HighErrorRateProcedureTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:30:00Z");
  private static final String ROLL_BACK = "ops.highErrorRate().rollBack().plan()";

  private Reading<Traffic> traffic = read(traffic(10, 0.4));
  private Reading<Machines> machines = read(machines(MachineCheck.Status.PASSING, 2));
  private Reading<List<Release>> releases = read(List.of(release(62, 5_000), release(63, 12)));
  private Reading<List<SecretDigest>> secrets = read(List.of());
  private Reading<List<PlatformTrouble>> troubles = read(List.of());
  private Reading<Runs> deploys = read(new Runs(List.of(), null));
  private final List<LogLine> lines = new ArrayList<>();
  private boolean logsRead = true;

  @Test
  void diagnose_errorsSinceARelease_recommendsRollingBackFirst() {
    var diagnosis = diagnose();

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(diagnosis.next()).contains(ROLL_BACK);
    assertThat(diagnosis.finding(Began.class).orElseThrow().summary())
        .contains("after release v63 of alice");
    assertThat(diagnosis.contraindications()).isEmpty();
  }

  @Test
  void diagnose_errorsSinceARelease_namesTheCodeAndTheCommits() {
    deploys = read(new Runs(List.of(run(16, "b".repeat(40)), run(5_004, "a".repeat(40))), null));
    lines.add(line(900, "listening"));
    var error =
        """
        TypeError: tile is undefined
            at node:internal/a.js:1:1
            at tileOf (/app/build/tile-4f5a6b7c.js:10:5)
            at loader (/app/build/orders.js:20:3)
        """;
    for (int i = 0; i < 20; i++) {
      lines.add(line(60 + i, error));
    }

    var diagnosis = diagnose();

    assertThat(diagnosis.next()).contains(ROLL_BACK);
    assertThat(diagnosis.recommendations())
        .extracting(Recommendation::what)
        .anyMatch(what -> what.endsWith("and the code at tileOf (tile.js)"))
        .anyMatch(what -> what.endsWith("git log aaaaaaaaaa..bbbbbbbbbb"));
    assertThat(diagnosis.recommendations())
        .extracting(Recommendation::because)
        .anyMatch(
            why -> why.endsWith("https://github.com/acme/hotdash/compare/aaaaaaaaaa...bbbbbbbbbb"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "main; rm -rf ~"})
  void diagnose_commitsOfNoRange_areNotTold(String sha) {
    deploys = read(new Runs(List.of(run(16, sha), run(5_004, "a".repeat(40))), null));

    assertThat(diagnose().recommendations())
        .extracting(Recommendation::id)
        .doesNotContain("errors.fix-code");
  }

  private static Run run(int minutesAgo, String sha) {
    var from = NOW.minus(Duration.ofMinutes(minutesAgo));
    return new Run(
        minutesAgo,
        "deploy-production.yml",
        "Deploy production",
        null,
        1,
        1,
        "push",
        State.of("completed", "success"),
        "main",
        sha,
        from,
        from,
        from.plus(Duration.ofMinutes(8)),
        "dev1",
        "https://github.com/acme/hotdash/actions/runs/7");
  }

  @Test
  void diagnose_noMachineHealthy_recommendsAllAtOnce() {
    machines = read(machines(MachineCheck.Status.CRITICAL, 2));

    assertThat(diagnose().next()).contains("ops.highErrorRate().rollBackAllAtOnce().plan()");
  }

  @Test
  void diagnose_errorsLongAfterAnyRelease_advisesAgainstRollingBack() {
    releases = read(List.of(release(62, 5_000), release(63, 400)));

    var diagnosis = diagnose();

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(diagnosis.recommendations()).noneMatch(each -> each.remedy() != null);
    assertThat(diagnosis.contraindications())
        .extracting(Contraindication::id)
        .containsExactly("platform.roll-back");
  }

  /**
   * Minutes ago: a secret (with the release of the same image or none), and what must come of it.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "11|DEPLOYED|400|platform.change-secrets|ops.platform().setSecret(\"K\", \"OLD_K\").plan()",
        "11|PARTIAL|400|errors.secret-first|ops.secretRotationIssues().diagnose()",
        "11|DEPLOYED|14|platform.change-secrets|ops.platform().setSecret(\"K\", \"OLD_K\").plan()",
        "300|DEPLOYED|12|platform.roll-back|ops.highErrorRate().rollBack().plan()",
        "30|DEPLOYED|12|platform.roll-back|ops.highErrorRate().rollBack().plan()",
      })
  void diagnose_secretOrRelease_theOneThatFitsBetterIsActedUpon(
      int secret, SecretSpread.State state, int release, String first, String line) {
    releases = read(List.of(release(62, 5_000), release(63, release)));
    secrets =
        read(
            List.of(
                new SecretDigest(
                    "K",
                    "d",
                    NOW.minus(Duration.ofMinutes(secret)),
                    new SecretSpread(state, List.of(), List.of()))));

    var diagnosis = diagnose();

    assertThat(diagnosis.recommendations().get(0).id()).isEqualTo(first);
    assertThat(diagnosis.next()).contains(line);
    assertThat(diagnosis.changes().get(0).fit()).isEqualTo(NearbyChange.Fit.STRONG);
    assertThat(diagnosis.contraindications())
        .extracting(Contraindication::id)
        .containsExactlyElementsOf(
            first.equals("platform.roll-back") ? List.of() : List.of("platform.roll-back"));
    assertThat(diagnosis.toString()).contains("What changed");
  }

  @Test
  void diagnose_vendorTroubleFitsBest_asksBeforeAnythingIsChanged() {
    releases = read(List.of(release(62, 5_000), release(63, 40)));
    troubles =
        read(
            List.of(
                new PlatformTrouble("Network in ord", NOW.minus(Duration.ofMinutes(9)), false)));

    var diagnosis = diagnose();

    assertThat(diagnosis.recommendations().get(0).id()).isEqualTo("errors.vendor-first");
    assertThat(diagnosis.contraindications())
        .singleElement()
        .satisfies(each -> assertThat(each.because()).contains("same vendor"));
  }

  @Test
  void diagnose_releaseWithTheSameImage_isNoReasonToRollBack() {
    var same =
        new Release(
            63,
            Release.Status.COMPLETE,
            "complete",
            release(62, 1).image(),
            NOW.minus(Duration.ofMinutes(12)),
            "alice",
            "Release");
    releases = read(List.of(release(62, 5_000), same));

    var diagnosis = diagnose();

    assertThat(diagnosis.recommendations()).noneMatch(each -> each.remedy() != null);
    assertThat(diagnosis.contraindications())
        .extracting(Contraindication::id)
        .containsExactly("platform.roll-back");
  }

  @Test
  void changes_allIsWell_areNotTold() {
    traffic = read(traffic(100, 0));

    assertThat(diagnose().changes()).isEmpty();
  }

  @Test
  void diagnose_changesUnread_areListedAndDecideNothing() {
    secrets = unread("secrets");
    traffic = read(traffic(100, 0));

    var diagnosis = diagnose();

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.OK);
    assertThat(diagnosis.notChecked()).extracting(NotChecked::what).contains("secrets");
  }

  @Test
  void diagnose_releasesUnread_saysSoAndDoesNotGuess() {
    releases = unread("releases");

    var diagnosis = diagnose();

    assertThat(diagnosis.notChecked()).extracting(NotChecked::what).contains("releases");
    assertThat(diagnosis.recommendations()).noneMatch(each -> each.remedy() != null);
  }

  @Test
  void diagnose_databaseErrorsPrevail_sendsThereAndNotBack() {
    for (int i = 0; i < 30; i++) {
      lines.add(
          line(
              i,
              "{\"level\":\"error\",\"message\":\"Timed out fetching a new connection from the"
                  + " connection pool\",\"error\":{\"code\":\"P2024\",\"message\":\"x\"}}"));
    }

    var diagnosis = diagnose();

    assertThat(diagnosis.finding(Dependency.class)).isPresent();
    assertThat(diagnosis.next()).contains("ops.databaseConnectionIssues().diagnose()");
    assertThat(diagnosis.recommendations()).noneMatch(each -> each.remedy() != null);
    assertThat(diagnosis.contraindications())
        .extracting(Contraindication::id)
        .containsExactlyInAnyOrder("platform.restart", "platform.roll-back");
  }

  @Test
  void diagnose_errorThatBeganWithTheRelease_isShownWithItsGroup() {
    lines.add(line(-1_200, "{\"level\":\"info\",\"message\":\"started\"}"));
    for (int i = 0; i < 9; i++) {
      lines.add(line(i, "{\"level\":\"error\",\"message\":\"Cannot read tile " + i + "\"}"));
    }

    var logged = diagnose().finding(LoggedErrors.class).orElseThrow();

    assertThat(logged.groups()).singleElement().satisfies(g -> assertThat(g.count()).isEqualTo(9));
    assertThat(logged.groups().get(0).beganAfter()).extracting(Change::name).isEqualTo("v63");
  }

  /** A busy log reaches back no further than the errors do: nobody can tell that they are new. */
  @ParameterizedTest
  @CsvSource({"0.2, PROBLEM", "0, OK"})
  void diagnose_errorAsOldAsTheLog_isShownWithItsSample(double share, Verdict expected) {
    traffic = read(traffic(100, share));
    for (int i = 0; i < 9; i++) {
      lines.add(line(i, "{\"level\":\"error\",\"message\":\"Cannot read edges of undefined\"}"));
    }

    var diagnosis = diagnose();

    var steady = diagnosis.finding(SteadyErrors.class).orElseThrow();
    assertThat(steady.verdict()).isEqualTo(expected);
    assertThat(steady.symptom()).isFalse();
    assertThat(steady.details()).anyMatch(each -> each.contains("Cannot read edges"));
    assertThat(diagnosis.toString()).contains("Details of errors.steady", "Cannot read edges");
    assertThat(diagnosis.verdict()).isEqualTo(expected);
  }

  /** Errors in the log, all new, while few requests or many fail. */
  @ParameterizedTest
  @CsvSource({
    "1, 0, OK, OK",
    "4, 0, OK, OK",
    "5, 0, PROBLEM, PROBLEM",
    "1, 0.4, OK, PROBLEM",
  })
  void verdict_fewLoggedErrors_areToldAndAreNoTroubleByThemselves(
      int count, double share, Verdict logged, Verdict whole) {
    traffic = read(traffic(100, share));
    lines.add(line(-1_200, "{\"level\":\"info\",\"message\":\"started\"}"));
    for (int i = 0; i < count; i++) {
      lines.add(
          line(
              i,
              "{\"level\":\"error\",\"message\":\"Timed out fetching a new connection from the"
                  + " connection pool\",\"error\":{\"code\":\"P2024\",\"message\":\"x\"}}"));
    }

    var diagnosis = diagnose();

    var found = diagnosis.finding(LoggedErrors.class).orElseThrow();
    assertThat(found.verdict()).isEqualTo(logged);
    assertThat(found.summary().contains("fewer than 5")).isEqualTo(logged == Verdict.OK);
    assertThat(diagnosis.finding(Dependency.class).isPresent()).isEqualTo(count >= 5);
    assertThat(diagnosis.verdict()).isEqualTo(whole);
  }

  /** Nine errors, the last of them so many seconds ago, and the requests are well again. */
  @ParameterizedTest
  @CsvSource({"10, PROBLEM", "299, PROBLEM", "301, OK", "500, OK"})
  void verdict_loggedErrorsThatHaveStopped_areToldAndNoTrouble(int ago, Verdict expected) {
    traffic = read(traffic(100, 0));
    lines.add(line(-1_200, "{\"level\":\"info\",\"message\":\"started\"}"));
    for (int i = 0; i < 9; i++) {
      lines.add(line(ago + i, "{\"level\":\"error\",\"message\":\"Cannot read tile\"}"));
    }

    var diagnosis = diagnose();

    assertThat(diagnosis.verdict()).as(diagnosis.toString()).isEqualTo(expected);
    assertThat(diagnosis.finding(LoggedErrors.class).orElseThrow().summary())
        .matches(said -> said.contains("none of them in the last 5 min") == (ago > 300));
  }

  /** Requests a minute and share of errors over ten minutes. */
  @ParameterizedTest
  @CsvSource({
    "100, 0.05, OK", "1000, 0.051, PROBLEM", "100, 0.2, PROBLEM", "100, 0, OK",
    "1.2, 0.0833333, UNKNOWN", "1, 0.9, PROBLEM", "0, 0, UNKNOWN", "2, 0, UNKNOWN"
  })
  void verdict_requestsAndShare_isByCountsNotByShareAlone(
      double perMinute, double share, Verdict expected) {
    traffic = read(traffic(perMinute, share));

    assertThat(diagnose().finding(ErrorRate.class).orElseThrow().verdict()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"1, PROBLEM", "0.051, OK", "0, OK"})
  void verdict_lastMinuteIsBad_isNotHiddenByTheHalfHourBefore(double share, Verdict expected) {
    var points = new ArrayList<Traffic.Point>();
    for (int i = 29; i > 0; i--) {
      points.add(new Traffic.Point(NOW.minus(Duration.ofMinutes(i)), 100, 0));
    }
    points.add(new Traffic.Point(NOW, 100, 100 * share));
    traffic = read(new Traffic(Duration.ofMinutes(1), points));

    var diagnosis = diagnose();

    assertThat(diagnosis.verdict()).isEqualTo(expected);
    var rate = diagnosis.finding(ErrorRate.class).orElseThrow();
    assertThat(rate.summary().startsWith("20.0 % of 500 answers in 5 min")).isEqualTo(share == 1);
  }

  @ParameterizedTest
  @CsvSource({"NaN, 0", "100, NaN", "100, 200", "Infinity, 0", "-5, 0"})
  void verdict_numbersThatAreNone_areNeverFine(double requests, double errors) {
    traffic =
        read(new Traffic(Duration.ofMinutes(1), List.of(new Traffic.Point(NOW, requests, errors))));

    assertThat(diagnose().verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({"traffic", "machines", "both"})
  void verdict_requiredIsUnread_isNotOk(String what) {
    traffic = what.equals("machines") ? read(traffic(100, 0)) : unread("requests at the edge");
    machines = what.equals("traffic") ? machines : unread("machines");

    var diagnosis = diagnose();

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(diagnosis.notChecked()).isNotEmpty();
  }

  @Test
  void verdict_allIsWell_isOkWithNothingToDo() {
    traffic = read(traffic(100, 0.001));

    var diagnosis = diagnose();

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.OK);
    assertThat(diagnosis.recommendations()).isEmpty();
    assertThat(diagnosis.contraindications()).isEmpty();
  }

  @Test
  void verdict_checksHaveNotReported_isUnknown() {
    traffic = read(traffic(100, 0));
    machines = read(machines(MachineCheck.Status.UNKNOWN, 2));

    assertThat(diagnose().verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void verdict_machinesDownByACrash_isAProblemWhileRequestsFail() {
    traffic = read(traffic(1_000, 0));
    var well = machines(MachineCheck.Status.PASSING, 2).all();
    var crashed = List.of(new MachineExit(NOW, 137, true, false, 10));
    var down =
        new Machine(
            "m9",
            "v",
            "ord",
            "app",
            MachineState.STOPPED,
            "stopped",
            new Image("app:63", "sha256:63"),
            63,
            new Guest("shared", 2, 2048),
            false,
            true,
            1,
            List.of(),
            crashed,
            NOW);
    machines = read(new Machines(List.of(well.get(0), well.get(1), down)));

    assertThat(diagnose().verdict()).isEqualTo(Verdict.OK);
    assertThat(diagnose().toString()).contains("1 more crashed and are down");

    traffic = read(traffic(1_000, 200));
    assertThat(diagnose().finding(Fleet.class).orElseThrow().verdict()).isEqualTo(Verdict.PROBLEM);
  }

  @Test
  void verdict_noMachineRuns_isAProblemWithoutAnyRequest() {
    traffic = read(traffic(0, 0));
    machines = read(machines(MachineCheck.Status.PASSING, 0));

    assertThat(diagnose().verdict()).isEqualTo(Verdict.PROBLEM);
  }

  @Test
  void diagnose_logsUnread_isListedAndTheRestStands() {
    logsRead = false;

    var diagnosis = diagnose();

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(diagnosis.notChecked()).extracting(NotChecked::what).contains("logs");
    assertThat(diagnosis.recommendations()).extracting(Recommendation::line).contains(ROLL_BACK);
  }

  @Test
  void diagnosis_onAScreen_hasVerdictAndNextLineOnTop() {
    assertThat(diagnose().toString().lines().limit(8))
        .anyMatch(line -> line.contains("production"))
        .anyMatch(line -> line.startsWith("[PROBLEM] 40.0 % of 50 answers in 5 min are 5xx"))
        .anyMatch(line -> line.contains(ROLL_BACK))
        .anyMatch(line -> line.contains("Not checked"));
  }

  private Diagnosis diagnose() {
    var changes =
        releases.toOptional().orElse(List.of()).stream()
            .map(each -> new Change(each.label(), each.at()))
            .toList();
    var query = new LogQuery("test", NOW.minus(Duration.ofMinutes(10)), NOW, false, changes);
    var seen =
        Observation.at(NOW)
            .with(PlatformLook.TRAFFIC, traffic)
            .with(PlatformLook.MACHINES, machines)
            .with(PlatformLook.RELEASES, releases)
            .with(PlatformLook.SECRETS, secrets)
            .with(PlatformLook.TROUBLES, troubles)
            .with(PipelineLook.DEPLOYS, deploys)
            .with(
                PlatformLook.LOGS,
                logsRead
                    ? LogReader.builder().build().read(lines, query).reading()
                    : unread("logs"))
            .build();
    return new HighErrorRateProcedure(ErrorRateThresholds.DEFAULT)
        .diagnose(seen, new Estate("production", List.of()));
  }

  private static <T> Reading<T> read(T value) {
    return Reading.of(value, Evidence.of("", "test", NOW));
  }

  private static <T> Reading<T> unread(String what) {
    return Reading.unread(new NotChecked(what, Why.TIMED_OUT, "no answer", "ask again"));
  }

  private static LogLine line(int secondsAgo, String message) {
    return new LogLine(
        NOW.minusSeconds(Math.abs(secondsAgo)), "m1", "ord", "app", "info", message, null);
  }

  /** Ten bad minutes after ten good ones; none of either if there is no error. */
  private static Traffic traffic(double perMinute, double share) {
    var points = new ArrayList<Traffic.Point>();
    if (perMinute == 10) {
      for (int i = 20; i > 10; i--) {
        points.add(new Traffic.Point(NOW.minus(Duration.ofMinutes(i)), 10, 0));
      }
    }
    for (int i = 10; i > 0; i--) {
      points.add(new Traffic.Point(NOW.minus(Duration.ofMinutes(i)), perMinute, perMinute * share));
    }
    return new Traffic(Duration.ofMinutes(1), points);
  }

  private static Release release(int version, int minutesAgo) {
    return new Release(
        version,
        Release.Status.COMPLETE,
        "complete",
        new Image("app:" + version, "sha256:" + version),
        NOW.minus(Duration.ofMinutes(minutesAgo)),
        "alice",
        "Release");
  }

  private static Machines machines(MachineCheck.Status status, int count) {
    var all = new ArrayList<Machine>();
    for (int i = 0; i < count; i++) {
      all.add(
          new Machine(
              "m" + i,
              "v",
              "ord",
              "app",
              MachineState.STARTED,
              "started",
              new Image("app:63", "sha256:63"),
              63,
              new Guest("shared", 2, 2048),
              false,
              true,
              1,
              List.of(new MachineCheck("http", status, "", null)),
              List.of(),
              NOW.minusSeconds(600)));
    }
    return new Machines(all);
  }
}
