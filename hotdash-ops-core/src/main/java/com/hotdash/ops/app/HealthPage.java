package com.hotdash.ops.app;

import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.health.HealthStatus;
import com.hotdash.ops.health.ProbeResult;
import com.hotdash.ops.health.ProbeResult.Outcome;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.text.Tone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How health looks to a person: what decides comes first, and nothing of it is cut. */
final class HealthPage {
  private static final int DISAGREEMENTS = 3;
  private static final int MACHINES = 4;

  private HealthPage() {}

  static Page of(AppHealth health) {
    var page =
        Page.builder().callout(tone(health.verdict()), health.verdict().name(), headline(health));
    if (health.coverage() != null) {
      page.fact("Seen", health.coverage());
    }
    page.bullets(health.disagreements().stream().limit(DISAGREEMENTS).toList());
    page.bullets(
        worstFirst(health).stream()
            .limit(MACHINES)
            .flatMap(machine -> lines(machine).stream())
            .toList());
    if (health.machines().size() > MACHINES) {
      page.paragraph("and " + (health.machines().size() - MACHINES) + " more machines");
    }
    return page.build();
  }

  private static Tone tone(Verdict verdict) {
    return switch (verdict) {
      case PROBLEM -> Tone.BAD;
      case UNKNOWN -> Tone.UNSURE;
      case OK -> Tone.GOOD;
    };
  }

  /** One sentence: how many machines, and what the worst of them said. */
  static String headline(AppHealth health) {
    var all = health.machines().size();
    var machines = all == 1 ? health.machines().get(0).instance().id() : all + " machines";
    return switch (health.verdict()) {
      case OK -> (all == 1 ? "" : "all ") + machines + (all == 1 ? " passes" : " pass");
      case PROBLEM -> {
        long bad = health.machines().stream().filter(HealthPage::amiss).count();
        yield (all == 1 ? machines : bad + " of " + machines) + " not well: " + worst(health);
      }
      case UNKNOWN ->
          "nobody can tell: "
              + (health.refusedBeforeAll()
                  ? "the address before all machines refused us, and none was reached; "
                  : "")
              + worst(health);
    };
  }

  private static boolean amiss(MachineHealth machine) {
    return machine.counted().stream()
        .map(ProbeResult::status)
        .anyMatch(status -> status == HealthStatus.FAIL || status == HealthStatus.WARN);
  }

  private static String worst(AppHealth health) {
    return worstFirst(health).stream()
        .findFirst()
        .map(
            machine ->
                (health.machines().size() == 1 ? "" : machine.instance().id() + " ")
                    + worst(machine))
        .orElse("no machine was asked");
  }

  private static String worst(MachineHealth machine) {
    var counted = machine.counted();
    return (counted.isEmpty() ? machine.probes() : counted)
        .stream()
            .max(Comparator.comparingInt(probe -> trouble(probe.status())))
            .map(ProbeResult::toString)
            .orElse("it was asked nothing");
  }

  private static List<MachineHealth> worstFirst(AppHealth health) {
    return health.machines().stream()
        .sorted(
            Comparator.comparingInt(
                    (MachineHealth machine) ->
                        machine.counted().stream()
                            .mapToInt(probe -> trouble(probe.status()))
                            .max()
                            .orElse(trouble(HealthStatus.UNKNOWN)))
                .reversed())
        .toList();
  }

  /** What is known to be amiss is told before what is not known. */
  private static int trouble(HealthStatus status) {
    return switch (status) {
      case PASS -> 0;
      case UNKNOWN -> 1;
      case WARN -> 2;
      case FAIL -> 3;
    };
  }

  /** One line for each answer; endpoints that failed alike share one. */
  static List<String> lines(MachineHealth machine) {
    var silent = new LinkedHashMap<Outcome, List<ProbeResult>>();
    var lines = new ArrayList<String>();
    for (var probe : machine.probes()) {
      if (probe.report() != null) {
        lines.add(machine.instance().id() + " " + probe);
      } else {
        silent.computeIfAbsent(probe.outcome(), outcome -> new ArrayList<>()).add(probe);
      }
    }
    silent.forEach((outcome, probes) -> lines.add(machine.instance().id() + " " + alike(probes)));
    return lines;
  }

  private static String alike(List<ProbeResult> probes) {
    var first = probes.get(0);
    if (probes.size() == 1) {
      return first.toString();
    }
    var paths = probes.stream().map(ProbeResult::path).collect(Collectors.joining(", "));
    return paths
        + ": "
        + first.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ')
        + (first.detail() == null ? "" : ", " + first.detail());
  }
}
