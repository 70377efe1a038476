package com.hotdash.ops.testkit.shopify;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The faults that were laid and are not used up. Thread-safe. */
final class ShopifyFaults {
  private final Deque<Laid> faults = new ArrayDeque<>();

  private static final class Laid {
    private final ShopifyFault fault;
    private int left;

    private Laid(ShopifyFault fault, int left) {
      this.fault = fault;
      this.left = left;
    }
  }

  synchronized void lay(int times, ShopifyFault fault) {
    if (times < 1) {
      throw new IllegalArgumentException("a fault acts once at least, not " + times + " times");
    }
    faults.addLast(new Laid(fault, times));
  }

  synchronized @Nullable ShopifyFault next() {
    var laid = faults.peekFirst();
    if (laid == null) {
      return null;
    }
    laid.left--;
    if (laid.left == 0) {
      faults.removeFirst();
    }
    return laid.fault;
  }
}
