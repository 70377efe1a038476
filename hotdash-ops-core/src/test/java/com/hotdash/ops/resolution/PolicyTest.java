package com.hotdash.ops.resolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.hotdash.ops.time.ManualTime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PolicyTest {
  private static final Duration TEN = Duration.ofMinutes(10);

  private final ManualTime clock = new ManualTime();
  private final World world = new World(clock.time(), 2);
  private final Journal journal = new MemoryJournal();

  private Plan plan(Policy policy) {
    return Engine.builder()
        .time(clock.time())
        .journal(journal)
        .operator("sam")
        .policy(policy)
        .action(world)
        .build()
        .resolution(world.id(), world::propose)
        .plan();
  }

  private static Policy cooling() {
    return Policy.DEFAULT.withCooldown("set-version", TEN);
  }

  private Execution madeOnce() {
    var execution = plan(cooling()).apply("first");
    world.versions.replaceAll((machine, version) -> "bad");
    return execution;
  }

  @Test
  void apply_sameTargetTooSoon_isRefusedAndSaysUntilWhen() {
    var first = madeOnce();
    clock.advance(Duration.ofMinutes(9));

    var plan = plan(cooling());
    var refusal = catchThrowableOfType(RefusedException.class, () -> plan.apply("again"));

    assertThat(plan.objections()).extracting(Objection::name).containsExactly("cooldown");
    assertThat(refusal)
        .hasMessageContaining("execution " + first.id() + " at 2026-11-23T03:00:00Z")
        .hasMessageContaining("less than 10 min ago")
        .hasMessageContaining("wait until 2026-11-23T03:10:00Z");
    assertThat(world.writes).hasSize(2);
  }

  @Test
  void apply_tooSoonButOverridden_isMadeAndJournalled() {
    madeOnce();

    plan(cooling()).despite("cooldown", "the last one was of another cause").apply("again");

    assertThat(world.writes).hasSize(4);
    assertThat(journal.entries().toString()).contains("the last one was of another cause");
  }

  @Test
  void apply_afterTheCooldown_isMade() {
    madeOnce();
    clock.advance(TEN);

    plan(cooling()).apply("again");

    assertThat(world.writes).hasSize(4);
  }

  @Test
  void apply_otherTargetOrKind_isMade() {
    madeOnce();
    world.versions.clear();
    world.versions.put("m9", "bad");
    assertThat(plan(cooling()).objections()).as("another machine").isEmpty();

    world.versions.put("m1", "bad");
    assertThat(plan(Policy.DEFAULT).objections()).as("a kind without cooldown").isEmpty();
  }

  @Test
  void apply_lastTimeItHadMovedBefore_doesNotCount() {
    var plan = plan(cooling());
    world.versions.put("m1", "foreign");
    plan.apply("first");
    world.versions.put("m1", "bad");

    assertThat(plan(cooling()).objections()).isEmpty();
  }

  @Test
  void apply_lastTimeAskedForInVain_counts() {
    world.refusing.add("m1");
    var first = plan(cooling());
    first.apply("first");
    world.versions.remove("m2");

    assertThat(plan(cooling()).objections()).extracting(Objection::name).contains("cooldown");
  }

  @Test
  void stricter_takesTheStricterOfEachRule() {
    var why = new AtomicReference<Optional<String>>(Optional.empty());
    var one = Policy.DEFAULT.withMaxSteps(5).withCooldown("a", Duration.ofMinutes(1));
    var other =
        Policy.DEFAULT
            .withReadOnly(true)
            .withKillSwitch(why::get)
            .withCooldown("a", Duration.ofMinutes(3))
            .withCooldown("machine.restart", Duration.ofMinutes(1));

    var both = one.stricter(other);

    assertThat(both).isEqualTo(other.stricter(one));
    assertThat(both.maxSteps()).isEqualTo(5);
    assertThat(both.readOnly()).isTrue();
    assertThat(both.cooldowns())
        .containsEntry("a", Duration.ofMinutes(3))
        .containsEntry("machine.restart", TEN);
    assertThat(both.killSwitch().thrown()).isEmpty();
    why.set(Optional.of("drill"));
    assertThat(both.killSwitch().thrown()).contains("drill");
    assertThat(both.stricter(Policy.DEFAULT.withKillSwitch(() -> Optional.of("fire"))).killSwitch())
        .satisfies(either -> assertThat(either.thrown()).contains("drill"))
        .satisfies(
            either -> {
              why.set(Optional.empty());
              assertThat(either.thrown()).contains("fire");
            });
  }

  @Test
  void toString_saysWhatIsAllowed() {
    assertThat(Policy.DEFAULT.toString())
        .isEqualTo(
            "changes are allowed; at most 20 objects by one plan (can be overridden: blast-radius);"
                + " machine.restart of the same target not within 10 min (can be overridden:"
                + " cooldown); no kill switch");
    assertThat(Policy.DEFAULT.withReadOnly(true).withKillSwitch(() -> Optional.of("x")).toString())
        .contains("read-only", "a kill switch stops everything");
  }

  @Test
  void withCooldown_outOfBounds_isRefusedAndZeroTakesItAway() {
    assertThat(Policy.DEFAULT.withCooldown("machine.restart", Duration.ZERO).cooldowns()).isEmpty();
    assertThatThrownBy(() -> Policy.DEFAULT.withCooldown("a", Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
