package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.platform.MachineSettings;
import com.hotdash.ops.platform.PlatformLook;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How machines are set up, as Fly tells it. */
class SettingsRecordsTest {
  private static PlatformLook look(SimulatedFly world) {
    return world.app.platform().look(world.time.time().deadline(Duration.ofSeconds(30)));
  }

  private static List<MachineSettings> settings(SimulatedFly world) {
    return look(world).settings().toOptional().orElseThrow();
  }

  @Test
  void settings_hotdashMachine_areToldWithoutTheValuesOfItsVariables() {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(1, world.good).get(0);

      var told = settings(world);

      assertThat(told).hasSize(1);
      var one = told.get(0);
      assertThat(one.machine()).isEqualTo(machine.id());
      assertThat(one.checks())
          .extracting(Object::toString)
          .containsExactly(
              "http /health every 15 s, timeout 5 s, grace 10 s",
              "http /api/monitoring/health every 30 s, timeout 10 s, grace 15 s");
      assertThat(one.services()).containsExactly(new MachineSettings.Service(true, 2));
      assertThat(one.variables()).contains("PRIMARY_REGION", "NODE_OPTIONS");
      assertThat(one.told())
          .containsOnlyKeys("NODE_OPTIONS", "DATABASE_POOL_SIZE")
          .containsEntry("DATABASE_POOL_SIZE", "10");
      assertThat(one.guest().memoryMb()).isEqualTo(2_048);
    }
  }

  @Test
  void settings_aSecretAmongTheVariables_isNamedAndNeverShown() {
    try (var world = new SimulatedFly()) {
      var config =
          world
              .machines(1, world.good)
              .get(0)
              .configJson()
              .replace("\"PRIMARY_REGION\"", "\"SESSION_SECRET\":\"planted-91f2\",\"X\"")
              .replace("\"autostop\":\"stop\"", "\"autostop\":\"off\"")
              .replace(
                  "\"init\":{}",
                  "\"init\":{},\"checks\":{\"own\":{\"type\":\"tcp\",\"interval\":\"1m30s\"}}");
      var other = world.theirs.machine("ord", config);

      var one =
          settings(world).stream()
              .filter(each -> each.machine().equals(other.id()))
              .findFirst()
              .orElseThrow();

      assertThat(one.variables()).contains("SESSION_SECRET");
      assertThat(one.toString()).doesNotContain("planted-91f2");
      assertThat(one.services()).containsExactly(new MachineSettings.Service(false, 2));
      assertThat(one.checks()).extracting(Object::toString).contains("tcp every 90 s");
    }
  }

  @Test
  void settings_hostOutOfReach_areNotToldAndNamed() {
    try (var world = new SimulatedFly()) {
      var machines = world.machines(2, world.good);
      machines.get(0).hostStatus("unreachable");

      var read = (Reading.Read<List<MachineSettings>>) look(world).settings();

      assertThat(read.value())
          .extracting(MachineSettings::machine)
          .containsExactly(machines.get(1).id());
      assertThat(read.evidence().coverage()).contains(machines.get(0).id());
      machines.get(1).hostStatus("unreachable");
      world.time.advance(Duration.ofMinutes(1));
      assertThat(look(world).settings().obstacle().orElseThrow().why())
          .isEqualTo(Why.TOO_LITTLE_DATA);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "15s, PT15S",
    "1m30s, PT1M30S",
    "500ms, PT0.5S",
    "1.5s, PT1.5S",
    "15000000000, PT15S",
    "1h, PT1H",
    "0s, PT0S",
    "15, PT0.000000015S",
    "soon, ",
    "15 s, ",
    "s15, ",
    "-5s, ",
    "999999999h999999999h, "
  })
  void duration_asGoWritesIt_isUnderstoodOrNotKnown(String text, Duration expected) {
    assertThat(SettingsRecords.duration(text)).isEqualTo(expected);
  }
}
