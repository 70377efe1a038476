package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.diagnosis.Incident;
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
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Breaks HotDash in the eight ways of its runbook, and cures all of it through the runbook: seven
 * in a simulated world over HTTP in virtual time, while customers come by, and the one of the
 * database in several ways on a real PostgreSQL, while somebody uses a healthy pool. {@code
 * --incident R2} plays one incident alone. {@code --stay} keeps the simulated world in trouble, for
 * trying the command line and jshell. {@code --real} looks at the database of {@code DATABASE_URL}
 * instead, and changes nothing there.
 */
public final class GameDay {
  private static final String INCIDENT = "--incident";
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
   * @param args nothing, {@code --incident} with an incident, {@code --stay} or {@code --real}
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
      if (args.equals(List.of("--stay"))) {
        return stay();
      }
      var incidents = incidents(args);
      if (incidents.isEmpty()) {
        out.println(
            "game-day: give no argument; --incident R1 to R8 for one of them; --stay for a simulated"
                + " world in trouble to try things on; or --real to look at your own database");
        return USAGE;
      }
      return play(incidents);
    } catch (OpsException e) {
      out.println(Redactor.SHAPES.redact(String.valueOf(e.getMessage())));
      return FAILED;
    }
  }

  /** Keeps a bad release running in real time until this is interrupted or the process ends. */
  private int stay() {
    try (var world = new LiveWorld(time)) {
      out.println("# " + world + "; its release " + world.badRelease() + " fails since 4 minutes.");
      out.println("# In another shell, then `diagnose high-error-rate` or jshell. Ctrl-C ends it.");
      // Credentials, on purpose: good for nothing but this world.
      world
          .variables()
          .forEach((name, value) -> out.println("export " + name + "='" + value + "'"));
      while (time.await(Duration.ofHours(1))) {
        // Whoever started it ends it.
      }
      return 0;
    }
  }

  /** Returns which incidents are meant, or none if the arguments are not understood. */
  private static Set<Incident> incidents(List<String> args) {
    if (args.isEmpty()) {
      return EnumSet.allOf(Incident.class);
    }
    var typed =
        args.size() == 2 && args.get(0).equals(INCIDENT)
            ? args.get(1)
            : args.size() == 1 && args.get(0).startsWith(INCIDENT + "=")
                ? args.get(0).substring(INCIDENT.length() + 1)
                : "";
    return Incident.parse(typed).map(Set::of).orElse(Set.of());
  }

  private int play(Set<Incident> incidents) {
    var began = time.now();
    startAnew();
    try (var progress = Progress.on(out)) {
      progress.line("Game day: breaks a world of its own and cures it with the runbook");
      var days = new ArrayList<PlayedDay>();
      var where = new LinkedHashSet<String>();
      progress.begin("starting PostgreSQL");
      try (var hall = Hall.open(time, directory, progress)) {
        progress.done(hall.description());
        where.add(hall.description());
        incidents.stream()
            .sorted()
            .map(each -> simulated(each).map(drill -> world(progress, hall, drill)))
            .forEach(day -> days.add(day.orElseGet(() -> database(progress, hall))));
      }
      days.forEach(day -> where.add(day.where()));
      var results = days.stream().flatMap(day -> day.results().stream()).toList();
      var redactor = days.stream().map(PlayedDay::redactor).reduce(Redactor.SHAPES, Redactor::and);
      var report = new GameDayReport(List.copyOf(where), results);
      var file = ReportFiles.write(report.report(), redactor, directory);
      out.println();
      out.println(report.summary().redacted(redactor).toText(Page.DEFAULT_WIDTH));
      out.println();
      out.println("Took " + Told.seconds(Duration.between(began, time.now())));
      out.println("Report: " + file.toUri());
      return report.exitCode();
    }
  }

  /** What was played in one place. */
  private record PlayedDay(String where, List<DrillResult> results, Redactor redactor) {}

  /** Returns how an incident is played in the simulated world; the database's needs a real one. */
  private static Optional<WorldDrill> simulated(Incident incident) {
    return switch (incident) {
      case SLOW_RESPONSE_TIMES -> Optional.of(new CrowdDrill());
      case HIGH_ERROR_RATE -> Optional.of(new BadReleaseDrill());
      case DEPLOYMENT_FAILURES -> Optional.of(new FailedDeployDrill());
      case DATABASE_CONNECTION_ISSUES -> Optional.empty();
      case SHOPIFY_API_ERRORS -> Optional.of(new LostWebhooksDrill());
      case MEMORY_CPU_ISSUES -> Optional.of(new OutOfMemoryDrill());
      case HEALTH_CHECK_FAILURES -> Optional.of(new HangingMachineDrill());
      case SECRET_ROTATION_ISSUES -> Optional.of(new TwoSecretsDrill());
    };
  }

  private PlayedDay world(Progress progress, Hall postgres, WorldDrill drill) {
    try (var hall = new FlyHall(directory, time.now(), postgres.database())) {
      var result = new WorldDrillRun(time, hall, progress, drill).run();
      return new PlayedDay(
          hall.description(), List.of(result), hall.redactor().and(postgres.redactor()));
    }
  }

  private PlayedDay database(Progress progress, Hall hall) {
    var results =
        Stream.of(new IdleTransactionDrill(), new LeakedTransactionsDrill(), new QueuedAlterDrill())
            .map(drill -> new DatabaseDrillRun(time, hall, progress, drill).run())
            .toList();
    return new PlayedDay(hall.description(), results, hall.redactor());
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
