package com.hotdash.ops.app;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.http.SideBySide;
import com.hotdash.ops.metrics.MetricNames;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Limits;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.List;

/** Scrapes all machines, once or twice. */
final class MetricsAsking {
  /** What two scrapes need beside the window, at the least. */
  static final Duration SCRAPES = Duration.ofSeconds(1);

  private static final int BY_HAND = 8;

  private final Instances instances;
  private final MetricsScraper scraper;
  private final SideBySide asking;
  private final MetricNames names;
  private final Time time;

  MetricsAsking(
      Instances instances,
      MetricsScraper scraper,
      SideBySide asking,
      MetricNames names,
      Time time) {
    this.instances = instances;
    this.scraper = scraper;
    this.asking = asking;
    this.names = names;
    this.time = time;
  }

  AppMetrics once(Deadline deadline) {
    return ask(Machines.of(instances, deadline), deadline);
  }

  AppWindow twice(Duration window, Deadline deadline) {
    Limits.positive(window, "the window");
    if (!fits(window, deadline)) {
      throw new IllegalArgumentException(tooLong(window, deadline));
    }
    var machines = Machines.of(instances, deadline);
    // The second scrape needs as much time as the first.
    var left = deadline.remaining().minus(window);
    var before =
        ask(machines, deadline.within(left.isNegative() ? Duration.ZERO : left.dividedBy(2)));
    if (before.scrapes().isEmpty()) {
      return new AppWindow(before, before, names); // nothing to compare with: waiting is no use
    }
    if (!time.await(window)) {
      return new AppWindow(before, gaveUp(machines), names);
    }
    var after = ask(machines.joined(Machines.of(instances, deadline)), deadline);
    return new AppWindow(before, after, names);
  }

  Reading<AppWindow> reading(Duration window, Deadline deadline, String source, Redactor redactor) {
    if (!fits(window, deadline)) {
      return unread(Why.TIMED_OUT, tooLong(window, deadline), "allow more time");
    }
    var seen = twice(window, deadline);
    var machines = seen.after().machines().stream().map(MachineMetrics::instance).toList();
    var byHand = scraper.byHand(machines, BY_HAND);
    if (seen.increases().machines().isEmpty()) {
      return seen.notSeen().stream()
          .findFirst()
          .<Reading<AppWindow>>map(
              first -> unread(first.why(), first.what() + ": " + first.detail(), first.remedy()))
          .orElseGet(
              () ->
                  unread(
                      Why.NOT_UNDERSTOOD,
                      String.join("; ", seen.increases().notes()),
                      "ask each machine by itself, by hand: " + byHand));
    }
    var evidence =
        Evidence.of(redactor.redact(seen.headline()), source, seen.after().at())
            .withSample(seen.increases().window(), seen.requests())
            .withByHand(byHand);
    return Reading.of(
        seen, seen.complete() ? evidence : evidence.withCoverage(redactor.redact(gaps(seen))));
  }

  private static String gaps(AppWindow seen) {
    var after = seen.after().coverage();
    var machines =
        seen.increases().machines().size()
            + " of "
            + seen.after().machines().size()
            + " machines compared";
    return after == null ? machines : machines + "; " + after;
  }

  private static boolean fits(Duration window, Deadline deadline) {
    return deadline.remaining().minus(window).compareTo(SCRAPES) >= 0;
  }

  private static String tooLong(Duration window, Deadline deadline) {
    return "a window of "
        + window.toMillis()
        + " ms and two scrapes do not fit into "
        + deadline.remaining().toMillis()
        + " ms";
  }

  private AppMetrics ask(Machines machines, Deadline deadline) {
    List<MachineMetrics> answers =
        asking.ask(
            machines.asked(),
            deadline,
            machine -> scraper.scrape(machine, deadline),
            scraper::late);
    return new AppMetrics(answers, machines.coverage(), time.now());
  }

  private AppMetrics gaveUp(Machines machines) {
    return new AppMetrics(
        machines.asked().stream().map(scraper::late).toList(), machines.coverage(), time.now());
  }

  private static Reading<AppWindow> unread(Why why, String detail, String remedy) {
    return Reading.unread(new NotChecked(AppReader.METRICS.name(), why, detail, remedy));
  }
}
