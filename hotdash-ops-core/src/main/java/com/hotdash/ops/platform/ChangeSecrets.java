package com.hotdash.ops.platform;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.resolution.Effect;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.secret.SecretSource;
import com.hotdash.ops.time.Deadline;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Stores and removes secrets, all in one version, and has each machine take them by one update: no
 * restart is needed after it. A value goes from its source to the wire and nowhere else.
 * Thread-safe.
 */
public final class ChangeSecrets extends PlatformAction {
  /** The action's id. */
  public static final String ID = "platform.change-secrets";

  private final SecretSource source;

  /**
   * Makes the action for a platform.
   *
   * @param reader the platform; secrets can be changed if it is a {@link Platform}
   * @param source where values are; the same place must be found again to take a change back
   */
  public ChangeSecrets(PlatformReader reader, SecretSource source) {
    super(reader, ID, Effect.COMPENSABLE);
    this.source = source;
  }

  @Override
  public Optional<Control> control() {
    return reader instanceof Platform platform
        ? Optional.of(platform.control(source))
        : Optional.empty();
  }

  /** The control that stored the secrets knows the version that each machine must wait for. */
  @Override
  public boolean sideBySide() {
    return false;
  }

  /** Where nothing was stored, machines would reboot for what somebody else has staged. */
  @Override
  public boolean carriesOthers(Step step) {
    return step.kind().equals(SecretSteps.SET);
  }

  /** Old values must be stored before machines can take them. */
  @Override
  public List<Step> undoOrder(List<Step> lastFirst) {
    return lastFirst.stream()
        .sorted(Comparator.comparing(step -> !step.kind().equals(SecretSteps.SET)))
        .toList();
  }

  @Override
  Optional<Ailments> ailments(Reading.Read<Machines> seen, PlatformLook look) {
    return Optional.of(Ailments.ofSecrets(seen.value(), look));
  }

  /**
   * Finds out what the change would come to. Reads only.
   *
   * @param change which secrets, and from where
   * @param deadline when to stop looking
   * @return the change, or why it could not look
   */
  public Reading<Proposal> propose(SecretChange change, Deadline deadline) {
    return propose(deadline, (draft, look) -> draft(change, draft, look));
  }

  private Reading<ChangeDraft> draft(SecretChange change, ChangeDraft draft, PlatformLook look) {
    var read = look.secrets();
    if (!change.places().isEmpty()) {
      var there = read.toOptional().orElse(null);
      if (there == null) {
        return Reading.unread(read.obstacle().orElseThrow());
      }
      store(change, draft, there);
    }
    if (change.rollOut()) {
      rollOut(change, draft);
      StagedSecrets.tell(read, change.places().keySet(), draft);
    } else {
      draft.note("Staged is not inert: a machine that starts meanwhile may take the new values,");
      draft.note("beside others that have the old ones, until deploySecrets() is applied.");
    }
    return draft
        .note("That the application works with them is not proved: look at it afterwards.")
        .drafted(what(change));
  }

  private void store(SecretChange change, ChangeDraft draft, List<SecretDigest> there) {
    var step = SecretSteps.set(change.places(), there, change.oldPlaces());
    change.places().forEach((name, place) -> check(name, place, draft));
    change.oldPlaces().values().stream()
        .filter(place -> source.find(place).isEmpty())
        .forEach(
            place ->
                draft.object(
                    "no-old-value",
                    "nothing is kept in " + place + ", so the change could not be taken back",
                    "keep the present value there first"));
    var missing =
        change.places().entrySet().stream()
            .filter(each -> each.getValue().isEmpty())
            .filter(each -> there.stream().noneMatch(one -> one.name().equals(each.getKey())))
            .toList();
    missing.forEach(each -> draft.note(each.getKey() + " is not there already."));
    if (missing.size() < change.places().size()) {
      draft.step(step);
      if (step.undo() == null) {
        draft.note(
            "It cannot be taken back: name where the present values are kept, if they may be used"
                + " again.");
      }
    }
  }

  private void check(String name, String place, ChangeDraft draft) {
    if (place.isEmpty()) {
      return;
    }
    var value = source.find(place);
    if (value.isEmpty()) {
      draft.refuse(
          "no-value",
          "there is no value for " + name + " in " + place,
          "put it there: set the variable " + place + ", or hand the builder a secretSource(…)");
    } else {
      oddity(name, value.get())
          .ifPresent(
              what ->
                  draft.object(
                      "odd-value",
                      "the value for " + name + " in " + place + " " + what,
                      "look at how it was copied"));
    }
  }

  /** What copying leaves behind; the value itself is not shown. */
  private static Optional<String> oddity(String name, Secret value) {
    var text = value.reveal();
    if (text.startsWith(name + "=")) {
      return Optional.of("begins with its own name, as a line of a file of settings does");
    }
    if (!text.equals(text.strip())) {
      return Optional.of("begins or ends with a space or a line break");
    }
    boolean quoted =
        text.length() > 1
            && text.charAt(0) == text.charAt(text.length() - 1)
            && "\"'".indexOf(text.charAt(0)) >= 0;
    return quoted ? Optional.of("stands in quotes") : Optional.empty();
  }

  private static void rollOut(SecretChange change, ChangeDraft draft) {
    boolean stored = !change.places().isEmpty();
    var machines =
        draft
            .reachable(
                draft.machines().all().stream()
                    .filter(each -> each.state() != MachineState.DESTROYED))
            .stream();
    draft
        .steps(machines, each -> stored ? MachineSteps.rollOut(each) : once(each))
        .note("Each machine that runs reboots once; no restart is needed after it.")
        .note("Machines take all that is stored, also what others have staged.");
  }

  /** What machines had before cannot be brought back by having them take what is stored. */
  private static Step once(Machine machine) {
    var step = MachineSteps.rollOut(machine);
    return new Step(step.kind(), step.target(), step.assumes(), step.before(), step.after(), null);
  }

  private static String what(SecretChange change) {
    var names = change.places().isEmpty() ? "what is stored" : change.places().keySet().toString();
    return names + (change.rollOut() ? " rolled out" : " staged");
  }
}
