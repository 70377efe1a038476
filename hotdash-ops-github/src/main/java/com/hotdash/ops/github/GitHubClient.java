package com.hotdash.ops.github;

import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.pipeline.Annotation;
import com.hotdash.ops.pipeline.Job;
import com.hotdash.ops.pipeline.PendingDeployment;
import com.hotdash.ops.pipeline.Phases;
import com.hotdash.ops.pipeline.Pipeline;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.pipeline.Run;
import com.hotdash.ops.pipeline.RunDetail;
import com.hotdash.ops.pipeline.Runs;
import com.hotdash.ops.pipeline.WorkflowStart;
import com.hotdash.ops.pipeline.WorkflowState;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.resolution.TargetState;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Limits;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Reads the workflow runs of one GitHub repository, and why they failed; changes them, and files
 * issues.
 *
 * <p>Every method ends within {@link Builder#timeout}, throws {@link GitHubException} if GitHub
 * refuses, and a {@link com.hotdash.ops.http.HttpException} if it does not answer. A limit on the
 * number of calls is told, never waited for, and keeps further calls from being sent until it is
 * over. Ids and attempts below 1 are an {@link IllegalArgumentException}. Needs the permissions
 * {@code actions: read} and, for annotations, {@code checks: read}; of a classic token the scope
 * {@code repo}.
 *
 * <p>Thread-safe: make one and share it. It owns the transport it makes, and {@link #close} shuts
 * that one down; a transport handed to {@link Builder#transport} stays open and stays the caller's.
 */
public final class GitHubClient implements AutoCloseable {
  private final GitHubApi api;
  private final Actions actions;
  private final FailedRuns failed;
  private final PipelineStates states;
  private final PipelineStates guard;
  private final WorkflowWrites workflows;
  private final Issues issues;
  private final List<String> deployWorkflows;
  private final List<String> watchWorkflows;
  private final List<String> stagingWorkflows;
  private final Duration timeout;
  private final Secret token;

  private GitHubClient(Builder from, Secret token, String[] repository) {
    this.token = token;
    api =
        new GitHubApi(
            from.baseUrl,
            token,
            repository[0],
            repository[1],
            from.callTimeout,
            from.time,
            from.transport);
    var polling = api.forPolling();
    actions = new Actions(polling, from.phases);
    failed = new FailedRuns(api, actions, new JobLog(api, from.maxLogBytes), from.queuedTooLong);
    states = new PipelineStates(polling, actions);
    guard = new PipelineStates(api, new Actions(api, from.phases));
    var writes = new GitHubWrites(api);
    workflows = new WorkflowWrites(api, writes);
    issues = new Issues(api, writes);
    deployWorkflows = from.deployWorkflows;
    watchWorkflows = from.watchWorkflows;
    stagingWorkflows = from.stagingWorkflows;
    timeout = from.timeout;
  }

  /**
   * Begins a description.
   *
   * @return an empty builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Makes a client from the process's environment: {@code GITHUB_TOKEN}, {@code GITHUB_REPOSITORY}
   * and, if it is not the public one, {@code GITHUB_API_URL}.
   *
   * @return the client; the caller closes it
   * @throws ConfigurationException if one of them is missing or cannot be understood
   */
  public static GitHubClient fromEnvironment() {
    return fromEnvironment(Environment.system());
  }

  /**
   * Makes a client from variables.
   *
   * @param environment the variables
   * @return the client; the caller closes it
   * @throws ConfigurationException if one of them is missing or cannot be understood
   */
  public static GitHubClient fromEnvironment(Environment environment) {
    return GitHubSettings.client(environment);
  }

  /**
   * Reads one run, at its newest attempt.
   *
   * @param id the run's id, from 1
   * @return the run
   */
  public Run run(long id) {
    return actions.run(positive(id, "a run's id"), deadline());
  }

  /**
   * Reads one run as it was at one attempt.
   *
   * @param id the run's id, from 1
   * @param attempt the attempt, from 1
   * @return the run at that attempt
   */
  public Run attempt(long id, int attempt) {
    positive(attempt, "an attempt");
    return actions.attempt(positive(id, "a run's id"), attempt, deadline());
  }

  /**
   * Lists runs, newest first.
   *
   * @param query which; its bound is kept, and the answer says if there may be more
   * @return the runs
   */
  public Runs runs(RunQuery query) {
    return actions.runs(query, deadline());
  }

  /**
   * Lists the jobs of a run, with their steps, at the run's attempt; at most 1,000.
   *
   * @param run the run
   * @return the jobs, in GitHub's order
   */
  public List<Job> jobs(Run run) {
    return actions.jobs(run.id(), run.attempt(), deadline()).jobs();
  }

  /**
   * Finds out what is the matter with a run: the job and step that failed first, the part of the
   * log that tells why, and the errors in it by kind. Only the failed job's log is read, as a
   * stream in bounded memory. What of it could not be read is told in the answer's readings.
   *
   * @param runId the run's id, from 1
   * @return the run and what is the matter with it
   */
  public RunDetail failedLog(long runId) {
    var deadline = deadline();
    return failed.detail(actions.run(positive(runId, "a run's id"), deadline), deadline);
  }

  /**
   * Finds out what was the matter with a run at one attempt, also after it was made again.
   *
   * @param runId the run's id, from 1
   * @param attempt the attempt, from 1
   * @return the run at that attempt, and what was the matter with it
   * @see #failedLog(long)
   */
  public RunDetail failedLog(long runId, int attempt) {
    var deadline = deadline();
    positive(runId, "a run's id");
    positive(attempt, "an attempt");
    return failed.detail(actions.attempt(runId, attempt, deadline), deadline);
  }

  /**
   * Lists what tools remarked on a job; at most 200 remarks.
   *
   * @param jobId the job's id, from 1
   * @return the remarks; none if GitHub knows of none
   */
  public List<Annotation> annotations(long jobId) {
    return actions.annotations(positive(jobId, "a job's id"), deadline()).all();
  }

  /**
   * Lists the approvals that a run waits for, and who may give them.
   *
   * @param runId the run's id, from 1
   * @return the approvals
   */
  public List<PendingDeployment> pendingDeployments(long runId) {
    return actions.pendingDeployments(positive(runId, "a run's id"), deadline());
  }

  /**
   * Reads whether a workflow can run.
   *
   * @param file its file, such as {@code deploy-production.yml}
   * @return its state
   */
  public WorkflowState workflow(String file) {
    return actions.workflow(file(file), deadline());
  }

  /**
   * Reads how many calls are left this hour. Costs none of them.
   *
   * @return the count for ordinary calls
   */
  public RateLimit rateLimit() {
    var limit = Call.get("rateLimit.get", "the token's limits", "rate_limit");
    var answer = Fields.of(api.read(limit, deadline()));
    var core = answer.object("resources").object("core");
    if (!core.has("remaining")) {
      throw api.notUnderstood("rateLimit.get", "no resources.core.remaining");
    }
    return RateLimit.of(core);
  }

  /**
   * Tries what the token is good for. Only reads: whether it may change something cannot be tried
   * without a change, and is told from what GitHub says about the token, as far as it does.
   *
   * @return what works, what is missing, and what would grant it
   */
  public GitHubAccess checkAccess() {
    return GitHubAccess.check(api, token, deadline());
  }

  /**
   * Returns the repository's workflows as the runbook asks for them.
   *
   * @return the port; it lives as long as this client
   */
  public Pipeline pipeline() {
    return new GitHubPort(this);
  }

  /**
   * Tells which repository this is.
   *
   * @return owner and name
   */
  public Estate.Part identity() {
    return new Estate.Part("repository", api.repository(), null);
  }

  /**
   * Returns what takes the token out of text.
   *
   * @return the redactor
   */
  public Redactor redactor() {
    return api.redactor();
  }

  /**
   * Runs the failed jobs of a run again, as its next attempt, and those that depend on them. Sent
   * once; after a lost answer look at {@link #run}: if its attempt has risen, it was carried out.
   *
   * <p>This and the other writes go one at a time, a second apart, and three seconds after one that
   * people are notified of. Needs {@code actions: write}. Whoever wants it planned, journalled and
   * verified takes the runbook's resolution instead.
   *
   * @param run the run's id, from 1
   * @throws com.hotdash.ops.error.OpsException if it was not carried out, or nobody knows: see
   *     {@link com.hotdash.ops.error.OpsException#outcomeUnknown}
   */
  public void rerunFailedJobs(long run) {
    workflows.rerunFailed(positive(run, "a run's id"), deadline());
  }

  /**
   * Asks a run to stop. It can take minutes until it is over. Sent once; after a lost answer look
   * at {@link #run}. Needs {@code actions: write}.
   *
   * @param run the run's id, from 1
   * @throws GitHubException of kind {@code CONFLICT} if it cannot be cancelled: it is over, or
   *     stuck
   */
  public void cancel(long run) {
    workflows.cancel(positive(run, "a run's id"), deadline());
  }

  /**
   * Starts a workflow, once: GitHub has no key by which it would know a repetition. After a lost
   * answer look for the run with {@link #runs}, and do not start it again before. Needs {@code
   * actions: write}.
   *
   * @param start what to start
   * @return the run's id, or empty if GitHub started it without saying
   */
  public OptionalLong dispatch(WorkflowStart start) {
    return workflows.start(start, deadline());
  }

  /**
   * Lets a workflow start again. To be on twice is to be on, so a lost answer may be asked for
   * again. Needs {@code actions: write}.
   *
   * @param file its file, such as {@code deploy-production.yml}
   */
  public void enable(String file) {
    workflows.turn(file(file), true, deadline());
  }

  /**
   * Keeps a workflow from starting. To be off twice is to be off, so a lost answer may be asked for
   * again. Needs {@code actions: write}.
   *
   * @param file its file, such as {@code deploy-production.yml}
   */
  public void disable(String file) {
    workflows.turn(file(file), false, deadline());
  }

  /**
   * Files an issue, once. After a lost answer list the issues before filing it again; {@link
   * #alerts} does that by itself. The text is redacted, cut to GitHub's bounds with a note that
   * says so, and calls nobody: mentions and references outside code are broken. Needs {@code
   * issues: write}; without the right to push GitHub drops the labels without a word, which {@link
   * Issue#missing} shows.
   *
   * @param title the title, not blank, cut to 256 characters
   * @param body Markdown, cut to 60,000 characters
   * @param labels names of labels, 100 at most, each of 1 to 50 characters, which are GitHub's own
   *     bounds; GitHub makes those that are missing if the token may
   * @return the issue as GitHub made it
   * @throws IllegalArgumentException if the title or a label cannot be one; nothing was sent
   * @throws com.hotdash.ops.error.OpsException if it was not filed, or nobody knows: see {@link
   *     com.hotdash.ops.error.OpsException#outcomeUnknown}
   */
  public Issue createIssue(String title, String body, String... labels) {
    var text = new IssueText(api.redactor());
    var line = text.title(title);
    if (line.isEmpty()) {
      throw new IllegalArgumentException("an issue needs a title; this one is blank");
    }
    return issues.create(line, text.body(body, ""), IssueText.labels(labels), deadline());
  }

  /**
   * Returns the repository's issues as a place where people read alerts, with {@link
   * GitHubIssues#COMMENT_EVERY} and {@link GitHubIssues#REOPEN_WITHIN}.
   *
   * @param redactor knows the secrets in use beside this client's token, such as a runbook's
   * @return the place; it lives as long as this client
   */
  public GitHubIssues alerts(Redactor redactor) {
    return alerts(redactor, GitHubIssues.COMMENT_EVERY, GitHubIssues.REOPEN_WITHIN);
  }

  /**
   * Returns the repository's issues as a place where people read alerts.
   *
   * @param redactor knows the secrets in use beside this client's token, such as a runbook's
   * @param commentEvery how often people are told of the same problem; zero is each time
   * @param reopenWithin how soon a problem must come back for its issue to be opened again; zero is
   *     never
   * @return the place; it lives as long as this client
   */
  public GitHubIssues alerts(Redactor redactor, Duration commentEvery, Duration reopenWithin) {
    return new GitHubIssues(api, issues, redactor, commentEvery, reopenWithin);
  }

  /** Whether this is github.com, and not a server of somebody's own. */
  boolean publicService() {
    return "api.github.com".equalsIgnoreCase(api.base().getHost());
  }

  Reading<TargetState> observe(Target target, Deadline deadline) {
    return states.observe(target, deadline);
  }

  Control control() {
    return new GitHubControl(guard, states, workflows, api.time());
  }

  PipelineLook look(Deadline deadline) {
    return new GitHubLook(
        api, actions, failed, deployWorkflows, watchWorkflows, stagingWorkflows, deadline);
  }

  private static long positive(long number, String what) {
    if (number < 1) {
      throw new IllegalArgumentException(what + " is 1 or more, not " + number);
    }
    return number;
  }

  private static String file(String name) {
    return WorkflowStart.of(name, "main").file();
  }

  private Deadline deadline() {
    return api.time().deadline(timeout);
  }

  /** Ends the calls that are still running. Returns at once; may be called twice. */
  @Override
  public void close() {
    api.close();
  }

  @Override
  public String toString() {
    return "GitHub " + api.repository() + " at " + api.base();
  }

  /** Gathers the settings of a client. Not thread-safe. */
  public static final class Builder {
    private @Nullable Secret token;
    private String @Nullable [] repository;
    private String baseUrl = "https://api.github.com";
    private Time time = Time.SYSTEM;
    private @Nullable OkHttpClient transport;
    private Duration callTimeout = Duration.ofSeconds(12);
    private Duration timeout = Duration.ofSeconds(60);
    private Duration queuedTooLong = Duration.ofMinutes(10);
    private long maxLogBytes = 512L * 1024 * 1024;
    private Phases phases = Phases.DEFAULT;
    private List<String> deployWorkflows =
        List.of("deploy-production.yml", "rollback-production.yml");
    private List<String> watchWorkflows = List.of("production-monitoring.yml", "smoke-tests.yml");
    private List<String> stagingWorkflows = List.of("deploy-staging.yml", "rollback-staging.yml");

    private Builder() {}

    /**
     * Sets the token. Required.
     *
     * @param token a fine-grained, classic or app token
     * @return this builder
     */
    public Builder token(Secret token) {
      this.token = token;
      return this;
    }

    /**
     * Sets the repository. Required.
     *
     * @param ownerAndName such as {@code acme/hotdash}
     * @return this builder
     * @throws IllegalArgumentException if it is not two names with a slash between
     */
    public Builder repository(String ownerAndName) {
      if (!ownerAndName.matches("[A-Za-z0-9._-]{1,100}/[A-Za-z0-9._-]{1,100}")
          || ownerAndName.matches("\\.{1,2}/.*|.*/\\.{1,2}")) {
        throw new IllegalArgumentException("a repository is named owner/name");
      }
      repository = ownerAndName.split("/", 2);
      return this;
    }

    /**
     * Sets where the interface is. Default {@code https://api.github.com}.
     *
     * @param url such as {@code https://github.example.com/api/v3}
     * @return this builder
     */
    public Builder baseUrl(String url) {
      baseUrl = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
      return this;
    }

    /**
     * Sets all time. Default: the system's.
     *
     * @param time clock, ticker and sleeper
     * @return this builder
     */
    public Builder time(Time time) {
      this.time = time;
      return this;
    }

    /**
     * Sends through this transport, with its proxy and certificates. It stays the caller's.
     *
     * @param transport the transport
     * @return this builder
     */
    public Builder transport(OkHttpClient transport) {
      this.transport = transport;
      return this;
    }

    /**
     * Limits one call, tries and waits included. Default 12 s: GitHub itself gives up after 10 s.
     *
     * @param limit the limit, more than zero
     * @return this builder
     */
    public Builder callTimeout(Duration limit) {
      callTimeout = Limits.positive(limit, "callTimeout");
      return this;
    }

    /**
     * Limits one method of the client, which may make several calls and read a log. Default 60 s.
     *
     * @param limit the limit, more than zero
     * @return this builder
     */
    public Builder timeout(Duration limit) {
      timeout = Limits.positive(limit, "timeout");
      return this;
    }

    /**
     * Sets from when on a queued run without a job counts as stuck. Default 10 min.
     *
     * @param limit the age, more than zero
     * @return this builder
     */
    public Builder queuedTooLong(Duration limit) {
      queuedTooLong = Limits.positive(limit, "queuedTooLong");
      return this;
    }

    /**
     * Bounds how much of a log is read; of a longer one the excerpt is of what came until then, and
     * says so. Default 512 MiB; none of it is kept but the excerpt.
     *
     * @param bytes the bound, more than zero
     * @return this builder
     */
    public Builder maxLogBytes(long bytes) {
      if (bytes <= 0) {
        throw new IllegalArgumentException("maxLogBytes must be more than zero, not " + bytes);
      }
      maxLogBytes = bytes;
      return this;
    }

    /**
     * Sets what jobs are for, by their names. Default {@link Phases#DEFAULT}.
     *
     * @param phases tells the phase by the name
     * @return this builder
     */
    public Builder phases(Phases phases) {
      this.phases = phases;
      return this;
    }

    /**
     * Names the workflow files that change the running application. Default {@code
     * deploy-production.yml} and {@code rollback-production.yml}.
     *
     * @param files at least one
     * @return this builder
     * @throws IllegalArgumentException if there is none
     */
    public Builder deployWorkflows(String... files) {
      deployWorkflows = atLeastOne("deployWorkflows", files);
      return this;
    }

    /**
     * Names the workflow files that watch the running application from outside. Default {@code
     * production-monitoring.yml} and {@code smoke-tests.yml}.
     *
     * @param files at least one
     * @return this builder
     * @throws IllegalArgumentException if there is none
     */
    public Builder watchWorkflows(String... files) {
      watchWorkflows = atLeastOne("watchWorkflows", files);
      return this;
    }

    /**
     * Names the workflow files that change staging; what goes back has {@code rollback} in its
     * name. Default {@code deploy-staging.yml} and {@code rollback-staging.yml}.
     *
     * @param files at least one
     * @return this builder
     * @throws IllegalArgumentException if there is none
     */
    public Builder stagingWorkflows(String... files) {
      stagingWorkflows = atLeastOne("stagingWorkflows", files);
      return this;
    }

    private static List<String> atLeastOne(String name, String... files) {
      if (files.length == 0) {
        throw new IllegalArgumentException(name + " needs at least one file");
      }
      return List.of(files);
    }

    /**
     * Makes the client. No connection is opened.
     *
     * @return the client
     * @throws IllegalStateException if token or repository is not set
     * @throws IllegalArgumentException if the base address or the token cannot be used
     */
    public GitHubClient build() {
      if (token == null) {
        throw new IllegalStateException("token is not set");
      }
      if (repository == null) {
        throw new IllegalStateException("repository is not set");
      }
      return new GitHubClient(this, token, repository);
    }
  }
}
