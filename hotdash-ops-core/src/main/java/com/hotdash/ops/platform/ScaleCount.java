package com.hotdash.ops.platform;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Effect;
import com.hotdash.ops.resolution.Pace;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.time.Deadline;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes machines, as copies of a healthy one, or does away with some. A copy whose answer was lost
 * is looked for by its mark and never made again: it may show up late. Machines that were made can
 * be taken away again; those that were done away with cannot be brought back. Thread-safe.
 */
public final class ScaleCount extends PlatformAction {
  /** The action's id. */
  public static final String ID = "platform.scale-count";

  // HotDash keeps two running, so that one can fail.
  private static final int MINIMUM = 2;

  /**
   * Makes the action for a platform, with the limits of the runbook itself.
   *
   * @param reader the platform; machines can be changed if it is a {@link Platform}
   */
  public ScaleCount(PlatformReader reader) {
    this(reader, AilmentLimits.DEFAULT);
  }

  /**
   * Makes the action for a platform.
   *
   * @param reader the platform; machines can be changed if it is a {@link Platform}
   * @param limits from where on something ails the application, so that it is measured afterwards
   */
  public ScaleCount(PlatformReader reader, AilmentLimits limits) {
    super(reader, limits, ID, Effect.COMPENSABLE);
  }

  @Override
  Optional<Ailments> ailments(Reading.Read<Machines> seen, PlatformLook look) {
    return Optional.of(Ailments.ofMachines(seen.value(), seen.evidence(), look, limits));
  }

  @Override
  public boolean absenceProves() {
    return false;
  }

  /**
   * Finds out which machines would be made or done away with. Reads only.
   *
   * @param count how many the group shall have, at least 1; less than 2 is objected to
   * @param group the process group, or {@code null} if there is only one
   * @param deadline when to stop looking
   * @return the change, or why it could not look
   */
  public Reading<Proposal> propose(int count, @Nullable String group, Deadline deadline) {
    if (count < 1) {
      throw new IllegalArgumentException("an application keeps at least one machine, not " + count);
    }
    return propose(
        deadline,
        (draft, look) -> {
          var all = draft.group(group);
          return count < all.size() ? fewer(count, draft, all) : more(count, draft, all);
        });
  }

  private Reading<ChangeDraft> more(int count, ChangeDraft draft, List<Machine> all) {
    int missing = count - all.size();
    if (missing > 0) {
      model(all)
          .ifPresentOrElse(
              model -> copies(model, missing, draft, all),
              () ->
                  draft.refuse(
                      "none-healthy",
                      "no machine is healthy, and copies of a sick one are sick",
                      "cure one first, or roll back"));
    }
    return draft
        .healthyAfter(draft.machines().healthy().size() + missing)
        .note("A new machine runs what the copied one runs, and costs as much.")
        .note("If the answer is lost, the machine is looked for and never made again.")
        .note("The next deploy may bring back the number that its own configuration names.")
        .drafted("from " + all.size() + " to " + count + " machines");
  }

  /** In the region that has fewest, from the machine there that has been up longest. */
  private static Optional<Machine> model(List<Machine> all) {
    var there =
        all.stream()
            .collect(Collectors.groupingBy(Machine::region, TreeMap::new, Collectors.counting()));
    return all.stream()
        .filter(each -> each.health() == Machine.Health.HEALTHY && !each.cordoned())
        .min(
            Comparator.comparing((Machine each) -> there.getOrDefault(each.region(), 0L))
                .thenComparing(Machine::id));
  }

  private void copies(Machine model, int missing, ChangeDraft draft, List<Machine> all) {
    for (int i = 1; i <= missing; i++) {
      var mark = mark(all, i);
      draft.step(new NewMachine(model.id(), model.version(), model.region(), mark).step());
    }
  }

  /** The same in another process that sees the same, and another once a machine was made. */
  private String mark(List<Machine> all, int number) {
    var text = reader.identity().identity() + ChangeDraft.sorted(all) + number;
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  private static Reading<ChangeDraft> fewer(int count, ChangeDraft draft, List<Machine> all) {
    var gone = all.stream().sorted(leastMissed()).limit(all.size() - (long) count).toList();
    int healthy = draft.machines().healthy().size();
    int healthyGone =
        (int) gone.stream().filter(each -> each.health() == Machine.Health.HEALTHY).count();
    int left = healthy - healthyGone;
    if (count < MINIMUM || (healthyGone > 0 && left < MINIMUM)) {
      draft.object(
          "minimum",
          "it leaves "
              + count
              + " machines, "
              + left
              + " of them healthy; "
              + MINIMUM
              + " are kept, so that one can fail",
          "keep " + MINIMUM + " healthy machines");
    }
    // A healthy one that stays must still be so; where all sleep, or all are sick, there is none.
    boolean spare =
        all.stream()
            .anyMatch(each -> each.health() == Machine.Health.HEALTHY && !gone.contains(each));
    return draft
        .steps(gone.stream(), each -> MachineSteps.destroy(each, spare))
        .healthyAfter(left)
        .pace(Pace.CAREFUL)
        .note(
            "Nothing brings these machines back; others can be made: scaleCount("
                + all.size()
                + ").")
        .note("A machine with a volume is refused: what is on the volume would be lost.")
        .drafted("from " + all.size() + " to " + count + " machines");
  }

  /** What does not run, then what is not well, then what is out of rotation. */
  private static Comparator<Machine> leastMissed() {
    return Comparator.comparing(ChangeDraft::runs)
        .thenComparing(each -> each.health() == Machine.Health.HEALTHY)
        .thenComparing(each -> !each.cordoned())
        .thenComparing(Machine::id, Comparator.reverseOrder());
  }
}
