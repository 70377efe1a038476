package com.hotdash.ops.runbook;

import com.hotdash.ops.app.AppClient;
import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.app.Instances;
import com.hotdash.ops.database.DatabaseReader;
import com.hotdash.ops.database.EndSessions;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.escalation.AlertSink;
import com.hotdash.ops.escalation.Delivery;
import com.hotdash.ops.escalation.Escalation;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.observation.AppMetricsSource;
import com.hotdash.ops.observation.AppSource;
import com.hotdash.ops.observation.DatabaseSource;
import com.hotdash.ops.observation.Observer;
import com.hotdash.ops.observation.PipelineSource;
import com.hotdash.ops.observation.PlatformSource;
import com.hotdash.ops.observation.Source;
import com.hotdash.ops.observation.StatusPageSource;
import com.hotdash.ops.pipeline.PipelineReader;
import com.hotdash.ops.platform.PlatformReader;
import com.hotdash.ops.platform.RollBack;
import com.hotdash.ops.procedure.DatabaseThresholds;
import com.hotdash.ops.resolution.Engine;
import com.hotdash.ops.resolution.Execution;
import com.hotdash.ops.resolution.ExecutionRecord;
import com.hotdash.ops.resolution.FileJournal;
import com.hotdash.ops.resolution.FileLocks;
import com.hotdash.ops.resolution.InProcessLocks;
import com.hotdash.ops.resolution.Journal;
import com.hotdash.ops.resolution.Locks;
import com.hotdash.ops.resolution.MemoryJournal;
import com.hotdash.ops.resolution.Policy;
import com.hotdash.ops.resolution.Resolution;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.resolution.Verification.Patience;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.statuspage.StatusPages;
import com.hotdash.ops.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Common Incidents Runbook as methods: each incident can be diagnosed, and each resolution
 * planned, applied and verified. Making one opens nothing.
 *
 * <p>Thread-safe: make one and share it. It closes what it made from the environment; what was
 * handed to the builder stays the caller's.
 */
public final class RunbookProcedures implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunbookProcedures.class);

  // Long enough to hold the last quiet minutes before an incident that people have just noticed.
  private static final Duration PLATFORM_WINDOW = Duration.ofMinutes(30);

  private static final List<Setting> OWN_SETTINGS =
      List.of(
          new Setting("HOTDASH_OPS_ENV", "the environment's name: production, staging", false),
          new Setting("HOTDASH_OPS_OPERATOR", "who answers for changes", false),
          new Setting("HOTDASH_OPS_READ_ONLY", "true: nothing may be changed", false),
          new Setting(
              "HOTDASH_OPS_JOURNAL",
              "the journal's file; default .hotdash-ops/journal.jsonl in the home directory",
              false),
          new Setting(Outside.APP_URL, "the application's own address, for health, metrics", false),
          new Setting(
              Outside.STATUS_PAGES, "vendors' status pages: name=https://address,…", false));

  private final Builder parts;
  private final Estate estate;
  private final Redactor redactor;
  private final Engine engine;
  private final Executor executor;
  private final Observer observer;
  private final List<AutoCloseable> owned;
  private final AtomicBoolean closed = new AtomicBoolean();

  private RunbookProcedures(Builder parts, Executor executor, List<AutoCloseable> owned) {
    this.parts = parts;
    this.executor = executor;
    this.owned = List.copyOf(owned);
    var known = Redactor.SHAPES.and(Redactor.of(parts.secrets));
    redactor = parts.redactor(known);
    estate = new Estate(parts.environment, parts.estate());
    engine = parts.engine(estate, redactor);
    observer = new Observer(parts.sources(), executor, parts.time, redactor);
  }

  /**
   * Begins to configure a runbook by hand. The environment is not read.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Makes a runbook from the process's environment, with the vendor modules that are on the class
   * path. What is not configured is not checked, and says which variable would change that.
   *
   * @return the runbook; the caller closes it
   */
  public static RunbookProcedures fromEnvironment() {
    return fromEnvironment(Environment.system());
  }

  /**
   * Makes a runbook from variables.
   *
   * @param environment the variables
   * @return the runbook; the caller closes it
   */
  public static RunbookProcedures fromEnvironment(Environment environment) {
    return builder().environment(environment).build();
  }

  /**
   * Lists the variables that {@link #fromEnvironment()} reads, those of the vendor modules on the
   * class path included.
   *
   * @return the settings
   */
  public static List<Setting> settings() {
    var all = new ArrayList<>(OWN_SETTINGS);
    ServiceLoader.load(VendorModule.class).forEach(module -> all.addAll(module.settings()));
    return List.copyOf(all);
  }

  /**
   * Returns the same runbook with somebody who answers for changes.
   *
   * @param operator the person's or program's name
   * @return a runbook that shares everything with this one and owns nothing: close this one
   */
  public RunbookProcedures as(String operator) {
    return new RunbookProcedures(parts.copy().operator(operator), executor, List.of());
  }

  /**
   * Returns the second incident: too many requests fail.
   *
   * @return its diagnosis and resolutions
   */
  public HighErrorRate highErrorRate() {
    return new HighErrorRate(this, observer, engine, parts.time, parts.platform);
  }

  /**
   * Returns the fourth incident: the application cannot get database connections.
   *
   * @return its diagnosis and resolutions
   */
  public DatabaseConnectionIssues databaseConnectionIssues() {
    return new DatabaseConnectionIssues(
        this, observer, engine, parts.time, parts.database, parts.databaseThresholds);
  }

  /**
   * Returns the application itself: {@code app().health()}, {@code
   * app().metrics().matching("error")}, {@code app().window(…)}.
   *
   * @return the client; stays this runbook's
   * @throws ConfigurationException if none is configured; the next step names the variable
   */
  public AppClient app() {
    return parts.outside.asked(parts.app);
  }

  /**
   * Returns the status pages of the vendors, which are weak evidence.
   *
   * @return the pages; stay this runbook's
   * @throws ConfigurationException if none is configured; the next step names the variable
   */
  public StatusPages statusPages() {
    return parts.outside.asked(parts.statusPages);
  }

  /**
   * Returns the resolution that a diagnosis recommends, for programs; a person types the line that
   * the recommendation shows.
   *
   * @param remedy of {@link com.hotdash.ops.diagnosis.Recommendation#remedy}
   * @return the resolution, to be planned
   * @throws IllegalArgumentException if there is no such resolution: the remedy was not made by
   *     this version's diagnosis
   */
  public Resolution resolution(Remedy remedy) {
    return switch (remedy.incident()) {
      case DATABASE_CONNECTION_ISSUES -> databaseConnectionIssues().resolution(remedy);
      case HIGH_ERROR_RATE -> highErrorRate().resolution(remedy);
      default -> throw new IllegalArgumentException("there is no " + remedy.line());
    };
  }

  /**
   * Returns what can be done about the pipeline that builds and deploys the application.
   *
   * @return its resolutions
   */
  public PipelineChanges pipeline() {
    return new PipelineChanges(engine, parts.pipeline);
  }

  /**
   * Tells people of a diagnosis, in the places that are configured; see {@link #escalation}. Look
   * at the answer: if nobody was told, hardly anything else says so.
   *
   * @param diagnosis what was found
   * @return what became of it
   */
  public Delivery escalate(Diagnosis diagnosis) {
    return escalation().issue(diagnosis);
  }

  /**
   * Returns the way to tell people: of a problem of one subject, and that it is over.
   *
   * @return the escalation
   */
  public Escalation escalation() {
    return new Escalation(parts.environment, parts.alerts, redactor, parts.time);
  }

  /**
   * Tells for each credential what works, what is missing, and what grants it. Only reads.
   *
   * @return the report
   */
  public AccessReport checkAccess() {
    var checks = new ArrayList<AccessCheck>();
    for (var check : parts.accessChecks) {
      try {
        checks.addAll(check.get());
      } catch (RuntimeException e) {
        // One broken check must not keep the others from being told.
        checks.add(
            new AccessCheck(
                "a credential check",
                List.of(),
                List.of(redactor.redact("it could not be made: " + e)),
                List.of()));
      }
    }
    return new AccessReport(estate, checks);
  }

  /**
   * Returns what this runbook looks at and changes.
   *
   * @return the estate
   */
  public Estate estate() {
    return estate;
  }

  /**
   * Returns the redactor that knows the secrets in use; everything printed goes through it.
   *
   * @return the redactor
   */
  public Redactor redactor() {
    return redactor;
  }

  /**
   * Finds the executions that crashed, were stopped, or have a step of unknown outcome.
   *
   * @return one record each, oldest first
   */
  public List<ExecutionRecord> pending() {
    return engine.pending();
  }

  /**
   * Finds what was done to a target.
   *
   * @param target the target of a plan or of a step
   * @param since leaves out executions that began before
   * @return one record each, oldest first
   */
  public List<ExecutionRecord> history(Target target, Instant since) {
    return engine.history(target, since);
  }

  /**
   * Goes on with a pending execution, also with one of another process.
   *
   * @param execution its id
   * @param because why
   * @return what was done, now and before
   */
  public Execution resume(String execution, String because) {
    return engine.resume(execution, because);
  }

  /**
   * Closes a pending execution as it stands. Changes nothing.
   *
   * @param execution its id
   * @param because why
   */
  public void giveUp(String execution, String because) {
    engine.giveUp(execution, because);
  }

  /** Closes what it made. Throws nothing; may be called twice. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    for (var each : owned) {
      try {
        each.close();
      } catch (Exception e) { // Closing goes on: one client must not keep the others open.
        LOG.warn("close failed [resource={}]", each.getClass().getName());
      }
    }
  }

  @Override
  public String toString() {
    return "Runbook for "
        + estate
        + "\nincidents: databaseConnectionIssues(), highErrorRate()"
        + "\nlooks: app(), statusPages()"
        + "\nchanges: pipeline()"
        + "\nchecks: checkAccess()"
        + "\nalerts: escalate(diagnosis)";
  }

  /** Configures a runbook. Not thread-safe. */
  public static final class Builder {
    private Time time = Time.SYSTEM;
    private @Nullable String environment;
    private @Nullable String operator;
    private Policy policy = Policy.DEFAULT;
    private Patience patience = Patience.DEFAULT;
    private Journal journal = new MemoryJournal();
    private Locks locks = new InProcessLocks();
    private @Nullable Executor executor;
    private @Nullable DatabaseReader database;
    private @Nullable PipelineReader pipeline;
    private @Nullable PlatformReader platform;
    private @Nullable AppReader app;
    private @Nullable StatusPages statusPages;
    private Outside outside = new Outside();
    private DatabaseThresholds databaseThresholds = DatabaseThresholds.DEFAULT;
    private final List<Secret> secrets = new ArrayList<>();
    private final List<AutoCloseable> owned = new ArrayList<>();
    private final List<Supplier<List<AccessCheck>>> accessChecks = new ArrayList<>();
    private final List<AlertSink> alerts = new ArrayList<>();

    private Builder() {}

    private Builder copy() {
      var copy = new Builder();
      copy.time = time;
      copy.environment = environment;
      copy.operator = operator;
      copy.policy = policy;
      copy.patience = patience;
      copy.journal = journal;
      copy.locks = locks;
      copy.executor = executor;
      copy.database = database;
      copy.pipeline = pipeline;
      copy.platform = platform;
      copy.app = app;
      copy.statusPages = statusPages;
      copy.outside = outside.copy();
      copy.databaseThresholds = databaseThresholds;
      copy.secrets.addAll(secrets);
      copy.accessChecks.addAll(accessChecks);
      copy.alerts.addAll(alerts);
      return copy;
    }

    /**
     * Takes everything that variables configure, through the vendor modules on the class path. What
     * is set on this builder afterwards wins.
     *
     * @param variables the variables
     * @return this builder
     */
    public Builder environment(Environment variables) {
      environment = variables.text("HOTDASH_OPS_ENV").orElse(environment);
      operator = variables.text("HOTDASH_OPS_OPERATOR").orElse(operator);
      policy = policy.withReadOnly(policy.readOnly() || variables.on("HOTDASH_OPS_READ_ONLY"));
      var file =
          variables
              .text("HOTDASH_OPS_JOURNAL")
              .map(Path::of)
              .orElseGet(
                  () ->
                      Path.of(
                          System.getProperty("user.home", "."), ".hotdash-ops", "journal.jsonl"))
              .toAbsolutePath();
      journal = new FileJournal(file);
      // Whoever shares the journal shares the locks beside it.
      locks = new FileLocks(file.resolveSibling("locks"));
      outside.read(variables);
      ServiceLoader.load(VendorModule.class).forEach(module -> module.configure(variables, this));
      return this;
    }

    /**
     * Sets all time. Default: the system's.
     *
     * @param source the time
     * @return this builder
     */
    public Builder time(Time source) {
      time = source;
      return this;
    }

    /**
     * Names the environment that all parts belong to.
     *
     * @param name such as {@code production}
     * @return this builder
     */
    public Builder environmentName(String name) {
      environment = name;
      return this;
    }

    /**
     * Names who answers for changes. Default: nobody, and changes are refused.
     *
     * @param name the person or program
     * @return this builder
     */
    public Builder operator(String name) {
      operator = name;
      return this;
    }

    /**
     * Sets what may be changed. Default: {@link Policy#DEFAULT}.
     *
     * @param allowed the policy
     * @return this builder
     */
    public Builder policy(Policy allowed) {
      policy = allowed;
      return this;
    }

    /**
     * Sets how long a verification looks. Default: {@link Patience#DEFAULT}.
     *
     * @param howLong the patience
     * @return this builder
     */
    public Builder patience(Patience howLong) {
      patience = howLong;
      return this;
    }

    /**
     * Sets the journal. Default: in memory when built by hand.
     *
     * @param store the journal
     * @return this builder
     */
    public Builder journal(Journal store) {
      journal = store;
      return this;
    }

    /**
     * Sets the locks. Default: within this runbook.
     *
     * @param store the locks
     * @return this builder
     */
    public Builder locks(Locks store) {
      locks = store;
      return this;
    }

    /**
     * Sets the threads that look. Default: a pool of at most 16 daemon threads, made when needed.
     *
     * @param threads runs the looks side by side; stays the caller's
     * @return this builder
     */
    public Builder executor(Executor threads) {
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
    public Builder database(DatabaseReader port) {
      database = port;
      return this;
    }

    /**
     * Sets the pipeline that builds and deploys the application.
     *
     * @param port the pipeline; stays the caller's
     * @return this builder
     */
    public Builder pipeline(PipelineReader port) {
      pipeline = port;
      return this;
    }

    /**
     * Sets the platform that runs the application. Plans can be applied if it is a {@link
     * com.hotdash.ops.platform.Platform}; with a mere reader they are only shown.
     *
     * @param port the platform; stays the caller's
     * @return this builder
     */
    public Builder platform(PlatformReader port) {
      platform = port;
      return this;
    }

    /**
     * Sets from where on something about the database is a problem. Default: {@link
     * DatabaseThresholds#DEFAULT}.
     *
     * @param limits the thresholds
     * @return this builder
     */
    public Builder databaseThresholds(DatabaseThresholds limits) {
      databaseThresholds = limits;
      return this;
    }

    /**
     * Sets the application. Wins over the address that the environment names.
     *
     * @param port the application, such as an {@link AppClient}; stays the caller's
     * @return this builder
     */
    public Builder app(AppReader port) {
      app = port;
      return this;
    }

    /**
     * Sets who knows the machines of the application that the environment names. Default: nobody,
     * so that it is asked through its front door.
     *
     * @param machines knows them
     * @return this builder
     */
    public Builder instances(Instances machines) {
      outside.instances(machines);
      return this;
    }

    /**
     * Sets the vendors' status pages. Wins over all that the environment and {@link #statusPage}
     * name.
     *
     * @param pages the pages; stay the caller's
     * @return this builder
     */
    public Builder statusPages(StatusPages pages) {
      statusPages = pages;
      return this;
    }

    /**
     * Adds a vendor's status page, unless one of that name is there: what a person configured
     * counts.
     *
     * @param name the vendor's name
     * @param address the page
     * @param componentWords what the names of the components of interest contain; none for all
     * @return this builder
     */
    public Builder statusPage(String name, String address, String... componentWords) {
      outside.page(name, address, componentWords);
      return this;
    }

    /**
     * Tells the redactor of a secret in use.
     *
     * @param secret the secret
     * @return this builder
     */
    public Builder secret(Secret secret) {
      secrets.add(secret);
      return this;
    }

    /**
     * Adds a check of credentials.
     *
     * @param check makes the checks; only reads
     * @return this builder
     */
    public Builder accessCheck(Supplier<List<AccessCheck>> check) {
      accessChecks.add(check);
      return this;
    }

    /**
     * Adds a place where people are told of a diagnosis. Each is tried if those added before it
     * failed; the last should be one that needs no network, such as {@link
     * com.hotdash.ops.escalation.WrittenAlerts}.
     *
     * @param place the place; stays the caller's
     * @return this builder
     */
    public Builder alerts(AlertSink place) {
      alerts.add(place);
      return this;
    }

    /**
     * Hands over something that the runbook closes when it is closed.
     *
     * @param resource the resource
     * @return this builder
     */
    public Builder owns(AutoCloseable resource) {
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
      return new RunbookProcedures(withOutside(closing), threads, closing);
    }

    /** Makes the clients of what the environment names. Whoever made them closes them. */
    private Builder withOutside(List<AutoCloseable> closing) {
      var whole = copy();
      var known = redactor(Redactor.SHAPES.and(Redactor.of(secrets)));
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
      return whole;
    }

    private Redactor redactor(Redactor secretsOnly) {
      var known = secretsOnly;
      if (database != null) {
        known = known.and(database.redactor());
      }
      if (platform != null) {
        known = known.and(platform.redactor());
      }
      if (pipeline != null) {
        known = known.and(pipeline.redactor());
      }
      return app == null ? known : known.and(app.redactor());
    }

    private List<Estate.Part> estate() {
      var all = new ArrayList<Estate.Part>();
      if (database != null) {
        all.add(database.identity());
      }
      if (platform != null) {
        all.add(platform.identity());
      }
      if (pipeline != null) {
        all.add(pipeline.identity());
      }
      if (app != null) {
        all.add(app.identity());
      }
      if (statusPages != null) {
        all.addAll(statusPages.identities());
      }
      return all;
    }

    private List<Source> sources() {
      var all = new ArrayList<Source>();
      if (database != null) {
        all.add(new DatabaseSource(database));
      }
      if (platform != null) {
        all.add(new PlatformSource(platform, PLATFORM_WINDOW));
      }
      if (pipeline != null) {
        all.add(new PipelineSource(pipeline));
      }
      if (app != null) {
        all.add(new AppSource(app));
        all.add(new AppMetricsSource(app));
      }
      if (statusPages != null) {
        all.add(new StatusPageSource(statusPages, time));
      }
      return all;
    }

    private Engine engine(Estate estate, Redactor redactor) {
      var engine =
          Engine.builder()
              .time(time)
              .journal(journal)
              .locks(locks)
              .policy(policy)
              .operator(operator)
              .redactor(redactor)
              .estate(estate)
              .patience(patience);
      if (database != null) {
        engine.action(new EndSessions(database));
      }
      if (platform != null) {
        engine.action(new RollBack(platform));
      }
      if (pipeline != null) {
        PipelineChanges.register(pipeline, engine);
      }
      return engine.build();
    }
  }
}
