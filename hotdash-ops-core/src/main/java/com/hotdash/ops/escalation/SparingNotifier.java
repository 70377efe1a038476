package com.hotdash.ops.escalation;

import com.hotdash.ops.escalation.Delivery.Status;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps another notifier from repeating itself: the same problem is told again only after a while,
 * or once it has become more urgent. What was not delivered does not count as told. Remembers a
 * thousand problems at most, and the process's own ones only. Thread-safe.
 */
public final class SparingNotifier implements Notifier {
  /** How often a person is told of the same problem, unless said otherwise. */
  public static final Duration EVERY = Duration.ofMinutes(30);

  private static final int MOST = 1000;

  private final Notifier notifier;
  private final Duration every;
  private final Time time;
  private final Map<String, Told> told =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Told> eldest) {
          return size() > MOST;
        }
      };

  private record Told(Instant at, Priority priority) {}

  /**
   * Makes one.
   *
   * @param notifier who tells; stays the caller's
   * @param every how often the same problem is told, more than zero
   * @param time the time
   */
  public SparingNotifier(Notifier notifier, Duration every, Time time) {
    if (every.isNegative() || every.isZero()) {
      throw new IllegalArgumentException("every must be more than zero, not " + every);
    }
    this.notifier = notifier;
    this.every = every;
    this.time = time;
  }

  @Override
  public String name() {
    return notifier.name();
  }

  @Override
  public Delivery tell(Notice notice, Deadline deadline) {
    var problem = notice.alert().key().fingerprint();
    var now = time.now();
    synchronized (told) {
      var last = told.get(problem);
      if (last != null
          && last.at().plus(every).isAfter(now)
          && notice.urgency().priority().compareTo(last.priority()) >= 0) {
        return Delivery.of(
            Status.SUPPRESSED,
            name(),
            "told at "
                + last.at()
                + "; again after "
                + every.toMinutes()
                + " min, or if it worsens");
      }
    }
    var delivery = notifier.tell(notice, deadline);
    if (delivery.delivered()) {
      synchronized (told) {
        told.put(problem, new Told(now, notice.urgency().priority()));
      }
    }
    return delivery;
  }

  @Override
  public String toString() {
    return name() + ", of the same problem every " + every.toMinutes() + " min";
  }
}
