package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.NearbyChange;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.logs.Timeouts;
import com.hotdash.ops.metrics.RequestLatency;
import com.hotdash.ops.platform.AnswerTimes;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.Onset;
import com.hotdash.ops.time.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether answers are slow, by those who can tell. */
public sealed interface SlowAnswers extends SlowResponseTimesFinding {
  /**
   * How long answers took as users met them: with queues, starts of machines that slept, and the
   * platform's own way. It alone can tell that all is well.
   *
   * @param times the times
   * @param limit the 95th percentile that is still good
   * @param evidence where it was seen
   */
  record AtEdge(AnswerTimes times, Duration limit, List<Evidence> evidence) implements SlowAnswers {
    /** Copies the list. */
    public AtEdge {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "slow.edge";
    }

    @Override
    public Severity weight() {
      return Severity.CRITICAL;
    }

    @Override
    public Verdict verdict() {
      return share().verdict();
    }

    SlowShare share() {
      return new SlowShare(times.edge(), limit);
    }

    @Override
    public String summary() {
      return "at the edge over "
          + Figures.time(times.window())
          + " "
          + share().text()
          + (verdict() == Verdict.UNKNOWN && !share().empty() ? ": too few to tell" : "");
    }
  }

  /**
   * How long requests took by the application's own histogram, probes left out. What queued before
   * it is not in it, so that it adds a problem and never stands for the edge.
   *
   * @param latency the times, with the worst routes
   * @param evidence where it was seen
   */
  record InApplication(RequestLatency latency, List<Evidence> evidence) implements SlowAnswers {
    /** Copies the list. */
    public InApplication {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "slow.application";
    }

    @Override
    public Severity weight() {
      return Severity.CRITICAL;
    }

    @Override
    public Verdict verdict() {
      return latency.verdict();
    }

    @Override
    public String summary() {
      var share = new SlowShare(latency.buckets(), latency.limit());
      if (share.empty()) {
        return latency.metric().isEmpty()
            ? "the application exports no histogram of requests"
            : "the application answered no user in " + Figures.time(latency.window());
      }
      return "by its own count over "
          + Figures.time(latency.window())
          + " "
          + share.text()
          + (latency.routes().isEmpty() ? "" : ", most on " + worst())
          + (verdict() == Verdict.UNKNOWN ? "; too little to tell" : "");
    }

    private String worst() {
      return Figures.some(
          latency.routes(),
          each ->
              String.format(
                  Locale.ROOT,
                  "%s (%,.0f)",
                  Figures.cut(each.route().isEmpty() ? "no route" : each.route(), 30),
                  each.buckets().countAbove(latency.limit().toNanos() / 1e9).lower()));
    }
  }

  /**
   * Timeouts that the log tells of, layer by layer. Made only if there are any. Users who give up
   * are told and are no trouble by themselves: they also leave quick pages.
   *
   * @param timeouts the layers
   * @param least how many of one layer it takes to be a problem
   * @param at when it was looked; a layer that was silent for {@link #STOPPED} is told and no
   *     trouble any more
   * @param evidence where it was seen
   */
  record TimedOut(Timeouts timeouts, int least, Instant at, List<Evidence> evidence)
      implements SlowAnswers {
    /** As for logged errors: five minutes. */
    public static final Duration STOPPED = Duration.ofMinutes(5);

    /** Copies the list. */
    public TimedOut {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "slow.timeouts";
    }

    @Override
    public Severity weight() {
      return Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      return telling().isEmpty() ? Verdict.OK : Verdict.PROBLEM;
    }

    /**
     * Returns the layers that go on and are many.
     *
     * @return from the outside in
     */
    public List<Timeouts.Seen> telling() {
      return timeouts.seen().stream()
          .filter(each -> each.layer() != Timeouts.Layer.CLIENT && each.count() >= least)
          .filter(each -> each.last() == null || !each.last().isBefore(at.minus(STOPPED)))
          .toList();
    }

    @Override
    public String summary() {
      var all =
          timeouts.seen().stream()
              .map(each -> word(each) + " " + each.count())
              .collect(Collectors.joining(", "));
      return "timeouts by layer: "
          + all
          + (verdict() == Verdict.OK ? "; few, over, or users who left" : "");
    }

    private static String word(Timeouts.Seen each) {
      return each.layer().name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What the machines do. One that fails its checks takes no requests, so that the others are
   * slower; while answers are quick that is another incident's trouble.
   *
   * @param machines all of them
   * @param slow whether answers are slow
   * @param evidence where it was seen
   */
  record Fleet(Machines machines, boolean slow, List<Evidence> evidence) implements SlowAnswers {
    /** Copies the list. */
    public Fleet {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "slow.machines";
    }

    @Override
    public boolean symptom() {
      return false;
    }

    @Override
    public Severity weight() {
      return machines.running().isEmpty() ? Severity.CRITICAL : Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      boolean lacking = count(Machine.Health.FAILING) > 0 || crashed() > 0;
      return machines.running().isEmpty() || (slow && lacking) ? Verdict.PROBLEM : Verdict.OK;
    }

    private long count(Machine.Health health) {
      return machines.all().stream().filter(each -> each.health() == health).count();
    }

    private long crashed() {
      return machines.all().stream().filter(Machine::crashed).count();
    }

    @Override
    public String summary() {
      var running = machines.running();
      if (running.isEmpty()) {
        return "no machine runs"
            + (crashed() > 0 ? ", " + crashed() + " crashed and are down" : "");
      }
      var sizes = running.stream().map(each -> each.guest().toString()).distinct().toList();
      return running.size()
          + " of "
          + Figures.many(machines.all().size(), "machine runs", "machines run")
          + ", "
          + count(Machine.Health.HEALTHY)
          + " pass their checks"
          + (crashed() > 0 ? ", " + crashed() + " crashed" : "")
          + "; each "
          + String.join(" or ", sizes)
          + " in "
          + running.stream().map(Machine::region).distinct().collect(Collectors.joining(", "));
    }
  }

  /**
   * Since when, and what was changed just before. Made only while answers are slow or time out, and
   * the platform keeps their times or the log tells of timeouts.
   *
   * @param onset the beginning
   * @param answers whether answers are slow since then; else they time out
   * @param nearest the change that explains it best, or {@code null} if none was seen near it
   * @param evidence where it was seen
   */
  record Began(
      Onset onset, boolean answers, @Nullable NearbyChange nearest, List<Evidence> evidence)
      implements SlowAnswers {
    /** Copies the list. */
    public Began {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "slow.onset";
    }

    @Override
    public boolean symptom() {
      return false;
    }

    @Override
    public Severity weight() {
      return Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      return Verdict.PROBLEM;
    }

    @Override
    public String summary() {
      var since =
          (answers ? "answers are slow since " : "timeouts since ")
              + (onset.atOrBefore() ? "before " : "")
              + Stamp.of(onset.at());
      if (nearest == null || nearest.lag() == null) {
        return since + ", not near any change that was seen";
      }
      return since + ", " + nearest.lag().toMinutes() + " min after " + nearest.what();
    }
  }

  /**
   * Where the time goes. Made only while answers are slow or time out.
   *
   * @param lost the places, the likeliest cause first; empty if nothing that was seen tells
   * @param evidence where it was seen
   */
  record Where(List<Lost> lost, List<Evidence> evidence) implements SlowAnswers {
    /** Copies the lists. */
    public Where {
      lost = List.copyOf(lost);
      evidence = List.copyOf(evidence);
    }

    /**
     * One place.
     *
     * @param place where
     * @param why what points there
     */
    public record Lost(Place place, String why) {}

    /**
     * Tells whether something points to a place.
     *
     * @param place the place
     * @return true if so
     */
    public boolean at(Place place) {
      return lost.stream().anyMatch(each -> each.place() == place);
    }

    @Override
    public String id() {
      return "slow.where";
    }

    @Override
    public boolean symptom() {
      return false;
    }

    @Override
    public Severity weight() {
      return Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      return Verdict.PROBLEM;
    }

    @Override
    public String summary() {
      if (lost.isEmpty()) {
        return "nothing that was seen tells where the time goes";
      }
      var places = lost.stream().map(each -> each.place().name()).distinct().toList();
      return "the time goes in "
          + String.join(", ", places)
          + ": "
          + Figures.cut(lost.get(0).why(), 110);
    }
  }
}
