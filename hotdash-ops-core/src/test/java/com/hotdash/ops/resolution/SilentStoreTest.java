package com.hotdash.ops.resolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

  @Test
  void apply_lockComesLate_isGivenBack() throws Exception {
    var closed = new CountDownLatch(1);
    Locks late =
        (resource, holder) -> {
          hang();
          return (Locks.Attempt.Held) closed::countDown;
        };

    apply(Engine.builder().locks(late));
    never.countDown();

    assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void apply_storesFailAndOthersStandBy_goesOnWithThoseAndSaysSo() {
    var beside = new MemoryJournal();
    var world =
        Engine.builder()
            .journal(new Failing())
            .locks(
                (resource, holder) -> {
                  throw new JournalException("lock", "no route", "look", null);
                })
            .standby(beside, new InProcessLocks());

    var execution = apply(world);

    assertThat(execution.done()).isEqualTo(1);
    assertThat(execution.notes())
        .anyMatch(note -> note.contains("no route: locked by what stands by"))
        .anyMatch(note -> note.contains("disk full: this execution is journalled in memory"));
    assertThat(beside.entries()).hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  void pending_journalFailsAndAnotherStandsBy_isNotTakenForNothing() {
    var engine =
        build(Engine.builder().journal(new Failing()).standby(new MemoryJournal(), locks()));

    assertThatThrownBy(engine::pending).hasMessageContaining("disk full");
  }

  @Test
  void resume_journalledByWhatStoodBy_goesOnWhileTheJournalFails() {
    var beside = new MemoryJournal();
    var engine = build(Engine.builder().journal(new Failing()).standby(beside, locks()));
    engine.resolution(world.id(), world::propose).plan().apply("why");
    var begun = beside.entries().subList(0, 2);
    var crashed = new MemoryJournal();
    begun.forEach(crashed::append);
    var other = build(Engine.builder().journal(new Failing()).standby(crashed, locks()));

    var resumed = other.resume(begun.get(0).execution(), "go on");

    assertThat(resumed.done()).isEqualTo(1);
  }

  @Test
  void records_storeLeftBehindWroteAllTheSame_countsTheEntryOnce() {
    var journal = new MemoryJournal();
    var beside = new MemoryJournal();
    var engine = build(Engine.builder().journal(journal).standby(beside, locks()));
    engine.resolution(world.id(), world::propose).plan().apply("why");
    journal.entries().forEach(beside::append);

    var target = engine.resolution(world.id(), world::propose).plan().proposal().target();
    assertThat(engine.history(target, Instant.EPOCH)).singleElement().matches(r -> !r.pending());
  }

  /** What was begun here and given up there is over. */
  @Test
  void pending_begunInOneJournalAndEndedInTheOther_isOver() {
    var one = new MemoryJournal();
    var other = new MemoryJournal();
    var engine = build(Engine.builder().journal(new MemoryJournal()));
    var id = engine.resolution(world.id(), world::propose).plan().apply("why").id();
    for (var entry : engine.entries()) {
      (entry instanceof JournalEntry.Ended ? other : one).append(entry);
    }

    assertThat(build(Engine.builder().journal(one).standby(other, locks())).pending()).isEmpty();
    assertThat(build(Engine.builder().journal(other).standby(one, locks())).pending()).isEmpty();
    assertThat(one.pending()).extracting(ExecutionRecord::id).containsExactly(id);
  }

  @Test
  void apply_witnessBreaksItsWord_goesOn() {
    var heard = new java.util.ArrayList<String>();
    Witness witness =
        (words, page) -> {
          heard.add(words + "\n" + page.toText(100));
          throw new IllegalStateException("no network");
        };

    var execution = apply(Engine.builder().witness(witness));
    execution.verify();

    assertThat(execution.done()).isEqualTo(1);
    assertThat(heard).hasSize(3);
    assertThat(heard.get(0)).startsWith("sam applies a plan, execution " + execution.id());
    assertThat(heard.get(1)).startsWith("Execution " + execution.id() + ": 1 steps made");
    assertThat(heard.get(2)).contains("measured: CURED");
  }

  private static Locks locks() {
    return new InProcessLocks();
  }

  private static final class Failing implements Journal {
    @Override
    public void append(JournalEntry entry) {
      throw new JournalException("append", "disk full", "make room", null);
    }

    @Override
    public List<JournalEntry> entries() {
      throw new JournalException("read", "disk full", "make room", null);
    }

    @Override
    public String place() {
      return "a disk";
    }
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
