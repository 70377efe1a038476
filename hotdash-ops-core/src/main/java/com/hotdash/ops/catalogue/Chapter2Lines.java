package com.hotdash.ops.catalogue;

import static com.hotdash.ops.catalogue.Ways.COMMIT;
import static com.hotdash.ops.catalogue.Ways.advised;
import static com.hotdash.ops.catalogue.Ways.audited;
import static com.hotdash.ops.catalogue.Ways.beforeDeploy;
import static com.hotdash.ops.catalogue.Ways.judged;
import static com.hotdash.ops.catalogue.Ways.planned;
import static com.hotdash.ops.catalogue.Ways.read;
import static com.hotdash.ops.diagnosis.Incident.HIGH_ERROR_RATE;

import com.hotdash.ops.procedure.BeforeDeployFinding.SmokeTest;
import com.hotdash.ops.procedure.ConfigurationFinding.Spare;
import com.hotdash.ops.procedure.ConfigurationFinding.Strategy;
import com.hotdash.ops.procedure.ErrorShares.ApplicationErrors;
import com.hotdash.ops.procedure.ErrorShares.ErrorRate;
import com.hotdash.ops.procedure.ErrorShares.OwnProbes;
import com.hotdash.ops.procedure.ErrorSigns.Began;
import com.hotdash.ops.procedure.ErrorSigns.LoggedErrors;
import com.hotdash.ops.procedure.ErrorSigns.SteadyErrors;
import com.hotdash.ops.procedure.ProxyErrors;
import java.util.List;

/** High error rate. */
final class Chapter2Lines {
  private static final String ERRORS = "highErrorRate()";

  private Chapter2Lines() {}

  static List<Entry> entries() {
    return List.of(
        Entry.of(
            "R2.S1",
            "says no window and no least traffic; 4xx and probes blur it",
            ERRORS + " judges 5xx only, strictly above 5 %, by exact bounds",
            judged(HIGH_ERROR_RATE, ErrorRate.class, ApplicationErrors.class)),
        Entry.of(
            "R2.S2",
            "502, 503, 504 and errors of the proxy are none of these",
            ERRORS + " groups logged errors and tells the proxy's apart",
            judged(HIGH_ERROR_RATE, ProxyErrors.class, LoggedErrors.class, SteadyErrors.class)),
        Entry.of(
            "R2.S3",
            "what fails in the browser or at a vendor is not in the server's figures",
            ERRORS + " probes from outside as well; the status pages are weak evidence",
            judged(HIGH_ERROR_RATE, ErrorRate.class, OwnProbes.class)),
        Entry.of(
            "R2.D1",
            "takes 1500ms and ids for errors, and misses lower case, level 50, 502 and FATAL",
            ERRORS + " reads levels, statuses and stack traces",
            judged(HIGH_ERROR_RATE, LoggedErrors.class, SteadyErrors.class)),
        Entry.of(
            "R2.D2",
            "totals since the start of one machine, whichever answers, 4xx among them",
            "what grew between two scrapes of every machine",
            read(Readings.METRICS)),
        Entry.of(
            "R2.R1",
            "groups by the last word of the line",
            ERRORS + " groups by pattern, with first, last and newest of each group",
            judged(HIGH_ERROR_RATE, LoggedErrors.class, SteadyErrors.class)),
        Entry.of(
            "R2.R2",
            "lists 25, failed ones among them, and says nothing of when the errors began",
            "the releases, and deploys under way; the diagnosis compares them with the onset",
            read(PlatformReadings.RELEASES, Readings.IN_FLIGHT)),
        Entry.of(
            "R2.R3",
            "DANGER: which image? It may be a bad one or gone; settings and migrations stay as"
                + " they are",
            "ops.highErrorRate().rollBack(): the newest earlier release with another image, one"
                + " machine first",
            planned(Changes::rollBack)),
        Entry.of(
            "R2.R4a",
            "",
            ERRORS
                + " keeps each group's stack trace, and names the innermost place of HotDash's own",
            judged(HIGH_ERROR_RATE, LoggedErrors.class, SteadyErrors.class)),
        Entry.of(
            "R2.R4b",
            "is for people, and after the cure",
            ERRORS + " names the groups, the release with which they began, and its commits",
            advised(
                "roll back first, then fix: compare the release named below with the one before",
                HIGH_ERROR_RATE,
                LoggedErrors.class,
                SteadyErrors.class,
                Began.class)),
        Entry.of(
            "R2.R4c",
            "goes out untested in a hurry",
            "ops.pipeline().startWorkflow(…) of the deploy workflow, once, with its checks",
            planned(Changes::deploy),
            Changes.REF,
            Changes.REASON),
        Entry.of(
            "R2.P1",
            "tests belong to HotDash's own pipeline",
            "ops.beforeDeploy(commit) tells how the newest smoke test ended",
            beforeDeploy(SmokeTest.class),
            COMMIT),
        Entry.of(
            "R2.P2",
            "",
            "ops.audit() tells how the last release replaced machines, and whether one may be"
                + " missing; changes made here go to one machine first",
            audited(Spare.class, Strategy.class)),
        Entry.told(
            "R2.P3",
            "one window either flaps or comes late",
            "ops.monitor() every five minutes; AlertRules.prometheus() alerts on two windows at"
                + " once, fast and slow"));
  }
}
