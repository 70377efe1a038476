package com.hotdash.ops.resolution;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Locks that hold within one process, for all runbooks that share this object. Thread-safe. */
public final class InProcessLocks implements Locks {
  private final ConcurrentMap<String, Taken> taken = new ConcurrentHashMap<>();

  /** Makes an empty set of locks. */
  public InProcessLocks() {}

  @Override
  public Attempt tryAcquire(String resource, String holder) {
    var mine = new Taken(resource, holder);
    var other = taken.putIfAbsent(resource, mine);
    return other == null ? mine : new Attempt.HeldBy(other.holder);
  }

  private final class Taken implements Attempt.Held {
    private final String resource;
    private final String holder;

    Taken(String resource, String holder) {
      this.resource = resource;
      this.holder = holder;
    }

    @Override
    public void close() {
      taken.remove(resource, this);
    }
  }
}
