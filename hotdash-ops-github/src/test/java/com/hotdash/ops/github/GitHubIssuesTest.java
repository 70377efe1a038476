package com.hotdash.ops.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.escalation.Alert;
import com.hotdash.ops.escalation.AlertKey;
import com.hotdash.ops.escalation.Delivery;
import com.hotdash.ops.escalation.Delivery.Status;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.github.GitHubServer;
import com.hotdash.ops.testkit.github.Repository;
import com.hotdash.ops.testkit.github.Right;
import com.hotdash.ops.testkit.github.SecondaryLimit;
import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.WebFault;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Alerts as issues, against a simulated GitHub over the wire. */
class GitHubIssuesTest {
  private static final Secret TOKEN = Secret.of("github_pat_issues_0123456789");
  private static final AlertKey KEY =
      new AlertKey("production", Incident.HIGH_ERROR_RATE, "checkout");
  private static final String CREATE = ".*/issues";
  private static final String COMMENTS = ".*/comments";

  private final FakeTime time = FakeTime.startingAt(Instant.parse("2026-11-23T03:00:00Z"));
  private final GitHubServer github = GitHubServer.start(time.time());
  private final Repository hotdash = github.repository("acme", "hotdash");
  private final List<GitHubClient> clients = new ArrayList<>();
  private GitHubIssues issues;

  @BeforeEach
  void start() {
    github.grantAll(TOKEN, hotdash);
    issues = writer(TOKEN);
  }

  @AfterEach
  void stop() {
    clients.forEach(GitHubClient::close);
    github.close();
  }

  private GitHubClient client(Secret token) {
    var client =
        GitHubClient.builder()
            .token(token)
            .repository("acme/hotdash")
            .baseUrl(github.address().toString())
            .time(time.time())
            .build();
    clients.add(client);
    return client;
  }

  private GitHubIssues writer(Secret token) {
    return client(token).alerts(Redactor.SHAPES);
  }

  private Deadline deadline() {
    return time.time().deadline(Duration.ofMinutes(2));
  }

  private static Alert alert(AlertKey key) {
    var body = Page.builder().paragraph("Error rate 7.4 % over 5 min").build();
    return Alert.of(key, Severity.CRITICAL, body);
  }

  private Delivery raise() {
    return issues.raise(alert(KEY), deadline());
  }

  private Delivery resolve() {
    var figures = Page.builder().paragraph("Error rate 0.2 % for 10 min").build();
    return issues.resolve(KEY, figures, deadline());
  }

  private List<Issues.Entry> listed(String state) {
    var api =
        new GitHubApi(
            github.address().toString(),
            TOKEN,
            "acme",
            "hotdash",
            Duration.ofSeconds(10),
            time.time(),
            null);
    try (api) {
      return new Issues(api, new GitHubWrites(api)).list(null, state, deadline()).entries();
    }
  }

  @Test
  void raise_nothingOpen_createsOneWithLabelsAndMarker() {
    var delivery = raise();

    assertThat(delivery.status()).isEqualTo(Status.CREATED);
    assertThat(delivery.missingLabels()).isEmpty();
    var issue = listed("open").get(0);
    assertThat(issue.issue().labels())
        .containsExactlyInAnyOrder("hotdash-ops", "production", "automated", "priority:high");
    assertThat(issue.issue().title()).isEqualTo("[production] High error rate: checkout");
    assertThat(issue.body())
        .contains("Error rate 7.4 %")
        .endsWith(
            "<!-- hotdash-ops fingerprint=" + KEY.fingerprint() + " incident=HIGH_ERROR_RATE -->");
    assertThat(delivery.toString()).startsWith("CREATED (issues of acme/hotdash #1)");
  }

  @Test
  void raise_soonAgain_isSuppressedAndCounted() {
    raise();
    time.advance(Duration.ofMinutes(5));
    raise();
    time.advance(Duration.ofMinutes(5));

    var third = raise();

    assertThat(third.status()).isEqualTo(Status.SUPPRESSED);
    assertThat(third.detail()).startsWith("2 repetitions since");
    assertThat(github.site().count("POST", COMMENTS)).isZero();
    assertThat(github.site().count("POST", CREATE)).isOne();
  }

  @Test
  void raise_laterAgain_commentsOnceForAllThatWasNotTold() {
    raise();
    time.advance(Duration.ofMinutes(5));
    raise();
    time.advance(Duration.ofMinutes(30));

    var told = raise();
    time.advance(Duration.ofMinutes(5));
    var soon = writer(TOKEN).raise(alert(KEY), deadline());

    assertThat(told.status()).isEqualTo(Status.COMMENTED);
    assertThat(soon.status()).as("another process keeps to it too").isEqualTo(Status.SUPPRESSED);
    assertThat(github.site().count("POST", COMMENTS)).isOne();
    assertThat(hotdash.openIssues()).isOne();
  }

  @Test
  void raise_anotherSubjectOrEnvironment_isAnotherIssue() {
    raise();
    issues.raise(alert(new AlertKey("production", Incident.HIGH_ERROR_RATE, "admin")), deadline());
    issues.raise(alert(new AlertKey("staging", Incident.HIGH_ERROR_RATE, "checkout")), deadline());

    assertThat(hotdash.openIssues()).isEqualTo(3);
  }

  @Test
  void resolve_open_closesWithTheFiguresAndOpensAgainWhenItIsBackSoon() {
    raise();

    var closed = resolve();
    time.advance(Duration.ofHours(2));
    var back = raise();

    assertThat(closed.status()).isEqualTo(Status.CLOSED);
    assertThat(back.status()).isEqualTo(Status.REOPENED);
    assertThat(back.number()).isEqualTo(closed.number());
    assertThat(hotdash.openIssues()).isOne();
    assertThat(github.site().count("POST", COMMENTS)).isEqualTo(2);
  }

  @Test
  void raise_backAfterLong_isANewIssueThatLinksTheOld() {
    raise();
    resolve();
    time.advance(Duration.ofDays(3));

    var back = raise();

    assertThat(back.status()).isEqualTo(Status.CREATED);
    assertThat(back.number()).isEqualTo(2);
    assertThat(listed("open").get(0).body())
        .contains("It was there before: https://github.com/acme/hotdash/issues/1");
  }

  @Test
  void resolve_nothingOpen_saysSo() {
    var delivery = resolve();

    assertThat(delivery.status()).isEqualTo(Status.SUPPRESSED);
    assertThat(delivery.detail()).contains("nothing is open");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void raise_answerLost_findsTheIssueAndFilesNoSecond(int loss) {
    github
        .site()
        .fault(
            "POST",
            CREATE,
            1,
            loss == 0 ? WebFault.closeAfter() : WebFault.after(Answer.empty(502)));

    var delivery = raise();

    assertThat(delivery.status()).isEqualTo(Status.CREATED);
    assertThat(delivery.detail()).contains("the answer was lost, and the issue was found");
    assertThat(github.site().count("POST", CREATE)).isOne();
    assertThat(hotdash.openIssues()).isOne();
  }

  @Test
  void raise_answerLostAndNothingFiled_isUncertainAndNotDelivered() {
    github.site().fault("POST", CREATE, 1, WebFault.close());

    var delivery = raise();

    assertThat(delivery.status()).isEqualTo(Status.UNCERTAIN);
    assertThat(delivery.delivered()).isFalse();
    assertThat(github.site().count("POST", CREATE)).isOne();
    assertThat(raise().status()).as("the next time").isEqualTo(Status.CREATED);
  }

  @Test
  void raise_twoWritersAtOnce_endWithOneOpenIssue() throws Exception {
    var together = new CyclicBarrier(2);
    // Labels are there, so that both look and write at the same moment.
    writer(TOKEN)
        .raise(alert(new AlertKey("staging", Incident.SLOW_RESPONSE_TIMES, "")), deadline());
    var before = hotdash.openIssues();
    var threads = Executors.newFixedThreadPool(2);
    try {
      Callable<Delivery> writing =
          () -> {
            var writer = writer2();
            together.await(20, TimeUnit.SECONDS);
            return writer.raise(alert(KEY), deadline());
          };
      for (int round = 0; round < 20; round++) {
        var one = threads.submit(writing);
        var two = threads.submit(writing);
        assertThat(one.get(30, TimeUnit.SECONDS).delivered()).isTrue();
        assertThat(two.get(30, TimeUnit.SECONDS).delivered()).isTrue();
        assertThat(hotdash.openIssues()).isEqualTo(before + 1);
        assertThat(resolve().status()).isEqualTo(Status.CLOSED);
        time.advance(Duration.ofDays(2));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private GitHubIssues writer2() {
    synchronized (clients) {
      return writer(TOKEN);
    }
  }

  @Test
  void raise_olderTwinAppearsMeanwhile_commentsThereAndClosesItsOwn() {
    raise();
    var marker = new Marker(KEY.fingerprint());
    // The first look of the second writer is answered as if nothing were there yet.
    github.site().fault("GET", CREATE, 2, WebFault.instead(Answer.json(200, List.of())));

    var delivery = writer(TOKEN).raise(alert(KEY), deadline());

    assertThat(delivery.status()).isEqualTo(Status.COMMENTED);
    assertThat(delivery.number()).isEqualTo(1);
    var closed = listed("closed");
    assertThat(closed).hasSize(1);
    assertThat(closed.get(0).issue().number()).isEqualTo(2);
    assertThat(closed.get(0).issue().closedAs()).isEqualTo("not_planned");
    assertThat(marker.ends(closed.get(0).body())).isTrue();
  }

  @Test
  void raise_tokenMayNotPush_tellsOfDroppedLabelsAndStillKeepsToOneIssue() {
    var weak = Secret.of("github_pat_no_push_0123456");
    github.grant(weak, hotdash, Right.ISSUES_READ, Right.ISSUES_WRITE);
    var writer = writer(weak);

    var first = writer.raise(alert(KEY), deadline());
    var second = writer.raise(alert(KEY), deadline());

    assertThat(first.status()).isEqualTo(Status.CREATED);
    assertThat(first.missingLabels()).contains("hotdash-ops", "production");
    assertThat(first.toString()).contains("labels missing: hotdash-ops");
    assertThat(first.detail()).contains("could not be made sure of");
    assertThat(second.status()).isEqualTo(Status.SUPPRESSED);
    assertThat(hotdash.openIssues()).isOne();
  }

  static List<Arguments> issuesThatCannotBe() {
    return List.of(
        Arguments.of("", new String[0], "an issue needs a title"),
        Arguments.of(" \t\u0007\n", new String[0], "an issue needs a title"),
        Arguments.of("title", new String[] {""}, "a label has 1 to 50 characters, not 0"),
        Arguments.of("title", new String[] {"ok", "x".repeat(51)}, "1 to 50 characters, not 51"),
        Arguments.of(
            "title",
            Collections.nCopies(101, "x").toArray(String[]::new),
            "100 labels at most, not 101"));
  }

  @ParameterizedTest
  @MethodSource("issuesThatCannotBe")
  void createIssue_cannotBeOne_isRefusedBeforeAnyRequest(
      String title, String[] labels, String told) {
    var client = client(TOKEN);

    assertThatThrownBy(() -> client.createIssue(title, "body", labels))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(told);
    assertThat(github.site().requests()).isEmpty();
  }

  @Test
  void raise_labelTooLongForGitHub_filesTheAlertAndTellsTheLabelAsMissing() {
    var name = "production-".repeat(10);
    var body = Page.builder().paragraph("down").build();

    var delivery =
        issues.raise(
            new Alert(KEY, Severity.CRITICAL, "down", body, List.of(name, "downtime")), deadline());

    assertThat(delivery.status()).isEqualTo(Status.CREATED);
    assertThat(delivery.missingLabels()).containsExactly(name);
    assertThat(listed("open").get(0).issue().labels()).contains("downtime");
  }

  /** Facts 3: two writers may make the same label; the second is answered 422 already_exists. */
  @Test
  void raise_labelMadeMeanwhile_countsAsThere() {
    hotdash.issue("Something else", "by a person", "hotdash-ops");
    var gone = Answer.json(404, Map.of("message", "Not Found"));
    github.site().fault("GET", ".*/labels/hotdash-ops", 1, WebFault.instead(gone));

    var delivery = raise();

    assertThat(github.site().count("POST", ".*/labels")).isEqualTo(4);
    assertThat(delivery.status()).isEqualTo(Status.CREATED);
    assertThat(delivery.detail()).isEqualTo("created");
    assertThat(delivery.missingLabels()).isEmpty();
  }

  /** Facts 3: names with blanks, colon or slash are encoded, and letter case does not count. */
  @Test
  void raise_labelWithSpecialCharacters_isLookedForEncoded() {
    hotdash.issue("Something else", "by a person", "Area/Check out:1");
    var body = Page.builder().paragraph("down").build();

    var delivery =
        issues.raise(
            new Alert(KEY, Severity.CRITICAL, "down", body, List.of("area/check out:1")),
            deadline());

    assertThat(github.site().count("GET", ".*/labels/area%2Fcheck%20out(:|%3A)1")).isOne();
    assertThat(delivery.missingLabels()).isEmpty();
  }

  /** Facts 3: 403 also for what is locked or archived. It must be loud: it is the last channel. */
  @Test
  void raise_lockedOrArchived_failsLoudly() {
    raise();
    hotdash.lockIssue(1);
    time.advance(Duration.ofHours(1));

    var locked = raise();
    hotdash.archive();
    var archived = issues.resolve(KEY, Page.builder().paragraph("fine").build(), deadline());

    assertThat(locked.status()).isEqualTo(Status.FAILED);
    assertThat(locked.toString()).contains("403", "locked");
    assertThat(archived.status()).isEqualTo(Status.FAILED);
    assertThat(archived.toString()).contains("403", "archived");
  }

  /** Facts 4: a PATCH to a fixed state may be made again, a comment may not. */
  @Test
  void resolve_badGatewayOnce_closesAgainButCommentsOnce() {
    raise();
    var unicorn = Answer.text(502, "text/html", "<title>Unicorn!</title>");
    github.site().fault("PATCH", ".*/issues/1", 1, WebFault.instead(unicorn));

    var delivery = resolve();

    assertThat(delivery.status()).isEqualTo(Status.CLOSED);
    assertThat(github.site().count("PATCH", ".*")).isEqualTo(2);
    assertThat(github.site().count("POST", COMMENTS)).isOne();
  }

  @Test
  void raise_workflowsHaveFiledTheirs_linksThemAndLeavesPullRequestsOut() {
    hotdash.issue("Production down", "by the workflow", "production-down", "P0", "critical");
    hotdash.issue("Monitoring", "by the workflow", "production", "monitoring", "automated");
    hotdash.issue("Something else", "by a person", "bug");
    hotdash.pullRequest("Fix", Marker.of(KEY).line(KEY), "hotdash-ops", "production", "monitoring");

    var delivery = raise();

    assertThat(delivery.status()).isEqualTo(Status.CREATED);
    assertThat(listed("open").get(0).body())
        .contains("Open from the workflows: https://github.com/acme/hotdash/issues/2")
        .contains("https://github.com/acme/hotdash/issues/1")
        .doesNotContain("issues/3")
        .doesNotContain("/pull/");
  }

  @Test
  void escalate_diagnosisOfARunbook_isOneIssueUnderHotDashsLabels() {
    var diagnosis =
        new Diagnosis(
            Incident.HIGH_ERROR_RATE,
            new Estate("production", List.of()),
            time.time().now(),
            Verdict.UNKNOWN,
            List.of(),
            List.of(),
            List.of(),
            List.of());
    // Ours carries the workflows' labels and is still not theirs.
    issues.raise(
        new Alert(KEY, Severity.INFO, "another", Page.builder().build(), List.of("monitoring")),
        deadline());
    var variables =
        Map.of(
            "GITHUB_TOKEN",
            TOKEN.reveal(),
            "GITHUB_REPOSITORY",
            "acme/hotdash",
            "GITHUB_API_URL",
            github.address().toString());
    var builder = RunbookProcedures.builder().environmentName("production");
    new GitHubVendorModule().configure(Environment.of(variables), builder);
    try (var runbook = builder.build()) {
      var delivery = runbook.escalate(diagnosis);

      assertThat(delivery.status()).as(delivery.toString()).isEqualTo(Status.CREATED);
      var filed = listed("open").get(0);
      assertThat(filed.issue().labels())
          .containsExactlyInAnyOrder(
              "hotdash-ops", "production", "monitoring", "automated", "priority:medium", "P3");
      assertThat(filed.body()).contains("UNKNOWN").doesNotContain("Open from the workflows");
    }
  }

  @Test
  void raise_textQuotesOurMarker_isNotTakenForIt() {
    hotdash.issue("Old log", Marker.of(KEY).line(KEY) + "\nand more", "hotdash-ops");

    assertThat(raise().status()).isEqualTo(Status.CREATED);
  }

  @ParameterizedTest
  @EnumSource(SecondaryLimit.class)
  void raise_secondaryLimit_waitsAndFilesOnce(SecondaryLimit limit) {
    github.site().fault("POST", CREATE, 1, limit.fault(time.time(), Duration.ofSeconds(30)));

    var delivery = raise();

    assertThat(delivery.status()).isEqualTo(Status.CREATED);
    assertThat(time.waits())
        .anySatisfy(wait -> assertThat(wait).isGreaterThan(Duration.ofSeconds(20)));
    assertThat(hotdash.openIssues()).isOne();
  }

  @Test
  void raise_limitBeyondTheDeadline_failsLoudlyWithoutASecondCall() {
    github
        .site()
        .fault(
            "POST",
            CREATE,
            9,
            SecondaryLimit.RETRY_AFTER_SECONDS.fault(time.time(), Duration.ofHours(1)));

    var delivery = raise();

    assertThat(delivery.status()).isEqualTo(Status.FAILED);
    assertThat(delivery.toString()).startsWith("NOBODY WAS TOLD");
    assertThat(github.site().count("POST", CREATE)).isOne();
  }

  @Test
  void raise_notPermitted_failsAtOnceWithTheRight() {
    var reading = Secret.of("github_pat_reading_0123456");
    github.grant(reading, hotdash, Right.ISSUES_READ);

    var delivery = writer(reading).raise(alert(KEY), deadline());

    assertThat(delivery.status()).isEqualTo(Status.FAILED);
    assertThat(delivery.detail()).contains("403").contains("issues=write");
    assertThat(github.site().count("POST", CREATE)).isOne();
  }

  @Test
  void raise_bareForbidden_isNoLimitAndNotAskedAgain() {
    var forbidden = Answer.json(403, Map.of("message", "Forbidden"));
    github.site().fault("POST", CREATE, 9, WebFault.instead(forbidden));

    assertThat(raise().status()).isEqualTo(Status.FAILED);
    assertThat(github.site().count("POST", CREATE)).isOne();
  }

  @Test
  void raise_issuesSwitchedOff_fails() {
    hotdash.disableIssues();

    assertThat(raise().status()).isEqualTo(Status.FAILED);
  }

  @Test
  void createIssue_hugeAndDirty_isCutRedactedAndQuiet() {
    var body = "@oncall see #12, token " + TOKEN.reveal() + "\n```\n" + "x".repeat(70_000);

    var issue = client(TOKEN).createIssue("down ".repeat(100), body, "P0");

    assertThat(issue.number()).isOne();
    assertThat(issue.title()).hasSize(256).endsWith("…");
    var filed = listed("open").get(0).body();
    assertThat(filed)
        .hasSizeLessThanOrEqualTo(60_000)
        .doesNotContain(TOKEN.reveal())
        .doesNotContain("@oncall")
        .doesNotContain("#12")
        .contains("Cut here: the whole text has 70,")
        .contains("x\n```\n");
  }

  @Test
  void createIssue_answerLost_throwsThatNobodyKnows() {
    github.site().fault("POST", CREATE, 1, WebFault.closeAfter());
    var client = client(TOKEN);

    assertThatThrownBy(() -> client.createIssue("title", "body"))
        .satisfies(
            e -> assertThat(((com.hotdash.ops.error.OpsException) e).outcomeUnknown()).isTrue());
    assertThat(github.site().count("POST", CREATE)).isOne();
  }

  @Test
  void writes_thatNotifyPeople_areThreeSecondsApart() {
    var client = client(TOKEN);
    client.createIssue("one", "body");
    client.createIssue("two", "body");

    var sent = github.site().requests().stream().filter(r -> r.method().equals("POST")).toList();
    assertThat(Duration.between(sent.get(0).at(), sent.get(1).at()))
        .isEqualTo(Duration.ofSeconds(3));
  }

  private Delivery comment() {
    var plan = Page.builder().paragraph("restart m1, @oncall").build();
    return issues.comment(KEY, "A plan, not yet applied", plan, deadline());
  }

  @Test
  void comment_open_isAddedAndDelaysNoAlert() {
    raise();
    time.advance(GitHubIssues.COMMENT_EVERY.plusMinutes(1));

    var delivery = comment();

    assertThat(delivery.status()).isEqualTo(Status.COMMENTED);
    assertThat(delivery.number()).isEqualTo(1L);
    assertThat(comment().status()).as("each is added").isEqualTo(Status.COMMENTED);
    assertThat(raise().status()).as("the next alert").isEqualTo(Status.COMMENTED);
    assertThat(github.site().count("POST", COMMENTS)).isEqualTo(3);
  }

  @Test
  void comment_nothingOpen_failsAndSaysWhatToDo() {
    var delivery = comment();

    assertThat(delivery.delivered()).isFalse();
    assertThat(delivery.detail()).contains("no issue is open", "raise the alert first");
    assertThat(github.site().count("POST", COMMENTS)).isZero();
  }

  @Test
  void comment_answerLost_isUncertainAndNeverRepeated() {
    raise();
    github.site().fault("POST", COMMENTS, 1, WebFault.closeAfter());

    assertThat(comment().status()).isEqualTo(Status.UNCERTAIN);
    assertThat(github.site().count("POST", COMMENTS)).isOne();
  }
}
