package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.health.ProbeResult;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.Cordon;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.platform.RestartMachines;
import com.hotdash.ops.platform.RollBack;
import com.hotdash.ops.platform.SecretDigest;
import com.hotdash.ops.procedure.DependencyMatrix.Row;
import com.hotdash.ops.procedure.Disagreement.Kind;
import com.hotdash.ops.procedure.HealthCheckFailuresFinding.Certificate;
import com.hotdash.ops.procedure.HealthCheckFailuresFinding.Checks;
import com.hotdash.ops.procedure.HealthCheckFailuresFinding.Flapping;
import com.hotdash.ops.procedure.HealthCheckFailuresFinding.LivenessDepends;
import com.hotdash.ops.procedure.HealthCheckFailuresFinding.Probes;
import com.hotdash.ops.time.Stamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What would help where health checks fail, and what must not be done. */
final class HealthCheckFailuresAdvice {
  // As for errors: within a quarter of an hour a release is a strong suspect.
  private static final Duration NEAR = Duration.ofMinutes(15);

  private final List<HealthCheckFailuresFinding> findings;
  private final List<Release> releases;
  private final Observation seen;

  HealthCheckFailuresAdvice(List<HealthCheckFailuresFinding> findings, Observation seen) {
    this.findings = findings;
    this.seen = seen;
    this.releases =
        seen.get(PlatformLook.RELEASES).toOptional().orElse(List.<Release>of()).stream()
            .sorted(Comparator.comparingInt(Release::version).reversed())
            .toList();
  }

  List<Recommendation> recommendations() {
    var list = new ArrayList<Recommendation>();
    if (unhealthy()) {
      var rather = failing().isEmpty() ? rather() : Optional.<OtherCause>empty();
      outOfRotation().ifPresent(list::add);
      failing().forEach(each -> first(each).ifPresent(list::add));
      var suspect = failing().isEmpty() ? suspect() : Optional.<Release>empty();
      suspect.ifPresent(each -> list.addAll(back(each).recommendations(List.of(rollBack(each)))));
      rather.ifPresent(each -> list.add(each.instead()));
      if (failing().isEmpty() && suspect.isEmpty() && rather.isEmpty()) {
        hanging().map(each -> differ(each).orElseGet(() -> restart(each))).ifPresent(list::add);
      }
      if (list.isEmpty() && all(Disagreement.class).stream().noneMatch(this::falseAlarm)) {
        list.add(lookAtErrors());
      }
    }
    all(FewerRunning.class).stream()
        .filter(each -> each.verdict() == Verdict.PROBLEM && !each.down().isEmpty())
        .forEach(each -> list.add(start(each)));
    all(Certificate.class).stream()
        .filter(each -> each.verdict() == Verdict.PROBLEM)
        .forEach(each -> list.add(certificate(each)));
    tuning().ifPresent(list::add);
    all(LivenessDepends.class).stream().findFirst().ifPresent(each -> list.add(split(each)));
    all(Disagreement.class).stream()
        .filter(each -> each.kind() == Kind.WATCH_ALONE_FAILS || each.kind() == Kind.WATCH_IS_BLIND)
        .findFirst()
        .ifPresent(each -> list.add(watch(each)));
    return list;
  }

  /** One of them back is worth more than knowing why all were taken out. */
  private Optional<Recommendation> outOfRotation() {
    var running = machines().running();
    return running.stream().allMatch(Machine::cordoned)
        ? running.stream()
            .filter(each -> !unwell().contains(each))
            .findFirst()
            .map(HealthCheckFailuresAdvice::uncordon)
        : Optional.empty();
  }

  private static Recommendation uncordon(Machine machine) {
    return Recommendation.resolution(
        Cordon.ID,
        "let " + machine.id() + " have requests again",
        "every machine that runs is cordoned, so nobody answers",
        Remedy.platform("uncordon", machine.id()));
  }

  private static Optional<Recommendation> first(Row row) {
    if (row.name().equals(ToldDependencies.SECRETS)) {
      var ours = row.ours();
      return Optional.of(
          Recommendation.advice(
              "health.secrets-first",
              "store what is missing, from a place that holds it, and have machines take it",
              ours == null ? row.toString() : ours.text(),
              "ops.secretRotationIssues().diagnose()"));
    }
    var text = row.toString();
    return Optional.of(
        DependencyAdvice.first(
            "health", new Dependency(row.name(), Verdict.PROBLEM, text, row.evidence())));
  }

  /**
   * The newest release, if only machines that have it fail, or all have failed since minutes after
   * it. One that brought no other image cannot be the code.
   */
  private Optional<Release> suspect() {
    if (releases.isEmpty()) {
      return Optional.empty();
    }
    var newest = releases.get(0);
    boolean otherImage = releases.size() > 1 && !releases.get(1).image().same(newest.image());
    return otherImage && (onlyOn(newest) || beganWith(newest)) && otherCause().isEmpty()
        ? Optional.of(newest)
        : Optional.empty();
  }

  /** What fits better than any new image, where all fail alike; one alone is hardly ill of it. */
  private Optional<OtherCause> rather() {
    return allAlike() ? otherCause() : Optional.empty();
  }

  private Optional<OtherCause> otherCause() {
    return OtherCause.of(
        seen,
        all(Checks.class).stream().flatMap(each -> each.since().stream()).findFirst().orElse(null));
  }

  /**
   * Machines of which some have a secret's present value and some a former one differ in more than
   * in being ill; and one that is started anew takes what is stored, right or wrong.
   */
  private Optional<Recommendation> differ(Machine ill) {
    return mixed()
        .map(name -> "machines that run have different values of " + name)
        .or(
            () ->
                seen.get(PlatformLook.SECRETS)
                    .obstacle()
                    .filter(each -> each.why() != Why.NOT_CONFIGURED && startedLately(ill))
                    .map(each -> ill.id() + " started lately, and what it took was not read"))
        .map(
            why ->
                Recommendation.advice(
                    "health.rotation-first",
                    "see first which machines have which secrets, and what the changed one broke",
                    why,
                    "ops.secretRotationIssues().diagnose()"));
  }

  private boolean startedLately(Machine machine) {
    var started = machine.startedAt();
    return started != null && started.plus(WhatChanged.WEAK_WITHIN).isAfter(seen.at());
  }

  private Optional<String> mixed() {
    return seen.get(PlatformLook.SECRETS).toOptional().orElse(List.of()).stream()
        .filter(each -> SecretHolders.of(each, seen).mixed())
        .map(SecretDigest::name)
        .findFirst();
  }

  private boolean onlyOn(Release release) {
    var failing = unwell();
    var running = machines().running();
    return !failing.isEmpty()
        && failing.stream().allMatch(each -> each.image().same(release.image()))
        && running.stream()
            .filter(each -> !failing.contains(each))
            .anyMatch(each -> !each.image().same(release.image()))
        && running.stream()
            .filter(each -> each.image().same(release.image()))
            .allMatch(failing::contains);
  }

  private boolean beganWith(Release release) {
    return allAlike()
        && machines().running().stream().anyMatch(each -> each.image().same(release.image()))
        && all(Checks.class).stream()
            .flatMap(each -> each.since().stream())
            .anyMatch(
                since -> !since.isBefore(release.at()) && since.isBefore(release.at().plus(NEAR)));
  }

  private GoingBack back(Release release) {
    return new GoingBack(seen, release.at());
  }

  private Recommendation rollBack(Release release) {
    boolean none = machines().healthy().isEmpty();
    return Recommendation.resolution(
        RollBack.ID,
        none
            ? "go back to the release before, on all machines at once: none is healthy"
            : "go back to the release before, one machine first",
        onlyOn(release)
            ? "only machines with " + release.label() + " fail, those without it pass"
            : "all fail since minutes after " + release.label() + " of " + Stamp.of(release.at()),
        Remedy.of(Incident.HIGH_ERROR_RATE, none ? "rollBackAllAtOnce" : "rollBack"));
  }

  /** One that fails while another one is well, and has had time to come up. */
  private Optional<Machine> hanging() {
    if (allAlike()) {
      return Optional.empty();
    }
    var well =
        machines().healthy().stream()
            .filter(each -> !each.cordoned() && !unwell().contains(each))
            .toList();
    return well.isEmpty()
        ? Optional.empty()
        : unwell().stream()
            .filter(each -> !falseAlarm(each.id()))
            .filter(
                each ->
                    each.startedAt() == null
                        || !each.startedAt().plus(RestartMachines.COOLDOWN).isAfter(seen.at()))
            .findFirst();
  }

  private static Recommendation restart(Machine machine) {
    return Recommendation.resolution(
        RestartMachines.ID,
        "restart " + machine.id() + " alone; its log, checks and ends are kept first",
        "it fails while others are healthy, and nothing that all of them need does",
        Remedy.platform("restart", machine.id()));
  }

  /** Nothing starts it by itself, and whoever stopped it may have had a reason. */
  private static Recommendation start(FewerRunning fewer) {
    return Recommendation.advice(
        "health.start-machine",
        "ask who stopped "
            + fewer.down().get(0).id()
            + ", and why; if nobody knows: fly machine start "
            + fewer.down().get(0).id(),
        fewer.summary(),
        "");
  }

  private Recommendation lookAtErrors() {
    if (machines().running().isEmpty()) {
      return Recommendation.advice(
          "health.no-machine",
          "see whether a deploy or a secret keeps machines from starting; if not, start them",
          trouble().get(0).summary(),
          "ops.deploymentFailures().diagnose()");
    }
    return Recommendation.advice(
        "health.read-errors",
        "look at what is logged, and at what all machines have in common",
        trouble().get(0).summary(),
        "ops.highErrorRate().diagnose()");
  }

  private static Recommendation certificate(Certificate certificate) {
    return Recommendation.advice(
        "health.certificate",
        "have the platform issue the certificate anew, and look at the name's DNS records",
        certificate.summary(),
        "");
  }

  /** Numbers for whoever sets the checks; to be changed when all is well, and never before. */
  private Optional<Recommendation> tuning() {
    var doubtful =
        Stream.<HealthCheckFailuresFinding>concat(
                all(Flapping.class).stream(),
                all(Disagreement.class).stream().filter(this::falseAlarm))
            .findFirst();
    return doubtful.map(
        each ->
            Recommendation.advice(
                "health.check-tuning",
                CheckReplay.of(seen)
                    .map(replay -> "when all is well, tune the check: " + replay)
                    .or(this::compareWithSlowest)
                    .orElse("when all is well, look at the check's timeout, path and grace period"),
                each.summary(),
                ""));
  }

  private Optional<String> compareWithSlowest() {
    return slowest()
        .map(
            took ->
                String.format(
                    Locale.ROOT,
                    "when all is well, compare the check's timeout with our slowest good answer:"
                        + " %,d ms",
                    took.toMillis()));
  }

  private Optional<Duration> slowest() {
    return all(Probes.class).stream()
        .flatMap(each -> each.health().machines().stream())
        .flatMap(each -> each.probes().stream())
        .filter(each -> each.report() != null && !each.misconfigured())
        .map(ProbeResult::took)
        .max(Duration::compareTo);
  }

  private static Recommendation split(LivenessDepends depends) {
    return Recommendation.advice(
        "health.split-liveness",
        "let the platform's check ask for the process alone, and ask for "
            + Names.some(depends.checks())
            + " elsewhere",
        depends.summary(),
        "");
  }

  private static Recommendation watch(Disagreement watch) {
    return Recommendation.advice(
        "health.watch",
        "read what " + watch.where() + " asks, and where: it may ask the wrong address",
        watch.summary(),
        "");
  }

  List<Contraindication> contraindications() {
    var list = new ArrayList<Contraindication>();
    if (!unhealthy()) {
      return list;
    }
    failing().forEach(each -> list.add(noRestart(each)));
    if (failing().isEmpty()) {
      suspect().ifPresent(each -> list.addAll(back(each).contraindications()));
    }
    if (allAlike() && failing().isEmpty()) {
      list.add(
          new Contraindication(
              RestartMachines.ID,
              "do not restart machines",
              "all " + machines().running().size() + " fail alike: the cause is hardly in them"));
    }
    mixed()
        .ifPresent(
            name ->
                list.add(
                    new Contraindication(
                        RestartMachines.ID,
                        "do not restart single machines",
                        "one that starts may take what is stored, and machines have different"
                            + " values of "
                            + name)));
    list.add(
        new Contraindication(
            "health.loosen-checks",
            "do not loosen the checks now",
            "that sends requests to machines that fail, and hides when they are well again"));
    return list;
  }

  private static Contraindication noRestart(Row row) {
    return row.name().equals(ToldDependencies.SECRETS)
        ? new Contraindication(
            RestartMachines.ID,
            "do not restart machines",
            "a restart brings no secret that is not stored: " + row)
        : DependencyAdvice.noRestart(
            new Dependency(row.name(), row.verdict(), row.toString(), row.evidence()));
  }

  private boolean allAlike() {
    var running = machines().running();
    return running.size() > 1 && unwell().size() == running.size();
  }

  /** The machines that run and fail by the platform's word or by our own probes. */
  private Set<Machine> unwell() {
    var ids = new LinkedHashSet<String>();
    all(Checks.class).forEach(each -> each.failing().forEach(one -> ids.add(one.id())));
    all(Probes.class).forEach(each -> each.failing().forEach(one -> ids.add(one.instance().id())));
    var set = new LinkedHashSet<Machine>();
    machines().running().stream().filter(each -> ids.contains(each.id())).forEach(set::add);
    return set;
  }

  private Machines machines() {
    return all(Checks.class).stream()
        .findFirst()
        .map(Checks::machines)
        .orElse(new Machines(List.of()));
  }

  private List<Row> failing() {
    return all(DependencyMatrix.class).stream().flatMap(each -> each.failing().stream()).toList();
  }

  private boolean falseAlarm(Disagreement each) {
    return each.kind() == Kind.CHECK_ALONE_FAILS;
  }

  private boolean falseAlarm(String machine) {
    return all(Disagreement.class).stream()
        .anyMatch(each -> falseAlarm(each) && each.where().equals(machine));
  }

  private boolean unhealthy() {
    return !trouble().isEmpty();
  }

  private List<HealthCheckFailuresFinding> trouble() {
    return findings.stream()
        .filter(each -> each instanceof Checks || each instanceof Probes)
        .filter(each -> each.verdict() == Verdict.PROBLEM)
        .toList();
  }

  private <F> List<F> all(Class<F> type) {
    return findings.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
