package com.hotdash.ops.shopify;

import java.util.Locale;

/**
 * What a gate knows of its shop's bucket at a moment. Points.
 *
 * @param maximumAvailable the bucket's size by the last reply; 2,000 until one told
 * @param restoreRate what comes back each second by the last reply; 100 until one told
 * @param available what is taken to be left; never more than there is, as far as that is known
 * @param held the requested cost of the calls in flight
 * @param headroom what is kept free because somebody else draws on the bucket; 0 if nobody does
 * @param inFlight how many calls are in flight
 * @param interactiveWaiting how many interactive calls wait
 * @param batchWaiting how many batch calls wait
 */
public record GateStatus(
    double maximumAvailable,
    double restoreRate,
    double available,
    double held,
    double headroom,
    int inFlight,
    int interactiveWaiting,
    int batchWaiting) {
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.0f of %.0f points, +%.0f/s; in flight %d holding %.0f; waiting %d interactive, %d batch%s",
        available,
        maximumAvailable,
        restoreRate,
        inFlight,
        held,
        interactiveWaiting,
        batchWaiting,
        headroom > 0
            ? String.format(Locale.ROOT, "; others draw too, %.0f kept free", headroom)
            : "");
  }
}
