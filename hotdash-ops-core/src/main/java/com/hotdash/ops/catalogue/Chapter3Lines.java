package com.hotdash.ops.catalogue;

import static com.hotdash.ops.catalogue.Ways.COMMIT;
import static com.hotdash.ops.catalogue.Ways.audited;
import static com.hotdash.ops.catalogue.Ways.beforeDeploy;
import static com.hotdash.ops.catalogue.Ways.judged;
import static com.hotdash.ops.catalogue.Ways.planned;
import static com.hotdash.ops.catalogue.Ways.read;
import static com.hotdash.ops.diagnosis.Incident.DEPLOYMENT_FAILURES;

import com.hotdash.ops.procedure.BeforeDeployFinding;
import com.hotdash.ops.procedure.BeforeDeployFinding.SameCommit;
import com.hotdash.ops.procedure.BeforeDeployFinding.StagingHealth;
import com.hotdash.ops.procedure.CheckSetupFinding.HealthChecks;
import com.hotdash.ops.procedure.DeployedMachines;
import com.hotdash.ops.procedure.DeploymentFailuresFinding.DeployRun;
import com.hotdash.ops.procedure.DeploymentFailuresFinding.Secrets;
import java.util.List;

/** Deployment failures. */
final class Chapter3Lines {
  private static final String DEPLOYS = "deploymentFailures()";

  private Chapter3Lines() {}

  static List<Entry> entries() {
    return List.of(
        Entry.of(
            "R3.S1",
            "a run that waits for approval, is cancelled or stuck is no failed build",
            DEPLOYS + " tells the phase in which the newest deploy stands",
            judged(DEPLOYMENT_FAILURES, DeployRun.class)),
        Entry.of(
            "R3.S2",
            "on the new machines only?",
            DEPLOYS + " compares the machines by release",
            judged(DEPLOYMENT_FAILURES, DeployedMachines.class)),
        Entry.of(
            "R3.S3",
            "a missing secret, a wrong port and too little memory look alike",
            DEPLOYS + " reads exits, logs and required secrets",
            judged(DEPLOYMENT_FAILURES, DeployedMachines.class, Secrets.class)),
        Entry.of(
            "R3.D1",
            "never ends",
            "the logs of a bounded window, summed up, with how much of it was seen",
            read(Readings.LOGS)),
        Entry.of(
            "R3.D2",
            "which run? And without --log-failed it shows no log",
            "the newest deploy run: failed job, failed step, that part of the log",
            read(Readings.LATEST)),
        Entry.of(
            "R3.D3",
            "",
            "the machines with their images, beside the releases",
            read(PlatformReadings.MACHINES, PlatformReadings.RELEASES)),
        Entry.of(
            "R3.R1a",
            "",
            "the newest deploy run, with the errors that its log names",
            read(Readings.LATEST)),
        Entry.of(
            "R3.R1b",
            "is for people; but what failed at the network or a registry wants one more try",
            "ops.pipeline().rerunFailedJobs(run) where that may help, else advice",
            Changes::rerun,
            Changes.RUN),
        Entry.of(
            "R3.R2",
            "there is no --tail; and what the application logs is not what the deploy logged",
            "the newest deploy run's own log, and how the releases ended",
            read(Readings.LATEST, PlatformReadings.RELEASES)),
        Entry.of(
            "R3.R3a",
            "that a name is listed does not say that machines have the value",
            "each secret's digest, and which machines have it",
            read(PlatformReadings.SECRETS)),
        Entry.of(
            "R3.R3b",
            "does not say which are required",
            DEPLOYS + " compares with the secrets that HotDash needs",
            judged(DEPLOYMENT_FAILURES, Secrets.class)),
        Entry.of(
            "R3.R4a",
            "DANGER: without target_version it goes back to the bad release itself, and takes a"
                + " redirect for healthy",
            "ops.pipeline().startWorkflow(…) of the rollback workflow, always with a target",
            planned(Changes::rollBackByWorkflow),
            Changes.TARGET,
            Changes.REASON),
        Entry.of(
            "R3.R4b",
            "DANGER: line 2 is the release that runs now",
            "ops.highErrorRate().rollBack(): its plan names the release to go back to, and why",
            planned(Changes::rollBack)),
        Entry.of(
            "R3.R4c",
            "DANGER: with an empty variable it builds and ships the directory you stand in",
            "ops.highErrorRate().rollBack(): never without a target",
            planned(Changes::rollBack)),
        Entry.of(
            "R3.P1",
            "that staging answers does not say that it has the same commit, and a redirect is no"
                + " sign of health",
            "ops.beforeDeploy(commit) asks staging's machines, and which commit it got last",
            beforeDeploy(StagingHealth.class, SameCommit.class),
            COMMIT),
        Entry.of(
            "R3.P2",
            "which ones? And a stored value may be one that no machine has yet",
            "ops.beforeDeploy(commit) tells of those that are missing or only staged",
            beforeDeploy(BeforeDeployFinding.Secrets.class),
            COMMIT),
        Entry.of(
            "R3.P3",
            "",
            "ops.audit() tells which checks the platform makes, and what is wrong with them",
            audited(HealthChecks.class)));
  }
}
