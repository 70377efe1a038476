package com.hotdash.ops.procedure;

import com.hotdash.ops.logs.ErrorGroup;
import com.hotdash.ops.time.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a person reads of logged errors to know what fails: where, since when, with which words. */
final class ErrorDetails {
  // What fails most comes first; more than a screen of it nobody reads at night.
  private static final int GROUPS = 4;
  private static final int FRAMES = 5;
  private static final int PLACES = 4;

  private ErrorDetails() {}

  static List<String> of(List<ErrorGroup> groups) {
    var lines = new ArrayList<String>();
    groups.stream().limit(GROUPS).forEach(each -> add(each, lines));
    if (groups.size() > GROUPS) {
      lines.add("and " + (groups.size() - GROUPS) + " more kinds of errors");
    }
    return lines;
  }

  private static void add(ErrorGroup group, List<String> lines) {
    lines.add(group.toString().strip().replaceAll("\\s+", " "));
    if (group.first() != null || group.last() != null) {
      lines.add("  first " + Stamp.of(group.first()) + ", last " + Stamp.of(group.last()));
    }
    places("on", group.machines(), lines);
    places("at", group.routes(), lines);
    group.samples().stream().findFirst().ifPresent(each -> lines.add("  " + Names.line(each, 300)));
    group.frames().stream().limit(FRAMES).forEach(each -> lines.add("    " + each.strip()));
  }

  private static void places(String word, Map<String, Long> counts, List<String> lines) {
    if (!counts.isEmpty()) {
      lines.add(
          counts.entrySet().stream()
              .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
              .limit(PLACES)
              .map(each -> each.getKey() + " " + each.getValue())
              .collect(
                  Collectors.joining(
                      ", ", "  " + word + " ", counts.size() > PLACES ? ", and others" : "")));
    }
  }
}
