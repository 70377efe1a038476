package com.hotdash.ops.database;

import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions to end. Whatever is chosen, protected sessions are spared, and an active one loses
 * its statement before it loses its session.
 *
 * @param name what is chosen, as a clause
 * @param idleInTransactionFor chooses sessions idle in transaction for at least this long, or
 *     {@code null}
 * @param idleFor chooses idle sessions without a transaction for at least this long, or {@code
 *     null}
 * @param blockerKinds chooses those that others wait for, if they are of one of these kinds
 * @param blockingFor for how long somebody must have waited for one of these; a wait that our role
 *     may not see counts as long
 * @param session chooses this one session, or {@code null}
 * @param application keeps only sessions of this application name, or {@code null} for all
 * @param most how many at most, 1 to 100
 */
public record SessionChoice(
    String name,
    @Nullable Duration idleInTransactionFor,
    @Nullable Duration idleFor,
    Set<LockForest.Kind> blockerKinds,
    Duration blockingFor,
    @Nullable SessionId session,
    @Nullable String application,
    int most) {
  /** How many sessions are chosen at most, unless said otherwise. */
  public static final int MOST = 20;

  /** Copies the set and checks the bounds. */
  public SessionChoice {
    blockerKinds = Set.copyOf(blockerKinds);
    if (most < 1 || most > 100) {
      throw new IllegalArgumentException("between 1 and 100 sessions can be chosen, not " + most);
    }
    if (negative(idleInTransactionFor) || negative(idleFor) || negative(blockingFor)) {
      throw new IllegalArgumentException("an age must not be negative");
    }
  }

  /**
   * Chooses sessions that are idle in a transaction, whether or not anybody waits for them.
   *
   * @param atLeast for how long, zero or more
   * @return the choice
   * @throws IllegalArgumentException if {@code atLeast} is negative
   */
  public static SessionChoice idleInTransaction(Duration atLeast) {
    var name = "sessions idle in transaction for " + atLeast.toSeconds() + " s or more";
    return new SessionChoice(name, atLeast, null, Set.of(), Duration.ZERO, null, null, MOST);
  }

  /**
   * Chooses sessions that are idle in a transaction and hold others up, or have been so for long.
   *
   * @param atLeast for how long, if nobody waits for them; zero or more
   * @return the choice
   * @throws IllegalArgumentException if {@code atLeast} is negative
   */
  public static SessionChoice idleInTransactionOrBlocking(Duration atLeast) {
    var name =
        "sessions idle in transaction that block others, or for "
            + atLeast.toSeconds()
            + " s or more";
    var kinds = EnumSet.of(LockForest.Kind.IDLE_IN_TRANSACTION);
    return new SessionChoice(name, atLeast, null, kinds, Duration.ZERO, null, null, MOST);
  }

  /**
   * Chooses those that hold others up, of the kinds that may be ended: idle in transaction, a
   * running statement, a statement that waits for a strong lock with others behind it.
   *
   * @return the choice
   */
  public static SessionChoice blockers() {
    var kinds =
        EnumSet.of(
            LockForest.Kind.IDLE_IN_TRANSACTION,
            LockForest.Kind.ACTIVE,
            LockForest.Kind.WAITING_FOR_STRONG_LOCK);
    return new SessionChoice(
        "those that block others", null, null, kinds, Duration.ZERO, null, null, MOST);
  }

  /**
   * Chooses statements that wait for a strong lock and hold up others behind them.
   *
   * @return the choice
   */
  public static SessionChoice queueHeads() {
    var kinds = EnumSet.of(LockForest.Kind.WAITING_FOR_STRONG_LOCK);
    return new SessionChoice(
        "statements that wait and block others",
        null,
        null,
        kinds,
        Duration.ZERO,
        null,
        null,
        MOST);
  }

  /**
   * Chooses idle sessions without a transaction, to regain slots in an emergency. A pool replaces
   * them within seconds, and a client that was about to use one sees an error: name the application
   * that leaks.
   *
   * @param atLeast for how long, zero or more
   * @return the choice
   * @throws IllegalArgumentException if {@code atLeast} is negative
   */
  public static SessionChoice idle(Duration atLeast) {
    var name = "sessions idle for " + atLeast.toSeconds() + " s or more";
    return new SessionChoice(name, null, atLeast, Set.of(), Duration.ZERO, null, null, MOST);
  }

  /**
   * Chooses one session.
   *
   * @param id which
   * @return the choice
   */
  public static SessionChoice one(SessionId id) {
    return new SessionChoice("pid " + id.pid(), null, null, Set.of(), Duration.ZERO, id, null, 1);
  }

  /**
   * Keeps only the sessions of one application.
   *
   * @param applicationName the name that it gives itself
   * @return a narrower choice
   */
  public SessionChoice ofApplication(String applicationName) {
    return new SessionChoice(
        name + " of " + applicationName,
        idleInTransactionFor,
        idleFor,
        blockerKinds,
        blockingFor,
        session,
        applicationName,
        most);
  }

  /**
   * Limits how many are chosen.
   *
   * @param number 1 to 100
   * @return a changed copy
   */
  public SessionChoice atMost(int number) {
    return new SessionChoice(
        name,
        idleInTransactionFor,
        idleFor,
        blockerKinds,
        blockingFor,
        session,
        application,
        number);
  }

  /**
   * Leaves out those for whom others have waited for moments only: a busy application always has
   * some, and they are over before anybody could end them.
   *
   * @param atLeast for how long somebody must have waited, zero or more
   * @return a narrower choice
   * @throws IllegalArgumentException if {@code atLeast} is negative
   */
  public SessionChoice blockingFor(Duration atLeast) {
    return new SessionChoice(
        name, idleInTransactionFor, idleFor, blockerKinds, atLeast, session, application, most);
  }

  /** Returns all that match, spared ones too: first those with most waiters, then the oldest. */
  List<Session> matching(Sessions sessions, LockForest locks) {
    return sessions.visible().stream()
        .filter(each -> application == null || each.application().equals(application))
        .filter(each -> matches(each, sessions, locks))
        .sorted(
            Comparator.comparingInt((Session each) -> -waiters(each, locks))
                .thenComparing(Session::stateSince)
                .thenComparingInt(each -> each.id().pid()))
        .toList();
  }

  private boolean matches(Session each, Sessions sessions, LockForest locks) {
    var now = sessions.serverTime();
    if (session != null) {
      return each.id().equals(session);
    }
    if (idleInTransactionFor != null
        && each.idleInTransaction()
        && each.inStateFor(idleInTransactionFor, now)) {
      return true;
    }
    if (idleFor != null && each.state().equals(Session.IDLE) && each.inStateFor(idleFor, now)) {
      return true;
    }
    return blocker(each, locks)
        .filter(found -> blockerKinds.contains(found.kind()))
        .filter(found -> sessions.haveWaited(found.allWaiters(), blockingFor))
        .isPresent();
  }

  static int waiters(Session session, LockForest locks) {
    return blocker(session, locks).map(found -> found.allWaiters().size()).orElse(0);
  }

  private static Optional<LockForest.Blocker> blocker(Session session, LockForest locks) {
    return locks.blockers().filter(found -> found.pid() == session.id().pid()).findFirst();
  }

  private static boolean negative(@Nullable Duration age) {
    return age != null && age.isNegative();
  }
}
