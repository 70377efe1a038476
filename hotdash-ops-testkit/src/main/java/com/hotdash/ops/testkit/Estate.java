package com.hotdash.ops.testkit;

import com.hotdash.ops.testkit.fly.FlyApp;
import com.hotdash.ops.testkit.fly.FlySimulator;
import com.hotdash.ops.testkit.github.GitHubServer;
import com.hotdash.ops.testkit.github.JobLog;
import com.hotdash.ops.testkit.github.JobScript;
import com.hotdash.ops.testkit.github.Repository;
import com.hotdash.ops.testkit.github.RunRequest;
import com.hotdash.ops.testkit.github.StepScript;
import com.hotdash.ops.testkit.github.WorkflowFile;
import com.hotdash.ops.testkit.github.WorkflowInput;
import com.hotdash.ops.testkit.hotdash.Behaviour;
import com.hotdash.ops.testkit.hotdash.HotdashServer;
import com.hotdash.ops.testkit.hotdash.Release;
import com.hotdash.ops.testkit.shopify.ShopifySimulator;
import com.hotdash.ops.testkit.statuspage.StatusPageServer;
import com.hotdash.ops.time.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * HotDash's world with its many faces, each over real HTTP on a loopback port: GitHub, Fly,
 * Shopify, a vendor's status page, and the application on two machines.
 *
 * <p>The faces share one history of releases. A release has an image, the image decides how the
 * application behaves, and a workflow that succeeds changes what runs: a cure is seen over the
 * wire, never scripted.
 *
 * <pre>{@code
 * try (var estate = Estate.start(time.time())) {
 *   estate.release(Behaviour.healthy().failing("/app/orders", 0.2));   // a bad deploy
 *   estate.hotdash().serve("GET", "/app/orders", 1_000);               // traffic
 *   …                                  // diagnose estate.hotdash().address(), dispatch a rollback
 *   time.advance(Duration.ofMinutes(2));                               // the run goes on
 * }
 * }</pre>
 *
 * <p>HotDash's workflow files are there as the repository has them, the fault of the rollback
 * included: without {@code target_version} it takes the newest release's image, which is the bad
 * one. Thread-safe.
 */
public final class Estate implements AutoCloseable {
  private static final int MACHINES = 2;
  private static final int FIRST_VERSION = 117;

  private final List<Release> releases = new ArrayList<>();
  private final HotdashServer hotdash;
  private final FlyFace face;
  private final GitHubServer github;
  private final StatusPageServer statusPage;
  private final ShopifySimulator shopify;
  private final Repository repository;

  private Estate(Time time) {
    var first = new Release(FIRST_VERSION, image(FIRST_VERSION), Behaviour.healthy());
    releases.add(first);
    hotdash = HotdashServer.start(time, first, MACHINES);
    face = new FlyFace(time, hotdash, first);
    github = GitHubServer.start(time);
    statusPage = StatusPageServer.start(time, "Example");
    shopify = ShopifySimulator.start(time, "hotdash-dev.myshopify.com");
    repository = github.repository("acme", "hotdash");
    addWorkflows();
    // A run that has ended by now has changed the application, whoever asks first.
    hotdash.beforeEach(this::settle);
  }

  /**
   * Starts a world in which all is well: release 117 on two machines, nothing on GitHub but
   * HotDash's workflows, and a status page without incidents.
   *
   * @param time what everything goes by
   * @return the world
   */
  public static Estate start(Time time) {
    return new Estate(time);
  }

  /**
   * Makes a release and puts it on all machines.
   *
   * @param behaviour how the application in its image behaves
   * @return the release, numbered one higher than the one before
   */
  public Release release(Behaviour behaviour) {
    Release made;
    synchronized (releases) {
      int version = newest().version() + 1;
      made = new Release(version, image(version), behaviour);
      releases.add(made);
    }
    face.deploy(made);
    return made;
  }

  /**
   * Makes the application depend on the present value of a secret, as when the other side of it
   * knows no other one.
   *
   * @param secret such as {@code SHOPIFY_API_SECRET}
   * @param without how a process behaves that starts with another value, whatever its image
   * @throws IllegalArgumentException if there is no such secret
   */
  public void needs(String secret, Behaviour without) {
    face.needs(secret, without);
  }

  /**
   * Stores another value of a secret and has all machines take it, as {@code fly secrets set} does:
   * a release record with the newest image, and every machine boots.
   *
   * @param secret such as {@code SHOPIFY_API_SECRET}
   * @param value the value; only a digest of it is kept
   */
  public void rotate(String secret, String value) {
    Release newest;
    synchronized (releases) {
      newest = newest();
    }
    face.rotate(secret, value, newest);
  }

  /**
   * Decides what the jobs of a deploy to production do, from the next run on. A run that succeeds
   * puts a release on all machines.
   *
   * @param jobs what a run does; called when the run or its rerun starts
   * @param behaviour how the application behaves that is deployed
   */
  public void deploys(Function<RunRequest, List<JobScript>> jobs, Behaviour behaviour) {
    repository.replace(deploy(jobs).effect(request -> release(behaviour)));
  }

  /**
   * Returns the history.
   *
   * @return the releases, oldest first
   */
  public List<Release> releases() {
    repository.settle();
    synchronized (releases) {
      return List.copyOf(releases);
    }
  }

  /**
   * Returns the application, as it is by now.
   *
   * @return its front door and machines
   */
  public HotdashServer hotdash() {
    settle();
    return hotdash;
  }

  /**
   * Returns GitHub. No token sees anything until {@link GitHubServer#grant} says so.
   *
   * @return the API and the host of the logs
   */
  public GitHubServer github() {
    return github;
  }

  /**
   * Returns HotDash's repository on {@link #github}, {@code acme/hotdash}.
   *
   * @return the repository
   */
  public Repository repository() {
    return repository;
  }

  /**
   * Returns Fly. Its machines are those of {@link #hotdash}: an update there decides what they
   * answer here, and what they print and answer shows there.
   *
   * @return its hosts
   */
  public FlySimulator fly() {
    return face.fly();
  }

  /**
   * Returns HotDash's app on {@link #fly}, {@code hotdash-production}.
   *
   * @return the app
   */
  public FlyApp flyApp() {
    return face.app();
  }

  /**
   * Returns a vendor's status page.
   *
   * @return the page
   */
  public StatusPageServer statusPage() {
    return statusPage;
  }

  /**
   * Returns the Admin API of the shop that HotDash is installed on. No token is good until {@link
   * ShopifySimulator#app} has made it.
   *
   * @return the API
   */
  public ShopifySimulator shopify() {
    return shopify;
  }

  /** Closes every face. */
  @Override
  public void close() {
    face.close();
    github.close();
    statusPage.close();
    shopify.close();
    hotdash.close();
  }

  /** Lets happen on GitHub and at Fly what is due: it may change what runs. */
  private void settle() {
    repository.settle();
    face.fly().settle();
  }

  private Release newest() {
    return releases.get(releases.size() - 1);
  }

  private static String image(int version) {
    return "registry.fly.io/hotdash-production:deployment-" + version;
  }

  private void addWorkflows() {
    repository.add(rollback("rollback-production.yml", "Rollback production", this::rolledBack));
    repository.add(rollback("rollback-staging.yml", "Rollback staging", request -> {}));
    repository.add(deploy(r -> chain("pre-deploy", "build", "deploy", "health-check")));
    repository.add(
        WorkflowFile.of("production-monitoring.yml", "Production monitoring", r -> chain("monitor"))
            .dispatchable());
    repository.add(
        WorkflowFile.of("smoke-tests.yml", "Smoke tests", r -> chain("smoke"))
            .dispatchable(new WorkflowInput("environment", false, "production")));
  }

  private static WorkflowFile deploy(Function<RunRequest, List<JobScript>> jobs) {
    return WorkflowFile.of("deploy-production.yml", "Deploy production", jobs)
        .dispatchable(
            WorkflowInput.required("reason"),
            new WorkflowInput("skip_staging_check", false, "false"));
  }

  private static WorkflowFile rollback(String file, String name, Consumer<RunRequest> effect) {
    return WorkflowFile.of(
            file, name, r -> chain("validate", "rollback", "verify", "notify", "summary"))
        .dispatchable(WorkflowInput.required("reason"), WorkflowInput.optional("target_version"))
        .concurrency(file.replace(".yml", ""))
        .effect(effect);
  }

  private static List<JobScript> chain(String... names) {
    var jobs = new ArrayList<JobScript>();
    for (var name : names) {
      var job =
          JobScript.of(
              name,
              JobLog.of(List.of("##[group]Run " + name, name + " done")),
              StepScript.passing("Set up job"),
              StepScript.passing(name));
      jobs.add(jobs.isEmpty() ? job : job.after(jobs.get(jobs.size() - 1).name()));
    }
    return jobs;
  }

  /** A rollback is a new release with an old image: the number goes up. */
  private void rolledBack(RunRequest request) {
    Release made;
    synchronized (releases) {
      var wanted = request.inputs().getOrDefault("target_version", "");
      // Line 2 of `fly releases --image` is the newest release: facts, hotdash.md.
      var from =
          releases.stream()
              .filter(r -> Integer.toString(r.version()).equals(wanted.replaceFirst("^v", "")))
              .findFirst()
              .orElseGet(this::newest);
      made = new Release(newest().version() + 1, from.image(), from.behaviour());
      releases.add(made);
    }
    face.deploy(made);
  }
}
