package com.hotdash.ops.examples.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.monitor.Tick;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduledWatchTest {
  @TempDir private Path directory;

  @Test
  void tick_badRelease_isSeenAndLeavesAHeartbeat() {
    try (var world = new EstateWorld()) {
      world.badRelease();
      var file = directory.resolve("watch.txt");

      try (var monitor = ScheduledWatch.monitor(world.ops(), file)) {
        var tick = monitor.tick();

        assertThat(tick.outcome()).isEqualTo(Tick.Outcome.LOOKED);
        assertThat(tick.incidents())
            .filteredOn(each -> each.incident() == Incident.HIGH_ERROR_RATE)
            .singleElement()
            .asString()
            .contains("PROBLEM");
        assertThat(file).content().startsWith("tick at ").contains("R2 PROBLEM");
      }
    }
  }
}
