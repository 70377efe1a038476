package com.hotdash.ops.postgres;

import com.hotdash.ops.database.ConnectFailure;
import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.resolution.Locks;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Locks that hold among all processes that reach one database: session advisory locks, each on a
 * connection of its own that stays open until the lock is given back, and with which it ends.
 */
final class PgAdvisoryLocks implements Locks {
  // Below the two seconds after which the engine leaves a store behind.
  private static final Duration WITHIN = Duration.ofMillis(1_800);

  // NAMEDATALEN - 1, beyond which the server cuts.
  private static final int NAME_BYTES = 63;

  private static final String TRY = "select pg_try_advisory_lock(?)";

  // A 64-bit key shows as its two halves, with objsubid 1.
  private static final String GRANTED =
      """
      from pg_locks l
      where l.locktype = 'advisory' and l.granted and l.objsubid = 1
        and l.database = (select oid from pg_database where datname = current_database())
        and l.classid = ?::bigint::oid and l.objid = ?::bigint::oid
      """;

  // A server that ends idle sessions would end the lock; the setting came with version 14. One that
  // asks the network only after two hours, the default, would keep the lock of a machine that is no
  // more: so it notices within half a minute.
  private static final String STAY =
      """
      select set_config('application_name', ?, false),
        (select set_config(name, '0', false) from pg_settings where name = 'idle_session_timeout'),
        set_config('tcp_keepalives_idle', '10', false),
        set_config('tcp_keepalives_interval', '5', false),
        set_config('tcp_keepalives_count', '4', false)
      """;

  // A lock taken there would stay with the pooler's connection (facts/postgres.md §8).
  private static final ConnectFailure POOLER =
      new ConnectFailure(
          FailureKind.OTHER,
          null,
          "a pooler of which the address does not tell stands before the server: an advisory lock"
              + " needs a session of its own",
          "set DIRECT_URL to a direct address, past the pooler");

  private final Supplier<PgSight> sights;
  private final Time time;

  PgAdvisoryLocks(Supplier<PgSight> sights, Time time) {
    this.sights = sights;
    this.time = time;
  }

  @Override
  public Attempt tryAcquire(String resource, String holder) {
    var deadline = time.deadline(WITHIN);
    long key = key(resource);
    var sight = sights.get();
    var attempt = Optional.<Attempt>empty();
    try {
      var link = sight.link(deadline);
      if (link.hiddenPooler(deadline)) {
        throw new PgTrouble(Why.NOT_CONFIGURED, POOLER);
      }
      attempt = Optional.of(attempt(link, key, holder, deadline, sight));
      return attempt.get();
    } catch (PgTrouble e) {
      throw PgException.of("lock.acquire", e);
    } finally {
      if (attempt.filter(Attempt.Held.class::isInstance).isEmpty()) {
        sight.close();
      }
    }
  }

  private Attempt attempt(PgLink link, long key, String holder, Deadline deadline, PgSight sight)
      throws PgTrouble {
    if (link.read(deadline, connection -> taken(connection, key))) {
      link.read(deadline, connection -> stay(connection, holder));
      return new Held(link, key, sight);
    }
    try {
      return new Attempt.HeldBy(link.read(deadline, connection -> holder(connection, key)));
    } catch (PgTrouble e) {
      // That it is held is known, and an error would have the caller take another lock instead.
      return new Attempt.HeldBy("somebody whose name could not be read: " + e.failure());
    }
  }

  /** The same resource has the same key in every process and version of this library. */
  static long key(String resource) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update("hotdash-ops\n".getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest.digest(resource.getBytes(StandardCharsets.UTF_8))).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static boolean taken(Connection connection, long key) throws SQLException {
    try (var statement = connection.prepareStatement(PgLink.marked(TRY))) {
      statement.setLong(1, key);
      try (var rows = statement.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    }
  }

  private static boolean stay(Connection connection, String holder) throws SQLException {
    try (var statement = connection.prepareStatement(PgLink.marked(STAY))) {
      statement.setString(1, cut("hotdash-ops lock: " + holder));
      try (var rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static String cut(String name) {
    var text = new StringBuilder();
    int bytes = 0;
    for (int c : name.codePoints().toArray()) {
      bytes += Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > NAME_BYTES) {
        break;
      }
      text.appendCodePoint(c);
    }
    return text.toString();
  }

  private static String holder(Connection connection, long key) throws SQLException {
    var query =
        "select a.application_name as name, a.pid, a.backend_start as since "
            + GRANTED.replace(
                "from pg_locks l", "from pg_locks l join pg_stat_activity a on a.pid = l.pid");
    try (var statement = connection.prepareStatement(query)) {
      halves(statement, key);
      try (var rows = statement.executeQuery()) {
        return rows.next()
            ? "%s (pid %d since %s)"
                .formatted(
                    rows.getString("name").replaceFirst("^hotdash-ops lock: ", ""),
                    rows.getInt("pid"),
                    Rows.timeOf(rows, "since"))
            : "somebody who has given it back by now";
      }
    }
  }

  private static void halves(java.sql.PreparedStatement statement, long key) throws SQLException {
    statement.setLong(1, key >>> 32);
    statement.setLong(2, key & 0xFFFF_FFFFL);
  }

  /** A lock, and the connection that it hangs from. */
  private final class Held implements Attempt.Held {
    private final PgLink link;
    private final long key;
    private final PgSight sight;

    Held(PgLink link, long key, PgSight sight) {
      this.link = link;
      this.key = key;
      this.sight = sight;
    }

    @Override
    public synchronized boolean stillHeld() {
      try {
        return link.read(time.deadline(WITHIN), this::mine);
      } catch (PgTrouble e) {
        // A lock of which nobody can tell is lost to us, and the caller must not rely on it.
        return false;
      }
    }

    private boolean mine(Connection connection) throws SQLException {
      var query = "select 1 " + GRANTED + " and l.pid = pg_backend_pid()";
      try (var statement = connection.prepareStatement(query)) {
        halves(statement, key);
        try (var rows = statement.executeQuery()) {
          return rows.next();
        }
      }
    }

    @Override
    public void close() {
      sight.close();
    }
  }
}
