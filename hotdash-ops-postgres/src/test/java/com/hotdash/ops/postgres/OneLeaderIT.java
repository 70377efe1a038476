package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.monitor.Monitor;
import com.hotdash.ops.monitor.Tick;
import com.hotdash.ops.monitor.Tick.Outcome;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.postgres.Hotdash;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes that share nothing but a real server: one of them watches. */
class OneLeaderIT {
  private final Hotdash hotdash = Servers.of(18);
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<Tick> beats = new CopyOnWriteArrayList<>();
  private Monitor sam;
  private Monitor kim;

  @BeforeEach
  void start() {
    sam = monitor("sam");
    kim = monitor("kim");
  }

  @AfterEach
  void stop() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private Monitor monitor(String who) {
    var diagnostics = PgDiagnostics.builder().directUrl(Secret.of(hotdash.app().url())).build();
    open.add(diagnostics);
    var ops =
        RunbookProcedures.builder()
            .environmentName("leaders")
            .operator(who)
            .locks(diagnostics.advisoryLocks())
            .build();
    open.add(ops);
    var monitor = ops.monitor(it -> it.heartbeat(beats::add));
    open.add(monitor);
    return monitor;
  }

  private void killHolder() {
    assertThat(
            hotdash
                .server()
                .superuser()
                .number(
                    "select count(pg_terminate_backend(pid, 5000)) from pg_locks"
                        + " where locktype = 'advisory' and granted"))
        .isOne();
  }

  private static boolean leads(Tick tick) {
    return tick.outcome() != Outcome.FOLLOWS;
  }

  @Test
  void tick_ofTwo_oneLeadsAndTheOtherNamesItAndBothAreHeard() {
    var first = sam.tick();
    var second = kim.tick();
    var again = sam.tick();

    assertThat(leads(first)).isTrue();
    assertThat(leads(again)).isTrue();
    assertThat(second.outcome()).isEqualTo(Outcome.FOLLOWS);
    assertThat(second.notes()).singleElement().asString().startsWith("sam, process ");
    assertThat(beats).containsExactly(first, second, again);
    assertThat(kim.metrics()).contains("hotdash_ops_monitor_leads 0\n");
    assertThat(sam.metrics()).contains("hotdash_ops_monitor_leads 1\n");
  }

  /** Its connection is all that a process is to the server. */
  @Test
  void tick_leaderDied_theOtherTakesOverAndTheFirstFollows() {
    sam.tick();
    killHolder();

    assertThat(leads(kim.tick())).isTrue();
    var back = sam.tick();

    assertThat(back.outcome()).isEqualTo(Outcome.FOLLOWS);
    assertThat(back.notes()).singleElement().asString().startsWith("kim, process ");
  }

  @Test
  void close_ofTheLeader_letsTheOtherWatchAtOnce() {
    sam.tick();
    sam.close();

    assertThat(leads(kim.tick())).isTrue();
  }
}
