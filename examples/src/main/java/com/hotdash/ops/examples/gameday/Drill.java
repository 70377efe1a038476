package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.diagnosis.Incident;

/** One incident to be made, found and cured. */
interface Drill {
  /** Returns what triage must name first. */
  Incident incident();

  /** Returns a short name. */
  String title();

  /** Returns what happens to HotDash, in a sentence or two. */
  String story();
}
