package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Checkup;
import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.platform.ChangeSecrets;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.SecretDigest;
import com.hotdash.ops.platform.SecretSpread;
import com.hotdash.ops.procedure.BeforeDeployFinding.InFlight;
import com.hotdash.ops.procedure.BeforeDeployFinding.SameCommit;
import com.hotdash.ops.procedure.BeforeDeployFinding.Secrets;
import com.hotdash.ops.procedure.BeforeDeployFinding.SmokeTest;
import com.hotdash.ops.procedure.BeforeDeployFinding.StagingHealth;
import com.hotdash.ops.procedure.CheckSetupFinding.HealthChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Judges whether the way is free for a deploy to production: a pure function of an observation.
 * Immutable and thread-safe.
 */
public final class BeforeDeploy {
  /** How staging is, by its own runbook. */
  public static final ReadingKey<Diagnosis> STAGING =
      new ReadingKey<>(
          "staging",
          "set STAGING_FLY_APP, STAGING_FLY_API_TOKEN and STAGING_HOTDASH_OPS_APP_URL, or hand the"
              + " builder staging(…)");

  private static final String TITLE = "Before a deploy";
  private static final String SMOKE = "smoke";

  private static final Needs NEEDS =
      Needs.required(
              STAGING,
              PipelineLook.STAGING,
              PipelineLook.IN_FLIGHT,
              PlatformLook.SECRETS,
              PlatformLook.SETTINGS)
          .explaining(PipelineLook.WATCHES);

  private final String commit;
  private final List<String> requiredSecrets;

  /**
   * Makes the check for HotDash's ten secrets.
   *
   * @param commit the commit that is to be deployed, or the beginning of it; empty if it is not
   *     known, and then nothing is OK
   */
  public BeforeDeploy(String commit) {
    this(commit, RequiredSecrets.NAMES);
  }

  /**
   * Makes the check.
   *
   * @param commit the commit that is to be deployed, or the beginning of it; empty if it is not
   *     known, and then nothing is OK
   * @param requiredSecrets the names of the secrets without which the application does not start
   */
  public BeforeDeploy(String commit, List<String> requiredSecrets) {
    this.commit = commit;
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
    Needs.read(seen, STAGING)
        .ifPresent(
            read -> {
              findings.add(new StagingHealth(read.value()));
              read.value().notChecked().stream()
                  .map(BeforeDeploy::ofStaging)
                  .forEach(notChecked::add);
            });
    Needs.read(seen, PipelineLook.STAGING)
        .ifPresent(
            read ->
                findings.add(
                    new SameCommit(
                        commit,
                        read.value().runs().stream()
                            .filter(SameCommit::counts)
                            .findFirst()
                            .orElse(null),
                        List.of(read.evidence()))));
    Needs.read(seen, PlatformLook.SECRETS)
        .ifPresent(read -> findings.add(secrets(read.value(), List.of(read.evidence()))));
    Needs.read(seen, PlatformLook.SETTINGS)
        .ifPresent(
            read -> findings.add(SettingsAudit.checks(read.value(), List.of(read.evidence()))));
    Needs.read(seen, PipelineLook.IN_FLIGHT)
        .ifPresent(
            read -> findings.add(new InFlight(read.value().runs(), List.of(read.evidence()))));
    Needs.read(seen, PipelineLook.WATCHES)
        .ifPresent(
            read ->
                read.value().runs().stream()
                    .filter(run -> run.file().contains(SMOKE) && !run.state().active())
                    .filter(SameCommit::counts)
                    .findFirst()
                    .ifPresent(run -> findings.add(new SmokeTest(run, List.of(read.evidence())))));
    var verdict = NEEDS.verdict(seen, findings);
    return new Checkup(
        TITLE,
        estate,
        seen.at(),
        verdict,
        findings,
        notChecked,
        recommendations(findings, verdict),
        verdict == Verdict.OK
            ? List.of()
            : List.of(
                new Contraindication(
                    "before-deploy.wait",
                    "do not deploy to production yet",
                    verdict == Verdict.PROBLEM
                        ? "what stands above would meet the new code first in production"
                        : "what was not looked at is not known to be well")));
  }

  private static NotChecked ofStaging(NotChecked gap) {
    return new NotChecked("staging's " + gap.what(), gap.why(), gap.detail(), gap.remedy());
  }

  private Secrets secrets(List<SecretDigest> stored, List<Evidence> evidence) {
    return new Secrets(
        RequiredSecrets.missing(requiredSecrets, stored),
        required(stored, each -> !each.behind().isEmpty()),
        required(
            stored, each -> each.behind().isEmpty() && each.state() == SecretSpread.State.UNKNOWN),
        requiredSecrets.size(),
        evidence);
  }

  private List<String> required(List<SecretDigest> stored, Predicate<SecretSpread> how) {
    return stored.stream()
        .filter(each -> requiredSecrets.contains(each.name()) && how.test(each.spread()))
        .map(SecretDigest::name)
        .toList();
  }

  private List<Recommendation> recommendations(List<Finding> findings, Verdict verdict) {
    var list = new ArrayList<Recommendation>();
    for (var finding : findings) {
      if (finding.verdict() == Verdict.PROBLEM) {
        if (finding instanceof InFlight inFlight) {
          var run = inFlight.runs().get(0).id();
          list.add(
              Recommendation.advice(
                  "before-deploy.in-flight",
                  "wait for it, or cancel it",
                  "of two deploys at once nobody knows which one stays",
                  "ops.pipeline().cancelRun(" + run + "L).plan()"));
        } else if (finding instanceof Secrets secrets) {
          list.add(secrets(secrets));
        } else if (finding instanceof SameCommit) {
          list.add(
              Recommendation.advice(
                  "before-deploy.commit",
                  "deploy that commit to staging and look at it there",
                  finding.summary(),
                  "ops.pipeline().startWorkflow(WorkflowStart.of(\"deploy-staging.yml\","
                      + " \"main\")).plan()"));
        } else if (finding instanceof StagingHealth) {
          list.add(
              Recommendation.advice(
                  "before-deploy.staging",
                  "see to staging first",
                  finding.summary(),
                  "ops.staging().triage()"));
        } else if (finding instanceof HealthChecks checks) {
          list.add(SettingsAudit.advice(checks));
        }
      }
    }
    if (verdict == Verdict.OK) {
      list.add(
          Recommendation.advice(
              "before-deploy.go",
              "deploy it",
              "all that was looked at is well",
              "ops.pipeline().startWorkflow(WorkflowStart.of(\"deploy-production.yml\","
                  + " \"main\").with(\"reason\", \"release\")).plan()"));
    }
    return list;
  }

  private static Recommendation secrets(Secrets secrets) {
    if (secrets.missing().isEmpty()) {
      return Recommendation.resolution(
          ChangeSecrets.ID,
          "have machines take the staged values first",
          "if they are wrong, the deploy is not what broke it",
          Remedy.platform("deploySecrets"));
    }
    var name = secrets.missing().get(0);
    return Recommendation.advice(
        "before-deploy.secret",
        "store " + name,
        "the application does not start without it",
        "ops.platform().setSecret(\"" + name + "\", \"NEW_" + name + "\").plan()");
  }
}
