package com.hotdash.ops.platform;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom;
import com.hotdash.ops.resolution.Action;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.resolution.Effect;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.resolution.Verification.Patience;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;

/** What all changes of a platform share: who makes them, and one look at all machines before. */
abstract class PlatformAction implements Action {
  // HotDash's own wait_timeout for a machine in a rolling deploy.
  private static final Duration STEP_WITHIN = Duration.ofMinutes(5);

  // Two rounds of HotDash's checks, which are 15 s apart, must have passed.
  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(30), Duration.ofMinutes(3), Duration.ofSeconds(5));

  final PlatformReader reader;
  final AilmentLimits limits;
  private final String id;
  private final Effect effect;

  PlatformAction(PlatformReader reader, String id, Effect effect) {
    this(reader, AilmentLimits.DEFAULT, id, effect);
  }

  PlatformAction(PlatformReader reader, AilmentLimits limits, String id, Effect effect) {
    this.reader = reader;
    this.limits = limits;
    this.id = id;
    this.effect = effect;
  }

  @Override
  public final String id() {
    return id;
  }

  @Override
  public final Effect effect() {
    return effect;
  }

  @Override
  public Optional<Control> control() {
    return reader instanceof Platform platform ? Optional.of(platform.control()) : Optional.empty();
  }

  @Override
  public final Symptom symptom(Proposal proposal) {
    var all = new ArrayList<PlatformSymptom>();
    all.add(stands(proposal));
    all.addAll(Ailments.symptoms(proposal.goal()));
    return new AllGone(reader, all);
  }

  /** What must be true whatever ailed the application before. */
  PlatformSymptom stands(Proposal proposal) {
    return new FleetSymptom(proposal);
  }

  @Override
  public final Patience patience(Proposal proposal) {
    return Ailments.patience(least(proposal), Ailments.window(proposal.goal()));
  }

  Patience least(Proposal proposal) {
    return PATIENCE;
  }

  @Override
  public final Duration stepWithin() {
    return STEP_WITHIN;
  }

  /** A machine takes a minute, and knows nothing of the others of its wave. */
  @Override
  public boolean sideBySide() {
    return true;
  }

  /** Looks at machines and releases, and lets somebody draft a change of what is there. */
  final Reading<Proposal> propose(Deadline deadline, Drafting drafting) {
    try (var look = reader.look(deadline)) {
      var machines = look.machines();
      if (!(machines instanceof Reading.Read<Machines> read)) {
        return Reading.unread(machines.obstacle().orElseThrow());
      }
      var draft = new ChangeDraft(reader, id, read.value(), look.releases(), read.evidence());
      return drafting
          .draft(draft, look)
          .map(drafted -> drafted.ailing(ailments(read, look)).leased(look).proposal());
    }
  }

  /** What ails the application now, and is to be gone after the change. */
  Optional<Ailments> ailments(Reading.Read<Machines> seen, PlatformLook look) {
    return Optional.empty();
  }

  /** Drafts a change from what was seen; may look further. */
  interface Drafting {
    Reading<ChangeDraft> draft(ChangeDraft draft, PlatformLook look);
  }
}
