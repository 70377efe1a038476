package com.hotdash.ops.examples.cli;

import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.resolution.Verification;

/** What the process's exit code says; scripts rely on it. */
final class ExitCode {
  static final int OK = 0;
  static final int PROBLEM = 1;
  static final int USAGE = 2;
  static final int UNKNOWN = 3;

  private ExitCode() {}

  static int of(Verdict verdict) {
    return switch (verdict) {
      case OK -> OK;
      case PROBLEM -> PROBLEM;
      case UNKNOWN -> UNKNOWN;
    };
  }

  static int of(Verification.Result result) {
    return switch (result) {
      case CURED -> OK;
      case NOT_CURED -> PROBLEM;
      case INCONCLUSIVE -> UNKNOWN;
    };
  }
}
