package com.hotdash.ops.github;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.LookGate;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.github.GitHubException.Kind;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.pipeline.Run;
import com.hotdash.ops.pipeline.RunDetail;
import com.hotdash.ops.pipeline.Runs;
import com.hotdash.ops.time.Deadline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One look at the runs of the workflows that deploy, and of those that watch. One thread reads;
 * {@link #close} may come from any, and interrupts the reading that is under way, which every call
 * heeds at once.
 */
final class GitHubLook implements PipelineLook {
  private static final int NEWEST = 20;
  private static final List<String> ACTIVE =
      List.of("in_progress", "queued", "waiting", "pending", "requested");
  private static final Comparator<Run> NEWEST_FIRST =
      Comparator.comparing(GitHubLook::begun).thenComparingLong(Run::id).reversed();

  private final GitHubApi api;
  private final Actions actions;
  private final FailedRuns failed;
  private final List<String> files;
  private final List<String> watching;
  private final List<String> staging;
  private final Deadline deadline;
  private final LookGate gate;
  private @Nullable Reading<Runs> deploys;

  GitHubLook(
      GitHubApi api,
      Actions actions,
      FailedRuns failed,
      List<String> files,
      List<String> watching,
      List<String> staging,
      Deadline deadline) {
    this.api = api;
    this.actions = actions;
    this.failed = failed;
    this.files = files;
    this.watching = watching;
    this.staging = staging;
    this.deadline = deadline;
    this.gate = new LookGate(deadline);
  }

  private static Instant begun(Run run) {
    var at = run.startedAt() == null ? run.createdAt() : run.startedAt();
    return at == null ? Instant.MIN : at;
  }

  @Override
  public Reading<Runs> inFlight() {
    return reading(
        "deploys in flight",
        () -> {
          // By state, not by age: during an incident of GitHub a run stays queued for days, behind
          // hundreds of newer ones.
          var found = new TreeMap<Long, Run>();
          String cut = null;
          for (var status : ACTIVE) {
            var runs = actions.runs(RunQuery.ALL.status(status), deadline);
            runs.runs().stream()
                .filter(run -> files.contains(run.file()) || run.file().isEmpty())
                .filter(run -> run.state().active())
                .forEach(run -> found.put(run.id(), run));
            cut = runs.cut() == null ? cut : status + ": " + runs.cut();
          }
          var list = new Runs(found.values().stream().sorted(NEWEST_FIRST).toList(), cut);
          var value =
              list.runs().isEmpty()
                  ? "none of " + String.join(", ", files) + " is queued or running"
                  : list.runs().size() + " in flight, newest: " + list.runs().get(0);
          return read(list, value, "gh run list -R " + api.repository());
        });
  }

  @Override
  public Reading<Runs> deploys() {
    if (deploys == null) {
      deploys = reading("latest deploy runs", () -> newest(files, "deploy run"));
    }
    return deploys;
  }

  @Override
  public Reading<Runs> watches() {
    return reading(WATCHES.name(), () -> newest(watching, "run that watches"));
  }

  @Override
  public Reading<Runs> staging() {
    return reading(STAGING.name(), () -> newest(staging, "deploy run of staging"));
  }

  private Reading<Runs> newest(List<String> files, String what) {
    var all = new ArrayList<Run>();
    var missing = new ArrayList<String>();
    GitHubException last = null;
    for (var file : files) {
      try {
        all.addAll(actions.runs(RunQuery.ALL.workflow(file).most(NEWEST), deadline).runs());
      } catch (GitHubException e) {
        if (e.kind() != Kind.NOT_FOUND) {
          throw e;
        }
        missing.add(file);
        last = e;
      }
    }
    // If none is there, then it is rather the repository that we may not see.
    if (last != null && missing.size() == files.size()) {
      throw last;
    }
    all.sort(NEWEST_FIRST);
    var cut =
        "the newest "
            + NEWEST
            + " of each workflow"
            + (missing.isEmpty() ? "" : "; no such workflow: " + String.join(", ", missing));
    var value = all.isEmpty() ? "no " + what : "newest: " + all.get(0);
    return read(
        new Runs(all, cut), value, "gh run list -w " + files.get(0) + " -R " + api.repository());
  }

  private Reading<Runs> read(Runs runs, String value, String byHand) {
    var evidence =
        Evidence.of(
                api.redactor().redact(value),
                "workflow runs of " + api.repository(),
                api.time().now())
            .withByHand(byHand);
    return Reading.of(runs, runs.cut() == null ? evidence : evidence.withCoverage(runs.cut()));
  }

  @Override
  public Reading<RunDetail> latest() {
    if (deploys() instanceof Reading.Unread<Runs> unread) {
      return Reading.unread(unread.notChecked());
    }
    var runs = deploys().toOptional().orElseThrow().runs();
    if (runs.isEmpty()) {
      return Reading.unread(
          new NotChecked(
              "latest deploy run",
              Why.TOO_LITTLE_DATA,
              "there is no run of " + String.join(", ", files),
              "check the names of the deploy workflows"));
    }
    var run = runs.get(0);
    return reading(
        "run " + run.id(),
        () -> {
          var detail = failed.detail(run, deadline);
          return Reading.of(
              detail,
              Evidence.of(
                      api.redactor().redact(run + ", problem: " + detail.problem()),
                      "workflow runs of " + api.repository(),
                      api.time().now())
                  .withDataAt(run.updatedAt())
                  .withByHand("gh run view " + run.id() + " --log-failed -R " + api.repository()));
        });
  }

  private <T> Reading<T> reading(String what, Supplier<Reading<T>> look) {
    return gate.read(what, () -> Looking.at(what, api.redactor(), look));
  }

  @Override
  public void close() {
    gate.close();
  }
}
