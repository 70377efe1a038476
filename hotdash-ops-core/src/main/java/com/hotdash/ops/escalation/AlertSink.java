package com.hotdash.ops.escalation;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.time.Deadline;
import java.time.Instant;

/**
 * A place where people read alerts. It keeps one entry for each problem: a repetition is added to
 * it, not too often. Implementations are thread-safe and never throw: what went wrong is in the
 * answer, which must be looked at, since nobody else hears of it.
 */
public interface AlertSink {
  /**
   * Returns the name of the place.
   *
   * @return such as {@code issues of acme/hotdash}
   */
  String name();

  /**
   * Tells people of a problem, at most once.
   *
   * @param alert the problem
   * @param deadline when to stop trying
   * @return what became of it
   */
  Delivery raise(Alert alert, Deadline deadline);

  /**
   * Tells people that a problem is over, which was verified.
   *
   * @param key the problem
   * @param figures what was measured
   * @param deadline when to stop trying
   * @return what became of it; {@link Delivery.Status#SUPPRESSED} if nothing is open
   */
  Delivery resolve(AlertKey key, Page figures, Deadline deadline);

  /**
   * Reads what is open of a problem, such as whether somebody acknowledged it. Only reads. Default:
   * the place keeps no entries, and it is unread.
   *
   * @param key the problem
   * @param since leaves out older remarks
   * @param deadline when to stop trying
   * @return the entry; unread if nothing is open
   */
  default Reading<AlertEntry> entry(AlertKey key, Instant since, Deadline deadline) {
    return Reading.unread(
        new NotChecked(
            "what is open of " + key,
            NotChecked.Why.NOT_CONFIGURED,
            name() + " keeps no entries",
            "configure a place that does, such as issues"));
  }

  /**
   * Adds to all that is open of an environment: that somebody changes something, and what became of
   * it. Default: the place keeps no entries, and there is nothing to add to.
   *
   * @param environment as the alerts' keys name it
   * @param words one line about what is added
   * @param page what is added
   * @param deadline when to stop trying
   * @return what became of it; {@link Delivery.Status#SUPPRESSED} if nothing is open
   */
  default Delivery commentAll(String environment, String words, Page page, Deadline deadline) {
    return Delivery.of(Delivery.Status.SUPPRESSED, name(), "this place keeps no entries");
  }

  /**
   * Adds to what is open of a problem: a plan, what became of it, what was measured. Default: the
   * place keeps no entries that could be added to, and it fails.
   *
   * @param key the problem
   * @param words one line about what is added
   * @param page what is added
   * @param deadline when to stop trying
   * @return what became of it; {@link Delivery.Status#FAILED} if nothing is open that could be
   *     added to
   */
  default Delivery comment(AlertKey key, String words, Page page, Deadline deadline) {
    return Delivery.of(
        Delivery.Status.FAILED, name(), "this place keeps no entries that could be added to");
  }
}
