package com.hotdash.ops.runbook;

import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.database.CreateIndex;
import com.hotdash.ops.database.DatabaseReader;
import com.hotdash.ops.escalation.AlertSink;
import com.hotdash.ops.escalation.EscalationPolicy;
import com.hotdash.ops.escalation.Manager;
import com.hotdash.ops.escalation.NoticePolicy;
import com.hotdash.ops.escalation.Notifier;
import com.hotdash.ops.observation.AppMetricsSource;
import com.hotdash.ops.pipeline.PipelineReader;
import com.hotdash.ops.platform.EdgeAnswers;
import com.hotdash.ops.platform.PlatformReader;
import com.hotdash.ops.procedure.Thresholds;
import com.hotdash.ops.resolution.InProcessLocks;
import com.hotdash.ops.resolution.Journal;
import com.hotdash.ops.resolution.JournalEntry;
import com.hotdash.ops.resolution.Locks;
import com.hotdash.ops.resolution.MemoryJournal;
import com.hotdash.ops.resolution.Policy;
import com.hotdash.ops.resolution.Verification.Patience;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.secret.SecretSource;
import com.hotdash.ops.shop.ShopReader;
import com.hotdash.ops.statuspage.StatusPages;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a runbook is put together from. A builder changes its own; those of a runbook stay as they
 * are.
 */
final class Parts {
  Time time = Time.SYSTEM;
  Duration metricsWindow = AppMetricsSource.WINDOW;
  @Nullable String environment;
  @Nullable String operator;
  Policy policy = Policy.DEFAULT;
  @Nullable Patience patience;
  Consumer<JournalEntry> progress = entry -> {};
  SecretSource secretSource = SecretSource.NONE;
  Journal journal = new MemoryJournal();
  Locks locks = new InProcessLocks();
  @Nullable Journal standbyJournal;
  @Nullable Locks standbyLocks;
  @Nullable DatabaseReader database;
  @Nullable PipelineReader pipeline;
  @Nullable PlatformReader platform;
  @Nullable ShopReader shop;
  @Nullable AppReader app;
  @Nullable RunbookProcedures staging;
  @Nullable StatusPages statusPages;
  Outside outside = new Outside();
  Thresholds thresholds = Thresholds.DEFAULT;
  Duration indexBuildWithin = CreateIndex.BUILD_WITHIN;
  final List<Secret> secrets = new ArrayList<>();
  final List<Supplier<List<AccessCheck>>> accessChecks = new ArrayList<>();
  final List<AlertSink> alerts = new ArrayList<>();
  final List<Notifier> notifiers = new ArrayList<>();
  NoticePolicy noticePolicy = NoticePolicy.DEFAULT;
  @Nullable Manager manager;
  @Nullable Aside aside;
  EscalationPolicy escalationPolicy = EscalationPolicy.DEFAULT;

  Parts copy() {
    var copy = new Parts();
    copy.time = time;
    copy.metricsWindow = metricsWindow;
    copy.environment = environment;
    copy.operator = operator;
    copy.policy = policy;
    copy.patience = patience;
    copy.progress = progress;
    copy.secretSource = secretSource;
    copy.journal = journal;
    copy.locks = locks;
    copy.standbyJournal = standbyJournal;
    copy.standbyLocks = standbyLocks;
    copy.database = database;
    copy.pipeline = pipeline;
    copy.platform = platform;
    copy.shop = shop;
    copy.app = app;
    copy.staging = staging;
    copy.statusPages = statusPages;
    copy.outside = outside.copy();
    copy.thresholds = thresholds;
    copy.indexBuildWithin = indexBuildWithin;
    copy.secrets.addAll(secrets);
    copy.accessChecks.addAll(accessChecks);
    copy.alerts.addAll(alerts);
    copy.notifiers.addAll(notifiers);
    copy.noticePolicy = noticePolicy;
    copy.manager = manager;
    copy.aside = aside;
    copy.escalationPolicy = escalationPolicy;
    return copy;
  }

  /** The same parts, for somebody else who answers for changes. */
  Parts as(String name) {
    var copy = copy();
    copy.operator = name;
    return copy;
  }

  /** Makes the clients of what the environment names. Whoever made them closes them. */
  Parts withOutside(List<AutoCloseable> closing) {
    var whole = copy();
    var known = new Wiring(this).redactor(Redactor.SHAPES.and(Redactor.of(secrets)));
    if (app == null) {
      var client = outside.app(known, time);
      if (client != null) {
        closing.add(client);
      }
      whole.app = client;
    }
    if (statusPages == null) {
      var pages = outside.statusPages(known, time);
      if (pages != null) {
        closing.add(pages);
      }
      whole.statusPages = pages;
    }
    var webhook = outside.notifier(known, time);
    if (webhook != null) {
      whole.notifiers.add(webhook);
      if (webhook instanceof AutoCloseable open) {
        closing.add(open);
      }
    }
    whole.manager = new Manager(whole.notifiers, noticePolicy, time);
    return whole;
  }

  /** Measures changes of the database by what users feel as well. */
  EdgeAnswers answers() {
    return new EdgeAnswers(platform, thresholds.ailments());
  }
}
