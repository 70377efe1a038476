package com.hotdash.ops.runbook;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.ChangeSecrets;
import com.hotdash.ops.platform.MachineSteps;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.PlatformReader;
import com.hotdash.ops.platform.SecretChange;
import com.hotdash.ops.platform.SecretDigest;
import com.hotdash.ops.platform.SecretSpread;
import com.hotdash.ops.platform.SecretSteps;
import com.hotdash.ops.resolution.ExecutionRecord;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Objects to a rotation that staging has not been through. What counts is what the journal tells of
 * staging, or that staging's machines have a value of that name that was stored of late, after
 * production's, and are well. Whether it is the same value nobody can know, and it should not be.
 */
final class StagingFirst {
  /** The objection's name. */
  static final String NAME = "not-on-staging";

  // A rehearsal of last month's code proves little; a rotation is due every 90 days.
  private static final Duration RECENT = Duration.ofDays(7);

  private final @Nullable RunbookProcedures staging;
  private final @Nullable PlatformReader platform;
  private final Time time;

  StagingFirst(@Nullable RunbookProcedures staging, @Nullable PlatformReader platform, Time time) {
    this.staging = staging;
    this.platform = platform;
    this.time = time;
  }

  Reading<Proposal> guard(SecretChange change, Reading<Proposal> proposal, Deadline deadline) {
    var names =
        change.places().entrySet().stream()
            .filter(each -> !each.getValue().isEmpty())
            .map(each -> each.getKey())
            .toList();
    if (names.isEmpty() || platform == null || proposal.toOptional().isEmpty()) {
      return proposal;
    }
    if (staging == null) {
      return proposal.map(
          each -> Proposals.noting(each, "Not known whether staging has been through it."));
    }
    var left = unproved(staging, platform, names, deadline);
    return left == null ? proposal : proposal.map(each -> Proposals.objecting(each, left));
  }

  private @Nullable Objection unproved(
      RunbookProcedures there, PlatformReader here, List<String> names, Deadline deadline) {
    var left = new ArrayList<>(names);
    left.removeIf(name -> journalled(there, name));
    if (left.isEmpty()) {
      return null;
    }
    var seen =
        there.look(
            deadline.remaining().dividedBy(2).plusMillis(1),
            Set.of(PlatformLook.SECRETS, PlatformLook.MACHINES));
    var ours = secrets(here, deadline);
    var gap =
        seen.get(PlatformLook.SECRETS)
            .obstacle()
            .or(() -> seen.get(PlatformLook.MACHINES).obstacle())
            .or(ours::obstacle);
    if (gap.isEmpty()) {
      var known = ours.toOptional().orElse(List.of());
      left.removeIf(name -> has(seen, name) && newer(seen, known, name));
    }
    if (left.isEmpty()) {
      return null;
    }
    var name = left.get(0);
    return Objection.overridable(
        NAME,
        gap.map(each -> "nobody knows whether staging has been through it: " + each.detail())
            .orElse(
                "staging has not taken a new "
                    + name
                    + " within "
                    + RECENT.toDays()
                    + " days and stayed well"),
        gap.map(each -> each.remedy())
            .orElse(
                "ops.staging().platform().setSecret(\""
                    + name
                    + "\", \"NEW_"
                    + name
                    + "\").plan()"));
  }

  private boolean journalled(RunbookProcedures there, String name) {
    var app = there.application();
    if (app == null) {
      return false;
    }
    var target = new Target(MachineSteps.APP, app, app);
    return there.history(target, since()).stream().anyMatch(each -> stored(each, name));
  }

  private Instant since() {
    return time.now().minus(RECENT);
  }

  /** It is over, every step of it was made, and one of them stored the secret. */
  private static boolean stored(ExecutionRecord record, String name) {
    var steps = record.started().proposal().steps();
    if (record.pending() || !record.started().proposal().action().equals(ChangeSecrets.ID)) {
      return false;
    }
    for (int i = 0; i < steps.size(); i++) {
      if (record.outcome(i).filter(each -> each.status() == StepOutcome.Status.DONE).isEmpty()) {
        return false;
      }
    }
    return steps.stream()
        .filter(each -> each.kind().equals(SecretSteps.SET))
        .anyMatch(each -> !SecretSteps.places(each.target()).getOrDefault(name, "").isEmpty());
  }

  /** Its machines have what was stored of late, and all that run are well. */
  private boolean has(Observation seen, String name) {
    var machines = seen.get(PlatformLook.MACHINES).toOptional().orElse(new Machines(List.of()));
    return !machines.running().isEmpty()
        && machines.healthy().size() == machines.running().size()
        && seen.get(PlatformLook.SECRETS).toOptional().orElse(List.of()).stream()
            .anyMatch(each -> each.name().equals(name) && taken(each));
  }

  private static Reading<List<SecretDigest>> secrets(PlatformReader from, Deadline deadline) {
    try (var look = from.look(deadline)) {
      return look.secrets();
    }
  }

  /** What is as old there as here is no rehearsal. */
  private static boolean newer(Observation seen, List<SecretDigest> here, String name) {
    var there = seen.get(PlatformLook.SECRETS).toOptional().orElse(List.of());
    return here.stream()
        .filter(each -> each.name().equals(name))
        .map(SecretDigest::updatedAt)
        .allMatch(
            ours ->
                ours != null
                    && there.stream()
                        .filter(each -> each.name().equals(name))
                        .map(SecretDigest::updatedAt)
                        .anyMatch(theirs -> theirs != null && theirs.isAfter(ours)));
  }

  private boolean taken(SecretDigest secret) {
    var at = secret.updatedAt();
    return at != null
        && !at.isBefore(since())
        && secret.spread().state() == SecretSpread.State.DEPLOYED;
  }
}
