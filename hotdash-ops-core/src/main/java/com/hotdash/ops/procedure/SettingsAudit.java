package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.platform.MachineSettings;
import com.hotdash.ops.procedure.CheckSetupFinding.HealthChecks;
import com.hotdash.ops.procedure.ConfigurationFinding.Alike;
import com.hotdash.ops.procedure.ConfigurationFinding.HeapLimit;
import com.hotdash.ops.procedure.ConfigurationFinding.PlainSecrets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the machines' own settings say. */
final class SettingsAudit {
  private static final Pattern HEAP = Pattern.compile("--max[-_]old[-_]space[-_]size=(\\d{1,9})");

  // Addresses and scopes are no secret, and HotDash may keep them in its file.
  private static final Set<String> HARMLESS =
      Set.of("SHOPIFY_APP_URL", "SCOPES", "SUPABASE_URL", "SHOPIFY_API_KEY");

  private SettingsAudit() {}

  /** The health checks of machines that serve. */
  static HealthChecks checks(List<MachineSettings> machines, List<Evidence> evidence) {
    var all = new LinkedHashSet<MachineSettings.Check>();
    var unchecked = new ArrayList<String>();
    for (var machine : machines) {
      all.addAll(machine.checks());
      if (machine.checks().isEmpty() && !machine.services().isEmpty()) {
        unchecked.add(machine.machine());
      }
    }
    var badly = new ArrayList<String>();
    if (!all.isEmpty() && all.stream().noneMatch(each -> each.type().equals("http"))) {
      badly.add("no check asks over http: a process that hangs still takes connections");
    }
    all.forEach(each -> bad(each, badly));
    return new HealthChecks(List.copyOf(all), unchecked, badly, evidence);
  }

  private static void bad(MachineSettings.Check check, List<String> badly) {
    var timeout = check.timeout();
    var interval = check.interval();
    var grace = check.grace();
    if (check.type().equals("http") && check.path().isEmpty()) {
      badly.add("a check names no path");
    } else if (timeout != null && interval != null && timeout.compareTo(interval) >= 0) {
      badly.add("\"" + check + "\" is still waiting when the next one begins");
    } else if (grace == null || grace.isZero()) {
      badly.add("\"" + check + "\" counts from the first second of a start");
    }
  }

  static Recommendation advice(HealthChecks checks) {
    return Recommendation.advice(
        "configuration.checks",
        "give the service in fly.toml an http check of /health: every 15 s, timeout 5 s, grace 10 s",
        checks.summary(),
        "");
  }

  /** Each pair of a heap's limit and a machine's memory once. */
  static List<HeapLimit> heaps(List<MachineSettings> machines, List<Evidence> evidence) {
    var found = new LinkedHashSet<HeapLimit>();
    for (var machine : machines) {
      var option = HEAP.matcher(machine.told().getOrDefault("NODE_OPTIONS", ""));
      if (option.find() && machine.guest().memoryMb() > 0) {
        found.add(
            new HeapLimit(Long.parseLong(option.group(1)), machine.guest().memoryMb(), evidence));
      }
    }
    return List.copyOf(found);
  }

  static PlainSecrets plain(
      List<MachineSettings> machines, List<String> required, List<Evidence> evidence) {
    return new PlainSecrets(
        required.stream()
            .filter(name -> !HARMLESS.contains(name))
            .filter(name -> machines.stream().anyMatch(each -> each.variables().contains(name)))
            .toList(),
        evidence);
  }

  /** Those that differ from what most of their group have. */
  static Alike alike(List<MachineSettings> machines, List<Evidence> evidence) {
    var odd = new ArrayList<String>();
    machines.stream()
        .collect(Collectors.groupingBy(MachineSettings::group))
        .values()
        .forEach(
            group -> {
              var common = mostCommon(group);
              group.stream()
                  .filter(each -> !alone(each).equals(common))
                  .map(MachineSettings::machine)
                  .forEach(odd::add);
            });
    return new Alike(odd.stream().sorted().toList(), evidence);
  }

  private static MachineSettings mostCommon(List<MachineSettings> group) {
    return group.stream()
        .map(SettingsAudit::alone)
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
        .entrySet()
        .stream()
        .max(
            Map.Entry.<MachineSettings, Long>comparingByValue()
                .thenComparing(each -> each.getKey().toString(), Comparator.naturalOrder()))
        .orElseThrow()
        .getKey();
  }

  private static MachineSettings alone(MachineSettings machine) {
    return new MachineSettings(
        "",
        machine.group(),
        machine.guest(),
        machine.checks(),
        machine.services(),
        machine.variables(),
        machine.told());
  }
}
