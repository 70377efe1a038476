package com.hotdash.ops.examples.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.postgres.PgDiagnostics;
import com.hotdash.ops.procedure.DatabaseThresholds;
import com.hotdash.ops.resolution.Verification.Patience;
import com.hotdash.ops.runbook.RunbookBuilder;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.postgres.Hotdash;
import com.hotdash.ops.testkit.postgres.PgProxy;
import com.hotdash.ops.testkit.postgres.PgRole;
import com.hotdash.ops.testkit.postgres.PgServer;
import com.hotdash.ops.time.Time;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** HotDash's database on a real server, in real time, which says in its log what it was told. */
abstract class PgWorld implements World {
  private static final Pattern BY_US =
      Pattern.compile(".* hotdash_(app|ops)@.*LOG: .*?((?:CREATE|DROP) INDEX.*|ALTER ROLE.*)");
  private static final String LIMITS = "ALTER ROLE";
  private static final Pattern ENDED =
      Pattern.compile(
          ".*(terminating connection due to administrator command"
              + "|canceling statement due to user request).*");
  private static final Duration ANY_WAIT = Duration.ofSeconds(1);
  private static final Patience SHORT =
      new Patience(Duration.ofMillis(150), Duration.ofSeconds(2), Duration.ofMillis(50));

  final Hotdash hotdash = Shared.HOTDASH;
  final PgProxy proxy = PgProxy.start(hotdash.server());
  private final int logged = hotdash.server().logLines().size();
  private Duration lag = Duration.ZERO;
  private Duration skipped = Duration.ZERO;

  /** One server for all worlds: it stops with its process. */
  private static final class Shared {
    static final Hotdash HOTDASH =
        PgServer.builder().setting("log_statement", "ddl").start().createHotdash();
  }

  /** Returns the role that looks and acts. */
  abstract PgRole role();

  /** Returns the application's own pool, if there is one. */
  HikariDataSource pool() {
    return null;
  }

  static Hotdash shared() {
    return Shared.HOTDASH;
  }

  @Override
  public RunbookBuilder process(Life life) {
    life.onBegin(() -> arm(life));
    var time = new Time(() -> Time.SYSTEM.now().minus(lag), this::ticks, this::sleep);
    var pg = PgDiagnostics.builder().databaseUrl(Secret.of(proxy.url(role()))).time(time);
    var own = pool();
    var client = (own == null ? pg : pg.applicationPool(own)).build();
    return RunbookProcedures.builder()
        .database(client.port())
        .databaseThresholds(
            DatabaseThresholds.DEFAULT
                .withIdleInTransaction(Duration.ofMillis(1))
                .withLockWait(Duration.ZERO))
        .patience(SHORT)
        .time(new Time(Time.SYSTEM.clock(), this::ticks, this::sleep))
        .owns(client);
  }

  private void arm(Life life) {
    long before = proxy.statements();
    life.countWritesBy(() -> (int) (proxy.statements() - before));
    var moment = life.moment();
    if (moment.at() == Moment.At.WRITE) {
      proxy.failStatement(
          moment.number(), moment.before() ? PgProxy.Failure.CUT : PgProxy.Failure.LOSE_ANSWER);
    }
  }

  /** A limit that is set twice is set once; what was rolled back with its session leaves a line. */
  @Override
  public List<String> effects() {
    var effects = new ArrayList<String>();
    hotdash.server().logLines().stream()
        .skip(logged)
        .forEach(
            line -> {
              var told = BY_US.matcher(line);
              if (told.matches() && !(line.contains(LIMITS) && effects.contains(told.group(1)))) {
                effects.add(told.group(1));
              } else if (ENDED.matcher(line).matches()) {
                effects.add(line);
              }
            });
    return effects;
  }

  @Override
  public void pass(Duration time) {
    proxy.resume();
  }

  private synchronized long ticks() {
    return Time.SYSTEM.ticker().nanos() + skipped.toNanos();
  }

  /** Nothing is worth waiting for once all data is old. */
  private void sleep(Duration wait) throws InterruptedException {
    if (lag.isZero()) {
      Time.SYSTEM.sleeper().sleep(wait);
    } else {
      skip(ANY_WAIT);
    }
  }

  private synchronized void skip(Duration wait) {
    skipped = skipped.plus(wait);
  }

  @Override
  public void readOldData() {
    lag = Duration.ofHours(2);
  }

  static void await(String what, BooleanSupplier there) {
    var deadline = Time.SYSTEM.deadline(Duration.ofSeconds(10));
    while (!there.getAsBoolean()) {
      assertThat(deadline.expired()).as("waiting for %s", what).isFalse();
      assertThat(Time.SYSTEM.await(Duration.ofMillis(10))).isTrue();
    }
  }

  @Override
  public List<String> secrets() {
    return List.of(hotdash.app().password().reveal(), hotdash.ops().password().reveal());
  }

  @Override
  public void close() {
    proxy.close();
  }
}
