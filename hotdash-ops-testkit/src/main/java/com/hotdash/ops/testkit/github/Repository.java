package com.hotdash.ops.testkit.github;

import com.hotdash.ops.testkit.github.Issue.Label;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A repository of the simulated GitHub: what a test sets up and looks at from behind. Thread-safe.
 */
public final class Repository {
  final long id;
  final String owner;
  final String name;
  final Time time;
  final AtomicLong ids;
  final Runs runs;
  final List<Workflow> workflows = new ArrayList<>();
  final List<Issue> issues = new ArrayList<>();
  final Map<String, Label> labels = new LinkedHashMap<>();
  final Map<String, String> refs = new LinkedHashMap<>();
  boolean issuesEnabled = true;
  boolean archived;
  boolean refusesRunDetails;
  Duration indexLag = Duration.ofSeconds(30);

  Repository(long id, String owner, String name, Time time, AtomicLong ids) {
    this.id = id;
    this.owner = owner;
    this.name = name;
    this.time = time;
    this.ids = ids;
    this.runs = new Runs(time::now, ids);
    refs.put("main", "5f0c1d2e3a4b5c6d7e8f90112233445566778899");
  }

  /**
   * Adds a workflow, active.
   *
   * @param file the workflow
   * @return its id
   */
  public synchronized long add(WorkflowFile file) {
    var workflow = new Workflow(ids.incrementAndGet(), file);
    workflows.add(workflow);
    return workflow.id;
  }

  /**
   * Puts another workflow file in the place of one that is there, as a commit does. Its runs stay.
   *
   * @param file the workflow
   * @throws IllegalArgumentException if there is no workflow of that file's name
   */
  public synchronized void replace(WorkflowFile file) {
    workflow(file.file()).file = file;
  }

  /**
   * Takes a workflow away, as a commit does that deletes its file. One that is added under the same
   * name afterwards is another.
   *
   * @param file the file's name
   * @throws IllegalArgumentException if there is no workflow of that file's name
   */
  public synchronized void remove(String file) {
    workflows.remove(workflow(file));
  }

  /**
   * Sets a workflow's state.
   *
   * @param file the file's name
   * @param state such as {@code disabled_inactivity}
   */
  public synchronized void workflowState(String file, String state) {
    workflow(file).state = state;
  }

  /**
   * Adds or moves a branch or tag. {@code main} is there from the start.
   *
   * @param ref its name
   * @param sha the commit
   */
  public synchronized void ref(String ref, String sha) {
    refs.put(ref, sha);
  }

  /**
   * Starts a run as a push does.
   *
   * @param file the workflow file's name
   * @param title the commit's message
   * @return the run's id
   */
  public synchronized long push(String file, String title) {
    var sha = refs.getOrDefault("main", "");
    var start = new Run.Start("push", "main", sha, Map.of(), title, "dev1");
    return runs.add(workflow(file), start).id;
  }

  /** Brings all runs up to the present, as each request does, and with them what they change. */
  public synchronized void settle() {
    runs.all();
  }

  /**
   * Lets runners take no more runs: what is queued stays so, without a job, and can't be cancelled.
   */
  public synchronized void stopRunners() {
    runs.all();
    runs.stuck = true;
  }

  /** Lets runners take runs again. */
  public synchronized void startRunners() {
    runs.stuck = false;
  }

  /**
   * Returns how many runs of a workflow there are.
   *
   * @param file the workflow file's name
   * @return the count
   */
  public synchronized long runCount(String file) {
    return runs.all().stream().filter(r -> r.workflow.file.file().equals(file)).count();
  }

  /**
   * Returns how a run stands.
   *
   * @param run the run's id
   * @return its status, or its conclusion once it is completed
   */
  public synchronized String runState(long run) {
    var found = run(run).orElseThrow(() -> new IllegalArgumentException("no run " + run));
    var conclusion = found.latest().conclusion;
    return found.latest().ended && conclusion != null ? conclusion : found.status();
  }

  /**
   * Opens an issue behind the API's back.
   *
   * @param title the title
   * @param body the text
   * @param names the labels, made if missing
   * @return its number
   */
  public synchronized int issue(String title, String body, String... names) {
    return open(title, body, false, names);
  }

  /**
   * Opens a pull request, which the list of issues holds too.
   *
   * @param title the title
   * @param body the text
   * @param names the labels, made if missing
   * @return its number
   */
  public synchronized int pullRequest(String title, String body, String... names) {
    return open(title, body, true, names);
  }

  /**
   * Returns how many issues are open, pull requests left out.
   *
   * @return the count
   */
  public synchronized long openIssues() {
    return issues.stream().filter(i -> !i.pullRequest && i.state.equals("open")).count();
  }

  /**
   * Locks an issue: nobody comments on it any more.
   *
   * @param number the issue
   */
  public synchronized void lockIssue(int number) {
    issue(number).orElseThrow(() -> new IllegalArgumentException("no issue " + number)).locked =
        true;
  }

  /**
   * Comments on an issue as a person does, behind the API's back.
   *
   * @param number the issue
   * @param login who
   * @param association what this person is to the repository, such as {@code MEMBER} or {@code
   *     NONE}
   * @param body the text
   */
  public synchronized void comment(int number, String login, String association, String body) {
    var issue = issue(number).orElseThrow(() -> new IllegalArgumentException("no issue " + number));
    issue.comments.add(
        new Issue.Comment(ids.incrementAndGet(), login, association, body, time.now()));
    changed(issue);
  }

  /**
   * Returns what stands under an issue.
   *
   * @param number the issue
   * @return the texts, oldest first
   */
  public synchronized List<String> comments(int number) {
    return issue(number).stream()
        .flatMap(issue -> issue.comments.stream())
        .map(Issue.Comment::body)
        .toList();
  }

  /** Switches issues off: every call on them is answered 410. */
  public synchronized void disableIssues() {
    issuesEnabled = false;
  }

  /** Refuses {@code return_run_details} in a dispatch, as older servers of enterprises do. */
  public synchronized void refuseRunDetails() {
    refusesRunDetails = true;
  }

  /** Archives the repository: every write is refused. */
  public synchronized void archive() {
    archived = true;
  }

  /**
   * Sets how late search learns of a change. 30 s unless set.
   *
   * @param lag how late
   */
  public synchronized void searchLag(Duration lag) {
    indexLag = lag;
  }

  Workflow workflow(String file) {
    return findWorkflow(file)
        .orElseThrow(() -> new IllegalArgumentException("no workflow " + file + " in " + this));
  }

  Optional<Workflow> findWorkflow(String idOrFile) {
    return workflows.stream()
        .filter(w -> w.file.file().equals(idOrFile) || Long.toString(w.id).equals(idOrFile))
        .findFirst();
  }

  Optional<Run> run(long run) {
    return runs.all().stream().filter(r -> r.id == run).findFirst();
  }

  Optional<Issue> issue(int number) {
    return issues.stream().filter(i -> i.number == number).findFirst();
  }

  @Nullable Label label(String label) {
    return labels.get(label.toLowerCase(Locale.ROOT));
  }

  Label addLabel(String label, String color, @Nullable String description) {
    var made = new Label(ids.incrementAndGet(), label, color, description);
    labels.put(label.toLowerCase(Locale.ROOT), made);
    return made;
  }

  /** Returns the labels by these names; missing ones are made, as GitHub does on the fly. */
  List<Label> labelled(List<String> names) {
    var found = new ArrayList<Label>();
    for (var each : names) {
      var label = label(each);
      var known = label == null ? addLabel(each, "ededed", null) : label;
      if (!found.contains(known)) {
        found.add(known);
      }
    }
    return found;
  }

  Issue newIssue(String title, @Nullable String body, boolean pullRequest, String author) {
    var issue =
        new Issue(ids.incrementAndGet(), issues.size() + 1, pullRequest, author, time.now(), title);
    issue.body = body;
    issues.add(issue);
    return issue;
  }

  void changed(Issue issue) {
    var at = time.now();
    issue.changed(at, at.plus(indexLag));
  }

  private int open(String title, String body, boolean pullRequest, String... names) {
    var issue = newIssue(title, body, pullRequest, "dev1");
    issue.labels = labelled(List.of(names));
    changed(issue);
    return issue.number;
  }

  @Override
  public String toString() {
    return owner + '/' + name;
  }
}
