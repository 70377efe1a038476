package com.hotdash.ops.examples.contract;

import com.hotdash.ops.catalogue.OfferedChange;
import com.hotdash.ops.catalogue.Runbook;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.runbook.RunbookProcedures;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One change, and what the contract has to know of it.
 *
 * @param line the call that is offered, without the {@code ops.} before it
 * @param with its arguments
 * @param world makes the world in which it is wanted
 * @param itemMoves what somebody else does to an item of the plan
 * @param targetMoves what somebody else does to the target; null where nothing of it is assumed, or
 *     nothing that is can change
 * @param madeMoves what somebody else does to what was made
 * @param undo what an undo takes back
 */
record Row<W extends World>(
    String line,
    Map<String, Function<W, String>> with,
    Supplier<W> world,
    Consumer<W> itemMoves,
    @Nullable Consumer<W> targetMoves,
    Consumer<W> madeMoves,
    Undo undo) {
  /** What an undo takes back. */
  enum Undo {
    /** All: the world is as it was. */
    ALL,
    /** Nothing, or not all. */
    NOT_ALL
  }

  static <W extends World> Row<W> of(String line, Supplier<W> world) {
    return new Row<>(line, Map.of(), world, each -> {}, null, each -> {}, Undo.NOT_ALL);
  }

  Row<W> with(String name, Function<W, String> value) {
    var more = new HashMap<>(with);
    more.put(name, value);
    return new Row<>(line, Map.copyOf(more), world, itemMoves, targetMoves, madeMoves, undo);
  }

  Row<W> itemMoves(Consumer<W> move) {
    return new Row<>(line, with, world, move, targetMoves, madeMoves, undo);
  }

  Row<W> targetMoves(Consumer<W> move) {
    return new Row<>(line, with, world, itemMoves, move, madeMoves, undo);
  }

  /** An undo takes back all of it, but not what somebody did to it since. */
  Row<W> undone(Consumer<W> move) {
    return new Row<>(line, with, world, itemMoves, targetMoves, move, Undo.ALL);
  }

  /** Statements are asked for in real time: every second one shows the same. */
  int apart() {
    return line.startsWith("database") ? 2 : 1;
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

    void moveItem() {
      row.itemMoves.accept(world);
    }

    void moveMade() {
      row.madeMoves.accept(world);
    }

    boolean moveTarget() {
      if (row.targetMoves == null) {
        return false;
      }
      row.targetMoves.accept(world);
      return true;
    }

    @Override
    public void close() {
      world.close();
    }
  }
}
