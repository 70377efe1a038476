package com.hotdash.ops.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LookGateTest {
  private static final Deadline LATER = Time.SYSTEM.deadline(Duration.ofMinutes(1));

  private final LookGate gate = new LookGate(LATER);

  private static Reading<Integer> seen() {
    return Reading.of(7, Evidence.of("7", "here", Instant.EPOCH));
  }

  private static Reading<Integer> unseen() {
    return Reading.unread(new NotChecked("sevens", Why.UNREACHABLE, "no answer", "look again"));
  }

  @Test
  void read_open_isWhatWasMade() {
    assertThat(gate.read("sevens", LookGateTest::seen).toOptional()).contains(7);
    assertThat(gate.read("sevens", LookGateTest::unseen)).isEqualTo(unseen());
  }

  @Test
  void read_noTimeLeft_isNotBegun() {
    var late = new LookGate(Time.SYSTEM.deadline(Duration.ofNanos(1)));

    var made = late.<Integer>read("sevens", () -> fail());

    assertThat(made.obstacle().orElseThrow().why()).isEqualTo(Why.TIMED_OUT);
  }

  @Test
  void read_closedBefore_isNotBegun() {
    gate.close();

    var made = gate.<Integer>read("sevens", () -> fail());

    assertThat(made.obstacle().orElseThrow().why()).isEqualTo(Why.CANCELLED);
  }

  @Test
  void close_whileOneReads_interruptsItAndTakesTheFlagBack() {
    var made =
        gate.read(
            "sevens",
            () -> {
              gate.close();
              assertThat(Thread.currentThread().isInterrupted()).isTrue();
              return unseen();
            });

    assertThat(made.obstacle().orElseThrow().detail()).isEqualTo("the look was closed");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void close_whatWasReadAllTheSame_counts() {
    var made =
        gate.read(
            "sevens",
            () -> {
              gate.close();
              return seen();
            });

    assertThat(made.toOptional()).contains(7);
  }

  @Test
  void read_throws_lendsTheThreadBack() {
    assertThatIllegalStateException().isThrownBy(() -> gate.<Integer>read("sevens", () -> fail()));

    gate.close();

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  private static Reading<Integer> fail() {
    throw new IllegalStateException("it was begun");
  }
}
