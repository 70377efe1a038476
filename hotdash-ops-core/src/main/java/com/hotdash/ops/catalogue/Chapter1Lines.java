package com.hotdash.ops.catalogue;

import static com.hotdash.ops.catalogue.Ways.advised;
import static com.hotdash.ops.catalogue.Ways.judged;
import static com.hotdash.ops.catalogue.Ways.planned;
import static com.hotdash.ops.catalogue.Ways.read;
import static com.hotdash.ops.catalogue.Ways.recommended;
import static com.hotdash.ops.diagnosis.Incident.SLOW_RESPONSE_TIMES;

import com.hotdash.ops.procedure.SlowAnswers.AtEdge;
import com.hotdash.ops.procedure.SlowAnswers.InApplication;
import com.hotdash.ops.procedure.SlowAnswers.TimedOut;
import com.hotdash.ops.procedure.SlowAnswers.Where;
import com.hotdash.ops.procedure.SlowCause.Caches;
import com.hotdash.ops.procedure.SlowCause.ColdStarts;
import com.hotdash.ops.procedure.SlowCause.EdgeAlone;
import com.hotdash.ops.procedure.SlowCause.Operations;
import java.util.List;
import java.util.Set;

/** Slow response times. */
final class Chapter1Lines {
  private static final String SLOW = "slowResponseTimes()";

  private Chapter1Lines() {}

  static List<Entry> entries() {
    return List.of(
        Entry.of(
            "R1.S1",
            "says no window, no least traffic and no route",
            SLOW + " decides by the share of answers within 3 s, with exact bounds",
            judged(SLOW_RESPONSE_TIMES, AtEdge.class, InApplication.class)),
        Entry.of(
            "R1.S2",
            "the application's own p95 sees neither the edge nor a cold start",
            SLOW + " compares the edge's times with the machines' own",
            judged(SLOW_RESPONSE_TIMES, Where.class, EdgeAlone.class, ColdStarts.class)),
        Entry.of(
            "R1.S3",
            "proxy, pool, database and shop time out for different reasons",
            SLOW + " tells timeouts by layer",
            judged(SLOW_RESPONSE_TIMES, TimedOut.class)),
        Entry.of(
            "R1.D1",
            "shows states of machines and no metrics",
            "the machines, with memory and cpu as the platform measured them",
            read(PlatformReadings.MACHINES, PlatformReadings.RESOURCES)),
        Entry.of(
            "R1.D2",
            "never ends, takes any line with the word, and knows no unit",
            SLOW + " ranks slow operations of the log, with the unit of each time",
            judged(SLOW_RESPONSE_TIMES, Operations.class)),
        Entry.of(
            "R1.D3",
            "prints customers' data, itself and background workers, and no ages",
            "sessions that are not idle, values masked, with ages, waits and who holds up whom",
            read(Readings.BUSY, Readings.LOCKS)),
        Entry.of(
            "R1.R1",
            "these columns are gone since PostgreSQL 13; the mean hides what is called often, and"
                + " all is since the last reset",
            "the statements that cost most within an interval that begins now",
            read(Readings.SLOW_STATEMENTS)),
        Entry.of(
            "R1.R2",
            "DANGER: locks out writes while it builds, and guesses the columns",
            "ops.database().createIndex(table, columns): concurrently, watched, undone by a drop",
            recommended(SLOW_RESPONSE_TIMES, Set.of(), Changes::createIndex),
            Changes.TABLE,
            Changes.COLUMNS,
            Changes.STATEMENT),
        Entry.of(
            "R1.R3a",
            "DANGER: resets memory to 512 MB; production has this size already",
            "ops.platform().scaleVm(size): keeps the memory, machine by machine, with undo",
            planned(Changes::scaleVm),
            Changes.SIZE),
        Entry.of(
            "R1.R3b",
            "right only after the size was set; production has 2 GB already",
            "ops.platform().scaleMemory(mb): keeps the cpus; more machines by scaleCount(n)",
            planned(Changes::scaleMemory),
            Changes.MB),
        Entry.of(
            "R1.R4a",
            "gives no command; counters since the start are averages of days",
            SLOW + " reads hits and misses over a window",
            judged(SLOW_RESPONSE_TIMES, Caches.class)),
        Entry.of(
            "R1.R4b",
            "is a change of code, and names no candidates",
            SLOW + " names the operations that cost most; a person adds the cache",
            advised(
                "cache what is read often and changes seldom, the dearest operation first; that"
                    + " is a change of code, not a cure for tonight",
                SLOW_RESPONSE_TIMES,
                Caches.class,
                Operations.class)),
        Entry.told(
            "R1.P1",
            "",
            "ops.monitor() judges it every five minutes; monitor.metrics() exports each verdict and"
                + " the age of the last tick"),
        Entry.told(
            "R1.P2",
            "without a duration an alert flaps",
            "AlertRules.prometheus(): HotDashSlowResponses holds for 5 min, links the runbook"),
        Entry.told(
            "R1.P3",
            "nobody does it unless it is scheduled",
            "PgDiagnostics.snapshot(previous) compares two looks: the statements that cost most"
                + " since the last; R1.R1 does so within one"));
  }
}
