package com.hotdash.ops.platform;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Objection;
import java.util.List;

/** What the history of releases says against changing machines now. */
final class Deploys {
  private Deploys() {}

  static List<Objection> objections(Reading<List<Release>> releases) {
    if (releases instanceof Reading.Read<List<Release>> read) {
      return objections(read.value());
    }
    return List.of(
        Objection.overridable(
            "releases-not-read",
            "nobody can tell whether a deploy is under way: "
                + releases.obstacle().map(obstacle -> obstacle.detail()).orElse(""),
            "look whether somebody deploys"));
  }

  static List<Objection> objections(List<Release> releases) {
    int newest = newest(releases);
    return releases.stream()
        .filter(each -> each.status() == Release.Status.RUNNING)
        // An older one that never ended is the trace of a tool that died.
        .filter(each -> each.version() == newest)
        .limit(1)
        .map(
            each ->
                Objection.overridable(
                    "deploy-running",
                    each.label() + " of " + each.by() + " has not ended: it would undo this",
                    "cancel its run, or wait until it has ended"))
        .toList();
  }

  static int newest(List<Release> releases) {
    return releases.stream().mapToInt(Release::version).max().orElse(0);
  }
}
