package com.hotdash.ops.fly;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import java.util.function.Supplier;

/** Turns what a call throws into a reading that says what could not be read, and why. */
final class Looking {
  private Looking() {}

  static <T> Reading<T> at(String what, Supplier<Reading<T>> look) {
    try {
      return look.get();
    } catch (OpsException e) {
      return Reading.unread(StatusLook.obstacle(what, e));
    } catch (IllegalStateException e) {
      // The client was closed under the look.
      return Reading.unread(
          new NotChecked(what, Why.CANCELLED, String.valueOf(e.getMessage()), "make a new client"));
    }
  }
}
