package com.hotdash.ops.benchmarks;

import com.hotdash.ops.postgres.PgDiagnostics;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.postgres.Hotdash;
import com.hotdash.ops.testkit.postgres.LockPileUp;
import com.hotdash.ops.testkit.postgres.PgServer;
import com.hotdash.ops.time.Time;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What a look at PostgreSQL costs, on a real server with 1,000 tables, 3,000 indexes and 5,000
 * statements in its statistics.
 */
public final class PostgresRun {
  private static final int TABLES = 1_000;
  private static final int SHAPES = 5;
  private static final int CLIENTS = 40;
  private static final int TIMES = 15;
  private static final int PAIRS = 9;
  private static final Duration SPAN = Duration.ofSeconds(10);

  private PostgresRun() {}

  /**
   * Runs all four measurements and prints them.
   *
   * @param args none
   * @throws InterruptedException if interrupted
   * @throws ExecutionException if one of the clients that load the server failed
   */
  public static void main(String[] args) throws InterruptedException, ExecutionException {
    try (var server =
        PgServer.builder()
            .setting("max_connections", "300")
            .setting("shared_preload_libraries", "pg_stat_statements")
            .setting("pg_stat_statements.max", "6000")
            .start()) {
      var hotdash = server.createHotdash();
      fill(hotdash);
      var url = Secret.of(hotdash.ops().url());
      try (var diagnostics = PgDiagnostics.builder().databaseUrl(url).guardian().build()) {
        diagnostics.guard();
        var first = diagnostics.snapshot();
        print("incident core (slots, sessions, locks, mode)", () -> core(diagnostics));
        print("whole snapshot with conclusions", () -> diagnostics.snapshot(first));
        processorTime(hotdash, () -> diagnostics.snapshot(first));
        try (var pileUp = LockPileUp.start(hotdash.app(), 198)) {
          System.out.println(pileUp.pids().size() - 1 + " sessions wait");
          print("lock graph", diagnostics::locks);
        }
        throughput(hotdash, diagnostics);
        var last = diagnostics.snapshot(first);
        if (!last.notChecked().isEmpty()) {
          throw new IllegalStateException("not everything was read: " + last.notChecked());
        }
      }
    }
  }

  private static void fill(Hotdash hotdash) {
    var ddl = new ArrayList<String>();
    ddl.add("create extension pg_stat_statements");
    for (int i = 0; i < TABLES; i++) {
      ddl.add("create table t" + i + " (id int primary key, a int, b int, c text)");
      ddl.add("create index on t" + i + " (a)");
      ddl.add("create index on t" + i + " (b, a)");
    }
    hotdash.database().sql(ddl.toArray(String[]::new));
    var statements = new ArrayList<String>();
    for (int i = 0; i < TABLES; i++) {
      for (int shape = 1; shape <= SHAPES; shape++) {
        statements.add(
            "select " + "1, ".repeat(shape) + "a, b, c from t" + i + " where a = 7 and b > 3");
      }
    }
    hotdash.database().sql(statements.toArray(String[]::new));
    System.out.printf(
        "PostgreSQL %s: %d tables, %d indexes, %d statements%n",
        hotdash.server().version(),
        hotdash.database().number("select count(*) from pg_stat_user_tables"),
        hotdash.database().number("select count(*) from pg_stat_user_indexes"),
        hotdash.database().number("select count(*) from pg_stat_statements"));
  }

  private static void core(PgDiagnostics diagnostics) {
    try (var look = diagnostics.port().look(Time.SYSTEM.deadline(Duration.ofSeconds(10)))) {
      if (look.capacity().toOptional().isEmpty()
          || look.sessions().toOptional().isEmpty()
          || look.locks().toOptional().isEmpty()
          || look.mode().toOptional().isEmpty()) {
        throw new IllegalStateException("a reading failed");
      }
    }
  }

  /** What one costs both sides, which a busy machine changes little: Linux only. */
  private static void processorTime(Hotdash hotdash, Runnable snapshot) {
    long pid =
        hotdash
            .database()
            .number("select pid from pg_stat_activity where application_name = 'hotdash-ops'");
    var backend = ProcessHandle.of(pid).flatMap(each -> each.info().totalCpuDuration());
    var threads = ManagementFactory.getThreadMXBean();
    long own = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < TIMES; i++) {
      snapshot.run();
    }
    double ours = (threads.getCurrentThreadCpuTime() - own) / 1e6 / TIMES;
    var after = ProcessHandle.of(pid).flatMap(each -> each.info().totalCpuDuration());
    if (backend.isPresent() && after.isPresent()) {
      double server = after.get().minus(backend.get()).toNanos() / 1e6 / TIMES;
      System.out.printf(
          "processor time of a snapshot: server %.1f ms, ours %.1f ms; every 5 s that is %.1f %% of"
              + " one core%n",
          server, ours, (server + ours) / 50);
    }
  }

  private static void print(String what, Runnable work) {
    for (int i = 0; i < TIMES; i++) {
      work.run();
    }
    var took = new long[TIMES];
    for (int i = 0; i < TIMES; i++) {
      long start = System.nanoTime();
      work.run();
      took[i] = System.nanoTime() - start;
    }
    Arrays.sort(took);
    System.out.printf(
        "%s: median %.1f ms, quickest %.1f, slowest %.1f%n",
        what, took[TIMES / 2] / 1e6, took[0] / 1e6, took[TIMES - 1] / 1e6);
  }

  private static void throughput(Hotdash hotdash, PgDiagnostics diagnostics)
      throws InterruptedException, ExecutionException {
    var uses = new AtomicLong();
    var stop = new AtomicBoolean();
    var clients = Executors.newFixedThreadPool(CLIENTS);
    var running = new ArrayList<Future<Long>>();
    for (int i = 0; i < CLIENTS; i++) {
      running.add(clients.submit(() -> load(hotdash, uses, stop)));
    }
    try {
      TimeUnit.SECONDS.sleep(3);
      var lost = new double[PAIRS];
      double without = 0;
      for (int pair = 0; pair < PAIRS; pair++) {
        // Which comes first changes, so that a machine that slows down hits both.
        double first = span(uses, pair % 2 == 0 ? null : diagnostics);
        double second = span(uses, pair % 2 == 0 ? diagnostics : null);
        double plain = pair % 2 == 0 ? first : second;
        lost[pair] = 100 * (plain - (pair % 2 == 0 ? second : first)) / plain;
        without += plain;
      }
      Arrays.sort(lost);
      System.out.printf(
          "%d clients: %.0f statements/s without; a snapshot every 5 s loses, in %d pairs of %d s:"
              + " median %.1f %%, quartiles %.1f and %.1f%n",
          CLIENTS,
          without / PAIRS,
          PAIRS,
          SPAN.toSeconds(),
          lost[PAIRS / 2],
          lost[PAIRS / 4],
          lost[3 * PAIRS / 4]);
    } finally {
      stop.set(true);
      clients.shutdown();
    }
    for (var client : running) {
      // A client that failed did not load the server.
      client.get();
    }
  }

  private static double span(AtomicLong uses, @Nullable PgDiagnostics by)
      throws InterruptedException {
    long start = System.nanoTime();
    long before = uses.get();
    for (int half = 0; half < 2; half++) {
      long began = System.nanoTime();
      if (by != null) {
        by.snapshot();
      }
      long left = SPAN.toNanos() / 2 - (System.nanoTime() - began);
      TimeUnit.NANOSECONDS.sleep(left);
    }
    return (uses.get() - before) / ((System.nanoTime() - start) / 1e9);
  }

  private static long load(Hotdash hotdash, AtomicLong uses, AtomicBoolean stop)
      throws SQLException {
    long n = 0;
    var server = hotdash.server();
    var url = "jdbc:postgresql://%s:%d/hotdash".formatted(server.host(), server.port());
    try (Connection connection =
            DriverManager.getConnection(
                url, hotdash.app().name(), hotdash.app().password().reveal());
        var statement =
            connection.prepareStatement("select status, total from orders where id = ?")) {
      while (!stop.get()) {
        statement.setLong(1, 1 + n % Hotdash.ROWS);
        try (var row = statement.executeQuery()) {
          row.next();
        }
        n++;
        uses.incrementAndGet();
      }
    }
    return n;
  }
}
