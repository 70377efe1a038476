package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.platform.AnswerHistory;
import com.hotdash.ops.platform.AnswerTimes;
import com.hotdash.ops.platform.MachineResources;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.PlatformTrouble;
import com.hotdash.ops.platform.Resources;
import com.hotdash.ops.testkit.fly.FlyHost;
import com.hotdash.ops.testkit.fly.FlyMachine;
import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.WebFault;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Memory, processor time, answer times and troubles as Fly tells them: missing is never zero. */
class FlyReadingsTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final WebFault DOWN = WebFault.instead(Answer.text(500, "text/html", "<html>"));

  @Test
  void resources_machinesOfAllKinds_areToldByTheirSeriesAndTheRestIsNamed() {
    try (var world = new SimulatedFly()) {
      var all = world.machines(4, world.good);
      var leaking = all.get(0);
      var busy = all.get(1);
      all.get(3).autostop();
      leaking.leak(10_000_000);
      busy.busy(2);
      busy.exhaust();
      world.time.advance(Duration.ofMinutes(80));
      all.get(2).exit(137, true);
      world.time.advance(Duration.ofMinutes(5));

      var read = (Reading.Read<Resources>) look(world).resources(HOUR);

      assertThat(read.value().window()).isEqualTo(HOUR);
      assertThat(read.value().machines()).hasSize(3);
      assertThat(read.evidence().coverage())
          .isEqualTo("not measured: " + all.get(3).id() + " (stopped)");
      var leak = of(read.value(), leaking);
      assertThat(leak.memoryTotal()).isEqualTo(2_061_584_302L);
      assertThat(leak.memoryUsed()).hasSizeBetween(58, 62);
      assertThat(leak.memoryShare())
          .hasValueCloseTo((400 * 1024 * 1024 + 850e6) / 2.0616e9, within(0.02));
      assertThat(grown(leak)).isCloseTo(600e6, within(20e6));
      assertThat(leak.coresUsed()).isZero();
      assertThat(leak.throttled()).isZero();
      assertThat(leak.outOfMemory()).isNull();
      assertThat(leak.balance()).isEqualTo(Duration.ofSeconds(1000));
      var throttled = of(read.value(), busy);
      assertThat(throttled.coresUsed()).isCloseTo(0.125, within(0.01));
      assertThat(throttled.baselineCores()).isEqualTo(0.125);
      assertThat(throttled.throttled()).isCloseTo(0.9375, within(0.01));
      assertThat(throttled.balance()).isZero();
      assertThat(of(read.value(), all.get(2)).outOfMemory()).isTrue();
    }
  }

  @Test
  void resources_machineThatIsGone_isLeftOutAndSaidSo() {
    try (var world = new SimulatedFly()) {
      var all = world.machines(2, world.good);
      world.time.advance(Duration.ofMinutes(10));
      all.get(0).destroy();
      world.time.advance(Duration.ofMinutes(1));

      var read = (Reading.Read<Resources>) look(world).resources(HOUR);

      assertThat(read.value().machines())
          .extracting(MachineResources::machine)
          .containsExactly(all.get(1).id());
      assertThat(read.evidence().coverage()).contains("1 left out that are gone");
    }
  }

  @Test
  void resources_nothingMeasured_isNoReading() {
    try (var world = new SimulatedFly()) {
      world.machines(1, world.good).get(0).autostop();
      world.time.advance(Duration.ofHours(3));

      assertThat(why(look(world).resources(HOUR))).isEqualTo(Why.TOO_LITTLE_DATA);
    }
  }

  /** What fails, and what is then told: memory, cpu, and a word of the coverage. */
  @ParameterizedTest
  @CsvSource({
    "WEB, .*query_range, false, true, memory was not read",
    "WEB, .*/query, true, false, cpu was not read",
    "MACHINES, .*/machines, true, true, which machines there are was not read",
  })
  void resources_partThatFails_costsItself(
      FlyHost host, String path, boolean memory, boolean cpu, String said) {
    try (var world = new SimulatedFly()) {
      world.machines(1, world.good);
      world.time.advance(Duration.ofMinutes(10));
      world.fly.site(host).fault("*", path, 100, DOWN);

      var read = (Reading.Read<Resources>) look(world).resources(HOUR);

      var one = read.value().machines().get(0);
      assertThat(one.memoryShare().isPresent()).isEqualTo(memory);
      assertThat(one.memoryTotal() != null).isEqualTo(memory);
      assertThat(one.coresUsed() != null).isEqualTo(cpu);
      assertThat(read.evidence().coverage()).contains(said);
    }
  }

  @Test
  void resources_allFails_isNoReadingAndTwoRequestsWereMade() {
    try (var world = new SimulatedFly()) {
      world.machines(1, world.good);
      world.time.advance(Duration.ofMinutes(10));
      int before = world.statuses.size();
      assertThat(look(world).resources(HOUR).obstacle()).isEmpty();
      assertThat(world.statuses.size() - before).as("app, memory, cpu, machines").isEqualTo(4);
      world.fly.site(FlyHost.WEB).fault("*", "/prometheus/.*", 100, DOWN);

      assertThat(why(look(world).resources(HOUR))).isEqualTo(Why.UNREACHABLE);
    }
  }

  @Test
  void answerTimes_slowEdge_isToldApartFromTheMachines() {
    try (var world = new FlyEstate()) {
      world.estate.fly().metrics().slowEdge(Duration.ofSeconds(4));
      world.pass(Duration.ofMinutes(10));

      var read = (Reading.Read<AnswerTimes>) look(world).answerTimes(Duration.ofMinutes(5));

      var machines = Objects.requireNonNull(read.value().machines());
      assertThat(read.value().edge().total()).isBetween(500.0, 900.0);
      assertThat(read.value().edge().shareAtOrUnder(2.5)).isZero();
      assertThat(machines.shareAtOrUnder(2.5)).isEqualTo(1);
      assertThat(machines.total()).isEqualTo(read.value().edge().total());
    }
  }

  @Test
  void answerHistory_edgeSlowForFiveMinutes_tellsSinceWhen() {
    try (var world = new FlyEstate()) {
      world.pass(Duration.ofMinutes(20));
      world.estate.fly().metrics().slowEdge(Duration.ofSeconds(4));
      var from = world.time.now();
      world.pass(Duration.ofMinutes(5));
      var limit = Duration.ofMillis(2_500);

      var read = (Reading.Read<AnswerHistory>) look(world).answerHistory(HOUR);
      var since = read.value().slowSince(limit, 0.05).orElseThrow();

      assertThat(read.value().points()).hasSizeBetween(24, 26);
      assertThat(since.atOrBefore()).isFalse();
      assertThat(since.at()).isBetween(from.minusSeconds(60), from.plusSeconds(60));
      assertThat(read.value().slowSince(Duration.ofSeconds(5), 0.05)).isEmpty();
    }
  }

  @Test
  void answerHistory_noRequest_isNoReading() {
    try (var world = new SimulatedFly()) {
      world.machines(1, world.good);
      world.time.advance(Duration.ofMinutes(10));

      assertThat(why(look(world).answerHistory(HOUR))).isEqualTo(Why.TOO_LITTLE_DATA);
    }
  }

  @Test
  void answerTimes_noRequest_isNoReading() {
    try (var world = new SimulatedFly()) {
      world.machines(1, world.good);
      world.time.advance(Duration.ofMinutes(10));

      assertThat(why(look(world).answerTimes(Duration.ofMinutes(5))))
          .isEqualTo(Why.TOO_LITTLE_DATA);
    }
  }

  @Test
  void troubles_hostsIssuesAndIncidents_areToldOursFirst() {
    try (var world = new SimulatedFly()) {
      var all = world.machines(2, world.good);
      assertThat(troubles(world)).isEmpty();
      world.time.advance(Duration.ofSeconds(4));
      all.get(0).hostStatus("unreachable");
      world.theirs.hostIssue("disk trouble on your host");
      var since = world.time.now();
      world.fly.incident("Machines API degraded", "investigating", "Machines API");

      assertThat(troubles(world))
          .extracting(PlatformTrouble::what)
          .containsExactly(
              "Fly says of the host of machine " + all.get(0).id() + ": unreachable",
              "Fly: disk trouble on your host",
              "Fly: Machines API degraded (investigating; Machines API)");
      assertThat(troubles(world))
          .extracting(PlatformTrouble::ours)
          .containsExactly(true, true, false);
      assertThat(troubles(world).get(2).since()).isEqualTo(since);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MACHINES, .*/machines, hosts were not read",
    "WEB, /graphql, issues of hosts were not read",
    "INCIDENTS, .*, open incidents were not read"
  })
  void troubles_partThatFails_isNeverNoTrouble(FlyHost host, String path, String said) {
    try (var world = new SimulatedFly()) {
      world.machines(1, world.good);
      world.fly.site(host).fault("*", path, 100, DOWN);

      var read = (Reading.Read<List<PlatformTrouble>>) look(world).troubles();

      assertThat(read.evidence().coverage()).contains(said);
    }
  }

  /** A machine that sleeps after ten minutes, and what happens then. */
  @ParameterizedTest
  @CsvSource({
    "wake, PT1S",
    "wake exit, none",
    "wake restart, none",
    "wake update, none",
    "nothing, none",
  })
  void machines_wokenForARequest_isToldUntilSomethingElseStartsThem(String what, String took) {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(1, world.good).get(0);
      world.time.advance(Duration.ofMinutes(10));
      machine.autostop();
      world.time.advance(Duration.ofMinutes(5));
      for (var each : what.split(" ", -1)) {
        switch (each) {
          case "wake" -> machine.autostart();
          case "exit" -> machine.exit(1, false);
          case "restart" -> world.app.restart(machine.id());
          case "update" -> world.theirs.deployed(world.bad);
          default -> assertThat(machine.state()).isEqualTo("stopped");
        }
        world.time.advance(Duration.ofMinutes(1));
      }

      var told = look(world).machines().toOptional().orElseThrow().all().get(0).woken();

      assertThat(told == null ? "none" : String.valueOf(told.took())).isEqualTo(took);
      if (told != null) {
        assertThat(told.at()).isEqualTo(world.time.now().minusSeconds(60));
      }
    }
  }

  private static List<PlatformTrouble> troubles(SimulatedFly world) {
    return look(world).troubles().toOptional().orElseThrow();
  }

  private static MachineResources of(Resources all, FlyMachine machine) {
    return all.machines().stream()
        .filter(each -> each.machine().equals(machine.id()))
        .findFirst()
        .orElseThrow();
  }

  private static double grown(MachineResources one) {
    var used = one.memoryUsed();
    return (double) used.get(used.size() - 1).bytes() - used.get(0).bytes();
  }

  private static @Nullable Why why(Reading<?> reading) {
    return reading.obstacle().map(each -> each.why()).orElse(null);
  }

  private static PlatformLook look(SimulatedFly world) {
    return world.app.platform().look(world.time.time().deadline(Duration.ofSeconds(30)));
  }

  private static PlatformLook look(FlyEstate world) {
    return world
        .client
        .app(FlyEstate.APP)
        .platform()
        .look(world.time.deadline(Duration.ofSeconds(30)));
  }
}
