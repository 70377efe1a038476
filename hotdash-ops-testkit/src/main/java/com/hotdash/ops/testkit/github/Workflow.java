package com.hotdash.ops.testkit.github;

/** A workflow of a repository. Guarded by the repository's lock. */
final class Workflow {
  final long id;
  WorkflowFile file;
  String state = "active";
  private int runs;

  Workflow(long id, WorkflowFile file) {
    this.id = id;
    this.file = file;
  }

  int nextRunNumber() {
    runs++;
    return runs;
  }
}
