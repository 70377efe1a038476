package com.hotdash.ops.observation;

import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.shop.ShopLook;
import com.hotdash.ops.shop.ShopReader;
import com.hotdash.ops.time.Deadline;
import java.util.Set;

/** Makes the readings of a shop's port. Thread-safe. */
public final class ShopSource implements Source {
  private final ShopReader reader;

  /**
   * Wraps a port.
   *
   * @param reader the port
   */
  public ShopSource(ShopReader reader) {
    this.reader = reader;
  }

  @Override
  public Set<ReadingKey<?>> keys() {
    return Set.of(
        ShopLook.ANSWER,
        ShopLook.SCOPES,
        ShopLook.VERSION,
        ShopLook.SUBSCRIPTIONS,
        ShopLook.CALLS,
        ShopLook.BUDGET);
  }

  @Override
  public Look open(Deadline deadline) {
    var look = reader.look(deadline);
    return new Look() {
      @Override
      public void read(Sink sink) {
        // The budget last: it has to be watched for a while.
        sink.put(ShopLook.ANSWER, look.answer());
        sink.put(ShopLook.SCOPES, look.scopes());
        sink.put(ShopLook.VERSION, look.version());
        sink.put(ShopLook.SUBSCRIPTIONS, look.subscriptions());
        sink.put(ShopLook.CALLS, look.calls());
        sink.put(ShopLook.BUDGET, look.budget());
      }

      @Override
      public void close() {
        look.close();
      }
    };
  }
}
