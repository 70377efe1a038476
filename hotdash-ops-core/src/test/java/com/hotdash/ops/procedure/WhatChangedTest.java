package com.hotdash.ops.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.OpenMigrations;
import com.hotdash.ops.diagnosis.NearbyChange;
import com.hotdash.ops.diagnosis.NearbyChange.Fit;
import com.hotdash.ops.diagnosis.NearbyChange.Kind;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
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
import com.hotdash.ops.platform.MachineWake;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.PlatformTrouble;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.platform.SecretDigest;
import com.hotdash.ops.platform.SecretSpread;
import com.hotdash.ops.statuspage.PageLevel;
import com.hotdash.ops.statuspage.PageStatus;
import com.hotdash.ops.statuspage.StatusPages;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The trouble began at noon, and it is half past twelve. Times are minutes after noon. */
class WhatChangedTest {
  private static final Instant ONSET = Instant.parse("2026-11-23T12:00:00Z");
  private static final Instant NOW = at(30);
  private static final int LONG_AGO = -5_000;

  private final Observation.Builder seen = Observation.at(NOW);
  private final List<Release> releases = new ArrayList<>();
  private final List<SecretDigest> secrets = new ArrayList<>();
  private final List<Machine> machines = new ArrayList<>();
  private final List<LogLine> lines = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "-1, STRONG, 1",
    "0, STRONG, 0",
    "1, STRONG, 0",
    "2, NONE, -2",
    "-15, STRONG, 15",
    "-16, WEAK, 16",
    "-60, WEAK, 60",
    "-61, NONE, 61",
  })
  void around_release_fitsByItsLag(int minutes, Fit fit, int lag) {
    release(62, LONG_AGO);
    release(63, minutes);

    assertThat(around())
        .singleElement()
        .satisfies(each -> assertThat(each.kind()).isEqualTo(Kind.RELEASE))
        .satisfies(each -> assertThat(each.what()).isEqualTo("release v63 of alice"))
        .satisfies(each -> assertThat(each.fit()).isEqualTo(fit))
        .satisfies(each -> assertThat(each.lag()).isEqualTo(Duration.ofMinutes(lag)));
  }

  /** A vendor's page lags: what it says began later may have been there before. */
  @ParameterizedTest
  @CsvSource({"-5, STRONG", "10, WEAK", "15, WEAK", "16, NONE"})
  void around_vendor_mayTellLate(int minutes, Fit fit) {
    put(PlatformLook.TROUBLES, List.of(new PlatformTrouble("Network in ord", at(minutes), false)));

    assertThat(around()).singleElement().extracting(NearbyChange::fit).isEqualTo(fit);
  }

  @Test
  void around_manyChanges_tellsThoseThatFitFirstThenTheNearest() {
    release(60, -23 * 60);
    release(61, -180);
    release(62, -50);
    release(63, -20);
    release(64, -3);
    release(65, 10);
    release(59, -25 * 60);

    assertThat(around())
        .extracting(each -> each.what().substring(8, 11) + " " + each.fit())
        .containsExactly("v64 STRONG", "v63 WEAK", "v62 WEAK", "v65 NONE", "v61 NONE", "v60 NONE");
  }

  @Test
  void around_onsetDaysAgo_tellsWhatFitsHoweverOldItIs() {
    release(62, -4_000);
    release(63, -3_005);

    assertThat(WhatChanged.around(built(), at(-3_000)))
        .extracting(NearbyChange::what)
        .containsExactly("release v63 of alice");
  }

  @Test
  void around_moreThanTen_tellsTen() {
    for (int i = 0; i < 14; i++) {
      release(60 + i, -i);
    }

    assertThat(around()).hasSize(10);
  }

  @Test
  void around_noOnset_tellsTheLastHourAndFitsNothing() {
    release(62, -31);
    release(63, -29);
    release(64, 5);

    var changes = WhatChanged.around(built(), null);

    assertThat(changes).extracting(NearbyChange::what).allMatch(each -> !each.contains("v62"));
    assertThat(changes).extracting(NearbyChange::fit).containsExactly(Fit.NONE, Fit.NONE);
    assertThat(changes).extracting(NearbyChange::lag).containsOnlyNulls();
    assertThat(changes.get(0).what()).contains("v64");
  }

  @Test
  void around_nothingRead_tellsNothing() {
    assertThat(around()).isEmpty();
  }

  @Test
  void around_failedRelease_isSaidSo() {
    release(62, LONG_AGO);
    releases.add(
        new Release(63, Release.Status.FAILED, "failed", image(63), at(-4), "alice", "Release"));

    assertThat(around())
        .singleElement()
        .hasToString(
            "release v63 (failed) of alice at 2026-11-23T11:56:00Z, 4 min before it began");
  }

  /** Release 63 with an image of its own or that of 62; a secret so long before noon. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "62 | -3 | SECRET secret K, by release v63 of alice",
        "62 | -50 | SECRET secret K, by release v63 of alice",
        "62 | 0 | SECRET secret K, by release v63 of alice",
        "62 | -4000 | RELEASE release v63 of alice, image as before",
        "63 | -4000 | RELEASE release v63 of alice",
        "63 | -50 | RELEASE release v63 of alice; SECRET secret K stored at"
            + " 2026-11-23T11:10:00Z, came with v63",
      })
  void around_secretAndRelease_areOneChangeWhereTheReleaseIsTheSecrets(
      int image, int stored, String expected) {
    release(62, -300);
    releases.add(
        new Release(
            63, Release.Status.COMPLETE, "complete", image(image), at(-2), "alice", "Release"));
    secret("K", stored, SecretSpread.of(1, List.of(), List.of()));
    machine("m1", image, true, 2048, -2);

    assertThat(around().stream().filter(each -> each.fit() == Fit.STRONG))
        .extracting(each -> each.kind() + " " + each.what())
        .containsExactly(expected.split("; ", -1));
  }

  @Test
  void around_secretsStoredTogetherWithoutARelease_areOneChange() {
    secret("B", -4, SecretSpread.of(1, List.of("m2"), List.of()));
    secret("A", -5, SecretSpread.of(1, List.of("m2"), List.of()));
    secret("OLD", LONG_AGO, SecretSpread.UNKNOWN);
    machine("m1", 62, true, 2048, -5);
    machine("m2", 62, true, 2048, LONG_AGO);

    assertThat(around())
        .filteredOn(each -> each.fit() == Fit.STRONG)
        .extracting(NearbyChange::what)
        .containsExactly("secrets A, B stored, not yet on 1 of 2 machines");
  }

  /**
   * Machine 1 has image 63, machine 2 that of 62, unless told otherwise; who is sick; the answer.
   */
  @ParameterizedTest
  @CsvSource({
    "63, 62, m1, true",
    "63, 62, m2, false",
    "63, 62, m1 m2, false",
    "63, 63, m1, ",
    "63, 63, m1 m2, ",
    "62, 62, m1, false",
    "64, 64, m1, ",
    "64, 62, m1, true",
    "63, 62, , ",
  })
  void onlyOnChanged_release_isByImagesAndWhoFails(
      int first, int second, @Nullable String sick, @Nullable Boolean expected) {
    release(62, -300);
    release(63, -2);
    release(64, 20);
    var failing = sick == null ? "" : sick;
    machine("m1", first, !failing.contains("m1"), 2048, -2);
    machine("m2", second, !failing.contains("m2"), 2048, LONG_AGO);

    assertThat(around())
        .filteredOn(each -> each.what().contains("v63"))
        .singleElement()
        .extracting(NearbyChange::onlyOnChanged)
        .isEqualTo(expected);
  }

  /** Errors that m1 and m2 wrote; all checks pass. */
  @ParameterizedTest
  @CsvSource({
    "200, 0, true",
    "200, 3, true",
    "200, 20, ",
    "200, 100, false",
    "4, 0, ",
    "0, 90, false"
  })
  void onlyOnChanged_checksPass_isByWhoseLogTheErrorsAre(
      int first, int second, @Nullable Boolean expected) {
    release(62, -300);
    release(63, -2);
    machine("m1", 63, true, 2048, -2);
    machine("m2", 62, true, 2048, LONG_AGO);
    log("m1", first);
    log("m2", second);

    assertThat(around().get(0).onlyOnChanged()).isEqualTo(expected);
  }

  @Test
  void around_releaseThatShowsWhereItIsNot_comesAfterWhatMayExplain() {
    release(62, -300);
    release(63, -2);
    secret("K", -14, SecretSpread.of(1, List.of("m1"), List.of()));
    machine("m1", 63, true, 2048, -2);
    machine("m2", 62, false, 2048, -14);

    assertThat(around().subList(0, 2))
        .extracting(each -> each.kind() + " " + each.onlyOnChanged())
        .containsExactly("SECRET true", "RELEASE false");
  }

  @Test
  void around_rollOut_explainsTheStartsThatItMade() {
    release(62, -300);
    release(63, -9);
    machine("m1", 63, true, 2048, -8);
    machine("m2", 63, true, 2048, 0);

    assertThat(around()).extracting(NearbyChange::kind).doesNotContain(Kind.RESTART);
  }

  @Test
  void around_startsAndCrashesThatNothingExplains_areToldTogether() {
    machine("m1", 62, true, 2048, -8);
    machine("m2", 62, true, 2048, -7);
    machine("m3", 62, true, 2048, LONG_AGO);
    machines.add(machine("m4", 62, true, 2048, -2, new MachineExit(at(-3), 137, true, false, 2)));
    machines.add(machine("m5", 62, true, 2048, -100, new MachineExit(at(-101), 0, false, true, 0)));

    assertThat(around())
        .extracting(NearbyChange::what)
        .containsExactly(
            "machine m4 ended with code 137, out of memory",
            "machines m1, m2 started",
            "machine m5 started");
  }

  @Test
  void around_crashJustBefore_isBehindTheReleaseThatMayHaveCausedIt() {
    release(62, -300);
    release(63, -4);
    machines.add(machine("m1", 63, true, 2048, -1, new MachineExit(at(-1), 1, false, false, 1)));

    assertThat(around())
        .extracting(NearbyChange::kind)
        .containsExactly(Kind.RELEASE, Kind.RESTART, Kind.RELEASE);
  }

  @Test
  void around_sizesThatDiffer_areAScaleByTheOneThatCameLast() {
    machine("m1", 62, false, 1024, -3);
    machine("m2", 62, true, 2048, LONG_AGO);

    assertThat(around())
        .singleElement()
        .satisfies(each -> assertThat(each.kind()).isEqualTo(Kind.SCALE))
        .satisfies(each -> assertThat(each.what()).contains("1024 MB on 1 of 2 machines"))
        .satisfies(each -> assertThat(each.onlyOnChanged()).isTrue());
  }

  @ParameterizedTest
  @CsvSource({"Scaled to 1024 MB, SCALE", "Set secrets: K, SECRET", "Release, RELEASE"})
  void around_releasesDescription_tellsTheKind(String description, Kind kind) {
    releases.add(
        new Release(
            63, Release.Status.COMPLETE, "complete", image(63), at(-4), "alice", description));

    assertThat(around()).singleElement().extracting(NearbyChange::kind).isEqualTo(kind);
  }

  /** A run that began, ended (or goes on) so many minutes after noon; release 63 is at -4. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "-9 | -1 | success | release v63 of alice, by deploy.yml #7",
        "-9 | -1 | failure | release v63 of alice, by deploy.yml #7",
        "-9 | -6 | failure | release v63 of alice; deploy.yml #7, completed/failure, of bob",
        "-9 | 20 | - | release v63 of alice; deploy.yml #7, in_progress, of bob",
        "-9 | -6 | skipped | release v63 of alice",
      })
  void around_run_isToldWithTheReleaseThatItMade(
      int began, int ended, @Nullable String conclusion, String expected) {
    releases.add(
        new Release(63, Release.Status.COMPLETE, "complete", image(63), at(-4), "alice", ""));
    var state = State.of(conclusion == null ? "in_progress" : "completed", conclusion);
    var run =
        new Run(
            99,
            "deploy.yml",
            null,
            null,
            7,
            1,
            "push",
            state,
            "main",
            null,
            at(began),
            at(began),
            at(ended),
            "bob",
            "");
    put(PipelineLook.DEPLOYS, new Runs(List.of(run), null));
    put(PipelineLook.IN_FLIGHT, new Runs(conclusion == null ? List.of(run) : List.of(), null));

    assertThat(around()).extracting(NearbyChange::what).containsExactly(expected.split("; ", -1));
  }

  @Test
  void around_migrationAndVendorsPage_areTold() {
    put(
        DatabaseLook.OPEN_MIGRATIONS,
        new OpenMigrations(List.of(new OpenMigrations.Migration("add_tiles", at(-2), ""))));
    put(StatusPages.PAGES, Map.of("Shopify", read(page())));

    assertThat(around())
        .extracting(each -> each.kind() + " " + each.what())
        .containsExactlyInAnyOrder(
            "MIGRATION migration add_tiles, not ended", "VENDOR Shopify: API is slow");
  }

  private static PageStatus page() {
    var incident =
        new PageStatus.Incident(
            "1",
            "API is slow",
            "identified",
            PageLevel.UNKNOWN,
            null,
            at(-8),
            null,
            List.of(),
            null);
    return new PageStatus(
        "Shopify",
        "https://status.example.com",
        PageStatus.Format.STATUSPAGE,
        PageLevel.DEGRADED,
        "degraded",
        List.of(),
        0,
        List.of(incident),
        List.of(),
        null);
  }

  private List<NearbyChange> around() {
    return WhatChanged.around(built(), ONSET);
  }

  private Observation built() {
    put(PlatformLook.RELEASES, releases);
    put(PlatformLook.SECRETS, secrets);
    put(PlatformLook.MACHINES, new Machines(machines));
    if (!lines.isEmpty()) {
      var query = new LogQuery("test", at(-30), NOW, true, List.of());
      seen.with(PlatformLook.LOGS, LogReader.builder().build().read(lines, query).reading());
    }
    return seen.build();
  }

  private <T> void put(ReadingKey<T> key, T value) {
    seen.with(key, read(value));
  }

  private static <T> Reading<T> read(T value) {
    return Reading.of(value, Evidence.of("", "test", NOW));
  }

  private void release(int version, int minutes) {
    releases.add(
        new Release(
            version,
            Release.Status.COMPLETE,
            "complete",
            image(version),
            at(minutes),
            "alice",
            "Release"));
  }

  private void secret(String name, int minutes, SecretSpread spread) {
    secrets.add(new SecretDigest(name, "d", at(minutes), spread));
  }

  private void log(String machine, int errors) {
    for (int i = 0; i < errors; i++) {
      lines.add(
          new LogLine(
              at(1).plusSeconds(i),
              machine,
              "ord",
              "app",
              "info",
              "{\"level\":\"error\",\"message\":\"Cannot read tile\"}",
              null));
    }
  }

  private void machine(String id, int image, boolean passing, int memory, int started) {
    machines.add(machine(id, image, passing, memory, started, null));
  }

  @Test
  void around_machineThatThePlatformWoke_isToldAsThat() {
    var slept = machine("m1", 62, true, 2048, -5, null);
    machines.add(
        new Machine(
            slept.id(),
            slept.version(),
            slept.region(),
            slept.group(),
            slept.state(),
            slept.stateText(),
            slept.image(),
            null,
            slept.guest(),
            false,
            true,
            1,
            slept.checks(),
            List.of(),
            slept.startedAt(),
            new MachineWake(at(-5), Duration.ofSeconds(2))));

    assertThat(around())
        .extracting(NearbyChange::what)
        .containsExactly("machine m1 woken for requests");
  }

  private static Machine machine(
      String id, int image, boolean passing, int memory, int started, @Nullable MachineExit exit) {
    var status = passing ? MachineCheck.Status.PASSING : MachineCheck.Status.CRITICAL;
    return new Machine(
        id,
        "v",
        "ord",
        "app",
        MachineState.STARTED,
        "started",
        image(image),
        null,
        new Guest("shared", 2, memory),
        false,
        true,
        1,
        List.of(new MachineCheck("http", status, "", null)),
        exit == null ? List.of() : List.of(exit),
        at(started));
  }

  private static Image image(int version) {
    return new Image("app:" + version, "sha256:" + version);
  }

  private static Instant at(int minutes) {
    return ONSET.plus(Duration.ofMinutes(minutes));
  }
}
