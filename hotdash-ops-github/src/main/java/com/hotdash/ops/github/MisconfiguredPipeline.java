package com.hotdash.ops.github;

import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Reading;
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
        return IN_FLIGHT.misconfigured(wrong);
      }

      @Override
      public Reading<Runs> deploys() {
        return DEPLOYS.misconfigured(wrong);
      }

      @Override
      public Reading<RunDetail> latest() {
        return LATEST.misconfigured(wrong);
      }

      @Override
      public Reading<Runs> watches() {
        return WATCHES.misconfigured(wrong);
      }

      @Override
      public Reading<Runs> staging() {
        return STAGING.misconfigured(wrong);
      }

      @Override
      public void close() {
        // Nothing was opened.
      }
    };
  }
}
