package com.hotdash.ops.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.time.ManualTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A lock that hangs from a connection can be lost between two steps. */
class LostLockTest {
  private final ManualTime clock = new ManualTime();
  private final World world = new World(clock.time(), 3);
  private final Deque<Locks.Attempt> answers = new ArrayDeque<>();
  private final Fragile first = new Fragile();

  private Execution apply() {
    answers.addFirst(first);
    world.afterWrite = () -> first.ours = false;
    return Engine.builder()
        .time(clock.time())
        .action(world)
        .operator("sam")
        .locks((resource, holder) -> answers.removeFirst())
        .build()
        .resolution(world.id(), world::propose)
        .plan()
        .apply("5xx at 12 %");
  }

  @Test
  void apply_lockLostAndTakenByAnother_stopsBeforeTheNextStep() {
    answers.add(new Locks.Attempt.HeldBy("kim"));

    var execution = apply();

    assertThat(world.writes).containsExactly("m1=good");
    assertThat(execution.stopped())
        .hasValueSatisfying(why -> assertThat(why).contains("lost", "kim has it now"));
    assertThat(execution.results().subList(1, 3))
        .noneMatch(result -> result.is(StepOutcome.Status.DONE));
  }

  @Test
  void apply_lockLostAndFree_takesItAgainAndSaysSo() {
    var second = new Fragile();
    answers.add(second);

    var execution = apply();

    assertThat(execution.done()).isEqualTo(3);
    assertThat(execution.toString()).contains("The lock was lost on the way and taken again");
    assertThat(List.of(first.closed, second.closed)).containsExactly(true, true);
  }

  private static final class Fragile implements Locks.Attempt.Held {
    private volatile boolean ours = true;
    private volatile boolean closed;

    @Override
    public boolean stillHeld() {
      return ours;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
