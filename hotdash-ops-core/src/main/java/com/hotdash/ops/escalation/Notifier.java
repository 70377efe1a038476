package com.hotdash.ops.escalation;

import com.hotdash.ops.escalation.Delivery.Status;
import com.hotdash.ops.time.Deadline;

/**
 * Tells one person, such as the manager: the runbook's third step of escalation, for {@link
 * Priority#P0} and {@link Priority#P1} only. {@link WebhookNotifier} posts to a chat; for mail, or
 * a pager, the host implements this. Implementations are thread-safe and never throw: what went
 * wrong is in the answer. They do not try again by themselves, since a lost answer may have been
 * heard.
 */
public interface Notifier {
  /**
   * Returns the name of the way.
   *
   * @return such as {@code mail to the manager}; holds no credential
   */
  String name();

  /**
   * Tells the person, at most once.
   *
   * @param notice what to tell; redacted
   * @param deadline when to stop trying
   * @return what became of it
   */
  Delivery tell(Notice notice, Deadline deadline);

  /**
   * Makes one for a way that was configured and cannot be used: every attempt fails and says so.
   *
   * @param name the name of the way
   * @param why what is wrong and how to set it right; holds no credential
   * @return the notifier
   */
  static Notifier unusable(String name, String why) {
    return new Notifier() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Delivery tell(Notice notice, Deadline deadline) {
        return Delivery.of(Status.FAILED, name, why);
      }

      @Override
      public String toString() {
        return name + ": " + why;
      }
    };
  }
}
