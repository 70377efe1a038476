package com.hotdash.ops.testkit.github;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The text of a job's log, made anew for each download so that it is never held in memory. */
@FunctionalInterface
public interface JobLog {
  /**
   * Returns the lines, without time stamps and line ends.
   *
   * @return a fresh stream
   */
  Stream<String> lines();

  /**
   * Makes a log of a few lines.
   *
   * @param lines the lines
   * @return the log
   */
  static JobLog of(List<String> lines) {
    var copy = List.copyOf(lines);
    return copy::stream;
  }

  /**
   * Makes a long log: lines of 100 characters before and after those given.
   *
   * @param before how many lines come before
   * @param lines the lines that matter
   * @param after how many lines come after
   * @return the log
   */
  static JobLog buried(long before, List<String> lines, long after) {
    var copy = List.copyOf(lines);
    return () -> Stream.of(filler(before), copy.stream(), filler(after)).flatMap(part -> part);
  }

  private static Stream<String> filler(long count) {
    return LongStream.range(0, count)
        .mapToObj(i -> "transforming module " + i + " ".repeat(4) + ".".repeat(70));
  }
}
