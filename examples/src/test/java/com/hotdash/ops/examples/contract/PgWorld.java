package com.hotdash.ops.examples.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.database.Database;
import com.hotdash.ops.postgres.PgDiagnostics;
import com.hotdash.ops.procedure.DatabaseThresholds;
import com.hotdash.ops.resolution.Control;
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
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
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
  private static final Duration LATE = Duration.ofMillis(100);
  private static final Patience SHORT =
      new Patience(Duration.ofMillis(150), Duration.ofSeconds(2), Duration.ofMillis(50));

  final Hotdash hotdash = Shared.HOTDASH;
  final PgProxy proxy = PgProxy.start(hotdash.server());
  private final int logged = hotdash.server().logLines().size();
  private Duration lag = Duration.ZERO;

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
    var time =
        new Time(() -> Time.SYSTEM.now().minus(lag), Time.SYSTEM.ticker(), Time.SYSTEM.sleeper());
    var pg = PgDiagnostics.builder().databaseUrl(Secret.of(proxy.url(role()))).time(time);
    var own = pool();
    var client = (own == null ? pg : pg.applicationPool(own)).build();
    return RunbookProcedures.builder()
        .database(mortal(Database.class, client.port(), life))
        .databaseThresholds(
            DatabaseThresholds.DEFAULT
                .withIdleInTransaction(Duration.ofMillis(1))
                .withLockWait(Duration.ZERO))
        .patience(SHORT)
        .owns(client);
  }

  private void arm(Life life) {
    long before = proxy.statements();
    life.countWritesBy(() -> (int) (proxy.statements() - before));
    var moment = life.moment();
    if (moment.fate() == Moment.Fate.LOSS) {
      proxy.failStatement(
          moment.number(), moment.before() ? PgProxy.Failure.CUT : PgProxy.Failure.LOSE_ANSWER);
    }
  }

  /** The process can die around each thing that it asks of a control. */
  private static <T> T mortal(Class<T> type, T real, Life life) {
    var same =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().equals("control")) {
                return mortal(Control.class, (Control) call(method, real, arguments), life);
              }
              return method.getName().matches("observe|make|settle")
                  ? life.call(() -> call(method, real, arguments))
                  : call(method, real, arguments);
            });
    return type.cast(same);
  }

  private static Object call(Method method, Object on, Object... arguments) throws Exception {
    try {
      return method.invoke(on, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw (Error) e.getCause();
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
    // A signal that was sent takes effect a moment later.
    assertThat(Time.SYSTEM.await(LATE)).isTrue();
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
