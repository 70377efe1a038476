package com.hotdash.ops.platform;

import static com.hotdash.ops.platform.MachineState.STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.platform.Release.Status;
import com.hotdash.ops.resolution.Engine;
import com.hotdash.ops.resolution.FileJournal;
import com.hotdash.ops.resolution.Journal;
import com.hotdash.ops.resolution.JournalEntry;
import com.hotdash.ops.resolution.Plan;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The process dies at every call of the control and line of the journal; another one goes on. */
class RollBackCrashTest {
  private static final int MACHINES = 4;

  // The application, then each machine looked at and changed; before and after each call.
  private static final int CRASHES_IN_CALLS = 2 * (1 + 2 * MACHINES);

  // Started, intended and made for each machine, ended.
  private static final int LINES = 2 + 2 * MACHINES;

  @TempDir Path directory;
  private final SickPlatform sick = new SickPlatform();
  private final RollBack action = new RollBack(sick);

  @BeforeEach
  void badRelease() {
    sick.release(62, Status.COMPLETE, "b").release(63, Status.COMPLETE, "c");
    IntStream.rangeClosed(1, MACHINES).forEach(each -> sick.machine("m" + each, "c", STARTED));
  }

  static Stream<Arguments> deaths() {
    var calls =
        IntStream.rangeClosed(1, CRASHES_IN_CALLS).mapToObj(n -> Arguments.of(n, -1, false));
    var lines =
        IntStream.range(0, LINES)
            .boxed()
            .flatMap(n -> Stream.of(Arguments.of(-1, n, false), Arguments.of(-1, n, true)));
    return Stream.concat(calls, lines);
  }

  @ParameterizedTest
  @MethodSource("deaths")
  void resume_afterAnyDeath_changesEachMachineOnce(int call, int line, boolean written) {
    die(call, line, written);

    file().pending().forEach(each -> engine(file()).resume(each.id(), "go on"));

    if (!file().entries().isEmpty()) {
      assertThat(digests()).containsOnly("b");
      assertThat(sick.changed).containsExactlyInAnyOrder("m1", "m2", "m3", "m4");
    } else {
      assertThat(sick.changed).isEmpty();
    }
    assertThat(file().pending()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("deaths")
  void undo_afterAnyDeath_takesBackEachChangeOnce(int call, int line, boolean written) {
    die(call, line, written);
    var made = List.copyOf(sick.changed);
    sick.changed.clear();

    file().pending().forEach(each -> engine(file()).giveUp(each.id(), "back instead"));
    if (!made.isEmpty()) {
      var id = ((JournalEntry.Started) file().entries().get(0)).execution();
      engine(file()).undo(id).apply("b is worse");
    }

    assertThat(digests()).containsOnly("c");
    assertThat(new HashSet<>(sick.changed)).hasSameSizeAs(sick.changed);
    assertThat(sick.changed).containsExactlyInAnyOrderElementsOf(made);
    assertThat(file().pending()).isEmpty();
  }

  @Test
  void undo_somebodyChangedAMachineMeanwhile_leavesItAlone() {
    plan(engine(file())).apply("5xx since v63");
    sick.machine("m2", "hotfix", STARTED);
    var id = ((JournalEntry.Started) file().entries().get(0)).execution();

    var undone = engine(file()).undo(id).apply("b is worse");

    assertThat(undone.done()).isEqualTo(MACHINES - 1);
    assertThat(sick.get("m2").image().digest()).isEqualTo("hotfix");
  }

  private void die(int call, int line, boolean written) {
    Journal journal = line < 0 ? file() : new DyingJournal(file(), line, written);
    var plan = plan(engine(journal));
    sick.crashAt = call;

    assertThatThrownBy(() -> plan.apply("5xx since v63")).isInstanceOf(SickPlatform.Crash.class);

    sick.crashAt = -1;
  }

  private List<String> digests() {
    return sick.machines.values().stream().map(each -> "" + each.image().digest()).toList();
  }

  private Journal file() {
    return new FileJournal(directory.resolve("journal.jsonl"));
  }

  private Plan plan(Engine engine) {
    return engine
        .resolution(RollBack.ID, deadline -> action.propose(RollBackLimits.DEFAULT, deadline))
        .plan();
  }

  private Engine engine(Journal journal) {
    return Engine.builder()
        .time(sick.clock.time())
        .journal(journal)
        .operator("sam")
        .action(new RollBack(sick))
        .build();
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
        throw new SickPlatform.Crash();
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
