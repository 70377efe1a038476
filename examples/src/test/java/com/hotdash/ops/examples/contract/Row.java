package com.hotdash.ops.examples.contract;

import static java.util.Objects.requireNonNull;

import com.hotdash.ops.catalogue.OfferedChange;
import com.hotdash.ops.catalogue.Runbook;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.runbook.RunbookProcedures;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One change, and what the contract has to know of it.
 *
 * @param line the call that is offered, without the {@code ops.} before it
 * @param with its arguments
 * @param world makes the world in which it is wanted
 * @param moves what somebody else does meanwhile, and to what
 * @param without the points that it has nothing to show for, and why
 */
record Row<W extends World>(
    String line,
    Map<String, Function<W, String>> with,
    Supplier<W> world,
    Map<Point, Consumer<W>> moves,
    Map<Point, String> without) {
  /** What not every change can show. */
  enum Point {
    /** An item of the plan moves. */
    ITEM_MOVES,
    /** The target moves. */
    TARGET_MOVES,
    /** An undo takes back all of it, but not what somebody did to it since. */
    UNDONE,
    /** An answer is lost. */
    ANSWER_LOST,
    /** It is made while the database is down. */
    DATABASE_DOWN
  }

  Row {
    with = Map.copyOf(with);
    moves = Map.copyOf(moves);
    without = Map.copyOf(without);
  }

  static <W extends World> Row<W> of(String line, Supplier<W> world) {
    return new Row<>(line, Map.of(), world, Map.of(), Map.of());
  }

  private static <K, V> Map<K, V> put(Map<K, V> all, K key, V value) {
    var more = new HashMap<>(all);
    more.put(key, value);
    return more;
  }

  Row<W> with(String name, Function<W, String> value) {
    return new Row<>(line, put(with, name, value), world, moves, without);
  }

  Row<W> itemMoves(Consumer<W> move) {
    return moves(Point.ITEM_MOVES, move);
  }

  Row<W> targetMoves(Consumer<W> move) {
    return moves(Point.TARGET_MOVES, move);
  }

  /** An undo takes back all of it, but not what somebody did to it since. */
  Row<W> undone(Consumer<W> moveSince) {
    return moves(Point.UNDONE, moveSince);
  }

  private Row<W> moves(Point what, Consumer<W> move) {
    return new Row<>(line, with, world, put(moves, what, move), without);
  }

  Row<W> without(Point point, String why) {
    return new Row<>(line, with, world, moves, put(without, point, why));
  }

  /** Whether somebody moves this, or it says why nobody can, and not both. */
  boolean accountsFor(Point move) {
    return moves.containsKey(move) != without.containsKey(move);
  }

  boolean shows(Point point) {
    return !without.containsKey(point);
  }

  /** Some of many numbers, spread over all of them; each row begins with another. */
  List<Integer> some(int from, int to, int most) {
    int apart = Math.max(1, (to - from) / most + 1);
    int first = from + Math.floorMod(line.hashCode(), apart);
    return Stream.iterate(first, number -> number <= to, number -> number + apart).toList();
  }

  OfferedChange offer() {
    return Runbook.resolutions().stream()
        .filter(each -> each.line().equals("ops." + line))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("nothing offers " + line));
  }

  /** A world, a row of it, and both together. */
  Scene<W> open() {
    return new Scene<>(this, world.get());
  }

  @Override
  public String toString() {
    return line;
  }

  /** A row in its world. */
  record Scene<W extends World>(Row<W> row, W world) implements AutoCloseable {
    Plan plan(RunbookProcedures ops) {
      var arguments = new HashMap<String, String>();
      row.with.forEach((name, value) -> arguments.put(name, value.apply(world)));
      return row.offer().resolution(ops, arguments).plan();
    }

    /** Somebody else does something meanwhile. */
    void moves(Point what) {
      requireNonNull(row.moves.get(what), () -> row + " does not say what moves for " + what)
          .accept(world);
    }

    @Override
    public void close() {
      world.close();
    }
  }
}
