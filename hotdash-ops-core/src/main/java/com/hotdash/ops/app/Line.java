package com.hotdash.ops.app;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.text.Cut;
import java.util.Locale;

/** Texts as one line of a terminal. */
final class Line {
  private static final int LONGEST = 97;

  private Line() {}

  static String of(String text) {
    return Cut.line(text, LONGEST);
  }

  /** What could not be seen, without the remedy: that is a line of its own. */
  static String of(NotChecked gap) {
    return of(whole(gap));
  }

  /** The same, to be wrapped rather than cut. */
  static String whole(NotChecked gap) {
    var why = gap.why().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return gap.what() + ": " + why + ", " + gap.detail();
  }
}
