package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.resolution.Execution;
import com.hotdash.ops.resolution.Journal;
import com.hotdash.ops.resolution.JournalEntry;
import com.hotdash.ops.resolution.MemoryJournal;
import com.hotdash.ops.resolution.RefusedException;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.testkit.fly.FlyChange;
import com.hotdash.ops.testkit.fly.FlyImage;
import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The process that rolls back four machines dies, before or after any of its requests to Fly or
 * lines of its journal; another one, with a client of its own, reads the journal and goes on or
 * back. What Fly carried out is counted at Fly.
 */
class RollBackCrashTest {
  private static final int MACHINES = 4;

  // Started, intended and made for each machine, ended.
  private static final int LINES = 2 + 2 * MACHINES;

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

  /** Half of them, in turn: what was made by then is what differs. */
  static Stream<Moment> someMoments() {
    return moments().filter(each -> each.line() || each.before() == (each.number() % 2 == 0));
  }

  private static int requests() {
    try (var world = world()) {
      var life = new Life(new Moment(true, LINES + 1, true), new MemoryJournal());
      assertThat(life.rollBack(world).done()).isEqualTo(MACHINES);
      return life.requests;
    }
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
      var journal = new MemoryJournal();
      die(moment, world, journal);

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
  @MethodSource("someMoments")
  void undo_afterDeath_takesBackEachChangeOnce(Moment moment) {
    try (var world = world()) {
      var journal = new MemoryJournal();
      die(moment, world, journal);
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
