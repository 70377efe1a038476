package com.hotdash.ops.github;

import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.pipeline.PipelineReader;
import com.hotdash.ops.pipeline.RunDetail;
import com.hotdash.ops.pipeline.Runs;
import com.hotdash.ops.time.Deadline;

/** Stands where settings are wrong: each reading says so. */
final class MisconfiguredPipeline implements PipelineReader {
  private final ConfigurationException wrong;

  MisconfiguredPipeline(ConfigurationException wrong) {
    this.wrong = wrong;
  }

  @Override
  public Estate.Part identity() {
    return new Estate.Part("repository", "not known: " + wrong.problem(), null);
  }

  @Override
  public PipelineLook look(Deadline deadline) {
    return new PipelineLook() {
      @Override
      public Reading<Runs> inFlight() {
        return unread(IN_FLIGHT);
      }

      @Override
      public Reading<Runs> deploys() {
        return unread(DEPLOYS);
      }

      @Override
      public Reading<RunDetail> latest() {
        return unread(LATEST);
      }

      @Override
      public Reading<Runs> watches() {
        return unread(WATCHES);
      }

      @Override
      public Reading<Runs> staging() {
        return unread(STAGING);
      }

      @Override
      public void close() {
        // Nothing was opened.
      }
    };
  }

  private <T> Reading<T> unread(ReadingKey<T> key) {
    return Reading.unread(
        new NotChecked(
            key.name(),
            Why.NOT_CONFIGURED,
            wrong.problem(),
            wrong.nextStep().orElse(key.remedy())));
  }
}
