package com.hotdash.ops.procedure;

import com.hotdash.ops.database.Connectivity;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.EndpointProbe;
import com.hotdash.ops.database.Stage;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.statuspage.StatusPages;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whether the machine where we stand has a network and a name server: what cannot be reached while
 * nothing else can be says nothing of itself.
 */
final class Elsewhere {
  private static final List<ReadingKey<?>> FAR_AWAY =
      List.of(
          PlatformLook.MACHINES,
          PlatformLook.TRAFFIC,
          PipelineLook.DEPLOYS,
          PipelineLook.IN_FLIGHT,
          PipelineLook.WATCHES);
  // Neither a number nor this machine itself: a name that somebody had to look up.
  private static final Pattern NAME =
      Pattern.compile("^(?!localhost\\b)[\\w.-]*\\p{L}[\\w.-]*(:|/|$)");

  private Elsewhere() {}

  /** Whether anything far away answered, or at least its name was found. */
  static boolean reached(Observation seen) {
    return FAR_AWAY.stream().anyMatch(key -> seen.get(key) instanceof Reading.Read<?>)
        || seen.get(StatusPages.PAGES).toOptional().stream()
            .flatMap(pages -> pages.values().stream())
            .anyMatch(page -> page instanceof Reading.Read<?>)
        || seen.get(DatabaseLook.CONNECTIVITY).toOptional().stream()
            .map(Connectivity::probes)
            .flatMap(List::stream)
            .anyMatch(Elsewhere::resolved);
  }

  private static boolean resolved(EndpointProbe probe) {
    return NAME.matcher(probe.endpoint().toLowerCase(Locale.ROOT)).find()
        && probe.stages().stream()
            .anyMatch(each -> each.stage() == Stage.RESOLVE && each.failure() == null);
  }
}
