package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.Guest;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.ScaleGuest;
import com.hotdash.ops.procedure.SlowAnswers.Fleet;
import com.hotdash.ops.procedure.SlowCause.BusyEventLoop;
import com.hotdash.ops.procedure.SlowCause.ColdStarts;
import com.hotdash.ops.procedure.SlowCause.EdgeAlone;
import com.hotdash.ops.procedure.SlowCause.HeldBack;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** When larger or more machines would make answers quick, and when they would not. */
final class SlowScaling {
  private final List<SlowResponseTimesFinding> findings;
  private final OneMachineMore more;

  SlowScaling(List<SlowResponseTimesFinding> findings, Observation seen) {
    this.findings = List.copyOf(findings);
    this.more = new OneMachineMore(seen);
  }

  /**
   * @param elsewhere whether requests wait for the database or the shop: more machines do not help
   */
  List<Recommendation> recommendations(boolean elsewhere) {
    var list = new ArrayList<Recommendation>();
    points(HeldBack.class).flatMap(this::larger).ifPresent(list::add);
    wantsMore(elsewhere).flatMap(more::recommendation).ifPresent(list::add);
    points(HeldBack.class)
        .map(SlowCause::summary)
        .or(() -> points(BusyEventLoop.class).map(SlowCause::summary))
        .ifPresent(
            why ->
                list.add(
                    Recommendation.advice(
                        "slow.processor-time",
                        "see where processor time goes",
                        why,
                        "ops.memoryCpuIssues().diagnose()")));
    points(ColdStarts.class)
        .ifPresent(
            each ->
                list.add(
                    Recommendation.advice(
                        "platform.keep-running",
                        "keep one more machine running: raise min_machines_running in fly.toml and"
                            + " deploy",
                        each.summary() + ": whoever wakes one waits for its start",
                        "")));
    return list;
  }

  /** Why there should be more machines, where larger ones are not the cure. */
  private Optional<String> wantsMore(boolean elsewhere) {
    return elsewhere || points(HeldBack.class).flatMap(this::larger).isPresent()
        ? Optional.empty()
        : points(HeldBack.class)
            .map(SlowCause::summary)
            .or(() -> points(BusyEventLoop.class).map(SlowCause::summary))
            .or(this::queues);
  }

  /** Queues before machines that are quick mean too few of them, unless sleepers had to start. */
  private Optional<String> queues() {
    return points(EdgeAlone.class)
        .filter(each -> points(ColdStarts.class).isEmpty())
        .map(SlowCause::summary);
  }

  /** The next size of the same kind with the memory kept: one update each, never two commands. */
  private Optional<Recommendation> larger(HeldBack heldBack) {
    return guest()
        .flatMap(BiggerGuest::cpus)
        .map(
            bigger ->
                Recommendation.resolution(
                    ScaleGuest.ID,
                    "make the machines larger: " + bigger,
                    heldBack.summary(),
                    bigger.remedy()));
  }

  /** The size of all that run, if they have one. */
  private Optional<Guest> guest() {
    var guests = running().stream().map(Machine::guest).distinct().toList();
    return guests.size() == 1 ? Optional.of(guests.get(0)) : Optional.empty();
  }

  List<Contraindication> contraindications(boolean elsewhere) {
    var list = new ArrayList<Contraindication>();
    boolean heldBack = points(HeldBack.class).isPresent();
    wantsMore(elsewhere).flatMap(each -> more.contraindication()).ifPresent(list::add);
    if (elsewhere && !heldBack) {
      list.add(
          new Contraindication(
              ScaleGuest.ID,
              "do not make machines larger or more",
              "they wait for something else; more of them ask it for more at the same time"));
    } else if (!heldBack && one(HeldBack.class).isPresent()) {
      list.add(
          new Contraindication(
              ScaleGuest.ID,
              "do not make machines larger",
              one(HeldBack.class).map(HeldBack::summary).orElse("")
                  + ": processor time is not what is short, and each machine restarts for it"));
    }
    if (heldBack) {
      list.add(
          new Contraindication(
              "platform.scale-vm-alone",
              "do not type fly scale vm and fly scale memory one after the other",
              "the first resets the memory to the size's default, and each restarts all machines"));
    }
    return list;
  }

  private List<Machine> running() {
    return fleet().map(each -> each.machines().running()).orElse(List.of());
  }

  private Optional<Fleet> fleet() {
    return one(Fleet.class);
  }

  private <F extends SlowCause> Optional<F> points(Class<F> type) {
    return one(type).filter(SlowCause::points);
  }

  private <F> Optional<F> one(Class<F> type) {
    return findings.stream().filter(type::isInstance).map(type::cast).findFirst();
  }
}
