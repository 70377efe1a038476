package com.hotdash.ops.testkit.github;

/** What a token may do in a repository, in the words of GitHub's permission header. */
public enum Right {
  /** Runs, jobs and logs. */
  ACTIONS_READ("actions=read"),
  /** Dispatch, rerun, cancel, enable, disable. */
  ACTIONS_WRITE("actions=write"),
  /** Branches, tags and files. */
  CONTENTS_READ("contents=read"),
  /** Annotations. */
  CHECKS_READ("checks=read"),
  /** Issues, comments and labels. */
  ISSUES_READ("issues=read"),
  /** Opening, changing and commenting on issues; without {@link #PUSH}, labels are dropped. */
  ISSUES_WRITE("issues=write"),
  /** Setting labels and assignees. */
  PUSH("contents=write");

  private final String header;

  Right(String header) {
    this.header = header;
  }

  String header() {
    return header;
  }
}
