package com.hotdash.ops.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that ran to its end, in bounded time. */
record Finished(int code, String out, String err) {
  private static final long MOST_SECONDS = 90;

  /** A JVM that lives for seconds is done before the better compiler has paid for itself. */
  private static final List<String> SHORT_LIVED =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  static Finished run(
      Path directory, Map<String, String> variables, String typed, List<String> command)
      throws IOException, InterruptedException {
    var out = directory.resolve("out.txt");
    var err = directory.resolve("err.txt");
    var in = Files.writeString(directory.resolve("in.txt"), typed);
    var builder =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(variables);
    var process = builder.start();
    try {
      assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS))
          .as("%s ends in %d s", command, MOST_SECONDS)
          .isTrue();
      return new Finished(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      process.destroyForcibly();
    }
  }

  /** Runs the real jshell of the JDK that runs the tests, with the runbook opened in it. */
  static Finished jshell(
      Path directory, Map<String, String> variables, String typed, Path... scripts)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(jdk("jshell")));
    for (var option : SHORT_LIVED) {
      command.addAll(List.of("-J" + option, "-R" + option));
    }
    command.addAll(List.of("--class-path", jar().toString(), "--startup", "DEFAULT"));
    command.addAll(List.of("--startup", Path.of("jshell", "ops.jsh").toString()));
    command.addAll(List.of("--feedback", "ops"));
    for (var script : scripts) {
      command.add(script.toString());
    }
    return run(directory, variables, typed, command);
  }

  /** Returns the variables that make a short-lived JVM of each {@code java} of a script. */
  static Map<String, String> shortLived() {
    return Map.of("JDK_JAVA_OPTIONS", String.join(" ", SHORT_LIVED));
  }

  /** Returns a program of the JDK that runs the tests. */
  static String jdk(String program) {
    return Path.of(System.getProperty("java.home"), "bin", program).toString();
  }

  /** Returns the jar that the package phase has built. */
  static Path jar() {
    var jar = Path.of("target", "hotdash-ops.jar").toAbsolutePath();
    assertThat(jar).as("built by the package phase").exists();
    return jar;
  }
}
