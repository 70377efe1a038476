package com.hotdash.ops.catalogue;

import static com.hotdash.ops.catalogue.Ways.judged;
import static com.hotdash.ops.catalogue.Ways.planned;
import static com.hotdash.ops.catalogue.Ways.read;

import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.procedure.DatabaseReach.Reachability;
import java.util.ArrayList;
import java.util.List;

/** The overview, the quick reference, escalation and monitoring. */
final class OtherLines {
  private OtherLines() {}

  static List<Entry> entries() {
    var all = new ArrayList<Entry>();
    all.add(
        Entry.told(
            "OV",
            "its steps have no preconditions, no end and no verification",
            "ops.triage() finds the incident; plans state what they assume, and are verified"));
    for (var incident : Incident.values()) {
      all.add(
          Entry.of(
              "TOC" + incident.id().substring(1),
              "the order says nothing of what matters first",
              "ops." + incident.method() + "().diagnose(); ops.triage() ranks all eight",
              judged(incident)));
    }
    all.addAll(quickReference());
    all.addAll(escalation());
    return List.copyOf(all);
  }

  private static List<Entry> quickReference() {
    return List.of(
        Entry.of(
            "QR1",
            "",
            "the machines, the releases, and what the platform says of itself",
            read(PlatformReadings.MACHINES, PlatformReadings.RELEASES, PlatformReadings.TROUBLES)),
        Entry.of(
            "QR2",
            "there is no --tail",
            "the logs of a bounded window, summed up",
            read(Readings.LOGS)),
        Entry.of(
            "QR3",
            "DANGER: as R6.R2",
            "ops.platform().restart(machine): the one that a diagnosis names",
            Changes.restart(Incident.MEMORY_CPU_ISSUES),
            Changes.MACHINE),
        Entry.of(
            "QR4a",
            "the next line takes it back",
            "ops.platform().scaleMemory(mb)",
            planned(Changes::scaleMemory),
            Changes.MB),
        Entry.of(
            "QR4b",
            "DANGER: resets memory to 512 MB",
            "ops.platform().scaleVm(size): keeps the memory",
            planned(Changes::scaleVm),
            Changes.SIZE),
        Entry.of(
            "QR5a",
            "DANGER: line 2 is the release that runs now",
            "ops.highErrorRate().rollBack(): its plan names the release to go back to",
            planned(Changes::rollBack)),
        Entry.of(
            "QR5b",
            "DANGER: with an empty variable it ships the directory you stand in",
            "ops.highErrorRate().rollBack(): never without a target",
            planned(Changes::rollBack)),
        Entry.of(
            "QR6",
            "one address only, and no timeout",
            "both addresses stage by stage, timed, under a deadline",
            judged(Incident.DATABASE_CONNECTION_ISSUES, Reachability.class)),
        Entry.of(
            "QR7",
            "DANGER: the value stands in the shell's history, and all machines restart at once",
            "ops.platform().setSecret(name, place): from a place, machine by machine",
            planned(Changes::setSecret),
            Changes.SECRET,
            Changes.PLACE));
  }

  private static List<Entry> escalation() {
    return List.of(
        Entry.told(
            "E1",
            "has no limit of tries or time",
            "ops.escalationDue(diagnosis, since): after two attempts or 30 min, at once if one did"
                + " not cure or nobody can say what is wrong"),
        Entry.told(
            "E2",
            "makes a second issue of the same trouble",
            "ops.escalate(diagnosis): one issue per trouble, commented and opened again; what is"
                + " applied is written there"),
        Entry.told(
            "E3",
            "who, how, and P0 by what?",
            "ops.escalate(diagnosis) tells the notifiers of P0 and P1, with the reasons; again"
                + " until ops.acknowledge(…) or /ack on the issue"),
        Entry.told(
            "E4",
            "which ids, and what was tried?",
            "ops.vendorBundle(vendor, since, diagnoses): request ids, a timeline, what was tried"),
        Entry.told(
            "M1",
            "a scheduled workflow is late or left out under load",
            "MonitorSchedule.start(ops.monitor(), …): a triage every five minutes, with a heartbeat"),
        Entry.told(
            "M2",
            "one machine, whichever answers",
            "R2.D2: every machine, compared; monitor.metrics() exports our own verdicts"),
        Entry.told("M3", "never ends", "QR2: a bounded window, from platform or file"),
        Entry.told(
            "M4",
            "one channel, silent if it fails",
            "ops.monitor() opens and closes issues by itself; other places stand by, and it says"
                + " when nobody was told"));
  }
}
