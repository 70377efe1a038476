package com.hotdash.ops.postgres;

import com.hotdash.ops.database.ApplicationPool;
import com.hotdash.ops.database.Database;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.Session;
import com.hotdash.ops.database.SessionId;
import com.hotdash.ops.database.SessionSteps;
import com.hotdash.ops.database.Sessions;
import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.error.Fault;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.resolution.Locks;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.statuspage.StatusPage;
import com.hotdash.ops.statuspage.StatusPages;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what is wrong with a PostgreSQL server's connections, and ends sessions safely.
 *
 * <p>Each call opens one plain connection of its own, tries each address once at most, reads in
 * read-only transactions with a statement timeout of 2 s and a lock timeout of 100 ms, and closes
 * the connection again. It never keeps a pool, takes no lock on a table, and leaves nothing in the
 * database. Readings go over the direct address if there is one, else or if that fails over the
 * application's own.
 *
 * <p>Thread-safe: make one and share it. {@link #close} stops the threads it made; an executor or
 * pool that was handed in stays the caller's.
 */
public final class PgDiagnostics implements AutoCloseable {
  private final List<PgAddress> preferred;
  private final @Nullable HikariDataSource pool;
  private final Time time;
  private final Duration callTimeout;
  private final int maxSessions;
  private final @Nullable ExecutorService owned;
  private final PgProbe prober;
  private final StatusPages supabase;

  private PgDiagnostics(Builder builder, List<PgAddress> preferred) {
    this.preferred = preferred;
    this.pool = builder.applicationPool;
    this.time = builder.time;
    this.callTimeout = builder.callTimeout;
    this.maxSessions = builder.maxSessions;
    this.owned = builder.executor == null ? OwnThreads.make() : null;
    this.prober = new PgProbe(time, builder.executor == null ? owned(owned) : builder.executor);
    this.supabase =
        StatusPages.builder()
            .page(SupabaseStatus.NAME, builder.supabaseStatusAddress)
            .time(time)
            .build();
  }

  private static Executor owned(@Nullable ExecutorService executor) {
    if (executor == null) {
      throw new IllegalStateException("either the caller's executor or our own");
    }
    return executor;
  }

  /**
   * Begins a description.
   *
   * @return an empty builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Opens a fresh connection to each address and sends {@code SELECT 1}, one login each; a password
   * that was refused at one is not tried at the other. Does not throw: what failed is in the
   * result.
   *
   * @return how far each got, stage by stage, with times
   */
  public ConnectionTest selectOne() {
    return new ConnectionTest(entrance().probeRest(deadline()));
  }

  /**
   * Counts the connected clients by state, user and application. Without {@code pg_monitor} the
   * states of other roles' sessions are hidden, and the result says how many.
   *
   * @return the counts
   * @throws PgUnavailableException if no connection could be had
   * @throws PgStatementException if the reading failed or took too long
   */
  public ConnectionCount connectionCount() {
    return use(
        "connections.count",
        (sight, deadline) -> {
          var link = sight.link(deadline);
          return link.read(deadline, connection -> ConnectionCount.read(connection, link));
        });
  }

  /**
   * Reads how many connections there may be, with all that is subtracted from it.
   *
   * @return the limits and the connections
   * @throws PgUnavailableException if no connection could be had; its kind tells if that was the
   *     limit
   * @throws PgStatementException if the reading failed or took too long
   */
  public MaxConnections maxConnections() {
    return use(
        "connections.max",
        (sight, deadline) -> {
          var link = sight.link(deadline);
          var capacity = value(CapacityReading.of(link, deadline));
          return new MaxConnections(
              capacity, link.pooled(), link.source("pg_settings, pg_stat_activity"));
        });
  }

  /**
   * Reads the statements that run now and who holds them up. Without {@code pg_monitor} other
   * roles' statements are hidden, and the result says of how many sessions.
   *
   * @return the statements, oldest first, values masked
   * @throws PgUnavailableException if no connection could be had
   * @throws PgStatementException if a reading failed or took too long
   */
  public ActiveQueries activeQueries() {
    return use(
        "queries.active",
        (sight, deadline) -> {
          var link = sight.link(deadline);
          var sessions = value(SessionsReading.of(link, maxSessions, deadline));
          var forest = link.read(deadline, LockRows::read);
          return ActiveQueries.of(
              sessions, blockers(forest.graph), link.source("pg_stat_activity, pg_locks"));
        });
  }

  private static Map<Integer, List<Integer>> blockers(LockGraph graph) {
    var blockers = new HashMap<Integer, List<Integer>>();
    for (int blocker : graph.blockers()) {
      for (int waiter : graph.direct(blocker)) {
        blockers.computeIfAbsent(waiter, none -> new ArrayList<>()).add(Math.max(0, blocker));
      }
    }
    return blockers;
  }

  /**
   * Ends sessions that have been idle outside a transaction, oldest first, at most 20 in one call.
   * Rarely a cure: a pool opens them again at once, and {@link #terminateIdleInTransaction} is what
   * frees locks. Protected kinds are spared, and a session that does anything meanwhile is left
   * alone. A session that may not be ended does not keep the others.
   *
   * @param olderThan how long they must have been idle at least, more than zero
   * @return what became of each
   * @throws IllegalArgumentException if {@code olderThan} is zero or negative
   * @throws PgUnavailableException if no connection could be had
   * @throws PgStatementException if the sessions could not be read
   */
  public TerminationResult terminateIdle(Duration olderThan) {
    return terminate("sessions.terminateIdle", olderThan, s -> s.state().equals(Session.IDLE));
  }

  /**
   * Ends sessions that keep a transaction open and do nothing, oldest first, at most 20 in one
   * call; their transactions are rolled back. Protected kinds are spared, and a session that does
   * anything meanwhile is left alone. A session that may not be ended does not keep the others.
   *
   * @param olderThan how long they must have done nothing at least, more than zero
   * @return what became of each
   * @throws IllegalArgumentException if {@code olderThan} is zero or negative
   * @throws PgUnavailableException if no connection could be had
   * @throws PgStatementException if the sessions could not be read
   */
  public TerminationResult terminateIdleInTransaction(Duration olderThan) {
    return terminate("sessions.terminateIdleInTransaction", olderThan, Session::idleInTransaction);
  }

  private TerminationResult terminate(
      String operation, Duration olderThan, Predicate<Session> chosen) {
    Builder.requirePositive(olderThan, "olderThan");
    return use(
        operation,
        (sight, deadline) -> {
          Sessions sessions =
              value(SessionsReading.of(sight.link(deadline), maxSessions, deadline));
          return new Termination(new PgControl(sight), deadline)
              .endAll(sessions, chosen, olderThan);
        });
  }

  /**
   * Ends the statement that a session runs now; the session stays. Protected kinds are spared.
   *
   * @param session which session
   * @return what became of it; {@code MOVED} if it is gone or runs nothing
   */
  public StepOutcome cancel(SessionId session) {
    return end(SessionSteps.CANCEL, session);
  }

  /**
   * Ends a session; its open transaction is rolled back. Protected kinds are spared.
   *
   * @param session which session
   * @return what became of it; {@code MOVED} if it is gone
   */
  public StepOutcome terminate(SessionId session) {
    return end(SessionSteps.TERMINATE, session);
  }

  private StepOutcome end(String kind, SessionId session) {
    try (var control = control()) {
      return new Termination(control, deadline()).end(kind, session);
    }
  }

  /**
   * Reads the application's own pool. Sends nothing to the database.
   *
   * @return the pool's figures
   * @throws ConfigurationException if no pool was handed in, or nobody has borrowed from it yet
   */
  public ApplicationPool applicationPool() {
    var reading = poolReading().read();
    return reading
        .toOptional()
        .orElseThrow(() -> PoolMissing.exception(reading.obstacle().orElseThrow()));
  }

  /**
   * Tells for each address what works, which role we are there, which right is missing, and the SQL
   * that grants it. Does not throw: what failed is in the result.
   *
   * @return one answer for each address
   */
  public PgAccess checkAccess() {
    return new PgAccessChecking(preferred, prober, time).run(deadline());
  }

  /**
   * Returns the database as the runbook asks for it. Sharing one is fine.
   *
   * @return the port, which lives as long as this
   */
  public Database port() {
    return new PgPort(this);
  }

  /**
   * Returns locks that hold among all processes that reach this database: session advisory locks,
   * each on a connection of its own, with which it ends. Trying one ends within 1.8 s. Needs no
   * right beyond the login.
   *
   * @return the locks, which live as long as this
   * @throws ConfigurationException if no address keeps a session from one statement to the next
   */
  public Locks advisoryLocks() {
    var able = preferred.stream().filter(PgDiagnostics::keepsSession).toList();
    if (able.isEmpty()) {
      throw new ConfigurationException(
          Fault.of(
                  "postgres",
                  "locks",
                  "a transaction pooler keeps no session, and an advisory lock with it")
              .withNextStep("set DIRECT_URL to a direct or session address"));
    }
    return new PgAdvisoryLocks(() -> new PgSight(new PgEntrance(able, prober, time), time), time);
  }

  private static boolean keepsSession(PgAddress address) {
    return PgUrl.parse(address.url(), address.name()).kind().keepsSession();
  }

  /**
   * Returns a journal in a table of this database. Opens nothing.
   *
   * @return the journal; the caller closes it
   */
  public PgJournal journal() {
    return new PgJournal(
        this::sight, time, "table hotdash_ops.journal of " + identity().identity());
  }

  /** Each address as a whole, which nobody needs to see in one piece, and the secrets in it. */
  List<Secret> secrets() {
    return preferred.stream()
        .flatMap(each -> Stream.concat(Stream.of(each.url()), secretsIn(each).stream()))
        .toList();
  }

  private static List<Secret> secretsIn(PgAddress address) {
    try {
      return PgUrl.parse(address.url(), address.name()).secrets();
    } catch (ConfigurationException e) {
      // What is wrong with it is a finding, made when somebody looks.
      return List.of();
    }
  }

  Estate.Part identity() {
    var address = preferred.get(preferred.size() - 1);
    String identity;
    try {
      identity = PgUrl.parse(address.url(), address.name()).identity();
    } catch (ConfigurationException e) {
      // Why it can't be understood comes with the connectivity.
      identity = address.name() + " is not understood";
    }
    return new Estate.Part("database", identity, null);
  }

  DatabaseLook look(Deadline deadline) {
    return new PgLook(sight(), poolReading(), maxSessions, deadline);
  }

  Control control() {
    return new PgControl(sight());
  }

  private ApplicationPoolReading poolReading() {
    return new ApplicationPoolReading(pool, time);
  }

  private PgEntrance entrance() {
    return new PgEntrance(preferred, prober, time);
  }

  /**
   * Returns Supabase's own status page. Weak evidence: it lags the trouble, and that it says
   * nothing clears nobody. It is asked only when read, without credentials.
   *
   * @return the page; closed with this
   */
  public StatusPage supabase() {
    return supabase.page(SupabaseStatus.NAME);
  }

  private PgSight sight() {
    return new PgSight(entrance(), time);
  }

  private Deadline deadline() {
    return time.deadline(callTimeout);
  }

  @FunctionalInterface
  private interface Use<T> {
    T of(PgSight sight, Deadline deadline) throws PgTrouble;
  }

  private <T> T use(String operation, Use<T> use) {
    try (var sight = sight()) {
      return use.of(sight, deadline());
    } catch (PgTrouble e) {
      throw PgException.of(operation, e);
    }
  }

  private static <T> T value(Reading<T> reading) {
    return reading.toOptional().orElseThrow(() -> new IllegalStateException("readings throw"));
  }

  /** Stops the threads that this made. Calls under way end by their own limits. */
  @Override
  public void close() {
    if (owned != null) {
      owned.shutdown();
    }
    supabase.close();
  }

  /** Describes how a database is to be looked at. Not thread-safe. */
  public static final class Builder {
    private @Nullable Secret databaseUrl;
    private @Nullable Secret directUrl;
    private @Nullable HikariDataSource applicationPool;
    private Time time = Time.SYSTEM;
    private Duration callTimeout = Duration.ofSeconds(10);
    private int maxSessions = 1_000;
    private @Nullable Executor executor;
    private String supabaseStatusAddress = SupabaseStatus.ADDRESS;

    private Builder() {}

    /**
     * Sets the address that the application uses, as its {@code DATABASE_URL} holds it. One that
     * cannot be understood is not refused here: it is a finding.
     *
     * @param url the address with its password
     * @return this builder
     */
    public Builder databaseUrl(Secret url) {
      this.databaseUrl = url;
      return this;
    }

    /**
     * Sets the address of the server itself, past any pooler, as {@code DIRECT_URL} holds it.
     * Readings prefer it.
     *
     * @param url the address with its password
     * @return this builder
     */
    public Builder directUrl(Secret url) {
      this.directUrl = url;
      return this;
    }

    /**
     * Sets the application's own pool, to read its figures. It stays the caller's, and nothing is
     * borrowed from it.
     *
     * @param pool the pool
     * @return this builder
     */
    public Builder applicationPool(HikariDataSource pool) {
      this.applicationPool = pool;
      return this;
    }

    /**
     * Sets the time to go by. Default: the system's.
     *
     * @param time clock, ticker and sleeper
     * @return this builder
     */
    public Builder time(Time time) {
      this.time = time;
      return this;
    }

    /**
     * Limits one call from name lookup to the last answer. Default 10 s. A look or a control goes
     * by the deadline that it is given.
     *
     * @param callTimeout the limit, more than zero
     * @return this builder
     * @throws IllegalArgumentException if {@code callTimeout} is zero or negative
     */
    public Builder callTimeout(Duration callTimeout) {
      this.callTimeout = requirePositive(callTimeout, "callTimeout");
      return this;
    }

    /**
     * Limits how many sessions are read in full; those beyond are counted only. Default 1,000; idle
     * ones are left out first.
     *
     * @param maxSessions the limit, 1 to 10,000
     * @return this builder
     * @throws IllegalArgumentException if {@code maxSessions} is out of range
     */
    public Builder maxSessions(int maxSessions) {
      if (maxSessions < 1 || maxSessions > 10_000) {
        throw new IllegalArgumentException("maxSessions is 1 to 10,000, not " + maxSessions);
      }
      this.maxSessions = maxSessions;
      return this;
    }

    /**
     * Sets where name look-ups and logins run, which cannot be interrupted: a server that does not
     * answer may hold a thread until its limits pass. Default: at most 8 daemon threads, made when
     * needed.
     *
     * @param executor the caller's executor, which stays open
     * @return this builder
     */
    public Builder executor(Executor executor) {
      this.executor = executor;
      return this;
    }

    /**
     * Sets where Supabase's status page is. Default {@code https://status.supabase.com}.
     *
     * @param address the page, without credentials
     * @return this builder
     */
    public Builder supabaseStatusAddress(String address) {
      this.supabaseStatusAddress = address;
      return this;
    }

    /**
     * Makes the diagnostics. Opens nothing.
     *
     * @return the diagnostics
     * @throws IllegalStateException if neither address is set
     */
    public PgDiagnostics build() {
      var preferred = new ArrayList<PgAddress>();
      if (directUrl != null) {
        preferred.add(new PgAddress("DIRECT_URL", directUrl, false));
      }
      if (databaseUrl != null) {
        preferred.add(new PgAddress("DATABASE_URL", databaseUrl, true));
      }
      if (preferred.isEmpty()) {
        throw new IllegalStateException("neither databaseUrl nor directUrl is set");
      }
      return new PgDiagnostics(this, List.copyOf(preferred));
    }

    static Duration requirePositive(Duration value, String name) {
      if (value.isZero() || value.isNegative()) {
        throw new IllegalArgumentException(name + " must be more than zero, not " + value);
      }
      return value;
    }
  }
}
