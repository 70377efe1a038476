package com.hotdash.ops.procedure;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.statuspage.PageLevel;
import com.hotdash.ops.statuspage.PageStatus;
import com.hotdash.ops.statuspage.StatusPages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What vendors' status pages add to a diagnosis. They lag the trouble, so they decide nothing: not
 * what they say, not that they say nothing, not that they cannot be read.
 */
final class VendorPages {
  private VendorPages() {}

  /** The pages that tell of trouble. */
  static List<Reading.Read<PageStatus>> troubled(Observation seen) {
    var list = new ArrayList<Reading.Read<PageStatus>>();
    for (var reading : pages(seen)) {
      if (reading instanceof Reading.Read<PageStatus> read && troubled(read.value())) {
        list.add(read);
      }
    }
    return list;
  }

  /** The pages that were to be read and tell nothing. */
  static List<NotChecked> notChecked(Observation seen) {
    var whole =
        seen.get(StatusPages.PAGES).obstacle().stream()
            .filter(obstacle -> obstacle.why() != Why.NOT_CONFIGURED);
    var each = pages(seen).stream().flatMap(VendorPages::gap);
    return Stream.concat(whole, each).toList();
  }

  private static Stream<NotChecked> gap(Reading<PageStatus> reading) {
    return reading.toOptional().isEmpty()
        ? reading.obstacle().stream()
        : reading.toOptional().stream()
            .filter(page -> page.relevant() == PageLevel.UNKNOWN && !troubled(page))
            .map(
                page ->
                    new NotChecked(
                        "status page of " + page.page(),
                        Why.NOT_UNDERSTOOD,
                        page.toString(),
                        "open it by hand: " + page.address()));
  }

  private static boolean troubled(PageStatus page) {
    var level = page.components().isEmpty() ? page.level() : page.relevant();
    boolean bad = level != PageLevel.OPERATIONAL && level != PageLevel.UNKNOWN;
    return bad || page.incidents().stream().anyMatch(incident -> concerns(incident, page));
  }

  /** An incident of other components than those that were asked for is not ours. */
  static boolean concerns(PageStatus.Incident incident, PageStatus page) {
    return incident.components().isEmpty()
        || page.components().isEmpty()
        || page.components().stream().anyMatch(c -> incident.components().contains(c.name()));
  }

  private static List<Reading<PageStatus>> pages(Observation seen) {
    return seen.get(StatusPages.PAGES).toOptional().map(Map::values).map(List::copyOf).stream()
        .flatMap(List::stream)
        .toList();
  }
}
