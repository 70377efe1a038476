package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.database.ConnectFailure;
import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A build is waited for as long as it goes on, and no longer. */
class BuildWatchIT {
  private static final Executor THREADS = Executors.newCachedThreadPool(BuildWatchIT::daemon);
  private static final Duration EVERY = Duration.ofMillis(50);
  private final PgTrouble cutOff =
      PgTrouble.of(new ConnectFailure(FailureKind.CLOSED_BY_PEER, null, "cut", "look"));

  private final Deadline deadline = Time.SYSTEM.deadline(Duration.ofSeconds(30));

  /** An executor whose threads are all busy takes the work and never begins it. */
  @Test
  void run_noThreadEverFree_isMadeByTheCaller() throws Exception {
    var by = new Thread[1];
    try (var client = Clients.open(Servers.of(15).ops(), "builder");
        var watch = watch(work -> {}, progress -> {})) {
      var trouble =
          watch.run(() -> by[0] = Thread.currentThread(), backend(client), () -> {}, deadline);

      assertThat(trouble).isNull();
      assertThat(by[0]).isSameAs(Thread.currentThread());
    }
  }

  /** A way that drops idle connections swallows the answer; the second connection sees it all. */
  @Test
  void run_serverIsDoneAndNoAnswerComes_isCut() throws Exception {
    var cut = new CountDownLatch(1);
    try (var client = Clients.open(Servers.of(15).ops(), "builder");
        var watch = watch(THREADS, progress -> {})) {
      var trouble =
          watch.run(
              () -> {
                await(cut);
                throw cutOff;
              },
              backend(client),
              cut::countDown,
              deadline);

      assertThat(trouble).isSameAs(cutOff);
    }
  }

  /** As long as it works nothing is cut, whatever a listener does. */
  @Test
  void run_serverWorksAndTheListenerFails_isWaitedFor() throws Exception {
    var told = new CountDownLatch(1);
    var cut = new CountDownLatch(1);
    try (var scene = new ChangeScene(15)) {
      scene.table("sales", 10);
      scene.snapshot();
      var client = scene.hold(Clients.open(scene.hotdash().app(), "builder"));
      var backend = backend(client);
      try (var watch =
          new BuildWatch(
              () -> sight(scene.hotdash().app().url()),
              THREADS,
              progress -> {
                told.countDown();
                throw new IllegalArgumentException(progress);
              },
              EVERY)) {
        var trouble =
            watch.run(
                () -> {
                  var build =
                      new Thread(
                          () -> client.tryRun("create index concurrently on shop.sales (shop_id)"));
                  build.start();
                  await(told);
                  // Long enough for many looks.
                  assertThat(Time.SYSTEM.await(EVERY.multipliedBy(12))).isTrue();
                  assertThat(cut.getCount()).isOne();
                  scene.sql("select pg_cancel_backend(" + backend.pid() + ")");
                },
                backend,
                cut::countDown,
                deadline);

        assertThat(trouble).isNull();
      }
    }
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(work);
    thread.setDaemon(true);
    return thread;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Backend backend(Clients client) {
    var start =
        client.text(
            "select to_char(backend_start at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
                + " from pg_stat_activity where pid = pg_backend_pid()");
    return new Backend(client.pid(), OffsetDateTime.parse(start).toInstant());
  }

  private static BuildWatch watch(Executor executor, Consumer<String> listener) {
    return new BuildWatch(() -> sight(Servers.of(15).ops().url()), executor, listener, EVERY);
  }

  private static PgSight sight(String url) {
    var address = new PgAddress("DATABASE_URL", com.hotdash.ops.secret.Secret.of(url), true);
    return new PgSight(
        new PgEntrance(List.of(address), new PgProbe(Time.SYSTEM, THREADS), Time.SYSTEM),
        Time.SYSTEM);
  }
}
