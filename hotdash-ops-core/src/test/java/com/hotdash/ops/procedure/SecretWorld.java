package com.hotdash.ops.procedure;

import static com.hotdash.ops.procedure.FleetWorld.NOW;
import static com.hotdash.ops.procedure.FleetWorld.ago;
import static com.hotdash.ops.procedure.FleetWorld.logs;
import static com.hotdash.ops.procedure.FleetWorld.machine;
import static com.hotdash.ops.procedure.FleetWorld.machines;
import static com.hotdash.ops.procedure.FleetWorld.read;
import static com.hotdash.ops.procedure.FleetWorld.release;

import com.hotdash.ops.database.Connectivity;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.logs.LogSummary;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.platform.SecretDigest;
import com.hotdash.ops.platform.SecretSpread;
import com.hotdash.ops.shop.ShopAnswer;
import com.hotdash.ops.shop.ShopLook;
import com.hotdash.ops.shop.ShopTrouble;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An application whose ten secrets are a month old and everywhere; each field can be made worse.
 */
final class SecretWorld {
  Reading<Machines> machines = read(machines(machine("m1"), machine("m2")));
  Reading<List<SecretDigest>> secrets = read(secrets(Map.of()));
  Reading<LogSummary> logs = logs();
  Reading<List<Release>> releases = read(List.of(release(118, 3_000)));
  Reading<Connectivity> database = FleetWorld.database();
  Reading<ShopAnswer> shop = FleetWorld.shop(ShopTrouble.NONE);
  final Set<ReadingKey<?>> notConfigured = new HashSet<>();

  Observation seen() {
    var seen = Observation.at(NOW);
    with(seen, PlatformLook.MACHINES, machines);
    with(seen, PlatformLook.SECRETS, secrets);
    with(seen, PlatformLook.LOGS, logs);
    with(seen, PlatformLook.RELEASES, releases);
    with(seen, DatabaseLook.CONNECTIVITY, database);
    with(seen, ShopLook.ANSWER, shop);
    return seen.build();
  }

  private <T> void with(Observation.Builder seen, ReadingKey<T> key, Reading<T> reading) {
    if (!notConfigured.contains(key)) {
      seen.with(key, reading);
    }
  }

  Diagnosis diagnose() {
    return new SecretRotationIssuesProcedure(SecretRotationIssuesThresholds.DEFAULT)
        .diagnose(seen(), new Estate("production", List.of()));
  }

  /** All that are required, and of some of them how many minutes ago they were changed. */
  static List<SecretDigest> secrets(Map<String, Integer> changed) {
    return RequiredSecrets.NAMES.stream()
        .map(each -> secret(each, changed.getOrDefault(each, 50_000)))
        .toList();
  }

  static SecretDigest secret(String name, int minutesAgo, String... behind) {
    return new SecretDigest(
        name,
        "d-" + name,
        ago(minutesAgo),
        SecretSpread.of(2 - behind.length, List.of(behind), List.of()));
  }

  /** Machines that were configured and started after the change of some minutes ago. */
  static Reading<Machines> rolledOut(int minutesAgo) {
    return read(
        machines(
            FleetWorld.started(machine("m1"), minutesAgo),
            FleetWorld.started(machine("m2"), minutesAgo)));
  }

  /** Some were changed twelve minutes ago, and one machine does without. */
  static List<SecretDigest> with(String behind, String... changed) {
    return secrets(Map.of()).stream()
        .map(
            each -> List.of(changed).contains(each.name()) ? secret(each.name(), 12, behind) : each)
        .toList();
  }

  static Reading<List<SecretDigest>> with(SecretDigest changed) {
    return read(
        secrets(Map.of()).stream()
            .map(each -> each.name().equals(changed.name()) ? changed : each)
            .toList());
  }
}
