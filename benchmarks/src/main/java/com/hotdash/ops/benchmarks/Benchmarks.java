package com.hotdash.ops.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the measurements, one after another, each in a JVM of its own with 256 MB of heap. */
public final class Benchmarks {
  private static final String HEAP = "-Xmx256m";

  private Benchmarks() {}

  /**
   * Runs what is named.
   *
   * @param args a directory for the files that are made, and {@code metrics}, {@code logs} or both,
   *     parted by commas
   * @throws RunnerException if a benchmark fails
   * @throws IOException if a JVM can't be started
   * @throws InterruptedException if interrupted
   */
  public static void main(String[] args) throws RunnerException, IOException, InterruptedException {
    if (args.length != 2) {
      throw new IllegalArgumentException("usage: Benchmarks <directory> metrics,logs");
    }
    var directory = Files.createDirectories(Path.of(args[0]));
    var names = List.of(args[1].split(",", -1));
    for (var name : names) {
      if (!List.of("metrics", "logs").contains(name)) {
        throw new IllegalArgumentException("there are metrics and logs, but no " + name);
      }
    }
    for (var name : names) {
      if (name.equals("metrics")) {
        metrics();
      } else {
        logs(directory.resolve("hotdash.log"));
      }
    }
  }

  private static void metrics() throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include(MetricsTextBenchmark.class.getName())
                .jvmArgs(HEAP)
                .shouldFailOnError(true)
                .build())
        .run();
  }

  private static void logs(Path file) throws IOException, InterruptedException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var path = System.getProperty("java.class.path");
    // By name: it measures its own heap, so nothing of it may be loaded here.
    var main = Benchmarks.class.getPackageName() + ".LogGroupingRun";
    int code =
        new ProcessBuilder(java, HEAP, "-classpath", path, main, file.toString())
            .inheritIO()
            .start()
            .waitFor();
    if (code != 0) {
      throw new IllegalStateException("the grouping of log lines ended with code " + code);
    }
  }
}
