package com.hotdash.ops.database;

import com.hotdash.ops.database.LockForest.Blocker;
import com.hotdash.ops.database.LockForest.Kind;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A database as data: healthy until a test gives it an illness, and ready to be cured through its
 * control. Not thread-safe.
 */
public final class SickDatabase implements Database {
  /** The name that HotDash's own sessions give themselves. */
  public static final String WEB = "hotdash-web";

  /** Its clock, which is also ours. */
  public final ManualTime clock = new ManualTime();

  /** Its sessions, by process id, in the order in which they were added. */
  public final Map<Integer, Session> sessions = new LinkedHashMap<>();

  /** Who waits for whom: what cannot be found there waits for nobody. */
  public final List<Blocker> roots = new ArrayList<>();

  /** Those that wait themselves and hold up others. */
  public final List<Blocker> softBlockers = new ArrayList<>();

  /** What runs. */
  public final List<ServerMode.RunningChange> changes = new ArrayList<>();

  /** How far a connection gets. */
  public final List<EndpointProbe> probes = new ArrayList<>();

  /** What was done to it, such as {@code terminate 11}. */
  public final List<String> acts = new ArrayList<>();

  /** How many looks are open. */
  public final AtomicInteger openLooks = new AtomicInteger();

  private final Map<ReadingKey<?>, NotChecked> unread = new LinkedHashMap<>();

  /** When the server began. */
  public Instant startedAt = clock.now().minus(Duration.ofDays(40));

  /** What it calls itself, and which environment it says it belongs to. */
  public Estate.Part identity = new Estate.Part("database", "db.example.com:5432/hotdash", null);

  /** How far its clock is behind ours, as far as evidence tells. */
  public Duration lag = Duration.ofSeconds(30);

  /** How many sessions our role may not see. */
  public int hidden;

  /** The server's setting; 3 slots of it are reserved. */
  public int maxConnections = 103;

  /** How many client connections there are besides the sessions. */
  public int unseen;

  /** The limit of our role, if it has one. */
  public Capacity.@Nullable Quota role;

  /** What knows its password. */
  public Redactor redactor = Redactor.SHAPES;

  /** Whether it is a standby. */
  public boolean inRecovery;

  /** Whether it is read-only. */
  public boolean readOnly;

  /** What the application's pool says, if it was handed in. */
  public @Nullable ApplicationPool pool;

  /** Makes a healthy one, with a warm pool of five sessions. */
  public SickDatabase() {
    probes.add(reaching("DATABASE_URL", true));
    for (int pid = 1; pid <= 5; pid++) {
      idle(pid, Duration.ofMinutes(2));
    }
  }

  /** Adds an idle session of HotDash. */
  public SickDatabase idle(int pid, Duration since) {
    return add(pid, Session.IDLE, since, null, WEB, null);
  }

  /** Adds a session that runs a statement for so long, in a transaction as old. */
  public SickDatabase active(int pid, Duration since) {
    return add(pid, Session.ACTIVE, since, since, WEB, null);
  }

  /** Adds a session that is idle in a transaction for so long. */
  public SickDatabase idleInTransaction(int pid, Duration since) {
    return add(pid, Session.IDLE_IN_TRANSACTION, since, since, WEB, null);
  }

  /** Adds any session. */
  public SickDatabase add(
      int pid,
      String state,
      Duration since,
      @Nullable Duration transaction,
      String application,
      @Nullable String spared) {
    var id = new SessionId(pid, startedAt.plusSeconds(pid));
    sessions.put(
        pid,
        new Session(
            id,
            "hotdash",
            "hotdash",
            application,
            "10.0.0.9",
            state,
            clock.now().minus(since),
            transaction == null ? null : clock.now().minus(transaction),
            null,
            "select * from orders where id = ?",
            spared,
            null));
    return this;
  }

  /** Keeps our role from ending a session. */
  public SickDatabase outOfReach(int pid, String why) {
    sessions.computeIfPresent(
        pid,
        (ignored, it) ->
            new Session(
                it.id(),
                it.user(),
                it.database(),
                it.application(),
                it.client(),
                it.state(),
                it.stateSince(),
                it.transactionSince(),
                it.waitEvent(),
                it.query(),
                it.sparedBecause(),
                why));
    return this;
  }

  /** Lets sessions wait for one that waits for nobody. */
  public SickDatabase behind(Kind kind, int pid, Integer... waiters) {
    roots.add(new Blocker(kind, pid, label(kind, pid), List.of(waiters), List.of(waiters)));
    return this;
  }

  /** Lets sessions wait for one that waits itself. */
  public SickDatabase behindQueueHead(int pid, Integer... waiters) {
    var kind = Kind.WAITING_FOR_STRONG_LOCK;
    softBlockers.add(new Blocker(kind, pid, label(kind, pid), List.of(waiters), List.of(waiters)));
    return this;
  }

  /** Lets the first probe of an address fail. */
  public SickDatabase failing(String name, Stage stage, FailureKind kind, boolean pooled) {
    var failure = new ConnectFailure(kind, "53300", "FATAL: " + kind.label(), "do as we say");
    var probe =
        new EndpointProbe(
            name,
            "db.example.com:5432/hotdash",
            name.equals("DATABASE_URL"),
            pooled,
            null,
            List.of(
                new StageResult(Stage.PARSE, Duration.ZERO, null),
                new StageResult(stage, Duration.ofMillis(12), failure)));
    probes.removeIf(each -> each.name().equals(name));
    if (name.equals("DATABASE_URL")) {
      probes.add(0, probe);
    } else {
      probes.add(probe);
    }
    return this;
  }

  /** Lets nothing be read but how far a connection gets. */
  public SickDatabase nobodyGetsIn(Stage stage, FailureKind kind, boolean pooled) {
    failing("DATABASE_URL", stage, kind, pooled);
    for (var key :
        List.of(
            DatabaseLook.CAPACITY, DatabaseLook.SESSIONS, DatabaseLook.LOCKS, DatabaseLook.MODE)) {
      unreadable(key, Why.UNREACHABLE);
    }
    return this;
  }

  /** Lets one reading fail. */
  public SickDatabase unreadable(ReadingKey<?> key, Why why) {
    unread.put(key, new NotChecked(key.name(), why, "for the test", "let the test read it"));
    return this;
  }

  /** Makes readings again. */
  public SickDatabase readable() {
    unread.clear();
    return this;
  }

  /** An address that is reached. */
  public static EndpointProbe reaching(String name, boolean pooled) {
    return reaching(name, pooled, "hotdash since 2026-01-05T10:00:00Z");
  }

  /** An address at which a certain database answers. */
  public static EndpointProbe reaching(String name, boolean pooled, String server) {
    return new EndpointProbe(
        name,
        "db.example.com:5432/hotdash as hotdash",
        name.equals("DATABASE_URL"),
        pooled,
        server,
        List.of(
            new StageResult(Stage.PARSE, Duration.ZERO, null),
            new StageResult(Stage.RESOLVE, Duration.ofMillis(2), null),
            new StageResult(Stage.TCP, Duration.ofMillis(3), null),
            new StageResult(Stage.LOGIN, Duration.ofMillis(9), null),
            new StageResult(Stage.QUERY, Duration.ofMillis(1), null)));
  }

  @Override
  public Estate.Part identity() {
    return identity;
  }

  @Override
  public Redactor redactor() {
    return redactor;
  }

  @Override
  public DatabaseLook look(Deadline deadline) {
    openLooks.incrementAndGet();
    return new Eyes();
  }

  @Override
  public Control control() {
    return new SickHands(this);
  }

  private String label(Kind kind, int pid) {
    return kind == Kind.PREPARED_TRANSACTION
        ? "prepared transaction invoice-7 of hotdash"
        : "pid " + pid + " hotdash (" + WEB + ")";
  }

  private LockForest forest() {
    var standing = roots.stream().filter(this::stands).toList();
    var soft = softBlockers.stream().filter(this::stands).toList();
    long waiting =
        Stream.concat(standing.stream(), soft.stream())
            .flatMap(each -> each.allWaiters().stream())
            .distinct()
            .count();
    return new LockForest(standing, soft, (int) waiting);
  }

  /** A session blocks until it is gone or does something else; what has no session, for ever. */
  private boolean stands(Blocker blocker) {
    var session = sessions.get(blocker.pid());
    return switch (blocker.kind()) {
      case IDLE_IN_TRANSACTION -> session != null;
      case ACTIVE, WAITING_FOR_STRONG_LOCK ->
          session != null && !session.state().equals(Session.IDLE);
      default -> true;
    };
  }

  private final class Eyes implements DatabaseLook {
    private boolean closed;

    @Override
    public Reading<Connectivity> connectivity() {
      return reading(CONNECTIVITY, new Connectivity(probes));
    }

    @Override
    public Reading<Capacity> capacity() {
      var noLimit = new Capacity.Quota("hotdash", null, sessions.size());
      return reading(
          CAPACITY,
          new Capacity(
              maxConnections,
              3,
              0,
              sessions.size() + hidden + unseen,
              role == null ? noLimit : role,
              noLimit));
    }

    @Override
    public Reading<Sessions> sessions() {
      return reading(SESSIONS, new Sessions(List.copyOf(sessions.values()), hidden, clock.now()));
    }

    @Override
    public Reading<LockForest> locks() {
      return reading(LOCKS, forest());
    }

    @Override
    public Reading<ServerMode> mode() {
      return reading(MODE, new ServerMode("15.19", startedAt, inRecovery, readOnly, changes));
    }

    @Override
    public Reading<ApplicationPool> applicationPool() {
      return pool == null
          ? Reading.unread(
              new NotChecked(
                  APPLICATION_POOL.name(),
                  Why.NOT_CONFIGURED,
                  "not configured",
                  APPLICATION_POOL.remedy()))
          : reading(APPLICATION_POOL, pool);
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        openLooks.decrementAndGet();
      }
    }

    private <T> Reading<T> reading(ReadingKey<T> key, T value) {
      var obstacle = unread.get(key);
      return obstacle == null
          ? Reading.of(
              value,
              Evidence.of(key.name(), "test", clock.now()).withDataAt(clock.now().minus(lag)))
          : Reading.unread(obstacle);
    }
  }
}
