package com.hotdash.ops.examples.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** One of the worked scripts for jshell: what it does, and what it tells a person to type. */
record WorkedScript(String name) {
  Path path() {
    return Path.of("jshell", name + ".jsh");
  }

  /** Returns it as it is started, up to the plan. */
  String text() {
    return String.join("\n", lines()) + "\n";
  }

  /** Returns the lines that it shows for whoever has read the plan. */
  String applyLines() {
    return lines().stream()
        .dropWhile(line -> !line.contains("Nothing was changed"))
        .skip(1)
        .map(line -> line.substring("// ".length()))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(path());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
