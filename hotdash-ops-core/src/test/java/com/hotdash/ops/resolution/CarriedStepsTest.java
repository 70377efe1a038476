package com.hotdash.ops.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.time.ManualTime;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Steps that rest on another are made only if that one was. After a crash: {@link CrashTest}. */
class CarriedStepsTest {
  private static final Pace GOES_ON = new Pace(1, 1, false, false);

  private final ManualTime clock = new ManualTime();
  private final World world = new World(clock.time(), 3);
  private final Journal journal = new MemoryJournal();

  @ParameterizedTest
  @CsvSource({"m1,false,0", "m1,true,0", "m2,false,2", "m2,true,2"})
  void apply_firstNotMade_makesTheRestUnlessItRestsOnTheFirst(
      String carries, boolean fails, int made) {
    world.carrying.add(carries);
    var plan = plan();
    if (fails) {
      world.refusing.add("m1");
    } else {
      world.versions.put("m1", "hotfix");
    }

    var execution = plan.apply("why");

    assertThat(world.writes).hasSize(made);
    assertThat(execution.done()).isEqualTo(made);
    assertThat(execution.results().subList(1, 3))
        .as(execution.toString())
        .allMatch(each -> each.done() || each.why().contains("rests on " + plan.steps().get(0)));
    assertThat(journal.pending()).isEmpty();
  }

  private Plan plan() {
    var steps = Stream.of("m1", "m2", "m3").map(each -> World.step(each, "bad", "good")).toList();
    var evidence = Evidence.of("versions", "world", clock.time().now());
    return Engine.builder()
        .time(clock.time())
        .journal(journal)
        .operator("sam")
        .action(world)
        .build()
        .resolution(world.id(), deadline -> Reading.of(world.proposal(steps, GOES_ON), evidence))
        .plan();
  }
}
