package com.hotdash.ops.runbook;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.observation.Source;
import com.hotdash.ops.procedure.BeforeDeploy;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.Set;

/** Has staging's own runbook look at its health. Thread-safe. */
final class StagingSource implements Source {
  private final RunbookProcedures staging;
  private final Time time;

  StagingSource(RunbookProcedures staging, Time time) {
    this.staging = staging;
    this.time = time;
  }

  @Override
  public Set<ReadingKey<?>> keys() {
    return Set.of(BeforeDeploy.STAGING);
  }

  @Override
  public Look open(Deadline deadline) {
    return new Look() {
      @Override
      public void read(Sink sink) {
        // It ends by the same deadline, so there is nothing to end from outside.
        var left = deadline.remaining();
        var within = left.compareTo(Duration.ofMillis(1)) > 0 ? left : Duration.ofMillis(1);
        var health = staging.healthCheckFailures().diagnose(within);
        sink.put(
            BeforeDeploy.STAGING,
            Reading.of(
                health,
                Evidence.of(
                    health.verdict() + ": " + health.headline(),
                    "runbook of " + staging.estate(),
                    time.now())));
      }

      @Override
      public void close() {}
    };
  }
}
