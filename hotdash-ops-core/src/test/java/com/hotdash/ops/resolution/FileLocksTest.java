package com.hotdash.ops.resolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.resolution.Locks.Attempt;
import com.hotdash.ops.time.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLocksTest {
  private final ManualTime clock = new ManualTime();
  @TempDir Path directory;

  @Test
  void tryAcquire_heldByAnotherProcess_namesItsHolderUntilGivenBack() {
    // Another object on the same directory stands for another process.
    var theirs = (Attempt.Held) new FileLocks(directory).tryAcquire("app hotdash", "kim");

    assertThat(new FileLocks(directory).tryAcquire("app hotdash", "sam"))
        .isEqualTo(new Attempt.HeldBy("kim"));
    assertThat(new FileLocks(directory).tryAcquire("app other", "sam"))
        .isInstanceOf(Attempt.Held.class);
    theirs.close();
    assertThat(new FileLocks(directory).tryAcquire("app hotdash", "sam"))
        .isInstanceOf(Attempt.Held.class);
  }

  @Test
  void tryAcquire_directoryCannotBeWritten_holdsWithinTheProcessAndSaysSo() throws IOException {
    var blocked = directory.resolve("blocked");
    Files.writeString(blocked, "");
    var locks = new FileLocks(blocked);

    var attempt = locks.tryAcquire("app hotdash", "sam");

    assertThat(((Attempt.Held) attempt).note()).isPresent();
    assertThat(locks.tryAcquire("app hotdash", "kim")).isEqualTo(new Attempt.HeldBy("sam"));
  }

  @Test
  void resume_executionStillRunsInAnotherProcess_isRefusedAndGiveUpToo() {
    var world = new World(clock.time(), 2);
    var journal = new FileJournal(directory.resolve("journal.jsonl"));
    List<Throwable> refused = new ArrayList<>();
    world.afterWrite =
        () -> {
          var other = engine(world, journal);
          var id = other.pending().get(0).id();
          assertThatThrownBy(() -> other.resume(id, "looks dead"))
              .isInstanceOf(RefusedException.class)
              .satisfies(refused::add);
          assertThatThrownBy(() -> other.giveUp(id, "looks dead")).satisfies(refused::add);
        };

    var mine = engine(world, journal);
    mine.resolution(world.id(), world::propose).plan().apply("why");

    assertThat(world.writes).containsExactly("m1=good", "m2=good");
    assertThat(refused).hasSize(4).allMatch(e -> String.valueOf(e.getMessage()).contains("locked"));
  }

  private Engine engine(World world, Journal journal) {
    return Engine.builder()
        .time(clock.time())
        .journal(journal)
        .locks(new FileLocks(directory.resolve("locks")))
        .operator("sam")
        .action(world)
        .build();
  }
}
