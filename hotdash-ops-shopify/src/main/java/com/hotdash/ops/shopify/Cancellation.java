package com.hotdash.ops.shopify;

import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.EventListener;

/** Tells when a call was cancelled, by whoever made it or by its own time limit. Thread-safe. */
final class Cancellation {
  /** Of a call that nobody can cancel. */
  static final Cancellation NEVER = new Cancellation();

  private final CompletableFuture<Void> cancelled = new CompletableFuture<>();

  private Cancellation() {}

  static Cancellation of(Call call) {
    var made = new Cancellation();
    call.addEventListener(
        new EventListener() {
          @Override
          public void canceled(Call call) {
            made.cancelled.complete(null);
          }
        });
    if (call.isCanceled()) {
      made.cancelled.complete(null);
    }
    return made;
  }

  /** Runs a task at the cancellation, on the thread that cancels; at once if it is past. */
  void then(Runnable task) {
    if (this != NEVER) {
      var unused = cancelled.thenRun(task);
    }
  }

  boolean cancelled() {
    return cancelled.isDone();
  }
}
