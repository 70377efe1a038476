package com.hotdash.ops.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.examples.gameday.LiveWorld;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.time.Time;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code --help} says of exit codes, for each command; scripts rely on nothing else. */
@Execution(ExecutionMode.CONCURRENT)
class ExitCodesIT {
  private static final String SIGNED = " --by=sam --because=drill";

  private static LiveWorld world;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    world = new LiveWorld(Time.SYSTEM);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  enum Where {
    NOWHERE,
    WORLD,
    DOWN,
    CLOSED
  }

  /**
   * Where a release fails, where the application refuses, where nobody else listens either, and
   * where nothing is configured.
   */
  @ParameterizedTest
  // One after the other: Fly allows an app only so many calls in a second.
  @Execution(ExecutionMode.SAME_THREAD)
  @CsvSource(
      delimiter = '|',
      value = {
        "triage --within=1s               | CLOSED  | 3",
        "triage                           | NOWHERE | 3",
        "diagnose R7 --within=3s          | WORLD   | 0",
        "diagnose R7 --within=3s          | CLOSED  | 3",
        "diagnose R7                      | NOWHERE | 3",
        "diagnose R9                      | NOWHERE | 2",
        "diagnose R7 --within=3s --apply=0123456789abcdef" + SIGNED + " | CLOSED | 3",
        "lines                            | NOWHERE | 0",
        "lines R4                         | NOWHERE | 2",
        "line R2.R3                       | WORLD   | 0",
        "line R2.R3 --apply=0123456789abcdef" + SIGNED + " | CLOSED | 3",
        "line E2                          | NOWHERE | 0",
        "line R8.R2                       | WORLD   | 2",
        "line R8.R9                       | NOWHERE | 2",
        "line R2.R3 --apply=0123456789abcdef" + SIGNED + " | WORLD | 1",
        "check                            | WORLD   | 3",
        "check                            | NOWHERE | 3",
        "before-deploy                    | NOWHERE | 3",
        "audit                            | NOWHERE | 3",
        "health                           | WORLD   | 0",
        "health                           | DOWN    | 1",
        "health                           | NOWHERE | 2",
        "metrics error                    | WORLD   | 0",
        "metrics error                    | DOWN    | 3",
        "metrics error                    | NOWHERE | 2",
        "status-pages                     | WORLD   | 0",
        "status-pages                     | CLOSED  | 3",
        "status-pages                     | NOWHERE | 2",
        "fly status                       | WORLD   | 0",
        "fly releases                     | CLOSED  | 3",
        "fly status                       | NOWHERE | 2",
        "run 4711                         | WORLD   | 3",
        "run 4711                         | NOWHERE | 2",
        "run first                        | WORLD   | 2",
        "pending                          | WORLD   | 3",
        "history                          | WORLD   | 3",
        "history --hours=0                | WORLD   | 2",
        "resume none" + SIGNED + "        | WORLD   | 1",
        "resume none                      | WORLD   | 2",
        "give-up none" + SIGNED + "       | WORLD   | 1",
        "give-up none                     | WORLD   | 2",
        "verify none                      | WORLD   | 3",
        "undo none                        | WORLD   | 3",
        "undo none --apply=0123456789abcdef | WORLD | 2",
      })
  void command_where_endsWith(String line, Where where, int code) {
    var ran = Ran.in(variables(where), line.split(" ", -1));

    assertThat(ran.code()).as(ran.out() + ran.err()).isEqualTo(code);
    assertThat(world.changes("*")).isZero();
  }

  /** A command that is added must be given its rows above. */
  @Test
  void commands_allOfThem_areInTheTable() throws NoSuchMethodException {
    var help = Ran.in(Map.of(), "--help").out();
    var commands =
        help.substring(help.indexOf("Commands:"), help.indexOf("Configuration,"))
            .lines()
            .filter(line -> line.matches("  [a-z-]+ .*"))
            .map(line -> line.strip().split(" ", -1)[0])
            .toList();
    var method =
        ExitCodesIT.class.getDeclaredMethod(
            "command_where_endsWith", String.class, Where.class, int.class);
    var rows = new TreeSet<String>();
    for (var row : method.getAnnotation(CsvSource.class).value()) {
      rows.add(row.split(" ", -1)[0]);
    }

    assertThat(commands).isNotEmpty();
    assertThat(rows).containsExactlyInAnyOrderElementsOf(commands);
  }

  /** The JVM's own exit code for it is 1, which says that something is wrong over there. */
  @Test
  void run_errorOfOurOwn_isUnknownAndNotProblem() {
    var broken =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8) {
          @Override
          public void println(String text) {
            throw new NoClassDefFoundError("the jar was replaced");
          }
        };
    var err = new ByteArrayOutputStream();

    var code =
        Ops.run(
            broken,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Environment.of(Map.of()),
            "lines");

    assertThat(code).isEqualTo(ExitCode.UNKNOWN);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("report this", "was replaced");
  }

  private Map<String, String> variables(Where where) {
    var all = new HashMap<String, String>();
    if (where != Where.NOWHERE) {
      all.putAll(world.variables());
    }
    if (where == Where.CLOSED) {
      all.remove("HOTDASH_OPS_APP_URL");
      all.replaceAll((name, value) -> closed(value));
    }
    if (where == Where.DOWN) {
      all.computeIfPresent("HOTDASH_OPS_APP_URL", (name, address) -> closed(address));
      all.keySet().removeIf(name -> name.contains("FLY"));
    }
    all.put("HOTDASH_OPS_JOURNAL", directory.resolve("journal.jsonl").toString());
    return all;
  }

  private static String closed(String address) {
    return address.replaceFirst("(http://127.0.0.1):\\d+", "$1:1");
  }
}
