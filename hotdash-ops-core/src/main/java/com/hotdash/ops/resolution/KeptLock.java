package com.hotdash.ops.resolution;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** The lock of one execution, which may be lost while it is held and is then taken again. */
final class KeptLock implements AutoCloseable {
  private final Ledger ledger;
  private final String resource;
  private final String holder;
  private Locks.Attempt.Held held;

  private KeptLock(Ledger ledger, String resource, String holder, Locks.Attempt.Held held) {
    this.ledger = ledger;
    this.resource = resource;
    this.holder = holder;
    this.held = held;
  }

  /** Who has the lock on a target, as far as anybody can tell by trying it. */
  static Optional<String> heldBy(Ledger ledger, Target target) {
    var attempt = ledger.lock(resource(target), "somebody who asks whether it is free");
    if (attempt instanceof Locks.Attempt.Held ours) {
      ours.close();
      return Optional.empty();
    }
    return Optional.of(((Locks.Attempt.HeldBy) attempt).holder());
  }

  private static String resource(Target target) {
    return target.kind() + " " + target.id();
  }

  /** Takes the lock on a change's target, or refuses. */
  static KeptLock of(Ledger ledger, Proposal proposal, String holder) {
    var target = proposal.target();
    var resource = resource(target);
    var attempt = ledger.lock(resource, holder);
    if (attempt instanceof Locks.Attempt.HeldBy other) {
      throw new RefusedException(
          proposal.action(),
          List.of(
              Objection.hard(
                  "locked",
                  other.holder() + " is working on " + target + " right now",
                  "talk to them, or wait until they are done")));
    }
    return new KeptLock(ledger, resource, holder, (Locks.Attempt.Held) attempt);
  }

  /**
   * Makes sure that it is still ours. One that was lost is taken again, unless somebody else was
   * quicker: then they may be at work on the same target.
   *
   * @return why to stop, or empty
   */
  Optional<String> lost() {
    if (stillHeld()) {
      return Optional.empty();
    }
    giveUp();
    var again = ledger.lock(resource, holder);
    if (again instanceof Locks.Attempt.HeldBy other) {
      return Optional.of("the lock was lost, and " + other.holder() + " has it now");
    }
    held = (Locks.Attempt.Held) again;
    ledger.note("The lock was lost on the way and taken again");
    note();
    return Optional.empty();
  }

  /** Has the execution say what a person should know of this lock. */
  void note() {
    held.note().ifPresent(ledger::note);
  }

  private boolean stillHeld() {
    try {
      return ledger.ask(held::stillHeld);
    } catch (TimeoutException e) {
      ledger.note("The lock store was silent when it was asked whether the lock is ours");
      return false;
    }
  }

  /** Whatever is left of it would keep us from taking it again. */
  private void giveUp() {
    var old = held;
    try {
      ledger.ask(
          () -> {
            old.close();
            return old;
          });
    } catch (TimeoutException e) {
      ledger.note("The lost lock could not be given back in time");
    }
  }

  /** Gives it back. Throws nothing. */
  @Override
  public void close() {
    held.close();
  }
}
