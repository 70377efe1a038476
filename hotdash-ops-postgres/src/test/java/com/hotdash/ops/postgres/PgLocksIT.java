package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.testkit.postgres.Hotdash;
import com.hotdash.ops.testkit.postgres.LockPileUp;
import com.hotdash.ops.testkit.postgres.PgServer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The graph of locks against the truth, with 5 to 60 sessions on 15 and 18 and once with 200;
 * {@code -Pevery-major -Dlocks.sessions=200} takes all sizes on all of 12 to 18.
 */
@ParameterizedClass
@SuppressWarnings("NullAway.Init") // Its servers are set before each of its rounds.
@MethodSource("majors")
class PgLocksIT {
  private static PgServer server;
  private static Hotdash hotdash;

  private static int running;

  @Parameter int major;

  static IntStream majors() {
    return EveryMajorIT.majors();
  }

  @BeforeParameterizedClassInvocation
  static void startServer(int major) {
    running = major;
    server =
        Servers.builder(major)
            .setting("max_connections", "260")
            .setting("max_prepared_transactions", "10")
            .start();
    hotdash = server.createHotdash();
  }

  @AfterParameterizedClassInvocation
  static void stopServer() {
    server.close();
  }

  static Stream<Arguments> scenes() {
    int most = Integer.getInteger("locks.sessions", 60);
    // The largest takes a while to set up: by default once.
    return Stream.of(5, 12, 25, 60, 90, 130, 200)
        .filter(sessions -> sessions <= most || (running == 18 && sessions == 200))
        .map(sessions -> Arguments.of(sessions * 31L, sessions));
  }

  @ParameterizedTest
  @MethodSource("scenes")
  void locks_randomScene_isTheTruthEdgeForEdgeAndRootForRoot(long seed, int sessions) {
    try (var scene = new LockScene(hotdash, seed, sessions)) {
      for (var role : List.of(hotdash.ops(), hotdash.plain())) {
        try (var diagnostics = Servers.as(role)) {
          var locks = diagnostics.locks();

          assertThat(edges(locks)).as("edges, seen by %s", role.name()).isEqualTo(scene.edges());
          assertThat(roots(locks)).as("roots, seen by %s", role.name()).isEqualTo(scene.roots());
          assertThat(locks.waiters()).allMatch(waiter -> !waiter.wants().isEmpty());
          assertThat(locks.toString().lines()).hasSizeLessThanOrEqualTo(24);
          assertThat(locks.toString().lines()).allMatch(line -> line.length() <= 100);
        }
      }
      assertThat(scene.edges()).hasSizeGreaterThan(sessions / 3);
    }
  }

  private static Map<Integer, Set<String>> edges(PgLocks locks) {
    var edges = new TreeMap<Integer, Set<String>>();
    locks.waiters().forEach(waiter -> edges.put(waiter.pid(), blockers(waiter)));
    return edges;
  }

  private static Set<String> blockers(PgLocks.Waiter waiter) {
    return waiter.blockedBy().stream()
        .map(each -> each.gid() == null ? String.valueOf(each.pid()) : each.gid())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, Set<Integer>> roots(PgLocks locks) {
    return locks.forest().roots().stream()
        .collect(
            Collectors.toMap(
                root ->
                    root.pid() == 0
                        ? root.label().replaceAll(".*(scene-\\d+).*", "$1")
                        : String.valueOf(root.pid()),
                root -> new TreeSet<>(root.allWaiters())));
  }

  @Test
  void locks_waitingAlter_tellsWhatIsWantedSinceWhenAndBehindWhom() {
    try (var pileUp = LockPileUp.start(hotdash.app(), 2);
        var diagnostics = Servers.as(hotdash.ops())) {
      var locks = diagnostics.locks();

      var alter = locks.waiters().get(0);
      assertThat(alter.pid()).isEqualTo(pileUp.alterPid());
      assertThat(alter.wants()).isEqualTo("relation public.products AccessExclusiveLock");
      if (major < 14) {
        assertThat(alter.waited()).as("not told before 14").isNull();
      } else {
        assertThat(alter.waited()).isNotNull().isPositive();
      }
      assertThat(alter.query()).startsWith("alter table products");
      assertThat(alter.blockedBy()).containsExactly(new PgLocks.Blocking(pileUp.holderPid(), null));
      assertThat(locks.hidden()).isZero();
      assertThat(locks.toString())
          .contains("3 sessions wait for locks, behind 1 root")
          .contains("ROOT", "pid " + pileUp.holderPid(), "holds up 3")
          .contains("IN THE QUEUE", "pid " + pileUp.alterPid(), "cancel it first");
    }
  }

  @Test
  void locks_nobodyWaits_saysSo() {
    try (var diagnostics = Servers.as(hotdash.ops())) {
      assertThat(diagnostics.locks().toString()).contains("Nobody waits for a lock");
    }
  }

  @Test
  void locks_unprivileged_saysThatTheRootIsHidden() {
    try (var pileUp = LockPileUp.start(hotdash.app(), 1);
        var diagnostics = Servers.as(hotdash.plain())) {
      var locks = diagnostics.locks();

      assertThat(locks.forest().roots()).extracting("pid").containsExactly(pileUp.holderPid());
      assertThat(locks.hidden()).isEqualTo(1);
      assertThat(locks.toString()).contains("hidden from our role");
    }
  }
}
