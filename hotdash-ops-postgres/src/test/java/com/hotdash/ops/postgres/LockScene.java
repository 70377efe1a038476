package com.hotdash.ops.postgres;

import com.hotdash.ops.testkit.postgres.Hotdash;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Sessions that hold and want locks of all kinds at random, on a real server, and the truth of who
 * waits for whom by PostgreSQL's documented rules: whoever holds a conflicting lock, and whoever
 * stands before in the queue with a conflicting wish. Nodes are pids or, for a prepared
 * transaction, its gid.
 */
final class LockScene implements AutoCloseable {
  private static final String[] MODES = {
    "access share",
    "row share",
    "row exclusive",
    "share update exclusive",
    "share",
    "share row exclusive",
    "exclusive",
    "access exclusive"
  };

  // One bit for each mode above that conflicts with it.
  private static final int[] CONFLICTS = {
    0b10000000, 0b11000000, 0b11110000, 0b11111000, 0b11101100, 0b11111100, 0b11111110, 0b11111111
  };

  private static final int SHARE = 4;
  private static final int EXCLUSIVE = 6;

  private enum Kind {
    ROW,
    RELATION,
    ADVISORY,
    VIRTUAL
  }

  private record Wish(String node, int mode) {}

  private static final class Thing {
    final Kind kind;
    final int id;
    final List<Wish> holders = new ArrayList<>();
    final List<Wish> queue = new ArrayList<>();

    Thing(Kind kind, int id) {
      this.kind = kind;
      this.id = id;
    }

    /** For whom a wish would wait. */
    Set<String> blockers(int mode) {
      var blockers = new TreeSet<String>();
      if (kind == Kind.ROW) {
        // The first waits for the holder's transaction, all others for the first's tuple lock.
        (queue.isEmpty() ? holders : queue).forEach(each -> blockers.add(each.node()));
      } else if (kind == Kind.VIRTUAL) {
        // The first build waits for the writer, the next ones for the first's lock on the table.
        (queue.isEmpty() ? holders : queue).forEach(each -> blockers.add(each.node()));
      } else {
        holders.stream().filter(each -> conflict(mode, each)).forEach(e -> blockers.add(e.node()));
        queue.stream().filter(each -> conflict(mode, each)).forEach(e -> blockers.add(e.node()));
      }
      return blockers;
    }

    private static boolean conflict(int mode, Wish other) {
      return (CONFLICTS[mode] & 1 << other.mode()) != 0;
    }

    boolean holds(String node) {
      return holders.stream().anyMatch(each -> each.node().equals(node));
    }
  }

  private final Hotdash hotdash;
  private final Random random;
  private final List<Clients> clients = new ArrayList<>();
  // One connection for all the asking: a login for each question takes longer than the scene.
  private final Clients watcher;
  private final List<Thread> threads = new ArrayList<>();
  private final List<Thing> things = new ArrayList<>();
  private final List<String> gids = new ArrayList<>();
  private final Map<Integer, Set<String>> edges = new TreeMap<>();

  LockScene(Hotdash hotdash, long seed, int sessions) {
    this.hotdash = hotdash;
    this.random = new Random(seed);
    this.watcher = Clients.open(hotdash.ops(), "watcher");
    prepare(sessions);
    for (int i = 0; i < sessions; i++) {
      clients.add(Clients.open(hotdash.app(), "scene"));
    }
    var order = new ArrayList<>(clients);
    Collections.shuffle(order, random);
    // Those without a transaction: CREATE INDEX CONCURRENTLY wants none.
    var builders = new HashSet<>(order.subList(0, sessions / 8));
    order.forEach(client -> holdSome(client, builders.contains(client)));
    Collections.shuffle(order, random);
    order.forEach(client -> waitForOne(client, builders.contains(client)));
  }

  private void prepare(int sessions) {
    try (var client = Clients.open(hotdash.app(), "scene")) {
      client.run("drop table if exists scene_rows");
      client.run("create table scene_rows as select n as id from generate_series(1, 3000) n");
      for (int i = 0; i < 2 + sessions / 8; i++) {
        things.add(new Thing(Kind.VIRTUAL, i));
        client.run("drop table if exists scene_written_" + i);
        client.run("create table scene_written_" + i + " (a int)");
      }
      for (int i = 0; i < 3 + sessions / 4; i++) {
        things.add(new Thing(Kind.RELATION, i));
        things.add(new Thing(Kind.ADVISORY, i));
        things.add(new Thing(Kind.ROW, i));
        client.run("drop table if exists scene_table_" + i);
        client.run("create table scene_table_" + i + " (a int)");
      }
      for (int i = 0; i < Math.min(6, 1 + sessions / 10); i++) {
        var gid = "scene-" + i;
        client.run("begin");
        for (int n = 0; n < 4; n++) {
          hold(client, gid, any(Kind.ROW, Kind.RELATION));
        }
        client.run("prepare transaction '" + gid + "'");
        gids.add(gid);
      }
    }
  }

  private Thing any(Kind... kinds) {
    var some = things.stream().filter(each -> List.of(kinds).contains(each.kind)).toList();
    return some.get(random.nextInt(some.size()));
  }

  private void holdSome(Clients client, boolean builder) {
    var node = String.valueOf(client.pid());
    if (!builder) {
      client.run("begin");
    }
    for (int n = random.nextInt(4); n >= 0; n--) {
      hold(client, node, builder ? any(Kind.ADVISORY) : any(Kind.values()));
    }
  }

  /** Takes a lock if it can be had without waiting. */
  private void hold(Clients client, String node, Thing thing) {
    int mode =
        switch (thing.kind) {
          case RELATION -> random.nextInt(MODES.length);
          case ADVISORY -> random.nextBoolean() ? SHARE : EXCLUSIVE;
          default -> EXCLUSIVE;
        };
    boolean oneOnly = thing.kind == Kind.ROW || thing.kind == Kind.VIRTUAL;
    if (thing.holds(node)
        || (oneOnly && !thing.holders.isEmpty())
        || !thing.blockers(mode).isEmpty()) {
      return;
    }
    client.run(thing.kind == Kind.VIRTUAL ? written(thing) : wish(thing, mode));
    thing.holders.add(new Wish(node, mode));
  }

  private static String written(Thing thing) {
    return "insert into scene_written_" + thing.id + " values (1)";
  }

  private static String wish(Thing thing, int mode) {
    return switch (thing.kind) {
      case ROW -> "select 1 from scene_rows where id = " + (thing.id + 1) + " for update";
      case RELATION -> "lock table scene_table_" + thing.id + " in " + MODES[mode] + " mode";
      case ADVISORY ->
          "select pg_advisory_lock" + (mode == SHARE ? "_shared" : "") + "(77, " + thing.id + ")";
      case VIRTUAL -> "create index concurrently on scene_written_" + thing.id + " (a)";
    };
  }

  /** Sends a session to wait for something that closes no circle, if there is such a thing. */
  private void waitForOne(Clients client, boolean builder) {
    var node = String.valueOf(client.pid());
    for (int tries = 0; tries < 30; tries++) {
      var thing = builder ? any(Kind.VIRTUAL) : any(Kind.ROW, Kind.RELATION, Kind.ADVISORY);
      int mode =
          thing.kind == Kind.RELATION
              ? random.nextInt(MODES.length)
              : thing.kind == Kind.ADVISORY && random.nextBoolean() ? SHARE : EXCLUSIVE;
      var blockers = thing.blockers(mode);
      if (!thing.holds(node) && !blockers.isEmpty() && blockers.stream().noneMatch(reaches(node))) {
        send(client, wish(thing, mode));
        thing.queue.add(new Wish(node, mode));
        edges.put(client.pid(), blockers);
        return;
      }
    }
  }

  private Predicate<String> reaches(String node) {
    return from -> {
      var seen = new HashSet<String>();
      var next = new ArrayDeque<>(List.of(from));
      while (!next.isEmpty()) {
        var at = next.poll();
        if (at.equals(node)) {
          return true;
        }
        if (seen.add(at) && at.matches("\\d+")) {
          next.addAll(edges.getOrDefault(Integer.valueOf(at), Set.of()));
        }
      }
      return false;
    };
  }

  private void send(Clients client, String sql) {
    var thread = new Thread(() -> client.tryRun(sql), "scene-" + client.pid());
    thread.setDaemon(true);
    thread.start();
    threads.add(thread);
    var waits = "select count(*) from pg_locks where not granted and pid = " + client.pid();
    Servers.await(sql + " to wait", () -> watcher.text(waits).equals("1"));
  }

  /** Who waits for whom. */
  Map<Integer, Set<String>> edges() {
    return edges;
  }

  /** Those that somebody waits for and that wait for nobody, with all that wait for them. */
  Map<String, Set<Integer>> roots() {
    var roots = new HashMap<String, Set<Integer>>();
    edges.values().forEach(by -> by.forEach(each -> roots.put(each, new TreeSet<>())));
    edges.keySet().forEach(waiter -> roots.remove(String.valueOf(waiter)));
    roots.forEach(
        (root, waiters) ->
            edges.keySet().stream()
                .filter(waiter -> reaches(root).test(String.valueOf(waiter)))
                .forEach(waiters::add));
    return roots;
  }

  @Override
  public void close() {
    watcher.close();
    clients.forEach(Clients::close);
    gids.forEach(gid -> hotdash.database().sql("rollback prepared '" + gid + "'"));
    hotdash
        .database()
        .sql(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name ="
                + " 'scene'");
    Servers.await(
        "the end of the scene", () -> threads.stream().noneMatch(thread -> thread.isAlive()));
  }
}
