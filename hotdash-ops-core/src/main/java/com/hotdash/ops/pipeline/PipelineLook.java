package com.hotdash.ops.pipeline;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;

/**
 * One look at a pipeline. Readings never throw, and one that fails leaves the others as they are.
 * Ask in the order of the methods: that is the order of their worth.
 *
 * <p>Not thread-safe, but {@link #close} may be called from any thread: the reading under way ends
 * at once as not checked, and no further one begins.
 */
public interface PipelineLook extends AutoCloseable {
  /** What runs or waits now and may change the application under a cure. */
  ReadingKey<Runs> IN_FLIGHT =
      new ReadingKey<>("deploys in flight", "set GITHUB_TOKEN and GITHUB_REPOSITORY");

  /** The newest runs of the workflows that deploy. */
  ReadingKey<Runs> DEPLOYS =
      new ReadingKey<>("latest deploy runs", "set GITHUB_TOKEN and GITHUB_REPOSITORY");

  /** The newest deploy run in full. */
  ReadingKey<RunDetail> LATEST =
      new ReadingKey<>("latest deploy run", "set GITHUB_TOKEN and GITHUB_REPOSITORY");

  /** The newest runs of the workflows that watch the application. */
  ReadingKey<Runs> WATCHES =
      new ReadingKey<>("runs of the watching workflows", "set GITHUB_TOKEN and GITHUB_REPOSITORY");

  /** The newest runs of the workflows that change staging. */
  ReadingKey<Runs> STAGING =
      new ReadingKey<>("deploys to staging", "set GITHUB_TOKEN and GITHUB_REPOSITORY");

  /**
   * Reads which runs of the workflows that deploy are queued, held back, waiting or running.
   *
   * @return the runs, newest first
   */
  Reading<Runs> inFlight();

  /**
   * Reads the newest runs of the workflows that deploy.
   *
   * @return the runs, newest first
   */
  Reading<Runs> deploys();

  /**
   * Reads the newest deploy run in full: what is the matter, the job and step that failed first,
   * the part of the log that tells why.
   *
   * @return the run; unread if there is none
   */
  Reading<RunDetail> latest();

  /**
   * Reads the newest runs of the workflows that watch the application from outside. Default: the
   * pipeline does not tell.
   *
   * @return the runs, newest first
   */
  default Reading<Runs> watches() {
    return notTold(WATCHES);
  }

  /**
   * Reads the newest runs of the workflows that change staging, where production's code is tried
   * first. Default: the pipeline does not tell.
   *
   * @return the runs, newest first
   */
  default Reading<Runs> staging() {
    return notTold(STAGING);
  }

  private static Reading<Runs> notTold(ReadingKey<Runs> key) {
    return Reading.unread(
        new NotChecked(
            key.name(),
            Why.NOT_CONFIGURED,
            "this pipeline's port does not tell",
            "look at it by hand"));
  }

  /** Ends the look, with the reading that is under way. Throws nothing; may be called twice. */
  @Override
  void close();
}
