package com.hotdash.ops.logs;

/** A group while it grows. */
final class Group {
  private Identity identity;
  private final Spread spread = new Spread();

  Group(Identity identity) {
    this.identity = identity;
  }

  Identity identity() {
    return identity;
  }

  Spread spread() {
    return spread;
  }

  Group merge(Group other) {
    // Frames decide the identity, so templates may differ: the first by name stands for all.
    if (other.identity.template().compareTo(identity.template()) < 0) {
      identity = other.identity;
    }
    spread.merge(other.spread);
    return this;
  }

  void sees(Identity same) {
    if (same.template().compareTo(identity.template()) < 0) {
      identity = same;
    }
  }
}
