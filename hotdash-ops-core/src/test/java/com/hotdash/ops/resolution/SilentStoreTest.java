package com.hotdash.ops.resolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.time.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A store that does not answer must not stand between an engineer and a cure. */
class SilentStoreTest {
  private final ManualTime clock = new ManualTime();
  private final World world = new World(clock.time(), 1);
  private final CountDownLatch never = new CountDownLatch(1);

  @AfterEach
  void letGo() {
    never.countDown();
  }

  @Test
  void apply_lockStoreSilent_goesOnWithinTheProcessAndSaysSo() {
    Locks silent =
        (resource, holder) -> {
          hang();
          return new Locks.Attempt.HeldBy("nobody");
        };

    var execution = apply(Engine.builder().locks(silent));

    assertThat(execution.done()).isEqualTo(1);
    assertThat(execution.notes()).anyMatch(note -> note.contains("lock store was silent"));
  }

  @Test
  void apply_journalSilent_refusesUntilOverriddenAndSaysSo() {
    var silent =
        new Journal() {
          @Override
          public void append(JournalEntry entry) {
            hang();
          }

          @Override
          public List<JournalEntry> entries() {
            hang();
            return List.of();
          }

          @Override
          public String place() {
            return "a table";
          }
        };

    var engine = build(Engine.builder().journal(silent));
    var plan = engine.resolution(world.id(), world::propose).plan();

    assertThatThrownBy(() -> plan.apply("why")).hasMessageContaining("was silent for 100 ms");
    var execution = plan.despite("journal", "users are down").apply("why");

    assertThat(execution.done()).isEqualTo(1);
    assertThat(execution.notes()).anyMatch(note -> note.contains("memory only"));
  }

  @Test
  void append_journalGoesSilentOnTheWay_goesOnInMemoryAndCanBeUndone() {
    var silent =
        new Journal() {
          @Override
          public void append(JournalEntry entry) {
            hang();
          }

          @Override
          public List<JournalEntry> entries() {
            return List.of();
          }

          @Override
          public String place() {
            return "a table";
          }
        };

    var execution = apply(Engine.builder().journal(silent));

    assertThat(execution.notes()).anyMatch(note -> note.contains("memory only"));
    assertThat(execution.undo().steps()).hasSize(1);
  }

  private Engine build(Engine.Builder builder) {
    return builder
        .storeWithin(Duration.ofMillis(100))
        .time(clock.time())
        .operator("sam")
        .action(world)
        .build();
  }

  private Execution apply(Engine.Builder builder) {
    var engine = build(builder);
    return engine.resolution(world.id(), world::propose).plan().apply("why");
  }

  private void hang() {
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
