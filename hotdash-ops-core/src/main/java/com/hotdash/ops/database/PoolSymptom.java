package com.hotdash.ops.database;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom;
import com.hotdash.ops.time.Deadline;
import java.util.Map;

/** What another size of a pool is for: it holds, and nobody waits for a connection. */
final class PoolSymptom implements Symptom {
  private final Symptom resized;
  private final DatabaseReader reader;

  PoolSymptom(Symptom resized, DatabaseReader reader) {
    this.resized = resized;
    this.reader = reader;
  }

  @Override
  public String goal() {
    return resized.goal() + ", and nobody waits for a connection";
  }

  @Override
  public Reading<Measurement> measure(Deadline deadline) {
    var size = resized.measure(deadline);
    if (size.toOptional().filter(seen -> !seen.present()).isEmpty()) {
      return size;
    }
    try (var look = reader.look(deadline)) {
      return look.applicationPool().map(PoolSymptom::judged);
    }
  }

  private static Measurement judged(ApplicationPool pool) {
    return new Measurement(
        pool.waiting() > 0,
        "%d of %d connections borrowed, %d threads wait"
            .formatted(pool.active(), pool.max(), pool.waiting()),
        Map.of("threads waiting", (double) pool.waiting()));
  }
}
