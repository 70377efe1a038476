package com.hotdash.ops.app;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.health.HealthProbe;
import com.hotdash.ops.health.ProbeResult;
import com.hotdash.ops.health.ProbeResult.Outcome;
import com.hotdash.ops.http.SideBySide;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks every health endpoint of every machine, side by side. */
final class HealthAsking {
  private final Instances instances;
  private final List<String> paths;
  private final HealthProbe probe;
  private final SideBySide asking;
  private final Time time;
  private final Curl curl;

  HealthAsking(
      Instances instances,
      List<String> paths,
      HealthProbe probe,
      SideBySide asking,
      Time time,
      Curl curl) {
    this.instances = instances;
    this.paths = paths;
    this.probe = probe;
    this.asking = asking;
    this.time = time;
    this.curl = curl;
  }

  private record Question(Instance machine, String path) {}

  AppHealth once(Deadline deadline) {
    var machines = Machines.of(instances, deadline);
    var questions = new ArrayList<Question>();
    machines
        .asked()
        .forEach(machine -> paths.forEach(p -> questions.add(new Question(machine, p))));
    var answers =
        asking.ask(
            questions,
            deadline,
            question -> probe.probe(question.path(), question.machine().headers(), deadline),
            this::late);
    var all = new ArrayList<MachineHealth>();
    int each = paths.size();
    for (int i = 0; i < machines.asked().size(); i++) {
      all.add(
          new MachineHealth(machines.asked().get(i), answers.subList(i * each, (i + 1) * each)));
    }
    return new AppHealth(all, machines.coverage(), time.now());
  }

  private ProbeResult late(Question question) {
    return new ProbeResult(
        question.path(),
        Outcome.NOT_LOOKED,
        null,
        Duration.ZERO,
        time.now(),
        null,
        "the deadline came first",
        "allow more time");
  }

  Reading<AppHealth> reading(Deadline deadline, String source, Redactor redactor) {
    var health = once(deadline);
    var probes = health.machines().stream().flatMap(machine -> machine.probes().stream()).toList();
    if (probes.stream().allMatch(one -> one.outcome() == Outcome.NOT_LOOKED)) {
      boolean interrupted = Thread.currentThread().isInterrupted();
      return Reading.unread(
          new NotChecked(
              AppReader.HEALTH.name(),
              interrupted ? Why.CANCELLED : Why.TIMED_OUT,
              interrupted ? "the thread was interrupted" : "no time was left to ask",
              "allow more time, or by hand: "
                  + curl.line(health.machines().get(0).instance(), paths.get(0))));
    }
    var evidence =
        Evidence.of(redactor.redact(health.headline()), source, health.at())
            .withSample(Duration.ZERO, probes.size())
            .withByHand(byHand(health));
    var coverage = health.coverage();
    return Reading.of(health, coverage == null ? evidence : evidence.withCoverage(coverage));
  }

  // The machine that is worst off is the one to look at by hand.
  private String byHand(AppHealth health) {
    var worst =
        health.machines().stream()
            .max((a, b) -> a.status().compareTo(b.status()))
            .map(MachineHealth::instance)
            .orElse(Instance.FRONT_DOOR);
    return curl.line(worst, paths.get(0));
  }
}
