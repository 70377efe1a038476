package com.hotdash.ops.examples.cli;

import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.text.Tone;

/** How verdicts are shown. */
final class Verdicts {
  private Verdicts() {}

  static Tone tone(Verdict verdict) {
    return switch (verdict) {
      case OK -> Tone.GOOD;
      case PROBLEM -> Tone.BAD;
      case UNKNOWN -> Tone.UNSURE;
    };
  }
}
