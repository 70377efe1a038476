package com.hotdash.ops.fly;

import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What more than one reading of an app needs, asked for once in a while. Thread-safe. */
final class SharedReads {
  /** As young as one that a reading of its own would have made beside the others. */
  private static final Duration SAME_LOOK = Duration.ofSeconds(1);

  /** For what a list only helps with, such as the addresses of machines. */
  private static final Duration BESIDE = Duration.ofSeconds(3);

  /** An app stays in its organisation. */
  private static final Duration LASTING = Duration.ofHours(1);

  private final Shared<List<Machine>> machines;
  private final Shared<String> org;

  SharedReads(Time time) {
    machines = new Shared<>(time);
    org = new Shared<>(time);
  }

  /** The list for what is judged, which says how old it is. Never for what guards a write. */
  Shared.Answer<List<Machine>> machines(AppCalls calls, Deadline deadline) {
    return machines.get(SAME_LOOK, deadline, () -> list(calls, deadline));
  }

  List<Machine> machinesBeside(AppCalls calls, Deadline deadline) {
    return machines.get(BESIDE, deadline, () -> list(calls, deadline)).value();
  }

  void forgetMachines() {
    machines.forget();
  }

  String org(AppCalls calls, Deadline deadline) {
    return org.get(LASTING, deadline, () -> AppInfo.read(calls, deadline).org()).value();
  }

  private static List<Machine> list(AppCalls calls, Deadline deadline) {
    return List.copyOf(new FlyMachines(calls).list(Map.of(), deadline));
  }
}
