package com.hotdash.ops.examples.cli;

import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.text.Tone;

/** Pages that begin with a verdict. */
final class Verdicts {
  private Verdicts() {}

  /** The first line of the text is the verdict's own; the rest keeps its lines. */
  static Page page(String title, Verdict verdict, String text) {
    var lines = text.split("\n", 2);
    var page = Page.builder().heading(1, title).callout(tone(verdict), verdict.name(), lines[0]);
    return lines.length == 1 ? page.build() : page.code("", lines[1]).build();
  }

  static Tone tone(Verdict verdict) {
    return switch (verdict) {
      case OK -> Tone.GOOD;
      case PROBLEM -> Tone.BAD;
      case UNKNOWN -> Tone.UNSURE;
    };
  }
}
