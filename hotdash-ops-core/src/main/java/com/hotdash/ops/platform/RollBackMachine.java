package com.hotdash.ops.platform;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Effect;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.time.Deadline;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives one machine a configuration that it had: image, size, environment and services together.
 * Thread-safe.
 */
public final class RollBackMachine extends PlatformAction {
  /** The action's id. */
  public static final String ID = "platform.roll-back-machine";

  /**
   * Makes the action for a platform, with the limits of the runbook itself.
   *
   * @param reader the platform; machines can be changed if it is a {@link Platform}
   */
  public RollBackMachine(PlatformReader reader) {
    this(reader, AilmentLimits.DEFAULT);
  }

  /**
   * Makes the action for a platform.
   *
   * @param reader the platform; machines can be changed if it is a {@link Platform}
   * @param limits from where on something ails the application, so that it is measured afterwards
   */
  public RollBackMachine(PlatformReader reader, AilmentLimits limits) {
    super(reader, limits, ID, Effect.COMPENSABLE);
  }

  @Override
  Optional<Ailments> ailments(Reading.Read<Machines> seen, PlatformLook look) {
    return Optional.of(Ailments.ofMachines(seen.value(), seen.evidence(), look, limits));
  }

  /**
   * Finds out what that would change. Reads only.
   *
   * @param machine the machine's id
   * @param version the version to go back to, or {@code null} for the newest one that was
   *     configured in another way than now
   * @param deadline when to stop looking
   * @return the change, with no step if there is nowhere to go; or why it could not look
   */
  public Reading<Proposal> propose(String machine, @Nullable String version, Deadline deadline) {
    return propose(deadline, (draft, look) -> draft(machine, version, draft, look));
  }

  private static Reading<ChangeDraft> draft(
      String id, @Nullable String version, ChangeDraft draft, PlatformLook look) {
    var machine = draft.machine(id);
    if (machine == null) {
      return draft.drafted("no machine");
    }
    var versions = look.versions(id);
    if (!(versions instanceof Reading.Read<List<MachineVersion>> read)) {
      return Reading.unread(versions.obstacle().orElseThrow());
    }
    var target = choose(machine, version, read.value());
    if (target.isEmpty()) {
      draft.refuse(
          "nowhere-to-go",
          version == null
              ? "the platform keeps no configuration of " + id + " other than the present one"
              : "the platform keeps no version " + version + " of " + id,
          "it keeps " + read.value().stream().map(MachineVersion::version).limit(10).toList());
      return draft.drafted("nowhere to go");
    }
    var earlier = target.get();
    available(earlier.image(), draft, look);
    int memory = earlier.guest().memoryMb();
    if (memory < machine.guest().memoryMb()) {
      draft.object(
          "decrease",
          "memory goes back, too: " + machine.guest() + " becomes " + earlier.guest(),
          "go back by image alone, or override this and say why less is enough");
    }
    return draft
        .step(MachineSteps.putBack(machine, earlier))
        .note("Image, size, environment and services of " + id + " go back together.")
        .note("Secrets and migrations stay as they are; the machine's version is a new one.")
        .note("All other machines stay: the application then runs more than one configuration.")
        .note("The next deploy brings the newer configuration back.")
        .drafted("machine " + id + " back to " + earlier.version());
  }

  private static Optional<MachineVersion> choose(
      Machine machine, @Nullable String version, List<MachineVersion> newestFirst) {
    if (version != null) {
      return newestFirst.stream()
          .filter(each -> each.version().equals(version))
          .filter(each -> !each.version().equals(machine.version()))
          .findFirst();
    }
    var now =
        newestFirst.stream().filter(each -> each.version().equals(machine.version())).findFirst();
    // Where the present one is not in the list, nobody can say which of the others differ.
    return now.flatMap(
        present ->
            newestFirst.stream()
                .skip(newestFirst.indexOf(present) + 1L)
                .filter(each -> !each.fingerprint().equals(present.fingerprint()))
                .findFirst());
  }

  private static void available(Image image, ChangeDraft draft, PlatformLook look) {
    var there = look.available(image).toOptional();
    if (there.isEmpty()) {
      draft.object(
          "image-not-checked",
          "nobody could tell whether the image " + image + " can be fetched",
          "check the registry; a machine whose image is gone stays as it is");
    } else if (!there.get()) {
      draft.refuse(
          "image-gone",
          "the image " + image + " cannot be fetched any more",
          "choose another version");
    }
  }
}
