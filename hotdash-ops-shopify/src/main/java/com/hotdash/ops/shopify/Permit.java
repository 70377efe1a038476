package com.hotdash.ops.shopify;

/**
 * Leave to make one call now. It holds the requested cost until it is settled: tell it what the
 * reply said, as soon as it is there. The first of its methods that is called counts, the others do
 * nothing then. Thread-safe.
 */
public final class Permit implements AutoCloseable {
  private final Admission admission;
  private final Hold hold;
  private final Lane lane;
  private final double counted;

  Permit(Admission admission, Hold hold, Lane lane, double counted) {
    this.admission = admission;
    this.hold = hold;
    this.lane = lane;
    this.counted = counted;
  }

  /**
   * Returns what is held.
   *
   * @return the requested cost, in points
   */
  public double cost() {
    return hold.cost;
  }

  /**
   * Books what a reply said.
   *
   * @param charge the reply's {@code extensions.cost}
   */
  public void settle(Charge charge) {
    admission.settle(this, ledger -> ledger.reply(hold, charge, admission.now()), charge.spent());
  }

  /**
   * Books a reply that said what it cost, but not how the bucket stands.
   *
   * @param actualQueryCost what it cost, in points
   */
  public void settle(double actualQueryCost) {
    settle(new Charge(hold.cost, actualQueryCost, null));
  }

  /** Gives everything back: the call was not sent, or was refused before it ran. */
  public void unused() {
    admission.settle(this, ledger -> ledger.unused(hold, admission.now()), 0);
  }

  /**
   * Books the whole requested cost as spent, unless it was settled before: nobody knows how the
   * call ended.
   */
  @Override
  public void close() {
    admission.settle(this, ledger -> ledger.lost(hold, admission.now()), hold.cost);
  }

  Hold hold() {
    return hold;
  }

  Lane lane() {
    return lane;
  }

  double counted() {
    return counted;
  }

  @Override
  public String toString() {
    return "Permit[" + hold.cost + " points, " + lane + "]";
  }
}
