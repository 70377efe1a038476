package com.hotdash.ops.observation;

import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.pipeline.PipelineReader;
import com.hotdash.ops.time.Deadline;
import java.util.Set;

/** Makes the readings of a pipeline port. Thread-safe. */
public final class PipelineSource implements Source {
  private final PipelineReader reader;

  /**
   * Wraps a port.
   *
   * @param reader the port
   */
  public PipelineSource(PipelineReader reader) {
    this.reader = reader;
  }

  @Override
  public Set<ReadingKey<?>> keys() {
    return Set.of(PipelineLook.IN_FLIGHT, PipelineLook.DEPLOYS, PipelineLook.LATEST);
  }

  @Override
  public Look open(Deadline deadline) {
    var look = reader.look(deadline);
    return new Look() {
      @Override
      public void read(Sink sink) {
        // What is in flight first: it would overwrite any cure.
        sink.put(PipelineLook.IN_FLIGHT, look.inFlight());
        sink.put(PipelineLook.DEPLOYS, look.deploys());
        sink.put(PipelineLook.LATEST, look.latest());
      }

      @Override
      public void close() {
        look.close();
      }
    };
  }
}
