package com.hotdash.ops.resolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.time.ManualTime;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The process dies at every line of the journal and around every write; another one goes on. */
class CrashTest {
  private static final int MACHINES = 4;
  // Started, then intended and made for each machine, then ended.
  private static final int LINES = 2 + 2 * MACHINES;

  @TempDir Path directory;
  private final ManualTime clock = new ManualTime();
  private final World world = new World(clock.time(), MACHINES);

  private Engine engine(Journal journal) {
    return Engine.builder()
        .time(clock.time())
        .journal(journal)
        .operator("sam")
        .action(world)
        .build();
  }

  private Journal file() {
    return new FileJournal(directory.resolve("journal.jsonl"));
  }

  @ParameterizedTest
  @CsvSource({
    "0,false", "0,true", "1,false", "1,true", "2,false", "2,true", "3,false", "3,true", "4,false",
    "4,true", "5,false", "5,true", "6,false", "6,true", "7,false", "7,true", "8,false", "8,true",
    "9,false", "9,true"
  })
  void resume_afterCrashAtAnyJournalLine_makesEachStepExactlyOnce(int line, boolean written) {
    var dying = new DyingJournal(file(), line, written);

    assertThatThrownBy(() -> plan(engine(dying)).apply("why")).isInstanceOf(World.Crash.class);

    assertThat(line).isLessThan(LINES);
    resumeAndCheck();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void resume_afterCrashBeforeAWrite_makesEachStepExactlyOnce(int write) {
    world.crashBeforeWrite = write;

    assertThatThrownBy(() -> plan(engine(file())).apply("why")).isInstanceOf(World.Crash.class);

    assertThat(file().pending().get(0).outcome(write))
        .hasValueSatisfying(
            outcome -> assertThat(outcome.status()).isEqualTo(StepOutcome.Status.UNCERTAIN));
    resumeAndCheck();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void resume_afterCrashAfterAWrite_makesEachStepExactlyOnce(int write) {
    world.crashAfterWrite = write;

    assertThatThrownBy(() -> plan(engine(file())).apply("why")).isInstanceOf(World.Crash.class);

    resumeAndCheck();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void giveUp_afterCrashAfterAWrite_changesNothingAndIsOver(int write) {
    world.crashAfterWrite = write;
    assertThatThrownBy(() -> plan(engine(file())).apply("why")).isInstanceOf(World.Crash.class);
    var before = List.copyOf(world.writes);

    engine(file()).giveUp(file().pending().get(0).id(), "rolled forward instead");

    assertThat(world.writes).isEqualTo(before);
    assertThat(file().pending()).isEmpty();
    var id = ExecutionRecord.fold(file().entries()).get(0).id();
    assertThatThrownBy(() -> engine(file()).resume(id, "again")).hasMessageContaining("is over");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void resume_somebodyChangedTheUncertainTargetMeanwhile_leavesItAlone(int write) {
    world.crashAfterWrite = write;
    assertThatThrownBy(() -> plan(engine(file())).apply("why")).isInstanceOf(World.Crash.class);
    var machine = "m" + (write + 1);
    world.versions.put(machine, "hotfix");

    engine(file()).resume(file().pending().get(0).id(), "go on");

    assertThat(world.versions).containsEntry(machine, "hotfix");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void resume_madeByTheDeadAndNotWell_isFailedAndStopsTheRest(int write) {
    world.crashAfterWrite = write;
    assertThatThrownBy(() -> plan(engine(file())).apply("why")).isInstanceOf(World.Crash.class);
    var writes = List.copyOf(world.writes);
    var machine = "m" + (write + 1);
    world.sick.add(machine);

    var resumed = engine(file()).resume(file().pending().get(0).id(), "go on");

    assertThat(resumed.results().get(write).is(StepOutcome.Status.FAILED)).isTrue();
    assertThat(resumed.stopped().orElseThrow()).contains(machine + " failed");
    assertThat(world.writes).isEqualTo(writes);
    assertThat(file().pending()).hasSize(1);
    // What it was like before was written down by the one that died.
    assertThat(world.before.get(machine)).isEqualTo(TargetState.of(Map.of("version", "bad")));
  }

  /** The last write of the dead one takes effect between two looks of the next. */
  @ParameterizedTest
  @CsvSource({"good,DONE", "hotfix,MOVED"})
  void resume_sentBeforeAndSeenLate_isNotTakenForSomebodyElses(
      String version, StepOutcome.Status expected) {
    world.crashBeforeWrite = 0;
    assertThatThrownBy(() -> plan(engine(file())).apply("why")).isInstanceOf(World.Crash.class);
    var looks = new AtomicInteger();
    world.afterLook =
        () -> {
          if (looks.incrementAndGet() == 1) {
            world.versions.put("m1", version);
          }
        };

    var resumed = engine(file()).resume(file().pending().get(0).id(), "go on");

    assertThat(resumed.results().get(0).is(expected)).as(resumed.toString()).isTrue();
    assertThat(world.writes).doesNotContain("m1=good");
  }

  @ParameterizedTest
  @CsvSource({"true,DONE", "false,UNCERTAIN"})
  void resume_absenceProvesNothing_makesNoStepAgainThatMayHaveBeenMade(
      boolean made, StepOutcome.Status expected) {
    world.absenceProves = false;
    world.crashAfterWrite = made ? 0 : -1;
    world.crashBeforeWrite = made ? -1 : 0;
    assertThatThrownBy(() -> plan(engine(file())).apply("why")).isInstanceOf(World.Crash.class);
    var id = file().pending().get(0).id();
    var writes = List.copyOf(world.writes);
    world.refusing.addAll(List.of("m2", "m3", "m4"));

    var resumed = engine(file()).resume(id, "go on");

    assertThat(resumed.results().get(0).is(expected)).isTrue();
    assertThat(world.writes).isEqualTo(writes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hotfix", "bad"})
  void resume_absenceProvesNothing_staysPendingHoweverTheTargetLooks(String version) {
    world.absenceProves = false;
    world.crashBeforeWrite = 0;
    assertThatThrownBy(() -> plan(engine(file())).apply("why")).isInstanceOf(World.Crash.class);
    var id = file().pending().get(0).id();
    world.versions.put("m1", version);

    engine(file()).resume(id, "go on");

    assertThat(world.writes).isEmpty();
    assertThat(file().pending()).hasSize(1);
    engine(file()).giveUp(id, "seen on the page that it did not start");
    assertThat(file().pending()).isEmpty();
  }

  /** The one that died knew that the first was not made, and had not said that it was over. */
  @ParameterizedTest
  @CsvSource({"m1,true", "m1,false", "m2,true", "m2,false"})
  void resume_firstMoved_makesTheRestUnlessItRestsOnTheFirst(String carries, boolean written) {
    world.carrying.add(carries);
    var dying = new DyingJournal(file(), written ? 1 : 2, written);
    var plan = plan(engine(dying));
    world.versions.put("m1", "hotfix");
    assertThatThrownBy(() -> plan.apply("why")).isInstanceOf(World.Crash.class);

    var resumed = engine(file()).resume(file().pending().get(0).id(), "go on");

    boolean rests = carries.equals("m1");
    assertThat(resumed.results().get(0).is(StepOutcome.Status.MOVED)).isTrue();
    assertThat(world.writes).hasSize(rests ? 0 : MACHINES - 1);
    assertThat(resumed.results().subList(1, MACHINES))
        .allMatch(rests ? left -> left.toString().contains("rests on") : StepResult::done);
    assertThat(file().pending()).isEmpty();
  }

  private Plan plan(Engine engine) {
    return engine.resolution(world.id(), world::propose).plan();
  }

  private void resumeAndCheck() {
    world.crashAfterWrite = -1;
    world.crashBeforeWrite = -1;
    var pending = file().pending();
    if (pending.isEmpty()) {
      // Died before the first line was on disk, or after the last one was: all or nothing.
      assertThat(world.writes.size()).isIn(0, MACHINES);
      return;
    }

    var execution = engine(file()).resume(pending.get(0).id(), "go on");

    assertThat(world.versions.values()).containsOnly("good");
    assertThat(new HashSet<>(world.writes)).hasSameSizeAs(world.writes).hasSize(MACHINES);
    assertThat(execution.done()).isEqualTo(MACHINES);
    assertThat(file().pending()).isEmpty();
  }

  /** Kills the process at its n-th line, before or after the line is on disk. */
  private static final class DyingJournal implements Journal {
    private final Journal real;
    private final boolean written;
    private int left;

    DyingJournal(Journal real, int line, boolean written) {
      this.real = real;
      this.left = line;
      this.written = written;
    }

    @Override
    public void append(JournalEntry entry) {
      boolean dies = left-- == 0;
      if (!dies || written) {
        real.append(entry);
      }
      if (dies) {
        throw new World.Crash();
      }
    }

    @Override
    public List<JournalEntry> entries() {
      return real.entries();
    }

    @Override
    public String place() {
      return real.place();
    }
  }
}
