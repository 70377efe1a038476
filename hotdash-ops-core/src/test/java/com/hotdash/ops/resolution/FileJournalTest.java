package com.hotdash.ops.resolution;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.time.ManualTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileJournalTest {
  private final ManualTime clock = new ManualTime();
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("deep").resolve("journal.jsonl");
  }

  @Test
  void entries_writtenByOneRead_byAnother_areEqual() {
    var world = new World(clock.time(), 1);
    var proposal = world.propose(clock.time().deadline(java.time.Duration.ofSeconds(1)));
    List<JournalEntry> entries =
        List.of(
            new JournalEntry.Started(
                "x-1",
                clock.now(),
                "d",
                proposal.toOptional().orElseThrow(),
                "sam",
                "schöner \"Grund\"\n",
                Map.of("cap", "why"),
                null),
            new JournalEntry.Kept("x-1", clock.now(), 0, List.of("last words")),
            new JournalEntry.Intended("x-1", clock.now(), 0, Map.of()),
            new JournalEntry.Made("x-1", clock.now(), 0, StepOutcome.done("ok")),
            new JournalEntry.Stopped("x-1", clock.now(), "kill switch"),
            new JournalEntry.Resumed("x-1", clock.now(), "kim", "go on"),
            new JournalEntry.Verified("x-1", clock.now(), Verification.Result.CURED, "0 waiters"),
            new JournalEntry.Ended("x-1", clock.now(), "done"));

    entries.forEach(new FileJournal(file)::append);

    assertThat(new FileJournal(file).entries()).isEqualTo(entries);
    assertThat(new FileJournal(file).pending()).isEmpty();
  }

  /** Found before the first change is wanted, not by it. */
  @Test
  void unwritable_directoryInItsPlaceOrFileAboveIt_isToldWithoutWriting() throws IOException {
    var plain = Files.writeString(directory.resolve("plain"), "");

    assertThat(new FileJournal(directory).unwritable())
        .hasValue(directory + " is no file that can be written");
    assertThat(new FileJournal(plain.resolve("ops").resolve("j.jsonl")).unwritable())
        .hasValueSatisfying(why -> assertThat(why).startsWith(plain + " is no directory in which"));
    assertThat(new FileJournal(plain).unwritable()).isEmpty();
    assertThat(new FileJournal(directory.resolve("new").resolve("j.jsonl")).unwritable()).isEmpty();
    assertThat(directory).isDirectoryNotContaining("glob:**/new");
  }

  @Test
  void absent_noFile_saysSoAlsoToWhoeverAsksForAnExecution() {
    var journal = new FileJournal(file);
    var engine = Engine.builder().journal(journal).operator("sam").build();

    assertThat(journal.absent()).get().asString().contains(file.toString(), "HOTDASH_OPS_JOURNAL");
    assertThatThrownBy(() -> engine.resume("x-1", "go on"))
        .hasMessageContaining("no execution x-1")
        .hasMessageContaining("there is no file " + file);

    journal.append(new JournalEntry.Ended("x-1", clock.now(), "done"));
    assertThat(journal.absent()).isEmpty();
  }

  /** What began in another journal may have ended in this one, and must be seen to be over. */
  @Test
  void open_leavesOutWhatBeganAndEndedHere() {
    var journal = new FileJournal(file);
    var world = new World(clock.time(), 1);
    var proposal =
        world.propose(clock.time().deadline(java.time.Duration.ofSeconds(1))).toOptional();
    for (var id : List.of("over", "left")) {
      journal.append(
          new JournalEntry.Started(
              id, clock.now(), "d", proposal.orElseThrow(), "sam", "why", Map.of(), null));
    }
    journal.append(new JournalEntry.Ended("over", clock.now(), "done"));
    journal.append(new JournalEntry.Ended("elsewhere", clock.now(), "done"));

    assertThat(journal.open())
        .extracting(JournalEntry::execution)
        .containsExactly("left", "elsewhere");
    assertThat(journal.pending()).extracting(ExecutionRecord::id).containsExactly("left");
    assertThat(journal.of("over")).hasSize(2);
  }

  @Test
  void entries_lastLineTorn_isPassedOverAndClosedOffByTheNextWriter() throws IOException {
    var journal = new FileJournal(file);
    journal.append(new JournalEntry.Intended("x-1", clock.now(), 0, Map.of()));
    var torn = "{\"event\":\"made\",\"execution\":\"schö".getBytes(StandardCharsets.UTF_8);
    Files.write(file, java.util.Arrays.copyOf(torn, torn.length - 1), StandardOpenOption.APPEND);

    assertThat(journal.entries()).hasSize(1);
    new FileJournal(file).append(new JournalEntry.Intended("x-1", clock.now(), 1, Map.of()));

    assertThat(journal.entries())
        .containsExactly(
            new JournalEntry.Intended("x-1", clock.now(), 0, Map.of()),
            new JournalEntry.Intended("x-1", clock.now(), 1, Map.of()));
  }

  @Test
  void append_severalJournalsOnOneFile_loseNothing() throws InterruptedException {
    var threads = new java.util.ArrayList<Thread>();
    for (int n = 0; n < 4; n++) {
      var id = "x-" + n;
      var journal = new FileJournal(file);
      var thread =
          new Thread(
              () -> {
                for (int i = 0; i < 10; i++) {
                  journal.append(new JournalEntry.Intended(id, clock.now(), i, Map.of()));
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (var thread : threads) {
      thread.join();
    }

    assertThat(new FileJournal(file).entries()).hasSize(40);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "{\"event\":\"teleported\",\"execution\":\"x-1\"}",
        "{\"event\":\"started\",\"execution\":\"x-1\",\"at\":\"2026-11-23T03:00:00Z\"}",
      })
  void entries_wholeLineOfAnotherVersion_isNotPassedOver(String line) throws IOException {
    Files.createDirectories(requireNonNull(file.getParent()));
    Files.writeString(file, line + "\n");

    assertThatThrownBy(() -> new FileJournal(file).entries())
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("another version");
  }

  @Test
  void entries_noFileYet_isEmpty() {
    assertThat(new FileJournal(file).entries()).isEmpty();
  }

  @Test
  void append_directoryCannotBeWritten_saysWhatToDo() throws IOException {
    var blocked = directory.resolve("blocked");
    Files.writeString(blocked, "a file where a directory should be");
    var journal = new FileJournal(blocked.resolve("journal.jsonl"));

    assertThatThrownBy(
            () -> journal.append(new JournalEntry.Intended("x-1", clock.now(), 0, Map.of())))
        .isInstanceOf(JournalException.class)
        .hasMessageStartingWith("journal append: ")
        .hasMessageContaining("HOTDASH_OPS_JOURNAL");
  }

  @Test
  void apply_journalCannotBeWritten_changesNothingUntilOverridden() throws IOException {
    var blocked = directory.resolve("blocked");
    Files.writeString(blocked, "");
    var world = new World(clock.time(), 2);
    var engine =
        Engine.builder()
            .time(clock.time())
            .journal(new FileJournal(blocked.resolve("journal.jsonl")))
            .operator("sam")
            .action(world)
            .build();
    var plan = engine.resolution(world.id(), world::propose).plan();

    assertThatThrownBy(() -> plan.apply("why")).hasMessageContaining("HOTDASH_OPS_JOURNAL");
    assertThat(world.writes).isEmpty();
    var execution = plan.despite("journal", "disk full, users down").apply("why");

    assertThat(world.writes).hasSize(2);
    assertThat(execution.notes()).anyMatch(note -> note.contains("memory only"));
  }
}
