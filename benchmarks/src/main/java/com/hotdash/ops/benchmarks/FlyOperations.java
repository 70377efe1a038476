package com.hotdash.ops.benchmarks;

import static com.hotdash.ops.fly.MachineChange.Outcome.CHANGED;

import com.hotdash.ops.fly.FlyApp;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** What is measured of {@code FlyClient}, alone and under the runbook's engine. */
final class FlyOperations {
  private static final String GOOD = "registry.fly.io/hotdash-production:deployment-1";

  private static final Duration SPAN = Duration.ofSeconds(15);

  private FlyOperations() {}

  /** Where an operation takes place. */
  record Scene(FlyApp app, Time time, String machine) {
    /** What the runbook does with this app, its journal in memory. */
    <T> T runbook(Function<RunbookProcedures, T> use) {
      try (var ops =
          RunbookProcedures.builder()
              .time(time)
              .operator("benchmark")
              .platform(app.platform())
              .build()) {
        return use.apply(ops);
      }
    }
  }

  /** One operation after what must be there for it, and the fewest requests by which it is done. */
  record Operation(
      String name, int least, String those, Consumer<Scene> before, Consumer<Scene> call) {
    Operation(String name, int least, String those, Consumer<Scene> call) {
      this(name, least, those, scene -> {}, call);
    }
  }

  static List<Operation> all(int machines) {
    var all = new ArrayList<>(reads());
    all.addAll(ofOneMachine());
    all.addAll(ofAllMachines(machines));
    all.addAll(underTheEngine(machines));
    return all;
  }

  private static List<Operation> reads() {
    var all = new ArrayList<Operation>();

    all.add(new Operation("machines().list()", 1, "list", scene -> scene.app().machines().list()));
    all.add(new Operation("releases()", 1, "GraphQL", scene -> scene.app().releases()));
    all.add(
        new Operation(
            "previousGoodRelease()",
            3,
            "releases, list, manifest",
            scene -> require(scene.app().previousGoodRelease().target() != null)));
    all.add(
        new Operation(
            "status()",
            5,
            "app, list, releases, secrets, incidents",
            scene -> require(scene.app().status().toString().contains(scene.app().name()))));
    all.add(
        new Operation(
            "logs(5 min), 250 lines",
            3,
            "3 pages",
            scene -> require(scene.app().logs(Duration.ofMinutes(5)).entries().size() == 250)));
    all.add(new Operation("secrets().names()", 1, "list", scene -> scene.app().secrets().names()));
    all.add(new Operation("metrics(promql)", 1, "query", scene -> scene.app().metrics("sum(up)")));
    all.add(
        new Operation(
            "checkAccess()",
            6,
            "token, list, releases, secrets, logs, query",
            scene -> require(scene.app().checkAccess().toString().contains("log in"))));
    all.add(
        new Operation(
            "follow(15 s)",
            10,
            "a page each 1.5 s",
            scene -> scene.app().follow(SPAN, line -> {})));
    return all;
  }

  private static List<Operation> ofOneMachine() {
    var all = new ArrayList<Operation>();
    all.add(
        new Operation(
            "restart(machine)",
            5,
            "lease, get, restart, wait, release",
            scene -> scene.app().restart(scene.machine())));
    all.add(
        new Operation(
            "machines().stop(machine)",
            4,
            "lease, stop, wait, release",
            scene -> scene.app().machines().stop(scene.machine())));
    all.add(
        new Operation(
            "machines().start(machine)",
            4,
            "lease, start, wait, release",
            scene -> scene.app().machines().stop(scene.machine()),
            scene -> scene.app().machines().start(scene.machine())));
    all.add(
        new Operation(
            "machines().suspend(machine)",
            4,
            "lease, suspend, wait, release",
            scene -> scene.app().machines().suspend(scene.machine())));
    all.add(
        new Operation(
            "machines().cordon(machine)",
            3,
            "lease, cordon, release",
            scene -> scene.app().machines().cordon(scene.machine())));
    all.add(
        new Operation(
            "machines().exec(machine)",
            1,
            "exec",
            scene -> scene.app().machines().exec(scene.machine(), Duration.ofSeconds(5), "true")));
    all.add(
        new Operation(
            "putBack(machine, version)",
            7,
            "versions, lease, get, update, wait, get, release",
            scene -> scene.app().scaleMemory(4096),
            scene -> {
              var versions = scene.app().machines().versions(scene.machine());
              var former = versions.get(versions.size() - 1).version();
              require(scene.app().putBack(scene.machine(), former).outcome() == CHANGED);
            }));
    return all;
  }

  private static List<Operation> ofAllMachines(int machines) {
    var all = new ArrayList<Operation>();
    all.add(
        new Operation(
            "deployImage, 4 machines",
            2 + 6 * machines,
            "manifest, list; each: lease, get, update, wait, get, release",
            scene -> scene.app().deployImage(GOOD)));
    all.add(
        new Operation(
            "scaleMemory, 4 machines",
            1 + 6 * machines,
            "list; each: lease, get, update, wait, get, release",
            scene -> scene.app().scaleMemory(4096)));
    all.add(
        new Operation(
            "scaleCount 4 to 5",
            4,
            "list, create, wait, get",
            scene -> scene.app().scaleCount(machines + 1)));
    all.add(
        new Operation(
            "secrets set and deploy, 4 machines",
            2 + 6 * machines,
            "set, list; each: lease, get, update, wait, get, release",
            scene ->
                scene
                    .app()
                    .secrets()
                    .set(
                        Map.of("SESSION_SECRET", Secret.of("another"), "SCOPES", Secret.of("x")))));
    all.add(
        new Operation(
            "secrets().stage()",
            1,
            "set",
            scene -> scene.app().secrets().stage(Map.of("SCOPES", Secret.of("x")))));
    all.add(
        new Operation(
            "secrets().unset(), 4 machines",
            2 + 6 * machines,
            "set, list; each: lease, get, update, wait, get, release",
            scene -> require(scene.app().secrets().unset("SCOPES").complete())));
    return all;
  }

  private static List<Operation> underTheEngine(int machines) {
    var all = new ArrayList<Operation>();
    all.add(
        new Operation(
            "R2 diagnose()",
            6,
            "list, releases, query, 3 pages",
            scene ->
                require(
                    !scene.runbook(ops -> ops.highErrorRate().diagnose()).findings().isEmpty())));
    all.add(
        new Operation(
            "roll back, planned and journalled, 4 machines",
            3 + 7 * machines,
            "list, releases, manifest; each: lease held?, lease, get, update, wait, get, release",
            scene ->
                require(
                    scene.runbook(
                            ops -> ops.highErrorRate().rollBack().plan().apply("measured").done())
                        == machines)));
    all.add(
        new Operation(
            "scale memory, planned and journalled, 4 machines",
            2 + 7 * machines,
            "list, releases; each: lease held?, lease, get, update, wait, get, release",
            scene ->
                require(
                    scene.runbook(
                            ops -> ops.platform().scaleMemory(4096).plan().apply("measured").done())
                        == machines)));
    all.add(
        new Operation(
            "cordon, planned and journalled",
            6,
            "list, releases, lease held?, lease, cordon, release",
            scene ->
                require(
                    scene.runbook(
                            ops -> ops.platform().cordon(scene.machine()).plan().apply("m").done())
                        == 1)));
    all.add(
        new Operation(
            "restart, planned and journalled",
            9,
            "list, releases, lease held?, log; lease, restart, wait, get, release",
            scene ->
                require(
                    scene.runbook(
                            ops -> ops.platform().restart(scene.machine()).plan().apply("m").done())
                        == 1)));
    return all;
  }

  private static void require(boolean held) {
    if (!held) {
      throw new IllegalStateException("the operation did not do what it is measured for");
    }
  }
}
