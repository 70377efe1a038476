package com.hotdash.ops.runbook;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom;
import com.hotdash.ops.pipeline.PipelineReader;
import com.hotdash.ops.pipeline.StartWorkflow;
import com.hotdash.ops.pipeline.WorkflowStart;
import com.hotdash.ops.platform.PlatformReader;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.resolution.Action;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.resolution.Effect;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Starts a workflow. Of one that goes back, the plan wants the release named, and the machines
 * prove what the run only says: HotDash's takes a redirect for healthy (facts on HotDash).
 */
final class ProvenStart implements Action {
  private static final Pattern VERSION = Pattern.compile("v?(\\d{1,9})");

  private final StartWorkflow start;
  private final @Nullable PlatformReader platform;

  ProvenStart(PipelineReader pipeline, @Nullable PlatformReader platform) {
    this.start = new StartWorkflow(pipeline);
    this.platform = platform;
  }

  Reading<Proposal> propose(WorkflowStart wish, Deadline deadline) {
    var proposed = start.propose(wish, deadline);
    return wish.goesBack() && proposed.toOptional().isPresent()
        ? proposed.map(change -> toARelease(change, wish, deadline))
        : proposed;
  }

  private Proposal toARelease(Proposal change, WorkflowStart wish, Deadline deadline) {
    var target = wish.inputs().getOrDefault(WorkflowStart.TARGET_VERSION, "");
    if (target.isBlank()) {
      return Proposals.objecting(
          change,
          Objection.overridable(
              "no-target",
              "without "
                  + WorkflowStart.TARGET_VERSION
                  + " it goes back to the newest release, which is the bad one",
              "name one: .with(\"" + WorkflowStart.TARGET_VERSION + "\", \"v117\")"));
    }
    if (platform == null) {
      return Proposals.noting(change, "No platform is configured that could prove the roll back.");
    }
    try (var look = platform.look(deadline)) {
      var releases = look.releases();
      var gap = releases.obstacle().orElse(null);
      return gap == null
          ? known(change, target, releases.toOptional().orElse(List.of()))
          : Proposals.noting(
              change, "Releases were not read, so nothing proves it but the run: " + gap.detail());
    }
  }

  private static Proposal known(Proposal change, String target, List<Release> releases) {
    var version = VERSION.matcher(target);
    var found =
        version.matches()
            ? releases.stream()
                .filter(each -> each.version() == Integer.parseInt(version.group(1)))
                .findFirst()
            : Optional.<Release>empty();
    var against = new ArrayList<Objection>();
    if (found.isEmpty()) {
      against.add(
          objection("no-such-release", target + " is none of the platform's releases", releases));
    } else if (found.get().status() != Release.Status.COMPLETE) {
      against.add(
          objection("target-did-not-go-out", target + " is " + found.get().statusText(), releases));
    }
    // HotDash's looks for the line of fly releases that begins with it, and takes all it finds.
    var lines = releases.stream().filter(each -> each.label().startsWith(target)).toList();
    if (found.isPresent() && lines.size() != 1) {
      against.add(
          objection(
              "target-not-one-line",
              target + " begins " + lines.size() + " lines of fly releases, where it looks it up",
              releases));
    }
    var proven =
        found.map(each -> Proposals.proving(change, ImageOnMachines.goal(each))).orElse(change);
    for (var each : against) {
      proven = Proposals.objecting(proven, each);
    }
    return proven;
  }

  private static Objection objection(String name, String because, List<Release> releases) {
    return Objection.overridable(
        name,
        because,
        "name one that went out, such as "
            + releases.stream()
                .filter(each -> each.status() == Release.Status.COMPLETE)
                .skip(1)
                .findFirst()
                .map(Release::label)
                .orElse("v117")
            + ", or let ops.highErrorRate().rollBack() find it");
  }

  @Override
  public String id() {
    return start.id();
  }

  @Override
  public Effect effect() {
    return start.effect();
  }

  @Override
  public Optional<Control> control() {
    return start.control();
  }

  @Override
  public boolean absenceProves() {
    return start.absenceProves();
  }

  @Override
  public Symptom symptom(Proposal proposal) {
    var run = start.symptom(proposal);
    return platform == null
        ? run
        : ImageOnMachines.of(proposal.goal(), platform)
            .<Symptom>map(machines -> new Both(run, machines))
            .orElse(run);
  }

  /** The run first: while it goes on, machines tell nothing. */
  private record Both(Symptom run, Symptom machines) implements Symptom {
    @Override
    public String goal() {
      return run.goal() + ", and " + machines.goal();
    }

    @Override
    public Reading<Measurement> measure(Deadline deadline) {
      var ended = run.measure(deadline);
      boolean succeeded = ended.toOptional().filter(each -> !each.present()).isPresent();
      return succeeded ? machines.measure(deadline) : ended;
    }
  }
}
