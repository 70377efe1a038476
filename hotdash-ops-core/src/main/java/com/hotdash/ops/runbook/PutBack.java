package com.hotdash.ops.runbook;

import com.hotdash.ops.platform.ChangeSecrets;
import com.hotdash.ops.platform.MachineSteps;
import com.hotdash.ops.platform.SecretChange;
import com.hotdash.ops.platform.SecretSteps;
import com.hotdash.ops.resolution.Engine;
import com.hotdash.ops.resolution.ExecutionRecord;
import com.hotdash.ops.resolution.JournalException;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.secret.SecretSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Secrets of which a former value is stored again: one from the place {@code OLD_} and the name, or
 * from one that an earlier change used before the last. The value that it replaces is kept for an
 * undo where its own place still holds it. Objected to where the journal says that the last change
 * was made because the former value was exposed.
 */
final class PutBack {
  /** The objection's name. */
  static final String EXPOSED = "exposed";

  private static final String OLD = "OLD_";
  private static final String NEW = "NEW_";
  private static final Pattern EXPOSURE =
      Pattern.compile(
          "(?i)\\b(?:leak|expos|compromis|stol|steal|disclos|publish|phish|revok)[a-z]*\\b");

  private final Engine engine;
  private final SecretSource source;
  private final Target app;

  /** Takes the application's name on its platform. */
  PutBack(Engine engine, SecretSource source, String app) {
    this.engine = engine;
    this.source = source;
    this.app = new Target(MachineSteps.APP, app, app);
  }

  /** What one change puts back, and why each of these was replaced. */
  record Former(List<String> names, Map<String, String> reasons, boolean unread) {
    Former {
      names = List.copyOf(names);
      reasons = Map.copyOf(reasons);
    }
  }

  Former former(SecretChange change) {
    List<ExecutionRecord> changes;
    boolean unread = false;
    try {
      changes = engine.history(app, Instant.EPOCH).stream().filter(PutBack::storesSecrets).toList();
    } catch (JournalException e) {
      // Where nobody knows why, the plan says so.
      changes = List.of();
      unread = true;
    }
    var names = new ArrayList<String>();
    var reasons = new TreeMap<String, String>();
    for (var each : change.places().entrySet()) {
      var name = each.getKey();
      var before = changes.stream().filter(one -> !place(one, name).isEmpty()).toList();
      if (isFormer(name, each.getValue(), before)) {
        names.add(name);
        if (!before.isEmpty()) {
          reasons.put(name, before.get(before.size() - 1).started().because());
        }
      }
    }
    return new Former(names, reasons, unread);
  }

  private static boolean isFormer(String name, String place, List<ExecutionRecord> before) {
    return place.equals(OLD + name)
        || (!before.isEmpty()
            && !place.equals(place(before.get(before.size() - 1), name))
            && before.stream().anyMatch(each -> place.equals(place(each, name))));
  }

  private static boolean storesSecrets(ExecutionRecord record) {
    var steps = record.started().proposal().steps();
    return record.started().proposal().action().equals(ChangeSecrets.ID)
        && !steps.isEmpty()
        && steps.get(0).kind().equals(SecretSteps.SET)
        && record.outcome(0).filter(it -> it.status() == StepOutcome.Status.DONE).isPresent();
  }

  /** Where a change took a secret's value from; empty if it did not. */
  private static String place(ExecutionRecord record, String name) {
    return SecretSteps.places(record.started().proposal().steps().get(0).target())
        .getOrDefault(name, "");
  }

  /** The same, with the place of what it replaces, so that it can be taken back. */
  SecretChange undoable(SecretChange change, Former former) {
    var kept = new TreeMap<>(change.oldPlaces());
    for (var name : former.names()) {
      if (source.find(NEW + name).isPresent()) {
        kept.putIfAbsent(name, NEW + name);
      }
    }
    return change.keptIn(kept);
  }

  /** What is new of it; that production had a value before is a better rehearsal than any. */
  static SecretChange rest(SecretChange change, Former former) {
    var places = new TreeMap<>(change.places());
    places.keySet().removeAll(former.names());
    return new SecretChange(places, change.oldPlaces(), change.rollOut());
  }

  static Proposal guarded(Proposal change, Former former) {
    var guarded = change;
    for (var name : former.names()) {
      var reason = former.reasons().get(name);
      if (reason != null && EXPOSURE.matcher(reason).find()) {
        guarded =
            Proposals.objecting(
                guarded,
                Objection.overridable(
                    EXPOSED,
                    name + " was replaced for this reason: " + reason,
                    "make a new value instead: whoever has the former one gets in again"));
      } else {
        guarded =
            Proposals.noting(
                guarded,
                former.unread()
                    ? "Why " + name + " was replaced could not be read in the journal."
                    : reason == null
                        ? "Why "
                            + name
                            + " was replaced is not known: not if it leaked or was revoked."
                        : name + " was replaced for this reason: " + reason + ".");
      }
    }
    return guarded;
  }
}
