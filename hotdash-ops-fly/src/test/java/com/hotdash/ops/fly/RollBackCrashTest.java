package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.resolution.Execution;
import com.hotdash.ops.resolution.FileJournal;
import com.hotdash.ops.resolution.Journal;
import com.hotdash.ops.resolution.JournalEntry;
import com.hotdash.ops.resolution.MemoryJournal;
import com.hotdash.ops.resolution.RefusedException;
import com.hotdash.ops.resolution.StepOutcome.Status;
import com.hotdash.ops.resolution.StepResult;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.testkit.fly.FlyChange;
import com.hotdash.ops.testkit.fly.FlyHealth;
import com.hotdash.ops.testkit.fly.FlyImage;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The process that rolls back four machines dies, before or after any of its requests to Fly or
 * lines of its journal; another one, with a client of its own, reads the journal and goes on or
 * back. What Fly carried out is counted at Fly.
 */
class RollBackCrashTest {
  private static final int MACHINES = 4;
  private static final String ONE = SimulatedFly.MACHINES + "/[^/]+";

  // Started, intended and made for each machine, ended.
  private static final int LINES = 2 + 2 * MACHINES;

  @TempDir Path directory;

  /** Not an exception: nothing may take it for an answer. */
  private static final class Death extends Error {
    @Serial private static final long serialVersionUID = 1;
  }

  /** When the process dies. */
  record Moment(boolean line, int number, boolean before) {
    @Override
    public String toString() {
      return (before ? "before " : "after ") + (line ? "line " : "request ") + number;
    }
  }

  static Stream<Moment> moments() {
    var requests = IntStream.rangeClosed(1, requests()).boxed();
    var lines = IntStream.rangeClosed(1, LINES).boxed();
    return Stream.concat(
        requests.flatMap(n -> Stream.of(new Moment(false, n, true), new Moment(false, n, false))),
        lines.flatMap(n -> Stream.of(new Moment(true, n, true), new Moment(true, n, false))));
  }

  private static int requests() {
    return whole().requests;
  }

  /** The first machine has been told to change, and nobody heard the answer. */
  private static Moment afterFirstUpdate() {
    return new Moment(false, whole().firstUpdate, false);
  }

  /** A life that does not end. */
  private static Life whole() {
    try (var world = world()) {
      var life = new Life(new Moment(true, LINES + 1, true), new MemoryJournal());
      assertThat(life.rollBack(world).done()).isEqualTo(MACHINES);
      return life;
    }
  }

  /** What the dead wrote is read from the disk, by a journal of the other process's own. */
  private Journal journal() {
    return new FileJournal(directory.resolve("journal.jsonl"));
  }

  private static SimulatedFly world() {
    var world = new SimulatedFly();
    world.machines(MACHINES, world.bad);
    world.theirs.history(Instant.parse("2026-11-22T00:00:00Z")).complete(world.good);
    world.theirs.history(Instant.parse("2026-11-23T02:00:00Z")).complete(world.bad);
    return world;
  }

  @ParameterizedTest
  @MethodSource("moments")
  void resume_afterDeath_changesEachMachineOnce(Moment moment) {
    try (var world = world()) {
      die(moment, world, journal());
      var journal = journal();

      try (var runbook = runbook(world, world.client, journal)) {
        runbook.pending().forEach(each -> runbook.resume(each.id(), "go on"));

        boolean begun = !journal.entries().isEmpty();
        assertThat(updates(world)).as("" + world.fly.changes()).hasSize(begun ? MACHINES : 0);
        assertThat(updates(world)).doesNotHaveDuplicates();
        assertRunning(world, begun ? world.good : world.bad);
        assertThat(runbook.pending()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("moments")
  void undo_afterDeath_takesBackEachChangeOnce(Moment moment) {
    try (var world = world()) {
      die(moment, world, journal());
      var journal = journal();
      var made = updates(world);

      try (var runbook = runbook(world, world.client, journal)) {
        runbook.pending().forEach(each -> runbook.giveUp(each.id(), "back instead"));
        if (!made.isEmpty()) {
          var first = (JournalEntry.Started) journal.entries().get(0);
          runbook.undo(first.execution()).apply("the older one is worse");
        }

        var back = updates(world).subList(made.size(), updates(world).size());
        assertThat(back).as("" + world.fly.changes()).containsExactlyInAnyOrderElementsOf(made);
        assertThat(made).doesNotHaveDuplicates();
        assertRunning(world, world.bad);
        assertThat(runbook.pending()).isEmpty();
      }
    }
  }

  /** A machine that has the image is not a machine that runs it. */
  @ParameterizedTest
  @CsvSource({"crash, true, 2", "crash, false, 1", "unhealthy, true, 2"})
  void resume_imageIsSickOnTheFirstMachine_isFailedAndGoesBackByTheRules(
      String how, boolean wasWell, int expected) {
    try (var world = world()) {
      if (!wasWell) {
        world.fly.health(sickOnly(world.bad));
      }
      die(afterFirstUpdate(), world, journal());
      world.fly.add(
          how.equals("crash")
              ? world.good.crashing(new FlyImage.Crash(Duration.ofSeconds(4), 1, false))
              : world.good.unhealthy());
      assertThat(updates(world)).hasSize(1);

      try (var runbook = runbook(world, world.client, journal())) {
        var resumed = runbook.resume(runbook.pending().get(0).id(), "go on");

        assertThat(status(resumed.results().get(0)))
            .as(resumed.toString())
            .isEqualTo(Status.FAILED);
        assertThat(resumed.stopped().orElseThrow()).contains("failed");
        assertThat(updates(world)).as(resumed.toString()).hasSize(expected);
        assertThat(new HashSet<>(updates(world))).hasSize(1);
        var first = resumed.results().get(0).step().target().id();
        var machine =
            world.theirs.machines().stream()
                .filter(one -> one.id().equals(first))
                .findFirst()
                .orElseThrow();
        assertThat(machine.image().map(FlyImage::digest))
            .contains(wasWell ? world.bad.digest() : world.good.digest());
        assertThat(resumed.results().get(0).why().contains("it was put back as it was"))
            .isEqualTo(wasWell);
        assertThat(runbook.pending()).hasSize(1);
      }
    }
  }

  /**
   * Errors instead of answers, as many as there may be, while the platform puts the machine back.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 8, 12})
  void rollBack_errorsAfterTheUpdateThatIsPutBack_isFailedAndAskedForOnce(int errors) {
    try (var world = world()) {
      world.fly.add(world.good.unpullable());
      var deaf = new Deaf(errors);
      var transport = new OkHttpClient.Builder().addInterceptor(deaf::send).build();
      StepResult first;
      try (var client = world.builder(world.time.time()).transport(transport).build();
          var runbook = runbook(world, client, journal())) {
        first = runbook.highErrorRate().rollBack().plan().apply("v2 fails").results().get(0);
      }
      assertThat(first.done()).as(first.toString()).isFalse();
      world.time.advance(Duration.ofMinutes(2));

      if (status(first) == Status.UNCERTAIN) {
        try (var runbook = runbook(world, world.client, journal())) {
          first = runbook.resume(runbook.pending().get(0).id(), "go on").results().get(0);
        }
      }

      assertThat(status(first)).as(first.toString()).isEqualTo(Status.FAILED);
      assertThat(first.why()).contains("put back by the platform");
      assertThat(updates(world)).hasSize(1);
      assertRunning(world, world.bad);
    }
  }

  private static Status status(StepResult result) {
    return Objects.requireNonNull(result.outcome()).status();
  }

  private static FlyHealth sickOnly(FlyImage sick) {
    return (machine, path) ->
        machine.image().filter(image -> image.digest().equals(sick.digest())).isPresent()
            ? new FlyHealth.Probe(503, "no")
            : new FlyHealth.Probe(200, "ok");
  }

  /** Takes the first update to Fly, and hears errors only for a while. */
  private static final class Deaf {
    private int left;
    private boolean begun;

    Deaf(int errors) {
      left = errors;
    }

    synchronized Response send(Interceptor.Chain chain) throws IOException {
      var answer = chain.proceed(chain.request());
      begun |= isUpdate(chain.request());
      if (!begun || left == 0) {
        return answer;
      }
      left--;
      answer.close();
      return answer
          .newBuilder()
          .code(500)
          .body(ResponseBody.create("oops", MediaType.get("text/plain")))
          .build();
    }
  }

  private static boolean isUpdate(Request request) {
    return request.method().equals("POST") && request.url().encodedPath().matches(ONE);
  }

  private static void die(Moment moment, SimulatedFly world, Journal journal) {
    var life = new Life(moment, journal);

    // Before the first line a look that fails is a refusal; after it, the journal throws.
    assertThatThrownBy(() -> life.rollBack(world))
        .isInstanceOfAny(Death.class, RefusedException.class);
    assertThat(life.dead).isTrue();

    // Somebody notices; a lease that nobody gave back has run out by then.
    world.time.advance(Duration.ofMinutes(1));
  }

  private static void assertRunning(SimulatedFly world, FlyImage image) {
    assertThat(world.theirs.machines())
        .allSatisfy(
            machine -> {
              assertThat(machine.image().map(FlyImage::digest)).contains(image.digest());
              assertThat(machine.state()).isEqualTo("started");
            });
  }

  /** Which machines Fly updated, in order. */
  private static List<String> updates(SimulatedFly world) {
    return world.fly.changes().stream()
        .filter(change -> change.kind().equals("machine.update"))
        .map(FlyChange::target)
        .toList();
  }

  private static RunbookProcedures runbook(SimulatedFly world, FlyClient client, Journal journal) {
    return RunbookProcedures.builder()
        .time(world.time.time())
        .operator("sam")
        .platform(client.app(SimulatedFly.APP).platform())
        .journal(journal)
        .build();
  }

  /** One process: once dead it sends nothing and writes nothing, not even to clean up. */
  private static final class Life {
    private final Moment end;
    private final Journal journal;
    private boolean counting;
    private boolean dead;
    private int requests;
    private int firstUpdate;
    private int lines;

    Life(Moment end, Journal journal) {
      this.end = end;
      this.journal = journal;
    }

    Execution rollBack(SimulatedFly world) {
      var transport = new OkHttpClient.Builder().addInterceptor(this::send).build();
      try (var client = world.builder(world.time.time()).transport(transport).build();
          var runbook = runbook(world, client, new Lines())) {
        var plan = runbook.highErrorRate().rollBack().plan();
        assertThat(plan.steps()).as(plan.toString()).hasSize(MACHINES);
        counting = true;
        return plan.apply("v2 fails");
      }
    }

    private void check(boolean line, int number, boolean before) {
      dead |= counting && end.equals(new Moment(line, number, before));
      if (dead) {
        throw new Death();
      }
    }

    private synchronized Response send(Interceptor.Chain chain) throws IOException {
      if (counting) {
        requests++;
        firstUpdate = firstUpdate == 0 && isUpdate(chain.request()) ? requests : firstUpdate;
      }
      check(false, requests, true);
      var answer = chain.proceed(chain.request());
      try {
        check(false, requests, false);
      } catch (Death death) {
        answer.close();
        throw death;
      }
      return answer;
    }

    private final class Lines implements Journal {
      @Override
      public void append(JournalEntry entry) {
        lines++;
        check(true, lines, true);
        journal.append(entry);
        check(true, lines, false);
      }

      @Override
      public List<JournalEntry> entries() {
        return journal.entries();
      }

      @Override
      public String place() {
        return Objects.requireNonNull(journal.place());
      }
    }
  }
}
