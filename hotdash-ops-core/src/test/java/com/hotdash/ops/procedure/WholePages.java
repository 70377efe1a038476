package com.hotdash.ops.procedure;

import static com.hotdash.ops.procedure.FleetWorld.NOW;
import static com.hotdash.ops.procedure.FleetWorld.ago;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.statuspage.PageLevel;
import com.hotdash.ops.statuspage.PageStatus;
import java.util.List;

/** Status pages of vendors. */
final class WholePages {
  private WholePages() {}

  static Reading<PageStatus> fine(String vendor) {
    return page(vendor, PageLevel.OPERATIONAL, List.of());
  }

  static Reading<PageStatus> outage(String vendor, int minutesAgo) {
    var incident =
        new PageStatus.Incident(
            "i",
            "Elevated errors",
            "investigating",
            PageLevel.MAJOR_OUTAGE,
            "major",
            ago(minutesAgo),
            ago(1),
            List.of("API"),
            "We are looking into it");
    return page(vendor, PageLevel.MAJOR_OUTAGE, List.of(incident));
  }

  private static Reading<PageStatus> page(
      String vendor, PageLevel level, List<PageStatus.Incident> incidents) {
    var address = "https://status." + vendor.toLowerCase(java.util.Locale.ROOT) + ".example.com";
    var page =
        new PageStatus(
            vendor,
            address,
            PageStatus.Format.STATUSPAGE,
            level,
            level.name(),
            List.of(new PageStatus.Component("c", "API", level, level.name(), ago(1))),
            0,
            incidents,
            List.of(),
            NOW);
    return Reading.of(page, Evidence.of(page.toString(), address, NOW));
  }
}
