package com.hotdash.ops.postgres;

import com.hotdash.ops.database.Capacity;
import com.hotdash.ops.database.ServerMode;
import com.hotdash.ops.database.Session;
import com.hotdash.ops.database.Sessions;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One look at a whole server: its readings, in the order of their worth, and what follows from
 * them. A reading that could not be made is listed and keeps the verdict from {@code OK}; so does
 * what our role sees a part of only. Immutable and thread-safe.
 */
public final class Snapshot {
  private final SnapshotReadings readings;
  private final Instant takenAt;
  private final @Nullable DatabaseCounters interval;
  private final List<NotChecked> notChecked;
  private final List<Note> notes;
  private final String source;

  Snapshot(SnapshotReadings readings, @Nullable Snapshot previous, Instant takenAt, String source) {
    this.readings = readings;
    this.takenAt = takenAt;
    this.source = source;
    this.interval = interval(readings, previous);
    this.notChecked = SnapshotGaps.of(readings);
    this.notes = SnapshotNotes.of(this);
  }

  /**
   * Something that follows from the readings.
   *
   * @param severity how much it matters; {@code INFO} is advice and no problem
   * @param text what is wrong, with numbers
   * @param nextStep what a person can do
   */
  public record Note(Severity severity, String text, String nextStep) {
    @Override
    public String toString() {
      return text + "; " + nextStep;
    }
  }

  private static @Nullable DatabaseCounters interval(
      SnapshotReadings readings, @Nullable Snapshot previous) {
    if (previous == null || !database(readings).equals(database(previous.readings))) {
      return null;
    }
    return readings
        .counters()
        .toOptional()
        .flatMap(now -> previous.counters().toOptional().flatMap(now::within))
        .orElse(null);
  }

  private static Optional<String> database(SnapshotReadings readings) {
    return readings.capacity().toOptional().map(capacity -> capacity.database().name());
  }

  /**
   * Returns how many connections there may be and are.
   *
   * @return the numbers
   */
  public Reading<Capacity> capacity() {
    return readings.capacity();
  }

  /**
   * Returns who is connected.
   *
   * @return the sessions, our own left out
   */
  public Reading<Sessions> sessions() {
    return readings.sessions();
  }

  /**
   * Returns who waits for which lock.
   *
   * @return the waiters and the roots
   */
  public Reading<PgLocks> locks() {
    return readings.locks();
  }

  /**
   * Returns what the server allows, and which index builds and schema changes it is busy with.
   *
   * @return the mode
   */
  public Reading<ServerMode> mode() {
    return readings.mode();
  }

  /**
   * Returns transactions open for a minute or longer, and what else keeps old rows.
   *
   * @return the transactions
   */
  public Reading<LongTransactions> longTransactions() {
    return readings.longTransactions();
  }

  /**
   * Returns what the server has counted of our database since it began to, which tells of the past.
   *
   * @return the counters
   */
  public Reading<DatabaseCounters> counters() {
    return readings.counters();
  }

  /**
   * Returns what the server counted since the previous snapshot.
   *
   * @return the difference, or {@code null} if there was no previous one with counters of the same
   *     database, or they began anew in between
   */
  public @Nullable DatabaseCounters countersSincePrevious() {
    return interval;
  }

  /**
   * Returns who receives the server's log.
   *
   * @return slots and standbys
   */
  public Reading<Replication> replication() {
    return readings.replication();
  }

  /**
   * Returns how far the server is from running out of transaction ids.
   *
   * @return the oldest
   */
  public Reading<Wraparound> wraparound() {
    return readings.wraparound();
  }

  /**
   * Returns what Prisma's migrations left open.
   *
   * @return the migrations
   */
  public Reading<Migrations> migrations() {
    return readings.migrations();
  }

  /**
   * Returns the tables with most dead rows.
   *
   * @return the tables
   */
  public Reading<TableHealth> tables() {
    return readings.tables();
  }

  /**
   * Returns indexes that do harm or nothing.
   *
   * @return the indexes
   */
  public Reading<IndexHealth> indexes() {
    return readings.indexes();
  }

  /**
   * Returns the statements that cost most since the previous snapshot. Without a previous one there
   * is no interval, and all-time figures only.
   *
   * @return the statements
   */
  public Reading<SlowQueries> slowQueries() {
    return readings.slowQueries();
  }

  Reading<StatementSet> statements() {
    return readings.statements();
  }

  /**
   * Counts what active sessions wait for, at this one moment.
   *
   * @return sessions by wait, such as {@code Lock: transactionid}; those that wait for nothing are
   *     under {@code running}; empty if the sessions could not be read
   */
  public Map<String, Integer> waits() {
    var waits = new TreeMap<String, Integer>();
    readings.sessions().toOptional().stream()
        .flatMap(sessions -> sessions.visible().stream())
        .filter(session -> session.state().equals(Session.ACTIVE))
        .forEach(
            session ->
                waits.merge(
                    session.waitEvent() == null ? "running" : session.waitEvent(),
                    1,
                    Integer::sum));
    return Collections.unmodifiableMap(waits);
  }

  /**
   * Returns when it was taken, by our clock.
   *
   * @return the moment of the first reading
   */
  public Instant takenAt() {
    return takenAt;
  }

  /**
   * Returns what follows from the readings.
   *
   * @return worst first
   */
  public List<Note> notes() {
    return notes;
  }

  /**
   * Returns what could not be looked at, or in part only.
   *
   * @return what, why, and the remedy
   */
  public List<NotChecked> notChecked() {
    return notChecked;
  }

  /**
   * Returns what it comes to.
   *
   * @return {@code PROBLEM} if a note is more than advice, else {@code UNKNOWN} if anything could
   *     not be looked at, else {@code OK}
   */
  public Verdict verdict() {
    return Verdict.rollUp(
        Stream.of(
                notes.stream().anyMatch(note -> note.severity() != Severity.INFO)
                    ? Verdict.PROBLEM
                    : Verdict.OK,
                notChecked.isEmpty() ? Verdict.OK : Verdict.UNKNOWN)
            .toList());
  }

  /** Returns all of it on a page of 24 lines of 100 characters, worst first. */
  @Override
  public String toString() {
    return SnapshotPage.of(this, source).toString();
  }
}
