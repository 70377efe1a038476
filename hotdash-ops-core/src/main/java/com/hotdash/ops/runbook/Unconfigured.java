package com.hotdash.ops.runbook;

import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.shop.ShopLook;
import com.hotdash.ops.statuspage.StatusPages;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What nobody told a runbook of, and what would. */
final class Unconfigured {
  private Unconfigured() {}

  static List<NotChecked> of(Parts parts) {
    return Stream.of(
            gap(parts.platform, "the platform", PlatformLook.MACHINES.remedy()),
            gap(parts.database, "the database", DatabaseLook.CONNECTIVITY.remedy()),
            gap(parts.pipeline, "the pipeline", PipelineLook.DEPLOYS.remedy()),
            gap(parts.shop, "the shop", ShopLook.ANSWER.remedy()),
            gap(parts.app, "the application's own address", AppReader.HEALTH.remedy()),
            gap(parts.statusPages, "vendors' status pages", StatusPages.PAGES.remedy()),
            gap(
                parts.notifiers.stream().findFirst().orElse(null),
                "the manager's webhook",
                "set " + Outside.NOTIFY_URL),
            gap(
                parts.operator,
                "who answers for changes; without, they are refused",
                "set HOTDASH_OPS_OPERATOR, or say who with each change"))
        .filter(Objects::nonNull)
        .toList();
  }

  private static @Nullable NotChecked gap(@Nullable Object part, String what, String remedy) {
    return part == null
        ? new NotChecked(what, Why.NOT_CONFIGURED, "nobody told of it", remedy)
        : null;
  }
}
