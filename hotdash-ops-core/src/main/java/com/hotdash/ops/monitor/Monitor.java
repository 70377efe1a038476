package com.hotdash.ops.monitor;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.escalation.Escalation;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.monitor.Leadership.Standing;
import com.hotdash.ops.monitor.Tick.Outcome;
import com.hotdash.ops.resolution.Locks;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Watches incidents: {@link #tick} looks once, and opens and closes alerts by what the last ticks
 * together say. It has no threads; {@link MonitorSchedule} calls it every five minutes. What it
 * believes lives in this object: one that begins anew closes what its predecessor left open as soon
 * as it has seen enough good ticks.
 *
 * <p>Thread-safe; of two ticks at once the second is skipped. Closing it gives leadership back.
 */
public final class Monitor implements AutoCloseable {
  private final Look look;
  private final MonitorSettings settings;
  private final Time time;
  private final Redactor redactor;
  private final Heartbeat heartbeat;
  private final Leadership leadership;
  private final Telling telling;
  private final Set<Incident> watched;
  private final ReentrantLock busy = new ReentrantLock();
  private final Map<Incident, Hysteresis> beliefs = new EnumMap<>(Incident.class);
  private volatile @Nullable Tick last;
  // Guarded by busy.
  private boolean closed;

  private Monitor(Builder from) {
    look = from.look;
    settings = from.settings;
    time = from.time;
    redactor = from.redactor;
    heartbeat = from.heartbeat;
    leadership =
        new Leadership(from.locks, "monitor " + from.name, from.holder, Leadership.STORE_WITHIN);
    telling = new Telling(from.escalation, settings, time);
    watched = from.watched.clone();
  }

  /**
   * Begins a monitor.
   *
   * @param look how to look
   * @param escalation where people are told
   * @return a builder
   */
  public static Builder builder(Look look, Escalation escalation) {
    return new Builder(look, escalation);
  }

  /**
   * Looks once, and tells people of what changed. Ends within the limits of the settings, as far as
   * the look keeps its deadline. Never throws.
   *
   * @return what came of it
   */
  public Tick tick() {
    var at = time.now();
    if (!busy.tryLock()) {
      return beat(skipped(at, "another tick is under way"));
    }
    try {
      if (closed) {
        return beat(skipped(at, "this monitor is closed: nobody looks, and nobody is told"));
      }
      var started = time.ticker().nanos();
      var standing = leadership.take();
      var tick = standing.leads() ? led(at, standing) : followed(at, standing);
      var took = Duration.ofNanos(time.ticker().nanos() - started);
      var done = new Tick(at, took, tick.outcome(), tick.incidents(), tick.events(), tick.notes());
      last = done;
      return beat(done);
    } finally {
      busy.unlock();
    }
  }

  /**
   * Returns the last tick that ran.
   *
   * @return the tick, or empty if there was none
   */
  public Optional<Tick> last() {
    return Optional.ofNullable(last);
  }

  /**
   * Returns what is believed in Prometheus' text format, version 0.0.4, for the host to serve: for
   * each incident the last verdict and whether it is open, and how old the last tick is, so that a
   * scrape shows a monitor that died. Looks at nothing and returns at once.
   *
   * @return the metrics, {@code hotdash_ops_…}; of a monitor that never ran, an infinite age
   */
  public String metrics() {
    return MonitorMetrics.of(last, time.now());
  }

  /** Says that a tick could not run, so that the silence is heard. */
  Tick missed(String why) {
    return beat(skipped(time.now(), why));
  }

  private static Tick skipped(Instant at, String why) {
    return new Tick(at, Duration.ZERO, Outcome.SKIPPED, List.of(), List.of(), List.of(why));
  }

  private Tick followed(Instant at, Standing standing) {
    // What is not looked at is not known: whoever takes over begins anew.
    beliefs.clear();
    telling.forget();
    var notes = List.of(redactor.redact(standing.note()));
    return new Tick(at, Duration.ZERO, Outcome.FOLLOWS, List.of(), List.of(), notes);
  }

  private Tick led(Instant at, Standing standing) {
    var notes = new ArrayList<String>();
    if (!standing.note().isEmpty()) {
      notes.add(redactor.redact(standing.note()));
    }
    var seen = looked(notes);
    var all = EnumSet.copyOf(watched);
    all.addAll(seen.keySet());
    all.addAll(beliefs.keySet());
    telling.begin(at);
    var states = new ArrayList<Tick.State>();
    for (var incident : all) {
      var diagnosis = seen.get(incident);
      var belief = beliefs.computeIfAbsent(incident, each -> new Hysteresis(settings));
      var verdict = diagnosis == null ? Verdict.UNKNOWN : diagnosis.verdict();
      belief.take(verdict, diagnosis != null && Telling.outage(diagnosis), at);
      telling.consider(incident, belief, diagnosis);
      states.add(
          new Tick.State(
              incident,
              verdict,
              belief.belief() == Hysteresis.Belief.OPEN,
              belief.since(),
              belief.flapping()));
    }
    telling.considerBlindness(beliefs, seen);
    notes.addAll(telling.leftOver());
    boolean blind = states.stream().allMatch(each -> each.verdict() == Verdict.UNKNOWN);
    return new Tick(
        at, Duration.ZERO, blind ? Outcome.BLIND : Outcome.LOOKED, states, telling.events(), notes);
  }

  private Map<Incident, Diagnosis> looked(List<String> notes) {
    var seen = new EnumMap<Incident, Diagnosis>(Incident.class);
    try {
      for (var diagnosis : look.look(time.deadline(settings.lookWithin()))) {
        seen.putIfAbsent(diagnosis.incident(), diagnosis);
      }
    } catch (RuntimeException e) {
      // Whatever broke the look, people must hear that nobody can see.
      notes.add(redactor.redact("the look broke off: " + e));
    }
    return seen;
  }

  private Tick beat(Tick tick) {
    try {
      heartbeat.beat(tick);
      return tick;
    } catch (RuntimeException e) {
      // A heartbeat that fails is noticed where it is missed, and must not end the watch.
      return tick.noting(redactor.redact("the heartbeat failed: " + e));
    }
  }

  /**
   * Gives leadership back, within two seconds; a later {@link #tick} is skipped and says why.
   * Throws nothing; may be called twice.
   */
  @Override
  public void close() {
    busy.lock();
    try {
      closed = true;
      leadership.close();
    } finally {
      busy.unlock();
    }
  }

  /** Returns the last tick. Looks at nothing. */
  @Override
  public String toString() {
    return last().map(Tick::toString).orElse("Monitor: no tick yet; tick() looks once");
  }

  /** Gathers the settings of a monitor. Not thread-safe. */
  public static final class Builder {
    private final Look look;
    private final Escalation escalation;
    private MonitorSettings settings = MonitorSettings.DEFAULT;
    private Time time = Time.SYSTEM;
    private Redactor redactor = Redactor.SHAPES;
    private Heartbeat heartbeat = Heartbeat.NONE;
    private @Nullable Locks locks;
    private String name = "hotdash";
    private String holder = "process " + ProcessHandle.current().pid();
    private EnumSet<Incident> watched = EnumSet.noneOf(Incident.class);

    private Builder(Look look, Escalation escalation) {
      this.look = look;
      this.escalation = escalation;
    }

    /**
     * Sets when the monitor believes what it sees. Default {@link MonitorSettings#DEFAULT}.
     *
     * @param believe the settings
     * @return this builder
     */
    public Builder settings(MonitorSettings believe) {
      settings = believe;
      return this;
    }

    /**
     * Names the incidents that every look must judge: one of which no diagnosis comes is one that
     * nobody could look at. Default: those that were ever seen.
     *
     * @param incidents the incidents
     * @return this builder
     */
    public Builder watch(Set<Incident> incidents) {
      watched = EnumSet.noneOf(Incident.class);
      watched.addAll(incidents);
      return this;
    }

    /**
     * Sets the time that is used. Default the system's.
     *
     * @param source clock, ticker and sleeper
     * @return this builder
     */
    public Builder time(Time source) {
      time = source;
      return this;
    }

    /**
     * Makes credentials known, to be kept out of all text. Default: shapes only.
     *
     * @param knowing knows them
     * @return this builder
     */
    public Builder redactor(Redactor knowing) {
      redactor = knowing;
      return this;
    }

    /**
     * Sets who hears of every tick. Default: nobody.
     *
     * @param hears hears of it
     * @return this builder
     */
    public Builder heartbeat(Heartbeat hears) {
      heartbeat = hears;
      return this;
    }

    /**
     * Lets one of several processes watch, and the others only when it has gone. Default: this one
     * watches, whoever else does.
     *
     * @param shared locks that all of them share, such as a database's; stay the caller's
     * @param estate what is watched, by the same name in all of them
     * @param me who this process is, for others to read
     * @return this builder
     */
    public Builder oneOf(Locks shared, String estate, String me) {
      locks = shared;
      name = estate;
      holder = me;
      return this;
    }

    /**
     * Makes the monitor. Looks at nothing.
     *
     * @return the monitor; the caller closes it
     */
    public Monitor build() {
      return new Monitor(this);
    }
  }
}
