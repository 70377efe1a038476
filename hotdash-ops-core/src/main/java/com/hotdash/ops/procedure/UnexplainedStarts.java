package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.NearbyChange.Kind;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.MachineExit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Crashes of machines, and starts that no other change brought about; alike ones in one. */
final class UnexplainedStarts {
  // A rolling deploy takes machines one after another, up to five minutes each: facts, fly §14.6.
  private static final Duration ROLL_OUT = Duration.ofMinutes(10);
  private static final Duration INEXACT = Duration.ofMinutes(1);
  private static final int MOST_NAMED = 3;
  private static final String STARTED = "started";
  private static final String WOKEN = "woken for requests";

  private record Start(String machine, String why, Instant at) {}

  private UnexplainedStarts() {}

  static List<Changed> of(List<Machine> machines, List<Changed> others) {
    var starts =
        machines.stream()
            .flatMap(each -> Stream.concat(crashes(each), started(each, others)))
            .sorted(Comparator.comparing(Start::at))
            .toList();
    var alike = new LinkedHashMap<String, List<List<Start>>>();
    for (var start : starts) {
      var runs = alike.computeIfAbsent(start.why(), why -> new ArrayList<>());
      var last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
      if (last == null || start.at().isAfter(last.get(0).at().plus(ROLL_OUT))) {
        last = new ArrayList<>();
        runs.add(last);
      }
      last.add(start);
    }
    return alike.values().stream()
        .flatMap(List::stream)
        .map(each -> change(each, machines))
        .toList();
  }

  private static Stream<Start> crashes(Machine machine) {
    return machine.exits().stream()
        .filter(exit -> !exit.requested())
        .map(exit -> new Start(machine.id(), why(exit), exit.at()));
  }

  private static String why(MachineExit exit) {
    return "ended with code " + exit.code() + (exit.outOfMemory() ? ", out of memory" : "");
  }

  private static Stream<Start> started(Machine machine, List<Changed> others) {
    var at = machine.startedAt();
    if (at == null || others.stream().anyMatch(each -> broughtAbout(each, machine, at))) {
      return Stream.empty();
    }
    var before =
        machine.exits().stream()
            .filter(exit -> !exit.at().isAfter(at))
            .max(Comparator.comparing(MachineExit::at));
    return before.filter(exit -> !exit.requested()).isPresent()
        ? Stream.empty() // the crash is told
        : Stream.of(new Start(machine.id(), machine.woken() == null ? STARTED : WOKEN, at));
  }

  private static boolean broughtAbout(Changed change, Machine machine, Instant start) {
    return !change.missed().contains(machine.id())
        && !start.isBefore(change.at().minus(INEXACT))
        && !start.isAfter(change.at().plus(ROLL_OUT));
  }

  private static Changed change(List<Start> alike, List<Machine> machines) {
    var ids = alike.stream().map(Start::machine).distinct().toList();
    var what =
        (ids.size() == 1 ? "machine " : "machines ")
            + String.join(", ", ids.subList(0, Math.min(MOST_NAMED, ids.size())))
            + (ids.size() > MOST_NAMED ? " and " + (ids.size() - MOST_NAMED) + " more" : "")
            + " "
            + alike.get(0).why();
    if (!Set.of(STARTED, WOKEN).contains(alike.get(0).why())) {
      return Changed.outside(Kind.RESTART, what, alike.get(0).at()); // it is the trouble itself
    }
    var missed =
        machines.stream()
            .map(Machine::id)
            .filter(id -> !ids.contains(id))
            .collect(Collectors.toSet());
    return new Changed(Kind.RESTART, what, alike.get(0).at(), Set.copyOf(ids), missed);
  }
}
