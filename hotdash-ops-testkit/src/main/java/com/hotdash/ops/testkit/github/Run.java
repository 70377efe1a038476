package com.hotdash.ops.testkit.github;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A run with its attempts. Guarded by the repository's lock. */
final class Run {
  final long id;
  final Workflow workflow;
  final int number;
  final String event;
  final String ref;
  final String sha;
  final Map<String, String> inputs;
  final String title;
  final String actor;
  final Instant createdAt;
  final List<Attempt> attempts = new ArrayList<>();

  Run(long id, Workflow workflow, Start start, Instant createdAt) {
    this.id = id;
    this.workflow = workflow;
    this.number = workflow.nextRunNumber();
    this.event = start.event();
    this.ref = start.ref();
    this.sha = start.sha();
    this.inputs = start.inputs();
    this.title = start.title();
    this.actor = start.actor();
    this.createdAt = createdAt;
    attempts.add(new Attempt(1, createdAt, List.of()));
  }

  record Start(
      String event,
      String ref,
      String sha,
      Map<String, String> inputs,
      String title,
      String actor) {}

  Attempt latest() {
    return attempts.get(attempts.size() - 1);
  }

  boolean needsApproval() {
    return workflow.file.environment() != null;
  }

  String status() {
    return latest().status(needsApproval());
  }

  RunRequest request() {
    return new RunRequest(ref, sha, inputs, latest().number);
  }
}
