package com.hotdash.ops.github;

import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.pipeline.Pipeline;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.resolution.TargetState;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Deadline;
import java.util.Optional;

/** The pipeline as the runbook asks for it. */
final class GitHubPort implements Pipeline {
  private final GitHubClient client;

  GitHubPort(GitHubClient client) {
    this.client = client;
  }

  @Override
  public Estate.Part identity() {
    return client.identity();
  }

  @Override
  public Redactor redactor() {
    return client.redactor();
  }

  @Override
  public PipelineLook look(Deadline deadline) {
    return client.look(deadline);
  }

  @Override
  public Reading<TargetState> observe(Target target, Deadline deadline) {
    return client.observe(target, deadline);
  }

  @Override
  public Optional<String> byHand(Step step) {
    return ByHand.of(step);
  }

  @Override
  public Control control() {
    return client.control();
  }
}
