package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.time.Time;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Breaks a real PostgreSQL in several ways and cures it through the runbook, while somebody uses a
 * healthy pool. {@code --real} looks at the database of {@code DATABASE_URL} instead, and changes
 * nothing there.
 */
public final class GameDay {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private final Time time;
  private final PrintStream out;
  private final Path directory;

  GameDay(Time time, PrintStream out, Path directory) {
    this.time = time;
    this.out = out;
    this.directory = directory;
  }

  /**
   * Runs the game day. Ends the process only if it fails, so that Maven goes on otherwise.
   *
   * @param args nothing, or {@code --real}
   */
  public static void main(String[] args) {
    var out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    var directory =
        Path.of(System.getProperty("hotdash.gameday.directory", "target/game-day"))
            .toAbsolutePath()
            .normalize();
    int code = new GameDay(Time.SYSTEM, out, directory).run(List.of(args), Environment.system());
    if (code != 0) {
      System.exit(code);
    }
  }

  int run(List<String> args, Environment environment) {
    try {
      if (args.equals(List.of("--real"))) {
        return new RealEstate(out, directory).look(environment);
      }
      if (!args.isEmpty()) {
        out.println("game-day: give no argument, or --real to look at your own database");
        return USAGE;
      }
      return play();
    } catch (OpsException e) {
      out.println(Redactor.SHAPES.redact(String.valueOf(e.getMessage())));
      return FAILED;
    }
  }

  private int play() {
    var began = time.now();
    startAnew();
    try (var progress = Progress.on(out);
        var hall = open(progress)) {
      progress.done(hall.description());
      var results = new ArrayList<DrillResult>();
      for (var drill :
          List.of(
              new IdleTransactionDrill(), new LeakedTransactionsDrill(), new QueuedAlterDrill())) {
        results.add(new DrillRun(time, hall, progress, drill).run());
      }
      var report = new GameDayReport(hall.description(), results);
      var redactor = hall.redactor();
      var file = ReportFiles.write(report.report(), redactor, directory);
      out.println();
      out.println(report.summary().redacted(redactor).toText(Page.DEFAULT_WIDTH));
      out.println();
      out.println("Took " + DrillRun.seconds(Duration.between(began, time.now())));
      out.println("Report: " + file.toUri());
      return report.exitCode();
    }
  }

  private Hall open(Progress progress) {
    progress.line("Game day: breaks a PostgreSQL of its own and cures it with the runbook");
    progress.begin("starting PostgreSQL");
    return Hall.open(time, directory, progress);
  }

  /** The journal of this game day is its own: the server of the last one is gone. */
  private void startAnew() {
    try {
      Files.deleteIfExists(directory.resolve("journal.jsonl"));
    } catch (IOException e) {
      throw new GameDayException("start", e, "make " + directory + " writable");
    }
  }
}
