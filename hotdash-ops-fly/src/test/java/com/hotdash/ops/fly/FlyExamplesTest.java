package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What Fly publishes as answers, through the verbs that get them. */
class FlyExamplesTest {
  private static final String MACHINE = FakeFly.APP + "/machines/3d8d413b29d089";
  private static final String ID = "3d8d413b29d089";

  private static String example(String name) {
    return Specs.read("examples/machines-" + name + "-resp.json");
  }

  @Test
  void lease_takenAndGivenBack_isRead() {
    try (var fly = new FakeFly();
        var client = fly.client()) {
      fly.on("POST " + MACHINE + "/lease", 201, example("lease-create"))
          .on("DELETE " + MACHINE + "/lease", 200, example("lease-release"));

      try (var lease = client.app("hotdash-production").machines().lease(ID)) {
        assertThat(lease.version()).isEqualTo("01HQ73A7BFFDF1B6WMGHFZZ4E7");
        assertThat(lease).hasToString("Lease[machine " + ID + ", until 2024-02-22T02:42:58Z]");
      }

      assertThat(fly.asked("DELETE " + MACHINE + "/lease"))
          .singleElement()
          .satisfies(
              one -> assertThat(one.headers()).containsEntry(AppCalls.NONCE, "5c35f65c9f95"));
    }
  }

  @Test
  void leaseHolder_held_isNamedWithoutTheNonce() {
    try (var fly = new FakeFly();
        var client = fly.client()) {
      fly.on("GET " + MACHINE + "/lease", 200, example("lease-get"));

      assertThat(client.app("hotdash-production").machines().leaseHolder(ID).orElseThrow())
          .isEqualTo("hello@fly.io until 2024-02-22T02:42:58Z");
    }
  }

  @Test
  void lease_conflict_isTold() {
    try (var fly = new FakeFly();
        var client = fly.client()) {
      fly.on("POST " + MACHINE + "/lease", 409, example("lease-conflict-409"));
      var machines = client.app("hotdash-production").machines();

      var held = catchThrowableOfType(FlyLeaseHeldException.class, () -> machines.lease(ID));

      assertThat(held.holder()).contains("hello@fly.io");
      assertThat(held.expiresAt()).contains(Instant.parse("2022-10-20T19:59:06Z"));
    }
  }

  @Test
  void metadataAndActs_answers_areRead() {
    try (var fly = new FakeFly();
        var client = fly.client()) {
      var stopped =
          example("update")
              .replaceFirst("\"id\": *\"[0-9a-f]+\"", "\"id\":\"" + ID + "\"")
              .replaceFirst("\"state\": *\"[a-z]+\"", "\"state\":\"stopped\"");
      var started = stopped.replace("\"stopped\"", "\"started\"");
      fly.on("GET " + MACHINE + "/metadata", 200, example("metadata-get"))
          .on("POST " + MACHINE + "/lease", 201, example("lease-create"))
          .on("DELETE " + MACHINE + "/lease", 200, example("lease-release"))
          .on("POST " + MACHINE + "/cordon", 200, example("ok-true"))
          .on("POST " + MACHINE + "/start", 200, example("start"))
          .on("GET " + MACHINE + "/wait", 200, example("ok-true"))
          .on("GET " + MACHINE, 200, stopped)
          .on("GET " + MACHINE, 200, started);
      var machines = client.app("hotdash-production").machines();

      assertThat(machines.metadata(ID)).containsEntry("fly_release_version", "63").hasSize(5);
      machines.cordon(ID);
      assertThat(machines.start(ID).state()).isEqualTo(MachineState.STARTED);

      assertThat(fly.asked("POST " + MACHINE + "/cordon")).hasSize(1);
      assertThat(fly.asked("POST " + MACHINE + "/start")).hasSize(1);
    }
  }
}
