package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.platform.Machine.Health;
import com.hotdash.ops.platform.MachineState;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.Release.Status;
import com.hotdash.ops.procedure.ErrorShares.ApplicationErrors;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.testkit.fly.FlyHost;
import com.hotdash.ops.testkit.fly.FlyLogLine;
import com.hotdash.ops.testkit.fly.FlyMachine;
import com.hotdash.ops.testkit.fly.FlyToken.Kind;
import com.hotdash.ops.testkit.hotdash.Behaviour;
import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.WebFault;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the runbook sees of Fly, and that it never takes a failure to look for a good sign. */
class FlyPortTest {
  private static final Behaviour BAD = Behaviour.healthy().failing(FlyEstate.ROUTE, 0.4);

  private static PlatformLook look(SimulatedFly world) {
    return world.app.platform().look(world.time.time().deadline(Duration.ofSeconds(30)));
  }

  @Test
  void machines_ofAllKinds_areToldInTheRunbooksWords() {
    try (var world = new SimulatedFly()) {
      var all = world.machines(4, world.good);
      all.get(0).autostop();
      world.time.advance(Duration.ofSeconds(5));
      all.get(1).exit(137, true);
      var reserved =
          world
              .machines(1, world.good)
              .get(0)
              .configJson()
              .replace(
                  "\"fly_process_group\":\"app\"", "\"fly_process_group\":\"fly_app_console\"");
      world.theirs.machine("ord", reserved);

      var read = (Reading.Read<com.hotdash.ops.platform.Machines>) look(world).machines();

      assertThat(read.value().all()).hasSize(5);
      assertThat(read.evidence().coverage()).contains("1 left out");
      var byId = new HashMap<String, com.hotdash.ops.platform.Machine>();
      read.value().all().forEach(one -> byId.put(one.id(), one));
      var stopped = Objects.requireNonNull(byId.get(all.get(0).id()));
      assertThat(stopped.state()).isEqualTo(MachineState.STOPPED);
      assertThat(stopped.health()).isEqualTo(Health.NOT_RUNNING);
      assertThat(Objects.requireNonNull(byId.get(all.get(1).id())).exits())
          .first()
          .satisfies(exit -> assertThat(exit.outOfMemory()).isTrue());
      var well = Objects.requireNonNull(byId.get(all.get(2).id()));
      assertThat(well.health()).isEqualTo(Health.HEALTHY);
      assertThat(well.checksConfigured()).isEqualTo(2);
      assertThat(well.image().identity())
          .isEqualTo("registry.fly.io/" + SimulatedFly.APP + "@" + world.good.digest());
      assertThat(well.guest()).hasToString("shared 2 cpu 2048 MB");
      assertThat(well.startedAt()).isNotNull();
    }
  }

  @Test
  void machines_aHundred_areOneCall() {
    try (var world = new SimulatedFly()) {
      world.machines(100, world.good);
      int before = world.statuses.size();

      assertThat(look(world).machines().toOptional().orElseThrow().all()).hasSize(100);

      assertThat(world.statuses.size() - before).isEqualTo(1);
    }
  }

  @Test
  void releases_wordsOfFly_areStatuses() {
    try (var world = new SimulatedFly()) {
      var at = Instant.parse("2026-11-22T00:00:00Z");
      world.theirs.history(at).complete(world.good).failed(world.bad).with("pending", world.bad);

      var releases = look(world).releases().toOptional().orElseThrow();

      assertThat(releases).allSatisfy(each -> assertThat(each.strategy()).isEqualTo("ROLLING"));
      assertThat(releases)
          .extracting(com.hotdash.ops.platform.Release::status)
          .containsExactly(Status.RUNNING, Status.FAILED, Status.COMPLETE);
      assertThat(look(world).available(releases.get(2).image()).toOptional()).contains(true);
      world.fly.remove(world.good);
      assertThat(look(world).available(releases.get(2).image()).toOptional()).contains(false);
    }
  }

  @Test
  void traffic_noRequestAtAll_isNotZeroErrors() {
    try (var world = new SimulatedFly()) {
      world.machines(1, world.good);

      var traffic = look(world).traffic(Duration.ofMinutes(30));

      assertThat(traffic.obstacle().orElseThrow().why()).isEqualTo(Why.TOO_LITTLE_DATA);
    }
  }

  @Test
  void traffic_withoutAnError_isZeroErrorsAndTellsItsTime() {
    try (var world = new FlyEstate()) {
      world.pass(Duration.ofMinutes(10));

      var traffic = look(world).traffic(Duration.ofMinutes(5));

      var read = (Reading.Read<com.hotdash.ops.platform.Traffic>) traffic;
      assertThat(read.value().errors()).isZero();
      assertThat(read.value().points()).hasSize(5);
      // 2 machines, each 5 requests every 5 s, probes beside them
      assertThat(read.value().requests()).isBetween(500.0, 900.0);
      assertThat(read.evidence().dataAt()).isEqualTo(world.time.now().minusSeconds(300));
    }
  }

  private static PlatformLook look(FlyEstate world) {
    return world
        .client
        .app(FlyEstate.APP)
        .platform()
        .look(world.time.deadline(Duration.ofSeconds(30)));
  }

  @ParameterizedTest
  @CsvSource({"150, true, 30", "150, true, 10", "10000, false, 30", "10000, false, 10"})
  void logs_moreThanTheBudget_areTheNewestAndSaySo(int lines, boolean complete, int seconds) {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(1, world.good).get(0);
      for (int i = 0; i < lines; i++) {
        world.time.advance(Duration.ofMillis(100));
        var text = i == lines - 2 ? "{\"level\":\"error\",\"message\":\"boom\"}" : "line " + i;
        world.theirs.log(
            new FlyLogLine(world.time.now(), machine.id(), "ord", "app", "info", text));
      }

      var within = world.time.time().deadline(Duration.ofSeconds(seconds));
      var summary =
          world
              .app
              .platform()
              .look(within)
              .logs(Duration.ofMinutes(30), List.of())
              .toOptional()
              .orElseThrow();

      assertThat(within.expired()).isFalse();
      assertThat(summary.coverage().complete()).as("" + summary.coverage()).isEqualTo(complete);
      assertThat(summary.errors()).as(summary.toString()).isEqualTo(1);
      // Whatever is missing is older: the newest lines are all there.
      assertThat(summary.coverage().reaches(world.time.now().minusSeconds(30))).isTrue();
      assertThat(summary.coverage().reaches(world.time.now().minusSeconds(600)))
          .isEqualTo(complete);
      assertThat(look(world).tail(machine.id(), Duration.ofMinutes(5)).toOptional().orElseThrow())
          .hasSize(50)
          .last()
          .asString()
          .contains("line " + (lines - 1));
    }
  }

  /** A log that holds lines was quiet; one that holds none of a whole day may be broken. */
  @ParameterizedTest
  @CsvSource({"3, true", "25, false"})
  void logs_noLineInTheWindow_areReadIfTheDayHoldsSome(int hours, boolean seen) {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(1, world.good).get(0);
      world.theirs.log(
          new FlyLogLine(
              world.time.now(), machine.id(), "ord", "app", "error", "password authentication"));
      world.time.advance(Duration.ofHours(hours));

      var within = world.time.time().deadline(Duration.ofSeconds(30));
      var logs = world.app.platform().look(within).logs(Duration.ofMinutes(30), List.of());

      assertThat(logs.toOptional().isPresent()).as(logs.toString()).isEqualTo(seen);
      assertThat(logs.toOptional().stream())
          .allSatisfy(
              summary -> {
                assertThat(summary.errors()).isZero();
                assertThat(summary.coverage().complete()).isTrue();
                assertThat(summary.coverage()).hasToString("no line in 30 min");
              });
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MACHINES, .*/machines",
    "WEB, /prometheus/.*",
    "WEB, /graphql|/api/v1/apps/[^/]+/releases",
    "WEB, .*/logs",
    "REGISTRY, .*"
  })
  void diagnose_eachReadingFailingInTurn_isNeverOkAndWritesNothing(FlyHost host, String path) {
    boolean needed = path.contains("machines") || path.contains("prometheus");
    try (var world = new FlyEstate();
        var runbook = world.runbook().build()) {
      world.pass(Duration.ofMinutes(35));
      var site = world.estate.fly().site(host);
      for (var fault :
          List.of(
              WebFault.instead(Answer.text(500, "text/html", "<html>oops</html>")),
              WebFault.instead(Answer.text(403, "application/json", "{\"error\":\"no\"}")),
              WebFault.instead(Answer.text(200, "text/html", "<html>all is well</html>")),
              WebFault.close(),
              WebFault.cut())) {
        var one = world.estate.flyApp().machines().get(0).id();
        var line = new FlyLogLine(world.time.now(), one, "ord", "app", "info", "all is well");
        world.estate.flyApp().log(line);
        world.pass(Duration.ofSeconds(5));
        site.fault("*", path, 1_000, fault);

        var diagnosis = runbook.highErrorRate().diagnose();

        site.clearFaults();
        assertThat(diagnosis.verdict() == Verdict.OK)
            .as("%s %s: %s", path, fault, diagnosis)
            .isEqualTo(!needed);
        assertThat(diagnosis.notChecked().isEmpty())
            .as("%s %s: %s", path, fault, diagnosis)
            .isEqualTo(host == FlyHost.REGISTRY);
        assertThat(world.estate.fly().changes()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/prometheus/.*, requests at the edge",
    ".*/machines, machines secrets",
    "/graphql, releases",
    ".*/logs, logs"
  })
  void diagnose_hungService_costsItsPartAndEndsInTime(String path, String part) {
    try (var world = new FlyEstate().badRelease(BAD, Duration.ofMinutes(4))) {
      for (var host : List.of(FlyHost.WEB, FlyHost.MACHINES)) {
        world.estate.fly().site(host).fault("*", path, 1_000, WebFault.stall());
      }
      // Clock of the world, but real waits: what hangs must be cut off.
      var real = new Time(world.clock.time().clock(), Time.SYSTEM.ticker(), Time.SYSTEM.sleeper());
      var within = Duration.ofSeconds(1);
      try (var client = world.builder().time(real).build();
          var runbook = world.runbook(client.app(FlyEstate.APP).platform()).time(real).build()) {
        long begun = Time.SYSTEM.ticker().nanos();
        var diagnosis = runbook.highErrorRate().diagnose(within);
        var took = Duration.ofNanos(Time.SYSTEM.ticker().nanos() - begun);

        assertThat(took).isLessThan(within.plusMillis(250));
        assertThat(diagnosis.notChecked())
            .as(diagnosis.toString())
            .filteredOn(each -> each.why() != Why.NOT_CONFIGURED)
            .allMatch(each -> part.contains(each.what()));
        assertThat(diagnosis.findings()).as(diagnosis.toString()).isNotEmpty();
      }
    }
  }

  @Test
  void diagnose_metricsOfFlyAway_takesTheAppsOwnCount() {
    try (var world = new FlyEstate().badRelease(BAD, Duration.ofMinutes(4))) {
      world
          .estate
          .fly()
          .site(FlyHost.WEB)
          .fault("*", "/prometheus/.*", 1_000, WebFault.instead(Answer.text(503, "a/b", "no")));
      var app =
          com.hotdash.ops.app.AppClient.builder()
              .baseUrl(world.estate.hotdash().address().toString())
              .instances(world.client.app(FlyEstate.APP).instances())
              .time(world.time)
              .build();
      try (app;
          var runbook = world.runbook().app(app).build()) {
        var diagnosis = runbook.highErrorRate().diagnose();

        assertThat(diagnosis.verdict()).as(diagnosis.toString()).isEqualTo(Verdict.PROBLEM);
        var counted = diagnosis.finding(ApplicationErrors.class).orElseThrow();
        assertThat(counted.now().share()).isBetween(0.1, 0.9);
        assertThat(counted.now().complete()).as(counted.now().toString()).isTrue();
        assertThat(diagnosis.notChecked()).singleElement().asString().contains("requests at the");
      }
    }
  }

  @Test
  void diagnose_secretsQuotedEverywhere_areNotInTheReport() {
    try (var world = new FlyEstate().badRelease(BAD, Duration.ofMinutes(4))) {
      var token = "fm2_planted0canary0token0that0is0quoted";
      var quoting = WebFault.instead(Answer.text(403, "text/plain", "bad token " + token));
      world
          .estate
          .flyApp()
          .log(
              new FlyLogLine(
                  world.time.now(),
                  world.estate.flyApp().machines().get(0).id(),
                  "ord",
                  "app",
                  "info",
                  "{\"level\":\"error\",\"message\":\"refused FlyV1 " + token + "\"}"));
      world.estate.fly().site(FlyHost.WEB).fault("*", "/prometheus/.*", 100, quoting);
      world.estate.fly().site(FlyHost.MACHINES).fault("*", ".*", 100, quoting);
      try (var runbook = world.runbook().build()) {
        var text = runbook.highErrorRate().diagnose().toString() + runbook.checkAccess();

        assertThat(text).contains("403").doesNotContain("planted0canary");
      }
    }
  }

  @Test
  void configure_environment_givesPlatformInstancesAndAccess() {
    try (var world = new FlyEstate()) {
      var variables = new HashMap<String, String>();
      variables.put("HOTDASH_OPS_APP_URL", world.estate.hotdash().address().toString());
      variables.put("FLY_APP", FlyEstate.APP);
      variables.put(
          "FLY_API_TOKEN", world.estate.fly().token(Kind.ORG, FlyEstate.APP).secret().reveal());
      var web = world.estate.fly().address(FlyHost.WEB).toString();
      variables.put("FLY_FLAPS_BASE_URL", world.estate.fly().address(FlyHost.MACHINES).toString());
      variables.put("FLY_API_BASE_URL", web);
      variables.put("FLY_UIEX_BASE_URL", web);
      variables.put("HOTDASH_OPS_FLY_PROMETHEUS_URL", web + "/prometheus");
      variables.put(
          "HOTDASH_OPS_JOURNAL", System.getProperty("java.io.tmpdir") + "/fly-port-test.jsonl");
      try (var runbook = RunbookProcedures.fromEnvironment(Environment.of(variables))) {
        assertThat(runbook.toString()).contains(FlyEstate.APP);
        assertThat(runbook.app().health().machines())
            .extracting(machine -> machine.instance().id())
            .containsExactlyInAnyOrderElementsOf(
                world.estate.flyApp().machines().stream().map(FlyMachine::id).toList());
        assertThat(runbook.checkAccess().checks().get(0).missing()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', FlyV1 fm2_x, FLY_APP is not set",
    "hotdash-production, '', FLY_API_TOKEN is not set",
    "Hot Dash, FlyV1 fm2_x, FLY_APP is not the name",
    "hotdash-production, FlyV1, no token"
  })
  void configure_wrongSettings_areToldByEachReading(String app, String token, String told) {
    var environment = Environment.of(Map.of("FLY_APP", app, "FLY_API_TOKEN", token));
    try (var runbook = RunbookProcedures.builder().environment(environment).build()) {
      var diagnosis = runbook.highErrorRate().diagnose();

      assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNKNOWN);
      assertThat(diagnosis.notChecked()).isNotEmpty();
      assertThat(diagnosis.notChecked().toString()).contains(told);
      assertThat(runbook.checkAccess().toString()).contains(told);
    }
  }
}
