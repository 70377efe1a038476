package com.hotdash.ops.examples.contract;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * When something happens to a process, and what.
 *
 * @param at what is counted
 * @param number which one, from 1
 * @param before whether it happens before it reaches the other side, or after
 * @param fate what happens
 */
record Moment(At at, int number, boolean before, Fate fate) {
  /** Nothing ever happens. */
  static final Moment NEVER = new Moment(At.LINE, Integer.MAX_VALUE, true, Fate.DEATH);

  /** What is counted. */
  enum At {
    /** A line of the journal. */
    LINE,
    /** A call of another system. */
    CALL,
    /** A call that may change something. */
    WRITE
  }

  /** What happens. */
  enum Fate {
    /** The process ends: it sends and writes nothing more, not even to clean up. */
    DEATH,
    /** The call's answer is lost, and the process goes on. */
    LOSS
  }

  static Moment death(At at, int number, boolean before) {
    return new Moment(at, number, before, Fate.DEATH);
  }

  static Moment loss(int number, boolean before) {
    return new Moment(At.WRITE, number, before, Fate.LOSS);
  }

  /** Deaths before and after each line of a journal. */
  static List<Moment> aroundLines(int lines) {
    return IntStream.rangeClosed(1, lines)
        .boxed()
        .flatMap(line -> Stream.of(death(At.LINE, line, true), death(At.LINE, line, false)))
        .toList();
  }

  static List<Moment> afterLines(int lines) {
    return aroundLines(lines).stream().filter(each -> !each.before()).toList();
  }

  boolean is(At what, int count, boolean isBefore) {
    return at == what && number == count && before == isBefore;
  }

  @Override
  public String toString() {
    return fate + (before ? " before " : " after ") + at + " " + number;
  }
}
