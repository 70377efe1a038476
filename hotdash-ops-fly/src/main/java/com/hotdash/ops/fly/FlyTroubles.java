package com.hotdash.ops.fly;

import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.platform.PlatformTrouble;
import com.hotdash.ops.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Trouble that Fly admits: hosts of our machines by their status, issues of these hosts, and open
 * incidents of all of Fly ({@code facts/fly.md} §18). What fails costs its own part.
 */
record FlyTroubles(AppCalls calls) {
  private static final int MOST = 20;

  Reading<List<PlatformTrouble>> read(Supplier<List<Machine>> machines, Deadline limit) {
    var gaps = new ArrayList<String>();
    var failures = new ArrayList<OpsException>();
    var found = new ArrayList<PlatformTrouble>();
    // Two services: one that hangs must leave time for the other.
    var half = limit.within(limit.remaining().dividedBy(2).plusNanos(1));
    found.addAll(part("issues of hosts", () -> issues(half), gaps, failures));
    found.addAll(part("open incidents", () -> incidents(limit), gaps, failures));
    found.addAll(0, part("hosts", () -> hosts(machines.get()), gaps, failures));
    if (failures.size() == 3) {
      throw failures.get(0);
    }
    var evidence =
        Evidence.of(
                found.isEmpty() ? "Fly admits no trouble" : "Fly admits " + found.size(),
                "Fly's hosts and open incidents",
                calls.time().now())
            .withByHand("https://status.fly.io");
    if (found.size() > MOST) {
      gaps.add("the first " + MOST + " of " + found.size());
    }
    return Reading.of(
        List.copyOf(found.subList(0, Math.min(MOST, found.size()))),
        gaps.isEmpty() ? evidence : evidence.withCoverage(String.join("; ", gaps)));
  }

  private static List<PlatformTrouble> part(
      String what,
      Supplier<List<PlatformTrouble>> look,
      List<String> gaps,
      List<OpsException> failures) {
    try {
      return look.get();
    } catch (InterruptedOpsException e) {
      throw e;
    } catch (OpsException e) {
      gaps.add(what + " were not read: " + e.problem());
      failures.add(e);
      return List.of();
    }
  }

  private List<PlatformTrouble> hosts(List<Machine> machines) {
    return machines.stream()
        .filter(Machine::managed)
        .filter(each -> !each.hostStatus().equals("ok"))
        .map(
            each ->
                new PlatformTrouble(
                    "Fly says of the host of machine " + each.id() + ": " + each.hostStatus(),
                    null,
                    true))
        .toList();
  }

  private List<PlatformTrouble> issues(Deadline limit) {
    return HostIssue.of(calls, limit).stream()
        .map(each -> new PlatformTrouble(said(each.message()), each.createdAt(), true))
        .toList();
  }

  private List<PlatformTrouble> incidents(Deadline limit) {
    return FlyIncident.open(calls.api(), limit).stream()
        .map(
            each ->
                new PlatformTrouble(
                    said(
                        each.name()
                            + " ("
                            + each.status()
                            + (each.components().isEmpty()
                                ? ""
                                : "; " + String.join(", ", each.components()))
                            + ")"),
                    each.startedAt(),
                    false))
        .toList();
  }

  private String said(String text) {
    return "Fly: " + Texts.line(calls.api().redactor().redact(text));
  }
}
