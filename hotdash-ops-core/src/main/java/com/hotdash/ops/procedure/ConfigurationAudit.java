package com.hotdash.ops.procedure;

import com.hotdash.ops.app.AppHealth;
import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.diagnosis.Checkup;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.MachineSettings;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.ScaleCount;
import com.hotdash.ops.procedure.CheckSetupFinding.BlindCheck;
import com.hotdash.ops.procedure.CheckSetupFinding.CheckTimeout;
import com.hotdash.ops.procedure.CheckSetupFinding.DeepCheck;
import com.hotdash.ops.procedure.CheckSetupFinding.HealthChecks;
import com.hotdash.ops.procedure.ConfigurationFinding.Alike;
import com.hotdash.ops.procedure.ConfigurationFinding.HeapLimit;
import com.hotdash.ops.procedure.ConfigurationFinding.PlainSecrets;
import com.hotdash.ops.procedure.ConfigurationFinding.Pools;
import com.hotdash.ops.procedure.ConfigurationFinding.Spare;
import com.hotdash.ops.procedure.ConfigurationFinding.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Judges how the application is set up, by what its machines run and its endpoints answer rather
 * than by a file: a pure function of an observation. Immutable and thread-safe.
 */
public final class ConfigurationAudit {
  private static final String TITLE = "Configuration";
  private static final String POOL = "DATABASE_POOL_SIZE";
  private static final String DATABASE_WAIT = "DATABASE_TIMEOUT";

  private static final Needs NEEDS =
      Needs.required(PlatformLook.SETTINGS, PlatformLook.MACHINES, AppReader.HEALTH)
          .optional(DatabaseLook.CAPACITY)
          .explaining(DatabaseLook.CONNECTIVITY, PlatformLook.RELEASES);

  /** Where a strategy stands, and why this does not tell of it. */
  private static final NotChecked STRATEGY =
      new NotChecked(
          "strategy of deploys",
          Why.NOT_CONFIGURED,
          "no release tells of it",
          "look at [deploy] in fly.toml: rolling, max_unavailable at most half of the machines");

  private final List<String> requiredSecrets;

  /** Makes the check for HotDash's ten secrets. */
  public ConfigurationAudit() {
    this(RequiredSecrets.NAMES);
  }

  /**
   * Makes the check.
   *
   * @param requiredSecrets the names of the secrets that the application needs
   */
  public ConfigurationAudit(List<String> requiredSecrets) {
    this.requiredSecrets = List.copyOf(requiredSecrets);
  }

  /**
   * Returns the readings that it judges.
   *
   * @return their keys
   */
  public Set<ReadingKey<?>> needs() {
    return NEEDS.keys();
  }

  /**
   * Judges one look at the world.
   *
   * @param seen the look; it may hold more than is needed
   * @param estate what the report is about
   * @return what it comes to
   */
  public Checkup judge(Observation seen, Estate estate) {
    var findings = new ArrayList<Finding>();
    var notChecked = new ArrayList<>(NEEDS.notChecked(seen));
    Needs.read(seen, PlatformLook.SETTINGS)
        .ifPresent(
            read -> {
              var machines = read.value();
              var evidence = List.of(read.evidence());
              findings.add(SettingsAudit.checks(machines, evidence));
              findings.add(SettingsAudit.alike(machines, evidence));
              findings.add(SettingsAudit.plain(machines, requiredSecrets, evidence));
              findings.addAll(SettingsAudit.heaps(machines, evidence));
              findings.add(pools(machines, seen, evidence));
              Needs.read(seen, PlatformLook.MACHINES)
                  .ifPresent(all -> findings.add(spare(machines, all.value(), evidence)));
              if (seen.get(AppReader.HEALTH) instanceof Reading.Read<AppHealth> health) {
                answers(machines, health, findings, notChecked);
              }
            });
    Strategy.of(seen).ifPresentOrElse(findings::add, () -> notChecked.add(STRATEGY));
    return new Checkup(
        TITLE,
        estate,
        seen.at(),
        NEEDS.verdict(seen, findings),
        findings,
        notChecked,
        findings.stream()
            .filter(each -> each.verdict() == Verdict.PROBLEM)
            .flatMap(ConfigurationAudit::advice)
            .toList(),
        List.of());
  }

  private static Spare spare(
      List<MachineSettings> settings, Machines machines, List<Evidence> evidence) {
    var serving =
        settings.stream().filter(each -> !each.services().isEmpty()).map(MachineSettings::machine);
    var ids = serving.toList();
    int running = (int) machines.running().stream().filter(each -> ids.contains(each.id())).count();
    int least =
        settings.stream()
            .flatMap(each -> each.services().stream())
            .filter(MachineSettings.Service::autostop)
            .mapToInt(MachineSettings.Service::minRunning)
            .min()
            .orElse(running);
    return new Spare(running, least, evidence);
  }

  private static Pools pools(
      List<MachineSettings> machines, Observation seen, List<Evidence> evidence) {
    var sizes = machines.stream().map(each -> each.number(POOL)).filter(Objects::nonNull).toList();
    var capacity = Needs.read(seen, DatabaseLook.CAPACITY);
    boolean pooled =
        Needs.read(seen, DatabaseLook.CONNECTIVITY)
            .filter(
                each ->
                    each.value().probes().stream()
                        .anyMatch(probe -> probe.application() && probe.pooled()))
            .isPresent();
    return new Pools(
        sizes.stream().mapToLong(Long::longValue).boxed().max(Long::compare).orElse(null),
        machines.size(),
        capacity.map(each -> each.value().usableInDatabase()).orElse(null),
        pooled,
        Stream.concat(evidence.stream(), capacity.stream().map(Reading.Read::evidence)).toList());
  }

  /** What the endpoints answer that the platform's checks ask. */
  private static void answers(
      List<MachineSettings> machines,
      Reading.Read<AppHealth> health,
      List<Finding> findings,
      List<NotChecked> notChecked) {
    var evidence = List.of(health.evidence());
    var waits =
        machines.stream()
            .map(each -> each.number(DATABASE_WAIT))
            .filter(Objects::nonNull)
            .findFirst();
    for (var check : SettingsAudit.checks(machines, evidence).checks()) {
      if (!check.type().equals("http") || check.path().isEmpty()) {
        continue;
      }
      var answer = EndpointAnswers.of(health.value(), check.path());
      if (answer.isEmpty()) {
        findings.add(new CheckSetupFinding.Unanswered(check.path(), evidence));
        notChecked.add(
            new NotChecked(
                "what " + check.path() + " answers",
                Why.TOO_LITTLE_DATA,
                "a health check asks it, and our own probes got no answer there",
                "ops.app().health()"));
        continue;
      }
      var deep = new DeepCheck(check.path(), answer.get().dependencies(), evidence);
      findings.add(deep);
      if (answer.get().asksDatabase()) {
        waits.ifPresent(
            each -> findings.add(new CheckTimeout(check, Duration.ofMillis(each), evidence)));
      }
      answer.get().blind(evidence).ifPresent(findings::add);
    }
  }

  private static Stream<Recommendation> advice(Finding finding) {
    if (finding instanceof HealthChecks checks) {
      return Stream.of(SettingsAudit.advice(checks));
    }
    if (finding instanceof Spare spare) {
      return Stream.of(
          spare.machines() < 2
              ? Recommendation.resolution(
                  ScaleCount.ID,
                  "run two machines at least",
                  "one alone is missed by every request when it goes",
                  Remedy.platform("scaleCount", 2))
              : told(finding, "set min_machines_running = 2 in fly.toml, and deploy"));
    }
    if (finding instanceof Pools pools) {
      return Stream.of(
          told(finding, "set DATABASE_POOL_SIZE to " + pools.fitting() + " or less, and deploy"));
    }
    if (finding instanceof HeapLimit heap) {
      return Stream.of(
          told(
              finding,
              "set NODE_OPTIONS to --max-old-space-size=" + heap.fitting() + ", and deploy"));
    }
    if (finding instanceof CheckTimeout timeout) {
      return Stream.of(
          told(
              finding,
              "set DATABASE_TIMEOUT below the check's timeout, or ask nothing of the database in "
                  + timeout.check().path()));
    }
    if (finding instanceof DeepCheck deep) {
      return Stream.of(
          told(
              finding,
              "let the check ask a path that tells only whether the process answers, and keep "
                  + deep.path()
                  + " for people"));
    }
    if (finding instanceof BlindCheck blind) {
      return Stream.of(
          told(finding, "let " + blind.path() + " answer 503 when it says that it fails"));
    }
    if (finding instanceof Strategy) {
      return Stream.of(
          told(finding, "set strategy = \"rolling\" under [deploy] in fly.toml, and deploy"));
    }
    if (finding instanceof PlainSecrets plain) {
      return Stream.of(
          told(
              finding,
              "take "
                  + Names.some(plain.names())
                  + " out of [env] in fly.toml, store new values as secrets, and revoke the old"));
    }
    return finding instanceof Alike
        ? Stream.of(told(finding, "deploy once more, so that all machines are set up anew"))
        : Stream.empty();
  }

  private static Recommendation told(Finding finding, String what) {
    return Recommendation.advice(finding.id(), what, finding.summary(), "");
  }
}
