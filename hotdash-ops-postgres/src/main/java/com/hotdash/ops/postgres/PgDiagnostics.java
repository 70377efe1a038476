package com.hotdash.ops.postgres;

import com.hotdash.ops.database.ApplicationPool;
import com.hotdash.ops.database.Database;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.SchemaReader;
import com.hotdash.ops.database.Session;
import com.hotdash.ops.database.SessionId;
import com.hotdash.ops.database.SessionSteps;
import com.hotdash.ops.database.Sessions;
import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.resolution.Locks;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.statuspage.StatusPage;
import com.hotdash.ops.statuspage.StatusPages;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Limits;
import com.hotdash.ops.time.Time;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
  private final PgAddresses addresses;
  private final PgReadings readings;
  private final @Nullable HikariDataSource pool;
  private final Time time;
  private final Duration callTimeout;
  private final int maxSessions;
  private final @Nullable ExecutorService owned;
  private final Executor executor;
  private final PgProbe prober;
  private final Duration lockWait;
  private final Consumer<String> buildProgress;
  private final @Nullable PgGuardian guardian;
  private final StatusPages supabase;

  private PgDiagnostics(Builder builder, List<PgAddress> preferred) {
    this.pool = builder.applicationPool;
    this.time = builder.time;
    this.callTimeout = builder.callTimeout;
    this.maxSessions = builder.maxSessions;
    this.owned = builder.executor == null ? OwnThreads.make() : null;
    this.executor = builder.executor == null ? owned(owned) : builder.executor;
    this.prober = new PgProbe(time, executor);
    this.lockWait = builder.lockWait;
    this.buildProgress = builder.buildProgress;
    this.guardian = builder.guardian ? new PgGuardian() : null;
    this.addresses = new PgAddresses(preferred, prober, time, guardian);
    this.readings = new PgReadings(addresses, time, callTimeout, maxSessions);
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
    return new ConnectionTest(addresses.entrance().probeRest(deadline()));
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
    return readings.connectionCount();
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
    return readings.maxConnections();
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
    return readings.activeQueries();
  }

  /**
   * Looks at the whole server over one connection: slots, sessions, locks, running changes, long
   * transactions, counters, replication, transaction ids, migrations, dead rows, indexes and
   * statements, in that order, each in a read-only transaction of its own. Does not throw: what
   * could not be read is listed, and keeps the verdict from {@code OK}. It takes about 0.1 s of the
   * server, twice that on a new connection (facts/postgres.md §6), and waits for no lock longer
   * than 100 ms.
   *
   * @return the snapshot; keep it, and the next one can tell what happened in between
   */
  public Snapshot snapshot() {
    return snapshot(null);
  }

  /**
   * Looks at the whole server as {@link #snapshot()} does, and compares with an earlier look: what
   * statements and the database did in between.
   *
   * @param previous an earlier snapshot of the same database
   * @return the snapshot
   */
  public Snapshot snapshot(@Nullable Snapshot previous) {
    try (var sight = addresses.sight()) {
      return new SnapshotTaking(sight, maxSessions, deadline(), previous).take();
    }
  }

  /**
   * Opens the guardian's connection if it is not open, and sees that it answers.
   *
   * @throws ConfigurationException if the builder was not told to keep one, or if the only way to
   *     the database is a pooler
   * @throws PgUnavailableException if no connection could be had
   */
  public void guard() {
    if (guardian == null) {
      throw new ConfigurationException(
          Fault.of("postgres", "guardian.open", "no guardian was asked for")
              .withNextStep("build with guardian()"));
    }
    boolean kept =
        readings.use(
            "guardian.open", (sight, deadline) -> guardian.accepts(sight.link(deadline), deadline));
    if (!kept) {
      throw new ConfigurationException(
          Fault.of("postgres", "guardian.open", "the address leads to a pooler")
              .withNextStep("set a direct address: DIRECT_URL past the pooler"));
    }
  }

  /**
   * Tells whether the application's pools fit into the server's slots, and what size would.
   *
   * @param machines how many machines the application runs on, 1 to 1,000
   * @param perMachine how many connections each may open, 1 to 1,000
   * @return the advice, with numbers
   * @throws IllegalArgumentException if a number is out of range
   * @throws PgUnavailableException if no connection could be had
   * @throws PgStatementException if the reading failed or took too long
   */
  public PoolAdvice poolAdvice(int machines, int perMachine) {
    if (machines < 1 || machines > 1_000 || perMachine < 1 || perMachine > 1_000) {
      throw new IllegalArgumentException(
          "machines and connections are 1 to 1,000, not %d and %d".formatted(machines, perMachine));
    }
    return readings.poolAdvice(machines, perMachine);
  }

  /**
   * Reads what statements do within the next three seconds, with {@link #slowQueries(int,
   * StatementOrder, Duration)}.
   *
   * @param most how many to show, 1 to 100
   * @param by by what they are ranked
   * @return the statements that cost most within the interval
   * @throws IllegalArgumentException if {@code most} is out of range
   * @throws PgUnavailableException if no connection could be had
   * @throws PgStatementException if the statistics are not there, or a reading failed
   */
  public SlowQueries slowQueries(int most, StatementOrder by) {
    return slowQueries(most, by, Duration.ofSeconds(3));
  }

  /**
   * Reads the server's statistics of statements twice and ranks the difference; between the two it
   * waits and keeps no transaction open. The statistics are {@code pg_stat_statements}, wherever it
   * is installed, and are never reset. For the five costliest statements of our own database it
   * looks whether an index is missing: by the server's plan if our role may read the tables, is no
   * superuser and goes past poolers, else by the text alone, which the advice says.
   *
   * @param most how many to show, 1 to 100
   * @param by by what they are ranked
   * @param window how long to wait between the readings, more than zero, at most a minute; the call
   *     may take so much longer than its limit
   * @return the statements that cost most within the interval
   * @throws IllegalArgumentException if {@code most} or {@code window} is out of range
   * @throws PgUnavailableException if no connection could be had
   * @throws PgStatementException if the statistics are not there, or a reading failed
   * @throws InterruptedOpsException if the thread was interrupted while it waited
   */
  public SlowQueries slowQueries(int most, StatementOrder by, Duration window) {
    Limits.positive(window, "window");
    if (most < 1 || most > 100 || window.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException(
          "slowQueries takes 1 to 100 statements and a window of up to a minute, not %d and %s"
              .formatted(most, window));
    }
    return readings.slowQueries(most, by, window);
  }

  /**
   * Reads who waits for which lock, and for whom. The server takes all partitions of its lock table
   * for a moment: look again after seconds, not all the time. Needs no right for the pairs; without
   * {@code pg_monitor} what the others do is hidden.
   *
   * @return the roots of all waiting, and those that wait
   * @throws PgUnavailableException if no connection could be had
   * @throws PgStatementException if the reading failed or took too long
   */
  public PgLocks locks() {
    return readings.locks();
  }

  /**
   * Reads the transactions that have been open for a minute or longer, with {@link
   * #longTransactions(Duration)}.
   *
   * @return the transactions, oldest first
   * @throws PgUnavailableException if no connection could be had
   * @throws PgStatementException if the reading failed or took too long
   */
  public LongTransactions longTransactions() {
    return longTransactions(Duration.ofMinutes(1));
  }

  /**
   * Reads the transactions that have been open for so long, and whatever else keeps old row
   * versions from being cleaned up. Without {@code pg_monitor} other roles' transactions show no
   * age, and the result says how many sessions are hidden.
   *
   * @param olderThan how long they must have been open at least, more than zero
   * @return the transactions, oldest first
   * @throws IllegalArgumentException if {@code olderThan} is zero or negative
   * @throws PgUnavailableException if no connection could be had
   * @throws PgStatementException if the reading failed or took too long
   */
  public LongTransactions longTransactions(Duration olderThan) {
    Limits.positive(olderThan, "olderThan");
    return readings.longTransactions(olderThan);
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
    Limits.positive(olderThan, "olderThan");
    return readings.use(
        operation,
        (sight, deadline) -> {
          Sessions sessions =
              PgReadings.value(SessionsReading.of(sight.link(deadline), maxSessions, deadline));
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
    return new PgAccessChecking(addresses.all(), prober, time).run(deadline());
  }

  /**
   * Returns the database as the runbook asks for it. Sharing one is fine.
   *
   * @return the port, which lives as long as this
   */
  public Database port() {
    return new PgPort(this, addresses);
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
    addresses.requireSession(
        "locks", "a transaction pooler keeps no session, and an advisory lock with it");
    return new PgAdvisoryLocks(addresses::sessionSight, time);
  }

  /**
   * Returns a journal in a table of this database. Opens nothing.
   *
   * @return the journal; the caller closes it
   */
  public PgJournal journal() {
    return new PgJournal(
        addresses::lastingSight,
        time,
        "table hotdash_ops.journal of " + addresses.identity().identity());
  }

  List<Secret> secrets() {
    return addresses.secrets();
  }

  DatabaseLook look(Deadline deadline) {
    return new PgLook(addresses.sight(), poolReading(), maxSessions, deadline);
  }

  Control control() {
    return new PgControls(
        addresses.sight(),
        new IndexControl(
            addresses::sessionSight,
            executor,
            time,
            lockWait,
            buildProgress,
            addresses.noneKeepsSession()),
        new PoolControl(pool, time));
  }

  SchemaReader schema() {
    return new PgSchema(
        addresses::sessionSight,
        new IndexTerms(lockWait, addresses.noneKeepsSession() ? addresses.leadingToPoolers() : ""));
  }

  private ApplicationPoolReading poolReading() {
    return new ApplicationPoolReading(pool, time);
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

  private Deadline deadline() {
    return time.deadline(callTimeout);
  }

  /** Stops the threads that this made. Calls under way end by their own limits. */
  @Override
  public void close() {
    if (owned != null) {
      owned.shutdown();
    }
    if (guardian != null) {
      guardian.close();
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
    private boolean guardian;
    private Duration lockWait = Duration.ofSeconds(10);
    private Consumer<String> buildProgress = progress -> {};
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
      this.callTimeout = Limits.positive(callTimeout, "callTimeout");
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
     * Sets where name look-ups, logins and builds of indexes run, which cannot be interrupted: a
     * server that does not answer may hold a thread until its limits pass, and a build holds one
     * until it is done. Default: at most 8 daemon threads, made when needed.
     *
     * @param executor the caller's executor, which stays open
     * @return this builder
     */
    public Builder executor(Executor executor) {
      this.executor = executor;
      return this;
    }

    /**
     * Keeps the connection of the last use open for the next one, so that there is one when the
     * server has no slot left; it holds one slot all the time. Call {@link PgDiagnostics#guard}
     * once while all is well. Default: not. Connections through a pooler are never kept: at a
     * session pooler one would take a place that the application needs.
     *
     * @return this builder
     */
    public Builder guardian() {
      this.guardian = true;
      return this;
    }

    /**
     * Limits how long the build or drop of an index waits for each lock and for each transaction
     * that is in its way. Past it the server gives up, and what the build has left is cleaned up.
     * Nobody who reads or writes waits behind it meanwhile. Default 10 s.
     *
     * @param limit the limit, more than zero
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is zero or negative
     */
    public Builder indexLockWait(Duration limit) {
      this.lockWait = Limits.positive(limit, "indexLockWait");
      return this;
    }

    /**
     * Sets who is told how far the build of an index is, about every 2 s, by the thread that waits
     * for it. Default: nobody; it is logged at DEBUG.
     *
     * @param listener gets lines such as {@code building index: scanning table (12 of 40 blocks)};
     *     must not throw
     * @return this builder
     */
    public Builder buildProgress(Consumer<String> listener) {
      this.buildProgress = listener;
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
  }
}
