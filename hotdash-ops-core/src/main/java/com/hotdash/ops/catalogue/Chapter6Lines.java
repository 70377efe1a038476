package com.hotdash.ops.catalogue;

import static com.hotdash.ops.catalogue.Ways.advised;
import static com.hotdash.ops.catalogue.Ways.judged;
import static com.hotdash.ops.catalogue.Ways.planned;
import static com.hotdash.ops.catalogue.Ways.read;
import static com.hotdash.ops.diagnosis.Incident.MEMORY_CPU_ISSUES;

import com.hotdash.ops.procedure.CpuUse;
import com.hotdash.ops.procedure.MemoryCpuIssuesFinding.Connections;
import com.hotdash.ops.procedure.MemoryCpuIssuesFinding.Ends;
import com.hotdash.ops.procedure.MemoryCpuIssuesFinding.Memory;
import com.hotdash.ops.procedure.MemoryLeak;
import com.hotdash.ops.procedure.OutOfMemory;
import com.hotdash.ops.procedure.ProcessStrain;
import java.util.List;

/** Memory and CPU issues. */
final class Chapter6Lines {
  private static final String RESOURCES = "memoryCpuIssues()";

  private Chapter6Lines() {}

  static List<Entry> entries() {
    return List.of(
        Entry.of(
            "R6.S1",
            "the engine's heap limit and the machine's end are different; here the heap may be as"
                + " big as the machine",
            RESOURCES + " tells which of them it was, where and when",
            judged(MEMORY_CPU_ISSUES, OutOfMemory.class, Memory.class)),
        Entry.of(
            "R6.S2",
            "shared cpus are held back long before they are busy",
            RESOURCES + " reads use, what is held back, and the delay of the event loop",
            judged(MEMORY_CPU_ISSUES, CpuUse.class, ProcessStrain.class)),
        Entry.of(
            "R6.S3",
            "",
            RESOURCES + " reads exit codes, and tells a loop from a single end",
            judged(MEMORY_CPU_ISSUES, Ends.class)),
        Entry.of(
            "R6.D1",
            "shows no use of resources",
            "the machines, with memory and cpu as the platform measured them",
            read(PlatformReadings.MACHINES, PlatformReadings.RESOURCES)),
        Entry.of(
            "R6.D2",
            "is a hidden command about the tool's own telemetry",
            "memory and cpu by the platform, and the application's own counters",
            read(PlatformReadings.RESOURCES, Readings.METRICS)),
        Entry.of(
            "R6.D3",
            "misses OOM, 137 and killed processes, and takes chatter of the collector",
            RESOURCES + " reads the log by signatures",
            judged(MEMORY_CPU_ISSUES, OutOfMemory.class, MemoryLeak.class)),
        Entry.of(
            "R6.R1a",
            "production has 2 GB already",
            "ops.platform().scaleMemory(mb): keeps the cpus; less than now is objected to",
            planned(Changes::scaleMemory),
            Changes.MB),
        Entry.of(
            "R6.R1b",
            "DANGER: resets memory to 512 MB, and so undoes the line above",
            "ops.platform().scaleVm(size): keeps the memory, machine by machine, with undo",
            planned(Changes::scaleVm),
            Changes.SIZE),
        Entry.of(
            "R6.R2",
            "DANGER: which one? It destroys evidence, hides a loop, and may take the last one",
            "ops.platform().restart(machine): the one that the diagnosis names, evidence kept"
                + " first",
            Changes.restart(MEMORY_CPU_ISSUES),
            Changes.MACHINE),
        Entry.of(
            "R6.R3a",
            "is for people",
            RESOURCES + " tells how fast memory grows, and since which release",
            advised(
                "compare the release since which memory grows with the one before",
                MEMORY_CPU_ISSUES,
                MemoryLeak.class,
                Memory.class)),
        Entry.of(
            "R6.R3b",
            "",
            RESOURCES + " tells of open handles and of sessions in the database",
            judged(MEMORY_CPU_ISSUES, ProcessStrain.class, Connections.class)),
        Entry.of(
            "R6.R3c",
            "gives no way; a heap snapshot stops the process and takes as much memory again",
            "advice only: nobody takes a snapshot of a machine that is short of memory",
            advised(
                "take one machine out of rotation first (ops.platform().cordon(machine)) and take"
                    + " the snapshot there, while memory is left for it",
                MEMORY_CPU_ISSUES,
                MemoryLeak.class,
                Memory.class)),
        Entry.told(
            "R6.P1",
            "",
            "ops.monitor() judges it every five minutes; ops.watch(duration) after a change"),
        Entry.told(
            "R6.P2",
            "names no thresholds",
            "AlertRules.prometheus(): memory from 80 and 90 % on, kills, restarts, an event loop"
                + " behind by 0.5 s"),
        Entry.told(
            "R6.P3",
            "",
            "nothing: a profile doubles memory and belongs to development; the diagnosis tells the"
                + " slope since the release"));
  }
}
