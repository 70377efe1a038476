package com.hotdash.ops.postgres;

import com.hotdash.ops.database.Capacity;
import com.hotdash.ops.database.LockForest.Blocker;
import com.hotdash.ops.database.ServerMode;
import com.hotdash.ops.database.Session;
import com.hotdash.ops.database.Sessions;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.postgres.Snapshot.Note;
import com.hotdash.ops.procedure.DatabaseThresholds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What follows from the readings of a snapshot. A pure function of them. */
final class SnapshotNotes {
  private static final DatabaseThresholds BOUNDS = DatabaseThresholds.DEFAULT;

  // A slot that nobody reads fills the disk: a gigabyte is an hour or a day of HotDash's writes.
  private static final long RETAINED_BYTES = 1L << 30;
  private static final Duration LAG = Duration.ofMinutes(1);

  private final Snapshot snapshot;
  private final List<Note> notes = new ArrayList<>();

  private SnapshotNotes(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  static List<Note> of(Snapshot snapshot) {
    var all = new SnapshotNotes(snapshot);
    all.unreachable();
    snapshot.capacity().toOptional().ifPresent(all::capacity);
    snapshot.locks().toOptional().ifPresent(all::locks);
    snapshot.sessions().toOptional().ifPresent(all::sessions);
    snapshot.mode().toOptional().ifPresent(all::mode);
    snapshot.longTransactions().toOptional().ifPresent(all::longTransactions);
    snapshot.counters().toOptional().ifPresent(all::counters);
    snapshot.replication().toOptional().ifPresent(all::replication);
    snapshot.wraparound().toOptional().ifPresent(all::wraparound);
    snapshot.migrations().toOptional().ifPresent(all::migrations);
    snapshot.tables().toOptional().ifPresent(all::tables);
    snapshot.indexes().toOptional().ifPresent(all::indexes);
    snapshot.slowQueries().toOptional().ifPresent(all::statements);
    return all.notes.stream().sorted(Comparator.comparing(Note::severity)).toList();
  }

  private void add(Severity severity, String text, String nextStep) {
    notes.add(new Note(severity, text, nextStep));
  }

  private void unreachable() {
    // The first reading needs nothing but a connection.
    snapshot
        .capacity()
        .obstacle()
        .filter(obstacle -> obstacle.why() == Why.UNREACHABLE)
        .ifPresent(
            obstacle ->
                add(Severity.CRITICAL, "no connection: " + obstacle.detail(), obstacle.remedy()));
  }

  private void capacity(Capacity capacity) {
    double share = (double) capacity.clientBackends() / Math.max(1, capacity.usable());
    if (capacity.free() == 0) {
      add(
          Severity.CRITICAL,
          "no slot is left: %d of %d usable"
              .formatted(capacity.clientBackends(), capacity.usable()),
          "see who holds them: connectionCount(); a larger pool makes it worse");
    } else if (share >= BOUNDS.fullAt()) {
      add(
          Severity.WARNING,
          "%d of %d usable slots are taken".formatted(capacity.clientBackends(), capacity.usable()),
          "see who holds them: connectionCount(); poolAdvice(…) gives the sizes that fit");
    }
    quota("database", capacity.database(), Severity.CRITICAL);
    // The application's role may be another one.
    quota("role", capacity.role(), Severity.WARNING);
  }

  private void quota(String kind, Capacity.Quota quota, Severity reached) {
    if (quota.limit() == null) {
      return;
    }
    double share = (double) quota.used() / Math.max(1, quota.limit());
    if (share >= BOUNDS.fullAt()) {
      add(
          quota.used() >= quota.limit() ? reached : Severity.WARNING,
          "%s %s has %d of its own %d connections"
              .formatted(kind, quota.name(), quota.used(), quota.limit()),
          "see who holds them: connectionCount(); the limit itself: ALTER "
              + kind.toUpperCase(Locale.ROOT)
              + " … CONNECTION LIMIT");
    }
  }

  private void locks(PgLocks locks) {
    if (locks.waiters().isEmpty()) {
      return;
    }
    var waited = locks.waiters().get(0).waited();
    boolean longEnough = waited == null || waited.compareTo(BOUNDS.lockWait()) >= 0;
    var roots = locks.forest().roots();
    var behind = roots.isEmpty() ? "" : ", behind " + label(roots.get(0));
    add(
        longEnough ? Severity.CRITICAL : Severity.INFO,
        "%d sessions wait for locks, the longest for %s%s"
            .formatted(
                locks.waiters().size(),
                waited == null ? "an unknown time" : ActiveQueries.age(waited),
                behind),
        "locks() shows the tree and the first cure");
  }

  private static String label(Blocker blocker) {
    return blocker.label() + " (holds up " + blocker.allWaiters().size() + ")";
  }

  private void sessions(Sessions sessions) {
    long idle =
        sessions.visible().stream()
            .filter(Session::idleInTransaction)
            .filter(each -> each.inStateFor(BOUNDS.idleInTransaction(), sessions.serverTime()))
            .count();
    if (idle > 0) {
      add(
          Severity.WARNING,
          "%d sessions have been idle in a transaction for %d min or longer"
              .formatted(idle, BOUNDS.idleInTransaction().toMinutes()),
          "find the missing commit; terminateIdleInTransaction(…) frees what they hold");
    }
  }

  private void mode(ServerMode mode) {
    if (mode.readOnly() && !mode.inRecovery()) {
      add(
          Severity.CRITICAL,
          "new transactions may not write (default_transaction_read_only)",
          "see whether the disk is full or somebody set it before unsetting it");
    }
    for (var change : mode.changes()) {
      add(
          change.waiting() ? Severity.WARNING : Severity.INFO,
          "a change runs%s: pid %d %s"
              .formatted(change.waiting() ? " and waits" : "", change.pid(), change.what()),
          "do not roll back or end it blindly; see locks()");
    }
  }

  private void longTransactions(LongTransactions found) {
    var oldest =
        found.transactions().stream()
            .filter(
                each -> each.open() != null && each.open().compareTo(BOUNDS.longTransaction()) >= 0)
            .toList();
    if (!oldest.isEmpty()) {
      var first = oldest.get(0);
      add(
          Severity.WARNING,
          "%d transactions have been open for %d min or longer; the oldest: %s %s"
              .formatted(
                  oldest.size(), BOUNDS.longTransaction().toMinutes(), first.id(), first.who()),
          "they keep dead rows from being cleaned up: longTransactions()");
    }
  }

  private void counters(DatabaseCounters all) {
    if (all.checksumFailures() != null && all.checksumFailures() > 0) {
      add(
          Severity.CRITICAL,
          all.checksumFailures() + " blocks on disk are damaged (checksum_failures)",
          "stop writing, call whoever runs the server, look at the last good backup");
    }
    var interval = snapshot.countersSincePrevious();
    if (interval != null && interval.deadlocks() > 0) {
      add(
          Severity.WARNING,
          interval.deadlocks() + " deadlocks since the previous snapshot",
          "the server's log names both statements");
    }
  }

  private void replication(Replication replication) {
    for (var slot : replication.slots()) {
      boolean bad = "unreserved".equals(slot.walStatus()) || "lost".equals(slot.walStatus());
      Long retained = slot.retainedBytes();
      if (bad || (!slot.active() && retained != null && retained >= RETAINED_BYTES)) {
        add(
            Severity.WARNING,
            "replication slot %s is %s and keeps %d MB of log%s"
                .formatted(
                    slot.name(),
                    slot.active() ? "active" : "inactive",
                    retained == null ? 0 : retained >> 20,
                    bad ? " (" + slot.walStatus() + ")" : ""),
            "bring its consumer back; dropping the slot breaks it for good");
      }
    }
    replication.standbys().stream()
        .filter(each -> each.lag() != null && each.lag().compareTo(LAG) >= 0)
        .forEach(
            each ->
                add(
                    Severity.WARNING,
                    "standby " + each.name() + " lags by " + ActiveQueries.age(each.lag()),
                    "look at its load and its network before reading from it"));
  }

  private void wraparound(Wraparound wraparound) {
    wraparound.oldest().stream()
        .filter(wraparound::behind)
        .limit(1)
        .forEach(
            each ->
                add(
                    wraparound.urgent(each) ? Severity.CRITICAL : Severity.WARNING,
                    "vacuum does not keep up with transaction ids: " + each,
                    "longTransactions() shows what holds it back; then VACUUM (FREEZE) it"));
  }

  private void migrations(Migrations migrations) {
    for (var open : migrations.open()) {
      add(
          Severity.WARNING,
          "Prisma migration %s began at %s and did not end%s"
              .formatted(
                  open.name(), open.startedAt(), open.error().isEmpty() ? "" : ": " + open.error()),
          "if none runs (see locks()): prisma migrate resolve; later ones are refused till then");
    }
  }

  private void tables(TableHealth health) {
    if (!health.autovacuum()) {
      add(Severity.WARNING, "autovacuum is off", "ALTER SYSTEM SET autovacuum = on, and reload");
    }
    var behind = health.tables().stream().filter(TableHealth.Table::behind).toList();
    if (!behind.isEmpty()) {
      var worst = behind.get(0);
      add(
          Severity.WARNING,
          "vacuum is behind on %d tables; the worst: %s with %d dead rows beside %d live ones"
              .formatted(behind.size(), worst.name(), worst.deadRows(), worst.liveRows()),
          "end what holds it back (longTransactions()), then VACUUM (ANALYZE) " + worst.name());
    }
  }

  private void indexes(IndexHealth health) {
    for (var invalid : health.invalid()) {
      if (!invalid.beingBuilt()) {
        add(
            Severity.WARNING,
            "index %s on %s is invalid: a build failed%s"
                .formatted(
                    invalid.name(),
                    invalid.table(),
                    invalid.paidFor() ? "; writes pay for it" : ""),
            "DROP INDEX CONCURRENTLY " + invalid.name() + "; and build it again");
      }
    }
    for (var same : health.duplicates()) {
      add(
          Severity.INFO,
          "indexes on %s are the same: %s".formatted(same.table(), String.join(", ", same.names())),
          "one is enough; keep the one that a constraint needs");
    }
    if (!health.unused().isEmpty()) {
      long bytes = health.unused().stream().mapToLong(IndexHealth.Unused::bytes).sum();
      add(
          Severity.INFO,
          "%d indexes of %d MB were never used here%s"
              .formatted(
                  health.unused().size(),
                  bytes >> 20,
                  health.since() == null ? "" : " since " + health.since()),
          "advice only: look at standbys and rare reports before dropping any");
    }
  }

  private void statements(SlowQueries slow) {
    slow.advice()
        .forEach(
            each ->
                add(
                    Severity.INFO,
                    "an index seems to be missing, " + each.summary(),
                    "slowQueries().advice() has the SQL"));
    slow.caveats()
        .forEach(each -> add(Severity.INFO, "statistics of statements: " + each, "look again"));
  }
}
