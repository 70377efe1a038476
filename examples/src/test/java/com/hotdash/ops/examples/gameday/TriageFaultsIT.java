package com.hotdash.ops.examples.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.TriageReport;
import com.hotdash.ops.diagnosis.TriageReport.Ranked;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.testkit.postgres.PgProxy;
import com.hotdash.ops.testkit.postgres.PgRole;
import com.hotdash.ops.testkit.postgres.PgServer;
import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Site;
import com.hotdash.ops.testkit.web.WebFault;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All is well in these worlds, but for one request, or all of a vendor's, that gives nothing of
 * use. Who needs what it would have told is not OK and says what is missing; all others are what
 * they are when nothing fails.
 *
 * <p>Each triage watches the shop's budget for two seconds. So all go on side by side, in worlds of
 * their own, from the beginning, and each test waits for its own. That a look ends at its deadline
 * whatever its sources do, core shows exactly.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TriageFaultsIT {
  private static final int WORLDS = 10;
  private static final Duration WITHIN = Duration.ofSeconds(8);

  /** What is silent takes all of it; on a busy machine the log beside it needs as long. */
  private static final Duration SILENT = Duration.ofSeconds(8);

  /** A busy machine lets threads wait. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  private static final String SILENCE = "silence";
  private static final String ERROR = "a 500";
  private static final String CLOSED = "a closed connection";
  private static final List<String> DOWN = List.of(CLOSED, SILENCE, ERROR);
  private static final String NOTHING = "an empty 200";
  private static final Map<String, WebFault> FAULTS = new LinkedHashMap<>();

  static {
    FAULTS.put(CLOSED, WebFault.close());
    FAULTS.put(SILENCE, WebFault.stall());
    FAULTS.put(ERROR, WebFault.instead(Answer.text(500, "text/plain", "oops")));
    FAULTS.put("a page", WebFault.instead(Answer.text(200, "text/html", "<html>log in</html>")));
    FAULTS.put(NOTHING, WebFault.instead(Answer.empty(200)));
    FAULTS.put("half a body", WebFault.cut());
  }

  private final ExecutorService threads = Executors.newFixedThreadPool(WORLDS);
  private final PgServer server = PgServer.builder().start();
  private final PgProxy silent = PgProxy.start(server);
  private final PgRole role = server.createHotdash().ops();
  private final List<LiveWorld> worlds = new ArrayList<>();
  private final BlockingQueue<LiveWorld> free = new LinkedBlockingQueue<>();
  private final Map<String, Future<Outcome>> outcomes = new HashMap<>();
  private final Set<String> asked = new HashSet<>();

  private record Outcome(TriageReport report, Duration took) {
    Diagnosis of(Incident incident) {
      return report.ranked().stream()
          .map(Ranked::diagnosis)
          .filter(each -> each.incident() == incident)
          .findFirst()
          .orElseThrow();
    }
  }

  @BeforeAll
  void start() throws Exception {
    silent.silence();
    var made = new ArrayList<Future<LiveWorld>>();
    for (int i = 0; i < WORLDS; i++) {
      made.add(threads.submit(() -> new LiveWorld(Time.SYSTEM, ignored -> "nothing")));
    }
    for (var one : made) {
      worlds.add(one.get());
    }
    triage(worlds.get(0), role.url(), WITHIN); // the first one of a process takes longer
    worlds.get(0).faces().forEach((face, site) -> remember(face, site));
    free.addAll(worlds);
    outcomes.put("nothing", submit("nothing", role.url(), List.of(), "", WebFault.close()));
    failing().map(Arguments::get).forEach(each -> submit((FailingRead) each[0], (String) each[1]));
    outcomes.put(
        "silent database", submit(SILENCE, silent.url(role), List.of(), "", WebFault.close()));
  }

  @AfterAll
  void stop() {
    threads.shutdownNow();
    worlds.forEach(LiveWorld::close);
    silent.close();
    server.close();
  }

  private void remember(String face, Site site) {
    site.requests().forEach(each -> asked.add(face + " " + each.path()));
  }

  private void submit(FailingRead read, String how) {
    outcomes.put(
        read + how,
        submit(
            how, role.url(), read.faces(), read.path(), Objects.requireNonNull(FAULTS.get(how))));
  }

  private Future<Outcome> submit(
      String how, String database, List<String> faces, String path, WebFault fault) {
    return threads.submit(
        () -> {
          var world = free.take();
          var sites = faces.stream().map(face -> world.faces().get(face)).toList();
          try {
            sites.forEach(site -> site.fault("*", path, 10_000, fault));
            return triage(world, database, within(how));
          } finally {
            sites.forEach(Site::clearFaults);
            free.add(world);
          }
        });
  }

  private static Duration within(String how) {
    return how.equals(SILENCE) ? SILENT : WITHIN;
  }

  private static Outcome triage(LiveWorld world, String database, Duration within) {
    var variables = new HashMap<>(world.variables());
    variables.put("DATABASE_URL", database);
    try (var ops =
        RunbookProcedures.builder()
            .environment(Environment.of(variables))
            .metricsWindow(Duration.ofMillis(200))
            .build()) {
      long began = System.nanoTime();
      var report = ops.triage(within, soFar -> {});
      return new Outcome(report, Duration.ofNanos(System.nanoTime() - began));
    }
  }

  static Stream<Arguments> failing() {
    return Stream.concat(
        FailingRead.requests().stream()
            .flatMap(read -> FAULTS.keySet().stream().map(how -> Arguments.of(read, how))),
        FailingRead.vendors().stream()
            .flatMap(read -> DOWN.stream().map(how -> Arguments.of(read, how))));
  }

  /** What the others are compared with. */
  @Test
  void triage_nothingFails_isOkThroughout() throws Exception {
    var outcome = outcome("nothing");

    assertThat(outcome.report().verdict()).as(text(outcome)).isEqualTo(Verdict.OK);
  }

  @Test
  void triage_asksForNothing_thatIsNotLetFailHere() {
    var known = FailingRead.requests();

    assertThat(asked)
        .hasSizeGreaterThanOrEqualTo(known.size())
        .allMatch(
            each ->
                known.stream()
                    .anyMatch(one -> each.matches(one.faces().get(0) + " " + one.path())));
    assertThat(known)
        .allMatch(
            one ->
                asked.stream()
                    .anyMatch(each -> each.matches(one.faces().get(0) + " " + one.path())));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("failing")
  void triage_oneReadFails_isNotOkWhereItIsNeededAndUnchangedElsewhere(FailingRead read, String how)
      throws Exception {
    var needed = new HashMap<>(read.needed());
    if (how.equals(SILENCE)) {
      needed.putAll(read.besides());
    }
    if (how.equals(NOTHING)) {
      needed.remove(
          Incident.HEALTH_CHECK_FAILURES, "health"); // its code alone says that it is well
    }
    judge(outcome(read + how), needed, within(how));
  }

  @Test
  void triage_databaseIsSilent_isNotOkWhereItIsNeededAndUnchangedElsewhere() throws Exception {
    judge(
        outcome("silent database"),
        FailingRead.needs("R1 database sessions; R4 database"),
        within(SILENCE));
  }

  private static void judge(Outcome outcome, Map<Incident, String> needed, Duration within) {
    var told = text(outcome);
    assertThat(outcome.took()).as(told).isLessThan(within.plus(SLACK));
    assertThat(outcome.report().verdict() == Verdict.OK).as(told).isEqualTo(needed.isEmpty());
    for (var incident : Incident.values()) {
      var diagnosis = outcome.of(incident);
      var missing = needed.get(incident);
      if (missing == null) {
        assertThat(diagnosis.verdict()).as(incident + "\n" + told).isEqualTo(Verdict.OK);
      } else {
        assertThat(diagnosis.verdict()).as(incident + "\n" + told).isNotEqualTo(Verdict.OK);
        assertThat(missing(diagnosis)).as(incident + "\n" + told).contains(missing);
      }
    }
  }

  /** What was not checked, and what was looked at and does not come out well. */
  private static String missing(Diagnosis diagnosis) {
    return Stream.concat(
            diagnosis.notChecked().stream().map(each -> each.what()),
            diagnosis.findings().stream()
                .filter(each -> each.verdict() != Verdict.OK)
                .map(each -> each.summary()))
        .collect(Collectors.joining("\n"));
  }

  private Outcome outcome(String name) throws Exception {
    return Objects.requireNonNull(outcomes.get(name)).get();
  }

  private static String text(Outcome outcome) {
    return outcome.took().toMillis()
        + " ms\n"
        + outcome.report().page()
        + "\n"
        + outcome.report().ranked().stream()
            .map(each -> each.diagnosis().incident().id() + " " + missing(each.diagnosis()))
            .collect(Collectors.joining("\n"));
  }
}
