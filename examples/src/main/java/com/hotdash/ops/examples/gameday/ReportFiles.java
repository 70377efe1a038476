package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.report.Report;
import com.hotdash.ops.secret.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The three files that a game day leaves behind. */
final class ReportFiles {
  private ReportFiles() {}

  /** Returns the address of the one for people. */
  static Path write(Report report, Redactor redactor, Path directory) {
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("report.json"), report.json(redactor));
      Files.writeString(directory.resolve("report.md"), report.markdown(redactor));
      return Files.writeString(directory.resolve("report.html"), report.html(redactor));
    } catch (IOException e) {
      throw new GameDayException("report.write", e, "make " + directory + " writable");
    }
  }
}
