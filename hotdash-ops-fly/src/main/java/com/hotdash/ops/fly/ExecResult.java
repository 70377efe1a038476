package com.hotdash.ops.fly;

/**
 * What a command said that was run inside a machine.
 *
 * @param exitCode its code
 * @param stdout its output, redacted
 * @param stderr its error output, redacted
 */
public record ExecResult(int exitCode, String stdout, String stderr) {
  @Override
  public String toString() {
    return "exit code " + exitCode + "\n" + stdout + (stderr.isEmpty() ? "" : "\n" + stderr);
  }
}
