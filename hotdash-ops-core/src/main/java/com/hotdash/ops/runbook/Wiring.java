package com.hotdash.ops.runbook;

import com.hotdash.ops.database.EndSessions;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.observation.AppMetricsSource;
import com.hotdash.ops.observation.AppSource;
import com.hotdash.ops.observation.DatabaseSource;
import com.hotdash.ops.observation.PipelineSource;
import com.hotdash.ops.observation.PlatformSource;
import com.hotdash.ops.observation.ShopSource;
import com.hotdash.ops.observation.Source;
import com.hotdash.ops.observation.StatusPageSource;
import com.hotdash.ops.resolution.Engine;
import com.hotdash.ops.resolution.Witness;
import com.hotdash.ops.secret.Redactor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the parts of a runbook come to together: its estate, its looks, its engine. */
final class Wiring {
  // Long enough to hold the last quiet minutes before an incident that people have just noticed.
  private static final Duration PLATFORM_WINDOW = Duration.ofMinutes(30);

  private final Parts parts;

  Wiring(Parts parts) {
    this.parts = parts;
  }

  Redactor redactor(Redactor secretsOnly) {
    var known = secretsOnly;
    if (parts.database != null) {
      known = known.and(parts.database.redactor());
    }
    if (parts.platform != null) {
      known = known.and(parts.platform.redactor());
    }
    if (parts.pipeline != null) {
      known = known.and(parts.pipeline.redactor());
    }
    if (parts.shop != null) {
      known = known.and(parts.shop.redactor());
    }
    if (parts.staging != null) {
      known = known.and(parts.staging.redactor());
    }
    return parts.app == null ? known : known.and(parts.app.redactor());
  }

  List<Estate.Part> estate() {
    var all = new ArrayList<Estate.Part>();
    if (parts.database != null) {
      all.add(parts.database.identity());
    }
    if (parts.platform != null) {
      all.add(parts.platform.identity());
    }
    if (parts.pipeline != null) {
      all.add(parts.pipeline.identity());
    }
    if (parts.shop != null) {
      all.add(parts.shop.identity());
    }
    if (parts.app != null) {
      all.add(parts.app.identity());
    }
    if (parts.statusPages != null) {
      all.addAll(parts.statusPages.identities());
    }
    return all;
  }

  List<Source> sources() {
    var all = new ArrayList<Source>();
    if (parts.database != null) {
      all.add(new DatabaseSource(parts.database));
    }
    if (parts.platform != null) {
      all.addAll(PlatformSource.of(parts.platform, PLATFORM_WINDOW));
    }
    if (parts.pipeline != null) {
      all.add(new PipelineSource(parts.pipeline));
    }
    if (parts.shop != null) {
      all.add(new ShopSource(parts.shop));
    }
    if (parts.app != null) {
      all.add(new AppSource(parts.app));
      all.add(new AppMetricsSource(parts.app, parts.metricsWindow));
    }
    if (parts.statusPages != null) {
      all.add(new StatusPageSource(parts.statusPages, parts.time));
    }
    if (parts.staging != null) {
      all.add(new StagingSource(parts.staging, parts.time));
    }
    return all;
  }

  Engine engine(Estate estate, Redactor redactor, Witness witness) {
    var engine =
        Engine.builder()
            .time(parts.time)
            .journal(parts.journal)
            .locks(parts.locks)
            .policy(parts.policy)
            .operator(parts.operator)
            .redactor(redactor)
            .estate(estate)
            .witness(witness)
            .patience(parts.patience)
            .progress(parts.progress);
    if (parts.standbyJournal != null && parts.standbyLocks != null) {
      engine.standby(parts.standbyJournal, parts.standbyLocks);
    }
    if (parts.database != null) {
      var answers = parts.answers();
      engine.action(answers.measuring(new EndSessions(parts.database)));
      DatabaseChanges.register(parts.database, parts.indexBuildWithin, answers, engine);
    }
    if (parts.platform != null) {
      PlatformChanges.register(
          parts.platform, parts.secretSource, parts.thresholds.ailments(), engine);
    }
    if (parts.pipeline != null) {
      PipelineChanges.register(parts.pipeline, parts.platform, engine);
    }
    if (parts.shop != null) {
      ShopApiErrors.register(parts.shop, engine);
    }
    return engine.build();
  }
}
