package com.hotdash.ops.catalogue;

import static com.hotdash.ops.catalogue.Ways.COMMIT;
import static com.hotdash.ops.catalogue.Ways.advised;
import static com.hotdash.ops.catalogue.Ways.audited;
import static com.hotdash.ops.catalogue.Ways.beforeDeploy;
import static com.hotdash.ops.catalogue.Ways.judged;
import static com.hotdash.ops.catalogue.Ways.read;
import static com.hotdash.ops.diagnosis.Incident.HEALTH_CHECK_FAILURES;

import com.hotdash.ops.procedure.BeforeDeployFinding.StagingHealth;
import com.hotdash.ops.procedure.CheckSetupFinding.BlindCheck;
import com.hotdash.ops.procedure.CheckSetupFinding.CheckTimeout;
import com.hotdash.ops.procedure.CheckSetupFinding.DeepCheck;
import com.hotdash.ops.procedure.CheckSetupFinding.HealthChecks;
import com.hotdash.ops.procedure.CheckSetupFinding.Unanswered;
import com.hotdash.ops.procedure.DependencyMatrix;
import com.hotdash.ops.procedure.Disagreement;
import com.hotdash.ops.procedure.HealthCheckFailuresFinding.Checks;
import com.hotdash.ops.procedure.HealthCheckFailuresFinding.Flapping;
import com.hotdash.ops.procedure.HealthCheckFailuresFinding.Probes;
import java.util.List;

/** Health check failures. */
final class Chapter7Lines {
  private static final String HEALTH = "healthCheckFailures()";

  private Chapter7Lines() {}

  static List<Entry> entries() {
    return List.of(
        Entry.of(
            "R7.S1",
            "the endpoints answer in three shapes, and degraded takes machines out",
            HEALTH + " asks every endpoint of every machine",
            judged(HEALTH_CHECK_FAILURES, Probes.class)),
        Entry.of(
            "R7.S2",
            "the workflow takes a redirect for healthy and asks staging",
            HEALTH + " compares its runs with own probes",
            judged(HEALTH_CHECK_FAILURES, Disagreement.class)),
        Entry.of(
            "R7.S3",
            "by which of the checks?",
            HEALTH + " tells each check's state, output and since when",
            judged(HEALTH_CHECK_FAILURES, Checks.class)),
        Entry.of(
            "R7.D1",
            "only a healthy machine answers there, and nothing ends the wait",
            "every endpoint of every machine under a deadline, and the certificate",
            read(Readings.HEALTH, Readings.CERTIFICATE)),
        Entry.of(
            "R7.D2",
            "finds every probe that went well",
            HEALTH + " reads what checks say now and since when",
            judged(HEALTH_CHECK_FAILURES, Checks.class, Flapping.class)),
        Entry.of(
            "R7.D3",
            "a machine that sleeps is not unhealthy",
            "the machines with their checks",
            read(PlatformReadings.MACHINES)),
        Entry.of(
            "R7.R1",
            "DANGER: useless where all fail alike or a dependency is down",
            "ops.platform().restart(machine), where the diagnosis says that it would help",
            Changes.restart(HEALTH_CHECK_FAILURES),
            Changes.MACHINE),
        Entry.of(
            "R7.R2a",
            "",
            "ops.audit() compares the platform's checks with what the endpoints answer; while it"
                + " burns, "
                + HEALTH
                + " does",
            audited(
                HealthChecks.class,
                DeepCheck.class,
                CheckTimeout.class,
                BlindCheck.class,
                Unanswered.class)),
        Entry.of(
            "R7.R2b",
            "which ones, and how?",
            HEALTH + " asks database, shop and status pages itself",
            judged(HEALTH_CHECK_FAILURES, DependencyMatrix.class)),
        Entry.of(
            "R7.R2c",
            "is a change of code",
            "advice only, with what the endpoints answered",
            advised(
                "fix the endpoint that disagrees, as told below",
                HEALTH_CHECK_FAILURES,
                Probes.class,
                Disagreement.class)),
        Entry.of(
            "R7.R3a",
            "",
            HEALTH + " tells where the view from outside passes while a check fails",
            judged(HEALTH_CHECK_FAILURES, Disagreement.class, Flapping.class)),
        Entry.of(
            "R7.R3b",
            "DANGER: hides incidents, this one first",
            "nothing loosens them here",
            advised(
                "never loosen a check while something is wrong; tune it afterwards, by how long"
                    + " its answers took",
                HEALTH_CHECK_FAILURES,
                Checks.class,
                Flapping.class)),
        Entry.of(
            "R7.P1",
            "what decides the rotation must stay shallow",
            "ops.audit() tells which check asks what the application stands on",
            audited(DeepCheck.class)),
        Entry.told(
            "R7.P2",
            "of what, and over how long?",
            "monitor.metrics(): avg_over_time(hotdash_ops_incident_ok{incident=\"R7\"}[1d]) is the"
                + " share of ticks that found it well"),
        Entry.of(
            "R7.P3",
            "",
            "ops.beforeDeploy(commit) asks staging's health checks and endpoints",
            beforeDeploy(StagingHealth.class),
            COMMIT));
  }
}
