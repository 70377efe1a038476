package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.fly.MetricAnswer.Outcome;
import com.hotdash.ops.testkit.fly.FlyHost;
import com.hotdash.ops.testkit.fly.FlyLogLine;
import com.hotdash.ops.testkit.fly.FlyMachine;
import com.hotdash.ops.testkit.fly.FlyQuirk;
import com.hotdash.ops.testkit.fly.FlyToken.Kind;
import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.WebFault;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlyStatusTest {
  private static final Instant YESTERDAY = Instant.parse("2026-11-22T00:00:00Z");

  @Test
  void status_mixedAndStopped_isShownOnOneScreen() {
    try (var world = new SimulatedFly()) {
      world.theirs.history(YESTERDAY).complete(world.good).failed(world.bad);
      world.machines(2, world.good);
      world.machines(1, world.bad);
      world.theirs.machines().get(0).autostop();
      world.time.advance(Duration.ofSeconds(30));
      world.theirs.machines().get(1).exit(137, true);
      world.theirs.hostIssue("disk trouble on 1a2b");
      world.fly.incident("Machines API degraded", "investigating", "Machines");

      var status = world.app.status();

      assertThat(status.notChecked()).isEmpty();
      assertThat(status.mixed()).isTrue();
      assertThat(status.toString())
          .contains("MIXED", "auto-stop", "out of memory", "disk trouble", "degraded", "v2 failed");
      assertThat(status.toString().lines()).hasSizeLessThan(25);
      assertThat(status.toString().lines()).allSatisfy(l -> assertThat(l.length()).isLessThan(101));
    }
  }

  @Test
  void status_oneSourceRefused_costsItsOwnPart() {
    try (var world = new SimulatedFly()) {
      world.machines(2, world.good);
      world
          .fly
          .site(FlyHost.WEB)
          .fault("POST", "/graphql", 99, WebFault.instead(Answer.text(500, "text/html", "<html>")));

      var status = world.app.status();

      assertThat(status.machines().toOptional().orElseThrow()).hasSize(2);
      // Releases have a second way, by REST.
      assertThat(status.releases().toOptional()).isPresent();
      assertThat(status.notChecked())
          .extracting(NotChecked::what)
          .containsExactly("trouble of its hosts");
    }
  }

  @Test
  void status_hungService_endsByTheDeadlineAndTellsTheRest() {
    try (var world = new SimulatedFly();
        var client = world.client(Time.SYSTEM)) {
      world.machines(2, world.good);
      client.app(SimulatedFly.APP).status();
      world.fly.site(FlyHost.WEB).fault("*", ".*", 99, WebFault.stall());
      long begun = Time.SYSTEM.ticker().nanos();

      var bounded = client.app(SimulatedFly.APP).by(Time.SYSTEM.deadline(Duration.ofMillis(700)));
      var status = bounded.status();

      assertThat(Duration.ofNanos(Time.SYSTEM.ticker().nanos() - begun))
          .isLessThan(Duration.ofMillis(950));
      assertThat(status.machines().toOptional().orElseThrow()).hasSize(2);
      assertThat(status.notChecked())
          .extracting(NotChecked::what)
          .containsExactly("its releases", "trouble of its hosts");
      assertThat(status.notChecked()).extracting(NotChecked::why).containsOnly(Why.TIMED_OUT);
    }
  }

  @Test
  void status_closedClient_saysSo() {
    try (var world = new SimulatedFly()) {
      world.client.close();

      assertThat(world.app.status().notChecked())
          .hasSize(6)
          .extracting(NotChecked::why)
          .containsOnly(Why.CANCELLED);
    }
  }

  @Test
  void checkAccess_withAReadToken_missesNothingAndDoesNotClaimToKnowAboutChanges() {
    try (var world = new SimulatedFly()) {
      var access = world.app.checkAccess();

      var check = access.checks().get(0);
      assertThat(check.missing()).as(access.toString()).isEmpty();
      assertThat(check.works()).contains("log in", "see machines", "read logs", "read metrics");
      assertThat(check.unknown()).singleElement().asString().contains("only by changing");
      assertThat(access.verdict()).isEqualTo(Verdict.UNKNOWN);
      assertThat(world.fly.changes()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "['7312345']        | bound to this app",
        "['hotdash-production'] | bound to this app",
        "['456','457']      | bound to the apps [456, 457], and this one is [hotdash-production, 7312345]",
        "null               | Fly has no call that tells"
      })
  void checkAccess_tokenBoundToApps_isComparedWithThisOne(String apps, String told) {
    try (var fly = new FakeFly();
        var client = fly.client()) {
      fly.on("GET /v1/tokens/current", 200, "{\"tokens\":[{\"apps\":" + json(apps) + "}]}")
          .on(
              "GET " + FakeFly.APP,
              200,
              json("{'id':'hotdash-production','internal_numeric_id':7312345}"));

      var check = client.app("hotdash-production").checkAccess().checks().get(0);

      assertThat(check.unknown())
          .anyMatch(line -> line.startsWith("change") && line.contains(told));
      assertThat(check.works()).noneMatch(line -> line.startsWith("change"));
    }
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  @Test
  void checkAccess_wrongTokenOrServiceAway_isToldApart() {
    try (var world = new SimulatedFly()) {
      var wrong = com.hotdash.ops.secret.Secret.of("FlyV1 fm2_wrong0token0that0nobody0made");
      try (var client = world.builder(world.time.time()).token(wrong).readToken(wrong).build()) {
        var check = client.app(SimulatedFly.APP).checkAccess().checks().get(0);

        assertThat(check.works()).isEmpty();
        assertThat(check.missing()).hasSize(6).anyMatch(line -> line.startsWith("log in: "));
        assertThat(check.remedies()).contains("$ fly tokens create deploy -a " + SimulatedFly.APP);
      }
      world
          .fly
          .site(com.hotdash.ops.testkit.fly.FlyHost.MACHINES)
          .fault("GET", ".*", 100, WebFault.instead(Answer.text(500, "text/html", "<html>oops")));

      var check = world.app.checkAccess().checks().get(0);

      assertThat(check.missing()).isEmpty();
      assertThat(check.unknown()).anyMatch(line -> line.startsWith("see machines: "));
    }
  }

  @Test
  void checkAccess_deployTokenAlone_saysWhatIsMissingAndHowToGetIt() {
    try (var world = new SimulatedFly()) {
      world.fly.set(FlyQuirk.NO_LOGS_FOR_DEPLOY_TOKENS, true);
      var deploy = world.fly.token(Kind.DEPLOY, SimulatedFly.APP).secret();

      try (var client = world.builder(world.time.time()).readToken(deploy).build()) {
        var access = client.app(SimulatedFly.APP).checkAccess();

        assertThat(access.checks().get(0).missing()).hasSize(2);
        assertThat(access.checks().get(0).works()).contains("see machines", "see releases");
        assertThat(access.toString()).contains("read logs", "fly tokens create readonly");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"LOG_PAGES_OVERLAP", "LOG_PAGES_BY_MACHINE", "NUMERIC_LOG_TOKENS"})
  void logs_overThreePages_loseAndRepeatNothing(FlyQuirk quirk) {
    try (var world = new SimulatedFly()) {
      world.fly.set(quirk, true);
      var machines = world.machines(2, world.good);
      var since = world.time.now();
      for (int i = 0; i < 270; i++) {
        world.time.advance(Duration.ofMillis(100));
        world.theirs.log(line(world, machines.get(i % 2), "line " + i));
      }

      var logs = world.app.logs(since, world.time.now(), 10, null);

      assertThat(logs.complete()).as(logs.coverage()).isTrue();
      assertThat(logs.matching("^line ").entries())
          .extracting(FlyLogEntry::message)
          .hasSize(270)
          .doesNotHaveDuplicates()
          .startsWith("line 0", "line 1", "line 2")
          .endsWith("line 269");
    }
  }

  private static FlyLogLine line(SimulatedFly world, FlyMachine machine, String text) {
    return new FlyLogLine(world.time.now(), machine.id(), "ord", "app", "info", text);
  }

  @Test
  void metrics_ofAMachine_areRead() {
    try (var world = new SimulatedFly()) {
      world.machines(2, world.good);
      world.time.advance(Duration.ofSeconds(15));

      var up = world.app.metrics("fly_instance_up{app=\"" + SimulatedFly.APP + "\"}");

      assertThat(up.outcome()).as(up.toString()).isEqualTo(Outcome.VALUE);
      assertThat(up.byMachine()).hasSize(2);
      assertThat(world.app.metrics().ask(FlyQuestion.ERROR_RATIO).outcome())
          .isNotEqualTo(Outcome.VALUE);
    }
  }

  @Test
  void image_appIsNotShown_isUnknownAndNotGone() {
    for (var answer :
        List.of(
            "{'data':{'app':null}}",
            "{'errors':[{'message':'Could not find App','extensions':{'code':'NOT_FOUND'}}],"
                + "'data':{'app':null}}",
            "{'data':{'app':{'image':null}}}")) {
      try (var fly = new FakeFly();
          var client = fly.client()) {
        fly.on("POST /graphql", 200, json(answer));
        var look = client.app("hotdash-production").image("docker.io/library/app:v1");

        assertThat(look.presence())
            .as(look.toString())
            .isEqualTo(
                answer.contains("'image':null")
                    ? ImageLook.Presence.GONE
                    : ImageLook.Presence.UNKNOWN);
      }
    }
  }

  @Test
  void status_everythingHangs_endsOnceAndNotPartByPart() {
    try (var world = new SimulatedFly()) {
      hang(world, 100);
      var real = new Time(world.time.time().clock(), Time.SYSTEM.ticker(), Time.SYSTEM.sleeper());
      try (var client = world.client(real)) {
        long begun = Time.SYSTEM.ticker().nanos();
        var within = Duration.ofMillis(400);

        var status = client.app(SimulatedFly.APP).by(real.deadline(within)).status();

        assertThat(Duration.ofNanos(Time.SYSTEM.ticker().nanos() - begun))
            .isLessThan(within.plusMillis(350));
        assertThat(status.machines().obstacle().orElseThrow().why()).isEqualTo(Why.TIMED_OUT);
        assertThat(status.incidents().obstacle().orElseThrow().why()).isEqualTo(Why.TIMED_OUT);
      }
    }
  }

  @Test
  void status_otherLooksHang_isNotHeldUpByThem() throws InterruptedException {
    try (var world = new SimulatedFly()) {
      world.machines(1, world.good);
      int hung = 2;
      hang(world, hung);
      var arrived = new CountDownLatch(hung * 6);
      var real = new Time(world.time.time().clock(), Time.SYSTEM.ticker(), Time.SYSTEM.sleeper());
      var transport =
          new OkHttpClient.Builder()
              .addInterceptor(
                  chain -> {
                    arrived.countDown();
                    return chain.proceed(chain.request());
                  })
              .build();
      transport.dispatcher().setMaxRequestsPerHost(64);
      try (var client = world.builder(real).transport(transport).build()) {
        var app = client.app(SimulatedFly.APP);
        var others = new ArrayList<Thread>();
        for (int i = 0; i < hung; i++) {
          var other = new Thread(() -> app.by(real.deadline(Duration.ofSeconds(2))).status());
          other.start();
          others.add(other);
        }
        assertThat(arrived.await(2, TimeUnit.SECONDS)).isTrue();
        world.fly.site(FlyHost.MACHINES).clearFaults();

        var status = app.by(real.deadline(Duration.ofSeconds(1))).status();

        assertThat(status.machines().toOptional()).as(status.toString()).isPresent();
        for (var other : others) {
          other.join();
        }
      }
    }
  }

  /** Lets as many looks hang at each of their parts. */
  private static void hang(SimulatedFly world, int looks) {
    world.fly.site(FlyHost.MACHINES).fault("*", ".*", 3 * looks, WebFault.stall());
    world.fly.site(FlyHost.WEB).fault("*", ".*", 2 * looks, WebFault.stall());
    world.fly.site(FlyHost.INCIDENTS).fault("*", ".*", looks, WebFault.stall());
  }
}
