package com.hotdash.ops.runbook;

import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.error.Fault;
import com.hotdash.ops.pipeline.CancelRun;
import com.hotdash.ops.pipeline.PipelineReader;
import com.hotdash.ops.pipeline.RerunFailedJobs;
import com.hotdash.ops.pipeline.StartWorkflow;
import com.hotdash.ops.pipeline.SwitchWorkflow;
import com.hotdash.ops.pipeline.WorkflowStart;
import com.hotdash.ops.platform.PlatformReader;
import com.hotdash.ops.resolution.Engine;
import com.hotdash.ops.resolution.Resolution;
import org.jspecify.annotations.Nullable;

/**
 * What can be done about the pipeline that builds and deploys the application. Several incidents
 * share it: a deploy that is under way would overwrite any cure. Thread-safe.
 */
public final class PipelineChanges {
  private final Engine engine;
  private final @Nullable PipelineReader pipeline;
  private final @Nullable PlatformReader platform;

  PipelineChanges(
      Engine engine, @Nullable PipelineReader pipeline, @Nullable PlatformReader platform) {
    this.engine = engine;
    this.pipeline = pipeline;
    this.platform = platform;
  }

  /** Takes the platform that proves what a run only says. */
  static void register(
      PipelineReader pipeline, @Nullable PlatformReader platform, Engine.Builder engine) {
    engine
        .action(new RerunFailedJobs(pipeline))
        .action(new CancelRun(pipeline))
        .action(SwitchWorkflow.off(pipeline))
        .action(SwitchWorkflow.on(pipeline))
        .action(new ProvenStart(pipeline, platform));
  }

  /**
   * Runs the failed jobs of a run again, with the same commit. Cannot be undone.
   *
   * @param run the run's id; a plan of one that there is not throws
   * @return the resolution, to be planned
   * @throws ConfigurationException if no pipeline is configured
   */
  public Resolution rerunFailedJobs(long run) {
    var action = new RerunFailedJobs(configured(RerunFailedJobs.ID));
    return engine.resolution(action.id(), deadline -> action.propose(run, deadline));
  }

  /**
   * Stops a run that is not over. Cannot be undone.
   *
   * @param run the run's id; a plan of one that there is not throws
   * @return the resolution, to be planned
   * @throws ConfigurationException if no pipeline is configured
   */
  public Resolution cancelRun(long run) {
    var action = new CancelRun(configured(CancelRun.ID));
    return engine.resolution(action.id(), deadline -> action.propose(run, deadline));
  }

  /**
   * Keeps a workflow from starting, until it is enabled again or this is undone.
   *
   * @param file the workflow's file name, such as {@code deploy-production.yml}
   * @return the resolution, to be planned
   * @throws ConfigurationException if no pipeline is configured
   */
  public Resolution disableWorkflow(String file) {
    var action = SwitchWorkflow.off(configured(SwitchWorkflow.DISABLE));
    return engine.resolution(action.id(), deadline -> action.propose(file, deadline));
  }

  /**
   * Lets a workflow start again.
   *
   * @param file the workflow's file name
   * @return the resolution, to be planned
   * @throws ConfigurationException if no pipeline is configured
   */
  public Resolution enableWorkflow(String file) {
    var action = SwitchWorkflow.on(configured(SwitchWorkflow.ENABLE));
    return engine.resolution(action.id(), deadline -> action.propose(file, deadline));
  }

  /**
   * Starts a workflow by hand, once. Cannot be undone. That its run succeeds proves no cure: of one
   * that goes back, {@code rollback-production.yml}, the machines are asked besides whether they
   * have the image of the release that it names, and pass their checks; without one it is objected
   * to.
   *
   * @param start which workflow, at which branch or tag, with which inputs
   * @return the resolution, to be planned
   * @throws ConfigurationException if no pipeline is configured
   */
  public Resolution startWorkflow(WorkflowStart start) {
    var action = new ProvenStart(configured(StartWorkflow.ID), platform);
    return engine.resolution(action.id(), deadline -> action.propose(start, deadline));
  }

  private PipelineReader configured(String action) {
    if (pipeline == null) {
      throw new ConfigurationException(
          Fault.of("runbook", action, "no pipeline is configured")
              .withNextStep("set GITHUB_TOKEN and GITHUB_REPOSITORY, or hand the builder one"));
    }
    return pipeline;
  }

  @Override
  public String toString() {
    return "Pipeline: rerunFailedJobs(run), cancelRun(run), disableWorkflow(file),"
        + " enableWorkflow(file), startWorkflow(WorkflowStart.of(file, ref))";
  }
}
