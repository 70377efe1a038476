package com.hotdash.ops.postgres;

import com.hotdash.ops.database.ConnectFailure;
import com.hotdash.ops.database.Stage;
import com.hotdash.ops.database.StageResult;
import com.hotdash.ops.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The stages of one host as they are passed, each timed from the end of the one before. */
final class ProbeStages {
  private final Ticker ticker;
  private final List<StageResult> results = new ArrayList<>();
  private long since;
  private @Nullable String server;

  ProbeStages(Ticker ticker) {
    this.ticker = ticker;
    this.since = ticker.nanos();
  }

  /** Records a stage; returns whether it went well. */
  boolean end(Stage stage, @Nullable ConnectFailure failure) {
    long now = ticker.nanos();
    results.add(new StageResult(stage, Duration.ofNanos(now - since), failure));
    since = now;
    return failure == null;
  }

  /** Lays a failure that came to light during the next stage at the door of the last one. */
  void endInLast(ConnectFailure failure) {
    long now = ticker.nanos();
    var last = results.remove(results.size() - 1);
    results.add(new StageResult(last.stage(), last.took().plusNanos(now - since), failure));
    since = now;
  }

  /** Keeps which database of which server answered. */
  void answeredBy(String answered) {
    server = answered;
  }

  @Nullable String server() {
    return server;
  }

  List<StageResult> results() {
    return List.copyOf(results);
  }

  Optional<ConnectFailure> failure() {
    var last = results.isEmpty() ? null : results.get(results.size() - 1).failure();
    return Optional.ofNullable(last);
  }
}
