package com.hotdash.ops.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks, each in a JVM of its own with a small heap. */
public final class Benchmarks {
  /** Every benchmark's heap. */
  static final String HEAP = "-Xmx256m";

  private static final List<String> ALL =
      List.of("metrics", "logs", "guard", "postgres", "fly", "triage");

  private Benchmarks() {}

  /**
   * Runs what is named.
   *
   * @param args a directory for the files that are made, and any of {@code metrics}, {@code logs},
   *     {@code guard}, {@code postgres}, {@code fly} and {@code triage}, parted by commas
   * @throws RunnerException if a benchmark fails
   * @throws IOException if a JVM can't be started
   * @throws InterruptedException if interrupted
   */
  public static void main(String[] args) throws RunnerException, IOException, InterruptedException {
    if (args.length != 2) {
      throw new IllegalArgumentException("usage: Benchmarks <directory> " + String.join(",", ALL));
    }
    var directory = Files.createDirectories(Path.of(args[0]));
    var names = List.of(args[1].split(",", -1));
    for (var name : names) {
      if (!ALL.contains(name)) {
        throw new IllegalArgumentException("there are " + ALL + ", but no " + name);
      }
    }
    for (var name : names) {
      switch (name) {
        case "metrics" -> measure(MetricsTextBenchmark.class);
        case "guard" -> measure(GuardBenchmark.class);
        // By name: they measure their own heap, so nothing of them may be loaded here.
        case "logs" -> run("LogGroupingRun", directory.resolve("hotdash.log").toString());
        case "fly" -> run("FlyRun");
        case "triage" -> run("TriageRun");
        default -> run("PostgresRun");
      }
    }
  }

  private static void measure(Class<?> benchmark) throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include(benchmark.getName())
                .jvmArgs(HEAP)
                .shouldFailOnError(true)
                .build())
        .run();
  }

  private static void run(String simpleName, String... args)
      throws IOException, InterruptedException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var path = System.getProperty("java.class.path");
    var main = Benchmarks.class.getPackageName() + "." + simpleName;
    var command = new ArrayList<>(List.of(java, HEAP, "-classpath", path, main));
    command.addAll(List.of(args));
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IllegalStateException(simpleName + " ended with code " + code);
    }
  }
}
