package com.hotdash.ops.examples.gameday;

/** One incident to be made, found and cured. */
interface Drill {
  /** Returns a short name. */
  String title();

  /** Returns what happens to HotDash, in a sentence or two. */
  String story();
}
