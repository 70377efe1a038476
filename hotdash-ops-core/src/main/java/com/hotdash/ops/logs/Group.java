package com.hotdash.ops.logs;

import org.jspecify.annotations.Nullable;

/** A group while it grows. */
final class Group {
  private Identity identity;
  private final Spread spread = new Spread();
  private @Nullable Group into;

  Group(Identity identity) {
    this.identity = identity;
  }

  Identity identity() {
    return identity;
  }

  /** What was counted: that of the group which this one went into, if it did. */
  Spread spread() {
    return into == null ? spread : into.spread();
  }

  Group merge(Group other) {
    sees(other.identity);
    spread.merge(other.spread);
    // Lines like one that was read before still hold the other group: what they count comes here.
    other.into = this;
    return this;
  }

  // Frames decide the identity, so templates may differ: the first by name stands for all.
  void sees(Identity same) {
    if (same.template().compareTo(identity.template()) < 0) {
      identity = identity.withTemplate(same.template());
    }
  }
}
