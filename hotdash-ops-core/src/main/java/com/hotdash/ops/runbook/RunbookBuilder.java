package com.hotdash.ops.runbook;

import com.hotdash.ops.app.AppClient;
import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.app.Instances;
import com.hotdash.ops.database.DatabaseReader;
import com.hotdash.ops.escalation.AlertSink;
import com.hotdash.ops.escalation.EscalationPolicy;
import com.hotdash.ops.escalation.NoticePolicy;
import com.hotdash.ops.escalation.Notifier;
import com.hotdash.ops.pipeline.PipelineReader;
import com.hotdash.ops.platform.PlatformReader;
import com.hotdash.ops.procedure.DatabaseThresholds;
import com.hotdash.ops.procedure.Thresholds;
import com.hotdash.ops.resolution.Journal;
import com.hotdash.ops.resolution.JournalEntry;
import com.hotdash.ops.resolution.Locks;
import com.hotdash.ops.resolution.Policy;
import com.hotdash.ops.resolution.Verification.Patience;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.secret.SecretSource;
import com.hotdash.ops.shop.ShopReader;
import com.hotdash.ops.statuspage.StatusPages;
import com.hotdash.ops.time.Limits;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Configures a runbook. Not thread-safe. */
public final class RunbookBuilder {
  private final Parts parts = new Parts();
  private final List<AutoCloseable> owned = new ArrayList<>();
  private @Nullable Executor executor;

  RunbookBuilder() {}

  /**
   * Takes everything that variables configure, through the vendor modules on the class path. What
   * is set on this builder afterwards wins.
   *
   * @param variables the variables
   * @return this builder
   */
  public RunbookBuilder environment(Environment variables) {
    OwnSettings.read(variables, parts);
    ServiceLoader.load(VendorModule.class).forEach(module -> module.configure(variables, this));
    variables
        .staging()
        .map(RunbookProcedures::fromEnvironment)
        .ifPresent(each -> staging(each).owns(each));
    return this;
  }

  /**
   * Sets all time. Default: the system's.
   *
   * @param source the time
   * @return this builder
   */
  public RunbookBuilder time(Time source) {
    parts.time = source;
    return this;
  }

  /**
   * Names the environment that all parts belong to.
   *
   * @param name such as {@code production}
   * @return this builder
   */
  public RunbookBuilder environmentName(String name) {
    parts.environment = name;
    return this;
  }

  /**
   * Names who answers for changes. Default: nobody, and changes are refused.
   *
   * @param name the person or program
   * @return this builder
   */
  public RunbookBuilder operator(String name) {
    parts.operator = name;
    return this;
  }

  /**
   * Sets who hears of a change while it is made: its id when it begins, each step before and after
   * it is made, the end. Called on the threads that make the steps, which wait for it. Default:
   * nobody.
   *
   * @param listener hears of each line as it is journalled; what it throws is ignored
   * @return this builder
   */
  public RunbookBuilder progress(Consumer<JournalEntry> listener) {
    parts.progress = listener;
    return this;
  }

  /**
   * Sets what may be changed. Default: {@link Policy#DEFAULT}.
   *
   * @param allowed the policy
   * @return this builder
   */
  public RunbookBuilder policy(Policy allowed) {
    parts.policy = allowed;
    return this;
  }

  /**
   * Sets how long a verification looks. Default: as long as the change itself says.
   *
   * @param howLong the patience
   * @return this builder
   */
  public RunbookBuilder patience(Patience howLong) {
    parts.patience = howLong;
    return this;
  }

  /**
   * Sets where values of secrets come from that a change stores. Default: nowhere when built by
   * hand; the variables themselves when they configure the runbook.
   *
   * @param source the source; stays the caller's
   * @return this builder
   */
  public RunbookBuilder secretSource(SecretSource source) {
    parts.secretSource = source;
    return this;
  }

  /**
   * Sets the journal. Default: in memory when built by hand.
   *
   * @param store the journal
   * @return this builder
   */
  public RunbookBuilder journal(Journal store) {
    parts.journal = store;
    return this;
  }

  /**
   * Sets the locks. Default: within this runbook.
   *
   * @param store the locks
   * @return this builder
   */
  public RunbookBuilder locks(Locks store) {
    parts.locks = store;
    return this;
  }

  /**
   * Sets what stands by for a journal and locks that can fail, such as those in a database: they
   * take over when those are silent for 2 s or fail, and the execution says so. Default: none.
   *
   * @param other another journal, such as a file
   * @param others other locks, such as those beside the file
   * @return this builder
   */
  public RunbookBuilder standby(Journal other, Locks others) {
    parts.standbyJournal = other;
    parts.standbyLocks = others;
    return this;
  }

  /**
   * Sets the threads that look. Default: a pool of at most 64 daemon threads, made when needed.
   *
   * @param threads runs the looks side by side; stays the caller's
   * @return this builder
   */
  public RunbookBuilder executor(Executor threads) {
    executor = threads;
    return this;
  }

  /**
   * Sets the database. Plans can be applied if it is a {@link com.hotdash.ops.database.Database};
   * with a mere reader they are only shown.
   *
   * @param port the database; stays the caller's
   * @return this builder
   */
  public RunbookBuilder database(DatabaseReader port) {
    parts.database = port;
    return this;
  }

  /**
   * Sets the pipeline that builds and deploys the application.
   *
   * @param port the pipeline; stays the caller's
   * @return this builder
   */
  public RunbookBuilder pipeline(PipelineReader port) {
    parts.pipeline = port;
    return this;
  }

  /**
   * Sets the platform that runs the application. Plans can be applied if it is a {@link
   * com.hotdash.ops.platform.Platform}; with a mere reader they are only shown.
   *
   * @param port the platform; stays the caller's
   * @return this builder
   */
  public RunbookBuilder platform(PlatformReader port) {
    parts.platform = port;
    return this;
  }

  /**
   * Sets the interface of the shop that the application works on. Plans can be applied if it is a
   * {@link com.hotdash.ops.shop.Shop}; with a mere reader they are only shown.
   *
   * @param port the shop; stays the caller's
   * @return this builder
   */
  public RunbookBuilder shop(ShopReader port) {
    parts.shop = port;
    return this;
  }

  /**
   * Sets the runbook of staging, where production's code and secrets are tried first. Default:
   * none, and whether it is well is not checked.
   *
   * @param runbook the runbook; stays the caller's
   * @return this builder
   */
  public RunbookBuilder staging(RunbookProcedures runbook) {
    parts.staging = runbook;
    return this;
  }

  /**
   * Sets how long the application's counters may grow between the two scrapes of a look. Default:
   * 10 s. A shorter one sees fewer requests, and withholds OK more often.
   *
   * @param between more than zero
   * @return this builder
   * @throws IllegalArgumentException if {@code between} is zero or negative
   */
  public RunbookBuilder metricsWindow(Duration between) {
    parts.metricsWindow = Limits.positive(between, "metricsWindow");
    return this;
  }

  /**
   * Limits one build of an index: past it the server is told to give it up. Default 1 h.
   *
   * @param limit the limit, more than zero
   * @return this builder
   * @throws IllegalArgumentException if {@code limit} is zero or negative
   */
  public RunbookBuilder indexBuildWithin(Duration limit) {
    parts.indexBuildWithin = Limits.positive(limit, "indexBuildWithin");
    return this;
  }

  /**
   * Sets from where on something is an incident. Default: the runbook's numbers.
   *
   * @param limits for all incidents
   * @return this builder
   */
  public RunbookBuilder thresholds(Thresholds limits) {
    parts.thresholds = limits;
    return this;
  }

  /**
   * Sets from where on something about the database is a problem. Default: {@link
   * DatabaseThresholds#DEFAULT}.
   *
   * @param limits the thresholds
   * @return this builder
   */
  public RunbookBuilder databaseThresholds(DatabaseThresholds limits) {
    parts.thresholds = parts.thresholds.with(limits);
    return this;
  }

  /**
   * Sets the application. Wins over the address that the environment names.
   *
   * @param port the application, such as an {@link AppClient}; stays the caller's
   * @return this builder
   */
  public RunbookBuilder app(AppReader port) {
    parts.app = port;
    return this;
  }

  /**
   * Sets who knows the machines of the application that the environment names. Default: nobody, so
   * that it is asked through its front door.
   *
   * @param machines knows them
   * @return this builder
   */
  public RunbookBuilder instances(Instances machines) {
    parts.outside.instances(machines);
    return this;
  }

  /**
   * Sets the vendors' status pages. Wins over all that the environment and {@link #statusPage}
   * name.
   *
   * @param pages the pages; stay the caller's
   * @return this builder
   */
  public RunbookBuilder statusPages(StatusPages pages) {
    parts.statusPages = pages;
    return this;
  }

  /**
   * Adds a vendor's status page, unless one of that name is there: what a person configured counts.
   *
   * @param name the vendor's name
   * @param address the page
   * @param componentWords what the names of the components of interest contain; none for all
   * @return this builder
   */
  public RunbookBuilder statusPage(String name, String address, String... componentWords) {
    parts.outside.page(name, address, componentWords);
    return this;
  }

  /**
   * Tells the redactor of a secret in use.
   *
   * @param secret the secret
   * @return this builder
   */
  public RunbookBuilder secret(Secret secret) {
    parts.secrets.add(secret);
    return this;
  }

  /**
   * Adds a check of credentials.
   *
   * @param check makes the checks; only reads
   * @return this builder
   */
  public RunbookBuilder accessCheck(Supplier<List<AccessCheck>> check) {
    parts.accessChecks.add(check);
    return this;
  }

  /**
   * Adds a place where people are told of a diagnosis; plans that are applied, and what became of
   * them, are added to what is open there. Each is tried if those added before it failed; the last
   * should be one that needs no network, such as {@link com.hotdash.ops.escalation.WrittenAlerts}.
   *
   * @param place the place; stays the caller's
   * @return this builder
   */
  public RunbookBuilder alerts(AlertSink place) {
    parts.alerts.add(place);
    return this;
  }

  /**
   * Adds a way to tell the manager of what is {@link com.hotdash.ops.escalation.Priority#P0} or
   * {@code P1}: a webhook, or the host's own for mail. The same problem is told again by {@link
   * #noticePolicy}, or once it is worse. All ways that are added are used.
   *
   * @param way the way; stays the caller's
   * @return this builder
   */
  public RunbookBuilder notifier(Notifier way) {
    parts.notifiers.add(way);
    return this;
  }

  /**
   * Sets how often the manager is told of what nobody acknowledged. Default: {@link
   * NoticePolicy#DEFAULT}.
   *
   * @param howOften how often, and how many times at most
   * @return this builder
   */
  public RunbookBuilder noticePolicy(NoticePolicy howOften) {
    parts.noticePolicy = howOften;
    return this;
  }

  /**
   * Sets when people are to be called instead of trying on. Default: {@link
   * EscalationPolicy#DEFAULT}.
   *
   * @param limits how often and how long may be tried
   * @return this builder
   */
  public RunbookBuilder escalationPolicy(EscalationPolicy limits) {
    parts.escalationPolicy = limits;
    return this;
  }

  /**
   * Hands over something that the runbook closes when it is closed.
   *
   * @param resource the resource
   * @return this builder
   */
  public RunbookBuilder owns(AutoCloseable resource) {
    owned.add(resource);
    return this;
  }

  /**
   * Makes the runbook. Opens nothing.
   *
   * @return the runbook; the caller closes it
   */
  public RunbookProcedures build() {
    var closing = new ArrayList<>(owned);
    var threads = executor;
    if (threads == null) {
      ExecutorService own = Workers.create();
      closing.add(own::shutdownNow);
      threads = own;
    }
    var whole = parts.withOutside(closing);
    var aside = new Aside(threads);
    // First, while what it tells still goes out.
    closing.add(0, aside);
    whole.aside = aside;
    return new RunbookProcedures(whole, threads, closing);
  }
}
