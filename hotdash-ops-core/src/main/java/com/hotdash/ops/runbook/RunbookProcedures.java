package com.hotdash.ops.runbook;

import com.hotdash.ops.app.AppClient;
import com.hotdash.ops.diagnosis.Checkup;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.diagnosis.TriageReport;
import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.error.Fault;
import com.hotdash.ops.escalation.Delivery;
import com.hotdash.ops.escalation.Escalation;
import com.hotdash.ops.escalation.EscalationPolicy;
import com.hotdash.ops.escalation.VendorBundle;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.monitor.Monitor;
import com.hotdash.ops.monitor.Watch;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.observation.Observer;
import com.hotdash.ops.procedure.BeforeDeploy;
import com.hotdash.ops.procedure.ConfigurationAudit;
import com.hotdash.ops.report.Capture;
import com.hotdash.ops.resolution.Engine;
import com.hotdash.ops.resolution.Execution;
import com.hotdash.ops.resolution.ExecutionRecord;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.resolution.PlanException;
import com.hotdash.ops.resolution.Resolution;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.resolution.Witness;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.statuspage.StatusPages;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
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

  /** How long a triage may take, unless said otherwise. */
  public static final Duration TRIAGE_WITHIN = Duration.ofSeconds(20);

  private final Parts parts;
  private final Estate estate;
  private final Redactor redactor;
  private final Engine engine;
  private final Executor executor;
  private final Judge judge;
  private final List<AutoCloseable> owned;
  private final AtomicBoolean closed = new AtomicBoolean();

  RunbookProcedures(Parts parts, Executor executor, List<AutoCloseable> owned) {
    this(parts, executor, owned, () -> false);
  }

  /** One that shares what it looks with is closed with whoever owns that. */
  private RunbookProcedures(
      Parts parts, Executor executor, List<AutoCloseable> owned, BooleanSupplier ownerClosed) {
    this.parts = parts;
    this.executor = executor;
    this.owned = List.copyOf(owned);
    var known = Redactor.SHAPES.and(Redactor.of(parts.secrets));
    var wiring = new Wiring(parts);
    redactor = wiring.redactor(known);
    estate = new Estate(parts.environment, wiring.estate());
    engine = wiring.engine(estate, redactor, witness());
    judge =
        new Judge(
            new Observer(wiring.sources(), executor, parts.time, redactor),
            estate,
            parts.time,
            () -> closed.get() || ownerClosed.getAsBoolean());
  }

  /** Whoever works on an open alert reads there what others do about it. */
  private Witness witness() {
    var aside = parts.aside;
    return aside == null || parts.alerts.isEmpty()
        ? Witness.NONE
        : (words, page) -> aside.run(() -> escalation().commentAll(words, page));
  }

  /**
   * Begins to configure a runbook by hand. The environment is not read.
   *
   * @return a builder
   */
  public static RunbookBuilder builder() {
    return new RunbookBuilder();
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
    var all = new ArrayList<>(OwnSettings.ALL);
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
    return new RunbookProcedures(parts.as(operator), executor, List.of(), judge.closed());
  }

  /**
   * Looks at some of the world and judges nothing. Only reads, each at most once.
   *
   * @param within how long the look may take, more than zero
   * @param keys what to read, such as {@code PlatformLook.RELEASES}
   * @return the readings; one that could not be made says why
   */
  public Observation look(Duration within, Set<ReadingKey<?>> keys) {
    return judge.observer().observe(Set.copyOf(keys), parts.time.deadline(within));
  }

  /**
   * Finds out which incident it is: judges all of them by one look at the world, within {@link
   * #TRIAGE_WITHIN}. Only reads.
   *
   * @return the incidents, the one to see to first at the head
   */
  public TriageReport triage() {
    return triage(TRIAGE_WITHIN, ignored -> {});
  }

  /**
   * Finds out which incident it is, and tells on the way what is known so far: whenever one more
   * incident could be judged, and after five seconds in any case. Only reads.
   *
   * @param within how long the look may take, more than zero
   * @param soFar hears of the incomplete report, on the caller's thread
   * @return the incidents, the one to see to first at the head
   */
  public TriageReport triage(Duration within, Consumer<TriageReport> soFar) {
    return judge.triage(procedures().all(), within, soFar);
  }

  /**
   * Finds out whether the way is free for a deploy to production: staging is well and has the same
   * commit, required secrets are there and not only staged, the platform checks the machines'
   * health, and no other deploy is under way. Only reads; within {@link #TRIAGE_WITHIN}.
   *
   * @param commit the commit, or at least its first 7 digits
   * @return what it comes to; OK only if all of that was looked at
   * @throws IllegalArgumentException if it is no commit
   */
  public Checkup beforeDeploy(String commit) {
    if (!commit.matches("[0-9a-fA-F]{7,64}")) {
      throw new IllegalArgumentException("a commit is 7 to 64 hexadecimal digits");
    }
    return beforeDeploy(new BeforeDeploy(commit, requiredSecrets()));
  }

  /**
   * Finds out the same of a commit that is not known: then nothing is OK, and all else is told.
   *
   * @return what it comes to
   */
  public Checkup beforeDeploy() {
    return beforeDeploy(new BeforeDeploy("", requiredSecrets()));
  }

  private List<String> requiredSecrets() {
    return parts.thresholds.deployments().requiredSecrets();
  }

  private Checkup beforeDeploy(BeforeDeploy check) {
    return check.judge(look(TRIAGE_WITHIN, check.needs()), estate);
  }

  /**
   * Finds out whether the application is set up so that an outage stays small: its health checks,
   * its spare machines, its pools and its limit of memory, as its machines run them and its
   * endpoints answer. Only reads; within {@link #TRIAGE_WITHIN}.
   *
   * @return what it comes to
   */
  public Checkup audit() {
    var audit = new ConfigurationAudit(requiredSecrets());
    return audit.judge(look(TRIAGE_WITHIN, audit.needs()), estate);
  }

  /**
   * Returns the runbook of staging.
   *
   * @return the runbook; stays this one's
   * @throws ConfigurationException if none is configured; the next step names the variables
   */
  public RunbookProcedures staging() {
    if (parts.staging == null) {
      throw new ConfigurationException(
          Fault.of("runbook", "staging", "no staging is configured")
              .withNextStep(BeforeDeploy.STAGING.remedy()));
    }
    return parts.staging;
  }

  /** The application's name on its platform, or null without one. */
  @Nullable String application() {
    return parts.platform == null ? null : parts.platform.identity().identity();
  }

  private Procedures procedures() {
    return new Procedures(parts.thresholds);
  }

  private Chapter plain(Incident incident) {
    return judge.chapter(procedures().of(incident));
  }

  /**
   * Returns an incident.
   *
   * @param incident which
   * @return its diagnosis; its own resolutions, if it has any, are at the method of its name
   */
  public Chapter chapter(Incident incident) {
    return switch (incident) {
      case SLOW_RESPONSE_TIMES -> slowResponseTimes();
      case HIGH_ERROR_RATE -> highErrorRate();
      case DATABASE_CONNECTION_ISSUES -> databaseConnectionIssues();
      case SHOPIFY_API_ERRORS -> shopifyApiErrors();
      case DEPLOYMENT_FAILURES -> deploymentFailures();
      case MEMORY_CPU_ISSUES -> memoryCpuIssues();
      case HEALTH_CHECK_FAILURES -> healthCheckFailures();
      case SECRET_ROTATION_ISSUES -> secretRotationIssues();
    };
  }

  /**
   * Returns the first incident: pages are slow. What helps is at {@link #database} and {@link
   * #platform}.
   *
   * @return its diagnosis
   */
  public Chapter slowResponseTimes() {
    return plain(Incident.SLOW_RESPONSE_TIMES);
  }

  /**
   * Returns the second incident: too many requests fail.
   *
   * @return its diagnosis and resolutions
   */
  public HighErrorRate highErrorRate() {
    return new HighErrorRate(
        judge, engine, parts.thresholds, parts.platform, new DeploysInFlight(parts.pipeline));
  }

  /**
   * Returns the fourth incident: the application cannot get database connections.
   *
   * @return its diagnosis and resolutions
   */
  public DatabaseConnectionIssues databaseConnectionIssues() {
    return new DatabaseConnectionIssues(
        judge, engine, parts.database, parts.thresholds.database(), parts.answers());
  }

  /**
   * Returns the fifth incident: the shop's interface refuses, throttles or does not answer.
   *
   * @return its diagnosis and resolutions
   */
  public ShopApiErrors shopifyApiErrors() {
    return new ShopApiErrors(this, judge, engine, parts.thresholds.shop(), parts.shop);
  }

  /**
   * Returns the sixth incident: memory or processor time run out. What helps is at {@link
   * #platform}.
   *
   * @return its diagnosis
   */
  public Chapter memoryCpuIssues() {
    return plain(Incident.MEMORY_CPU_ISSUES);
  }

  /**
   * Returns the third incident: a release does not get out, or not up. What helps is at {@link
   * #pipeline}, {@link #platform} and {@link #highErrorRate}.
   *
   * @return its diagnosis
   */
  public Chapter deploymentFailures() {
    return plain(Incident.DEPLOYMENT_FAILURES);
  }

  /**
   * Returns the seventh incident: health checks fail. What helps is at {@link #platform}.
   *
   * @return its diagnosis
   */
  public Chapter healthCheckFailures() {
    return plain(Incident.HEALTH_CHECK_FAILURES);
  }

  /**
   * Returns the eighth incident: a changed secret breaks something. What helps is at {@link
   * #platform}.
   *
   * @return its diagnosis
   */
  public Chapter secretRotationIssues() {
    return plain(Incident.SECRET_ROTATION_ISSUES);
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
   * Plans the best of what a diagnosis recommends and the library can do, as the line that the
   * recommendation shows would. Only reads.
   *
   * @param diagnosis what was found
   * @return the plan, to be read and then applied
   * @throws PlanException if nothing of the kind is recommended, the next step naming what a person
   *     does; or if the world could not be looked at
   * @throws ConfigurationException if what the plan needs is not configured
   */
  public Plan plan(Diagnosis diagnosis) {
    return resolution(Recommended.best(diagnosis)).plan();
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
    return Recommended.resolution(remedy, this);
  }

  /**
   * Returns what can be done about the pipeline that builds and deploys the application.
   *
   * @return its resolutions
   */
  public PipelineChanges pipeline() {
    return new PipelineChanges(engine, parts.pipeline, parts.platform);
  }

  /**
   * Returns what can be done about the machines that run the application, and about its secrets.
   *
   * @return its resolutions
   */
  public PlatformChanges platform() {
    return new PlatformChanges(
        engine,
        parts.platform,
        parts.secretSource,
        new DeploysInFlight(parts.pipeline),
        new StagingFirst(parts.staging, parts.platform, parts.time),
        parts.thresholds.ailments(),
        null);
  }

  /**
   * Returns what can be done about the database itself: indexes, a role's limit, the pool.
   *
   * @return its resolutions
   */
  public DatabaseChanges database() {
    return new DatabaseChanges(engine, parts.database, parts.indexBuildWithin, parts.answers());
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
    return new Escalation(
        parts.environment,
        parts.alerts,
        Objects.requireNonNull(parts.manager),
        redactor,
        parts.time);
  }

  /**
   * Says that the operator is on it, so that the manager is not told again.
   *
   * @param incident the incident
   * @param words what the operator says
   * @return what became of it; it fails loudly if nothing is open, or nobody is named
   */
  public Delivery acknowledge(Incident incident, String words) {
    return parts.operator == null
        ? Delivery.of(
            Delivery.Status.FAILED,
            "acknowledge",
            "nobody is named; set HOTDASH_OPS_OPERATOR, or name yourself: runbook.as(\"sam\")")
        : escalation().acknowledge(incident, parts.operator, words);
  }

  /**
   * Decides whether to call people instead of trying on, by what the journal tells of attempts.
   *
   * @param diagnosis what is found now
   * @param since when the incident began
   * @return the decision, with its reasons
   */
  public EscalationPolicy.Decision escalationDue(Diagnosis diagnosis, Instant since) {
    return parts.escalationPolicy.decide(diagnosis, since, engine::entries, parts.time.now());
  }

  /**
   * Gathers what a vendor's support asks for. Reads status pages and the journal.
   *
   * @param vendor the vendor's name
   * @param since leaves out what was tried before
   * @param diagnoses what was found
   * @return the bundle, redacted
   */
  public VendorBundle vendorBundle(String vendor, Instant since, Diagnosis... diagnoses) {
    return watching().bundle(vendor, since, List.of(diagnoses));
  }

  /**
   * Puts down what is to be seen now, before a fix destroys it, within {@link #TRIAGE_WITHIN}. Only
   * reads.
   *
   * @return the capture; {@link Capture#writeTo} keeps it
   */
  public Capture capture() {
    return watching().capture(TRIAGE_WITHIN);
  }

  /**
   * Makes a monitor of all incidents: each {@link Monitor#tick} is a triage, and alerts open and
   * close by themselves. Of several processes that share this runbook's locks one watches. {@link
   * com.hotdash.ops.monitor.MonitorSchedule} calls it every five minutes.
   *
   * @return the monitor; the caller closes it
   */
  public Monitor monitor() {
    return monitor(each -> each);
  }

  /**
   * Makes a monitor of all incidents, with settings or a heartbeat of the caller's.
   *
   * @param change is given the settings, and returns them changed
   * @return the monitor; the caller closes it
   */
  public Monitor monitor(UnaryOperator<Monitor.Builder> change) {
    return change.apply(watching().monitor()).build();
  }

  /**
   * Watches all incidents after a change, by triage, until all was well for a third of the time, or
   * broke, or the time is over. The calling thread waits.
   *
   * @param duration how long to watch, at least 3 s
   * @return what was seen; if it broke, {@code next()} undoes what was executed last
   */
  public Watch.Outcome watch(Duration duration) {
    var watching = watching();
    return watching.watch(watching::worst, watching.lastExecution(), duration);
  }

  /**
   * Watches one incident after a change.
   *
   * @param incident the incident that the change was to cure
   * @param after what was executed
   * @param duration how long to watch, at least 3 s
   * @return what was seen; if it broke, {@code next()} undoes the execution
   */
  public Watch.Outcome watch(Incident incident, Execution after, Duration duration) {
    var watching = watching();
    return watching.watch(deadline -> watching.one(incident, deadline), after.id(), duration);
  }

  private Watching watching() {
    return new Watching(this, parts, judge, engine);
  }

  /**
   * Tells for each credential what works, what is missing, and what grants it; whether the journal
   * can be written; and what is not configured. Only reads.
   *
   * @return the report
   */
  public AccessReport checkAccess() {
    return AccessReport.of(estate, parts, redactor);
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
   * Tells that there is no journal at the place that is configured, so that nothing pending is not
   * taken for a good sign.
   *
   * @return what is not there, as a clause; empty if the journal is there
   */
  public Optional<String> noJournal() {
    return parts.journal.absent();
  }

  /**
   * Finds the executions that crashed, were stopped, or have a step of unknown outcome; none if
   * there is {@link #noJournal}.
   *
   * @return one record each, oldest first
   */
  public List<ExecutionRecord> pending() {
    return engine.pending();
  }

  /**
   * Tells whether somebody works on a pending execution's target right now, by trying its lock.
   *
   * @param execution one of {@link #pending}
   * @return who holds the lock, or empty if nobody does: then it crashed, or was stopped
   */
  public Optional<String> underWay(ExecutionRecord execution) {
    return engine.underWay(execution);
  }

  /**
   * Finds all that was done.
   *
   * @param since leaves out executions that began before
   * @return one record each, oldest first
   */
  public List<ExecutionRecord> history(Instant since) {
    return engine.history(since);
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
   * Returns an execution as the journal tells it, also one of another process: {@code
   * execution(id).verify()} measures the symptom anew.
   *
   * @param execution its id
   * @return what was done
   * @throws PlanException if the journal knows none of that id
   */
  public Execution execution(String execution) {
    return engine.execution(execution);
  }

  /**
   * Plans to take back what an execution made, also one of another process: last step first, and
   * each only while its target is as that step left it. Close it first if it is pending.
   *
   * @param execution its id
   * @return the plan
   */
  public Plan undo(String execution) {
    return engine.undo(execution);
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

  /**
   * Closes what it made. To look with it afterwards is an {@link IllegalStateException}, never a
   * verdict. Throws nothing; may be called twice.
   */
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
        + "\nwhich one is it: triage(); what to do about it: plan(diagnosis)"
        + "\nincidents: "
        + Arrays.stream(Incident.values())
            .map(each -> each.method() + "()")
            .collect(Collectors.joining(", "))
        + "\nlooks: app(), statusPages()"
        + "\nchanges: platform(), pipeline(), database()"
        + "\nchecks: checkAccess(), beforeDeploy(commit), audit()"
        + "\nalerts: escalate(diagnosis), monitor(), watch(duration), capture()";
  }
}
