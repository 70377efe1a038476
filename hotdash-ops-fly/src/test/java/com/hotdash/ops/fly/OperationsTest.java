package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Everything that the client can ask the Machines API for is in Fly's document, with the bodies
 * that are really sent; and nothing that the sources ask for is missing here.
 */
class OperationsTest {
  private static final String APP = "/v1/apps/" + SimulatedFly.APP;
  private static final String ONE = APP + "/machines/{id}";

  /** Each operation of the Machines API, by the name that errors give it. */
  private static final Map<String, String> MACHINES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("app.get", "GET " + APP),
              Map.entry("lease.acquire", "POST " + ONE + "/lease"),
              Map.entry("lease.break", "DELETE " + ONE + "/lease"),
              Map.entry("lease.get", "GET " + ONE + "/lease"),
              Map.entry("lease.refresh", "POST " + ONE + "/lease"),
              Map.entry("lease.release", "DELETE " + ONE + "/lease"),
              Map.entry("machine.cordon", "POST " + ONE + "/cordon"),
              Map.entry("machine.create", "POST " + APP + "/machines"),
              Map.entry("machine.destroy", "DELETE " + ONE),
              Map.entry("machine.events", "GET " + ONE + "/events"),
              Map.entry("machine.exec", "POST " + ONE + "/exec"),
              Map.entry("machine.get", "GET " + ONE),
              Map.entry("machine.list", "GET " + APP + "/machines"),
              Map.entry("machine.metadata", "GET " + ONE + "/metadata"),
              Map.entry("machine.metadata.set", "POST " + ONE + "/metadata/{key}"),
              Map.entry("machine.restart", "POST " + ONE + "/restart"),
              Map.entry("machine.start", "POST " + ONE + "/start"),
              Map.entry("machine.stop", "POST " + ONE + "/stop"),
              Map.entry("machine.suspend", "POST " + ONE + "/suspend"),
              Map.entry("machine.uncordon", "POST " + ONE + "/uncordon"),
              Map.entry("machine.update", "POST " + ONE),
              Map.entry("machine.versions", "GET " + ONE + "/versions"),
              Map.entry("machine.wait", "GET " + ONE + "/wait"),
              Map.entry("secret.list", "GET " + APP + "/secrets"),
              Map.entry("secret.set", "POST " + APP + "/secrets"),
              Map.entry("tokens.current", "GET /v1/tokens/current")));

  /** Of other services: of the web app's REST, the logs, the registry and the open incidents. */
  private static final java.util.Set<String> ELSEWHERE =
      java.util.Set.of("image.manifest", "incidents.open", "logs.page", "release.list");

  /** Where the name is no literal: get, stop, cordon with uncordon, GraphQL, metrics. */
  private static final int NAMED_ELSEWHERE = 5;

  @Test
  void operations_all_areInFlysDocumentWithTheirBodies() {
    assertThat(Specs.folder()).isDirectory();
    try (var world = new SimulatedFly()) {
      driveAll(world);

      var driven =
          world.calls.stream()
              .map(OperationsTest::template)
              .filter(call -> call.contains(" /v1/"))
              .filter(call -> !call.contains("incidents"))
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(driven).containsExactlyElementsOf(new TreeSet<>(MACHINES.values()));
      // Each of those requests was held against the document as it was sent.
      assertThat(world.objections).isEmpty();
    }
  }

  private static void driveAll(SimulatedFly world) {
    var id = world.machines(2, world.good).get(0).id();
    var app = world.app;
    app.status();
    app.checkAccess();
    var machines = app.machines();
    machines.list();
    machines.get(id);
    machines.events(id, 5);
    machines.versions(id);
    machines.metadata(id);
    machines.setMetadata(id, "role", "web");
    machines.cordon(id);
    machines.uncordon(id);
    machines.exec(id, Duration.ofSeconds(5), "true");
    machines.stop(id);
    machines.start(id);
    machines.suspend(id);
    machines.start(id);
    machines.leaseHolder(id);
    app.restart(id);
    app.scaleMemory(4096);
    app.scaleCount(3);
    app.scaleCount(2);
    app.secrets().set(Map.of("KEY", Secret.of("k-1")));
    app.secrets().unset("KEY");
    breakLease(world, id);
  }

  private static void breakLease(SimulatedFly world, String id) {
    var machine = world.theirs.machines().stream().filter(one -> one.id().equals(id)).findFirst();
    machine.orElseThrow().leaseTo("bob@example.com", Duration.ofMinutes(5), "a deploy");
    try (var ops =
        com.hotdash.ops.runbook.RunbookProcedures.builder()
            .time(world.time.time())
            .operator("sam")
            .platform(world.app.platform())
            .build()) {
      assertThat(ops.platform().breakLease(id).plan().apply("left behind").done()).isEqualTo(1);
    }
  }

  private static String template(String call) {
    return call.replaceFirst("/machines/[^/ ]+", "/machines/{id}")
        .replaceFirst("/metadata/[^/ ]+", "/metadata/{key}");
  }

  @Test
  void operations_inTheSources_areAllHere() throws IOException {
    var named = Pattern.compile("HttpRequest\\s*\\.\\w+\\(\\s*(\"([^\"]+)\")?");
    var found = new TreeSet<String>();
    int other = 0;
    try (var files = Files.walk(Path.of("src/main/java"))) {
      for (var file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
        var matcher = named.matcher(Files.readString(file));
        while (matcher.find()) {
          if (matcher.group(2) == null) {
            other++;
          } else {
            found.add(matcher.group(2));
          }
        }
      }
    }
    found.removeAll(ELSEWHERE);
    found.addAll(
        java.util.List.of("machine.get", "machine.stop", "machine.cordon", "machine.uncordon"));

    assertThat(found).isEqualTo(MACHINES.keySet());
    assertThat(other).isEqualTo(NAMED_ELSEWHERE);
  }
}
