package com.hotdash.ops.escalation;

import com.hotdash.ops.time.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How often the manager is told of a problem that nobody acknowledged. One that becomes more urgent
 * is told at once, whatever was acknowledged before. What lies more than 12 hours back, a long
 * shift, does not count: a problem that is still there then is told anew.
 *
 * @param every how long to wait for an acknowledgement, more than zero
 * @param most how many times in all, at least 1
 */
public record NoticePolicy(Duration every, int most) {
  /** Every quarter of an hour, four times. The runbook says "notify manager" and names neither. */
  public static final NoticePolicy DEFAULT = new NoticePolicy(Duration.ofMinutes(15), 4);

  static final Duration COUNTS_FOR = Duration.ofHours(12);

  /** Checks the bounds. */
  public NoticePolicy {
    if (every.isNegative() || every.isZero() || most < 1) {
      throw new IllegalArgumentException(
          "a manager is told at least once, and again after some time: " + most + ", " + every);
    }
  }

  /** That the manager was told, and how urgent it was. */
  record Told(Instant at, Priority priority) {}

  /** Whether to tell now, and why, as a clause. */
  record Decision(boolean due, String because) {}

  Decision decide(Priority priority, List<Told> told, List<Remark> remarks, Instant now) {
    var alike =
        told.stream()
            .filter(each -> each.priority().compareTo(priority) <= 0)
            .map(Told::at)
            .filter(at -> at.plus(COUNTS_FOR).isAfter(now))
            .sorted()
            .toList();
    if (alike.isEmpty()) {
      return new Decision(true, told.isEmpty() ? "it is new" : "it is worse than what was told");
    }
    var first = alike.get(0);
    var last = alike.get(alike.size() - 1);
    for (var remark : remarks) {
      if (remark.acknowledges() && !remark.at().isBefore(first)) {
        return new Decision(false, remark.by() + " acknowledged it at " + Stamp.of(remark.at()));
      }
    }
    var times = (alike.size() == 1 ? "told once, at " : alike.size() + " times told, last at ");
    if (alike.size() >= most) {
      return new Decision(
          false, times + Stamp.of(last) + ", which is all; nobody acknowledged it: call somebody");
    }
    return last.plus(every).isAfter(now)
        ? new Decision(
            false, times + Stamp.of(last) + "; again after " + every.toMinutes() + " min")
        : new Decision(true, times + Stamp.of(last) + "; nobody acknowledged it");
  }

  @Override
  public String toString() {
    return "the manager is told every "
        + every.toMinutes()
        + " min until it is acknowledged, "
        + most
        + " times at most";
  }
}
