package com.hotdash.ops.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.time.ManualTime;
import java.io.ByteArrayInputStream;
import java.time.Duration;

/** What must hold whatever the bytes are; also the body of a fuzz target. */
final class LogInvariants {
  private LogInvariants() {}

  static void check(byte[] bytes) {
    var quick = read(bytes, true);
    var slow = read(bytes, false);

    assertThat(view(quick)).as("shortcuts change nothing").isEqualTo(view(slow));
    for (long floor : new long[] {1, 500}) {
      assertThat(durations(bytes, true, floor))
          .as("durations from %d ms on", floor)
          .isEqualTo(durations(bytes, false, floor));
    }
    long grouped = quick.groups().stream().mapToLong(ErrorGroup::count).sum();
    assertThat(grouped + quick.ungrouped()).isEqualTo(quick.errors());
    assertThat(quick.groups()).allSatisfy(group -> assertThat(group.samples()).hasSizeLessThan(4));
    assertThat(quick.toString()).doesNotContain("\u001b");
    assertThat(quick.coverage().lines()).isLessThanOrEqualTo(bytes.length + 1L);
  }

  static LogSummary read(byte[] bytes, boolean shortcuts) {
    return read(bytes, shortcuts, 0);
  }

  private static String durations(byte[] bytes, boolean shortcuts, long floor) {
    var summary = read(bytes, shortcuts, floor);
    return summary + summary.slow(Duration.ofMillis(floor)).toString();
  }

  private static LogSummary read(byte[] bytes, boolean shortcuts, long floor) {
    return LogReader.builder()
        .time(new ManualTime().time())
        .shortcuts(shortcuts)
        .durationsFrom(Duration.ofMillis(floor))
        .build()
        .read(new ByteArrayInputStream(bytes), LogQuery.all("test"));
  }

  static String view(LogSummary summary) {
    var text = new StringBuilder().append(summary).append(summary.coverage());
    summary.groups().forEach(group -> text.append('\n').append(fields(group)));
    summary.sightings().forEach(s -> text.append('\n').append(fields(s)));
    text.append('\n').append(summary.slow(Duration.ofNanos(1)));
    return text.append(summary.exits()).append(summary.checkTransitions()).toString();
  }

  private static String fields(ErrorGroup group) {
    return group.fingerprint()
        + group.template()
        + group.frames()
        + group.count()
        + group.first()
        + group.last()
        + group.machines()
        + group.routes()
        + group.samples();
  }

  private static String fields(Sighting seen) {
    return seen.signature()
        + " "
        + seen.count()
        + seen.first()
        + seen.last()
        + seen.since()
        + seen.machines()
        + seen.details()
        + seen.samples();
  }
}
