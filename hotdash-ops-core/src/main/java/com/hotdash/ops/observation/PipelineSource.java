package com.hotdash.ops.observation;

import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.pipeline.PipelineReader;
import com.hotdash.ops.time.Deadline;
import java.util.HashSet;
import java.util.Set;

/** Makes those readings of a pipeline port that are wanted. Thread-safe. */
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
    return Set.of(
        PipelineLook.IN_FLIGHT,
        PipelineLook.DEPLOYS,
        PipelineLook.LATEST,
        PipelineLook.WATCHES,
        PipelineLook.STAGING);
  }

  @Override
  public Set<ReadingKey<?>> keysFor(Set<ReadingKey<?>> wanted) {
    var made = new HashSet<ReadingKey<?>>(keys());
    made.retainAll(wanted);
    return Set.copyOf(made);
  }

  @Override
  public Look open(Deadline deadline) {
    return open(keys(), deadline);
  }

  @Override
  public Look open(Set<ReadingKey<?>> wanted, Deadline deadline) {
    var look = reader.look(deadline);
    return new Look() {
      @Override
      public void read(Sink sink) {
        var made = new Wanted(wanted, sink);
        // What is in flight first: it would overwrite any cure.
        made.read(PipelineLook.IN_FLIGHT, look::inFlight);
        made.read(PipelineLook.DEPLOYS, look::deploys);
        made.read(PipelineLook.LATEST, look::latest);
        made.read(PipelineLook.WATCHES, look::watches);
        made.read(PipelineLook.STAGING, look::staging);
      }

      @Override
      public void close() {
        look.close();
      }
    };
  }
}
