package com.hotdash.ops.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.github.GitHubServer;
import com.hotdash.ops.testkit.github.Repository;
import com.hotdash.ops.testkit.github.Right;
import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.WebFault;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the token is good for, against a simulated GitHub that may be out of reach. */
class GitHubAccessTest {
  private static final Secret TOKEN = Secret.of("github_pat_access_0123456789");

  private final FakeTime time = FakeTime.startingAt(Instant.parse("2026-11-23T03:00:00Z"));
  private final GitHubServer github = GitHubServer.start(time.time());
  private final Repository hotdash = github.repository("acme", "hotdash");
  private final GitHubClient client =
      GitHubClient.builder()
          .token(TOKEN)
          .repository("acme/hotdash")
          .baseUrl(github.address().toString())
          .time(time.time())
          .build();

  @AfterEach
  void stop() {
    client.close();
    github.close();
  }

  @Test
  void checkAccess_githubAnswers5xx_isUnknownAndNothingIsMissing() {
    github.grantAll(TOKEN, hotdash);
    var unicorn = Answer.text(503, "text/html", "<title>Unicorn!</title>");
    github.site().fault("GET", ".*", 100, WebFault.instead(unicorn));

    var access = client.checkAccess();

    assertThat(access.missing()).isEmpty();
    assertThat(access.works()).isEmpty();
    assertThat(access.unknown()).singleElement().asString().contains("503", "Unicorn!");
    assertThat(access.remedies()).singleElement().asString().contains("githubstatus.com");
  }

  @Test
  void checkAccess_githubOutOfReach_isUnknownAndNothingIsMissing() {
    github.close();

    var access = client.checkAccess();

    assertThat(access.missing()).isEmpty();
    assertThat(access.unknown()).singleElement().asString().startsWith("see acme/hotdash: ");
  }

  @Test
  void checkAccess_overTheLimit_isUnknownForWhatWasNotTried() {
    github.grantAll(TOKEN, hotdash);
    github.remaining(TOKEN, 1, 403);

    var access = client.checkAccess();

    assertThat(access.works()).containsExactly("see acme/hotdash");
    assertThat(access.missing()).isEmpty();
    assertThat(access.unknown())
        .hasSize(6)
        .anyMatch(each -> each.startsWith("read issues (issues: read): not sent: GitHub's hourly"));
  }

  @ParameterizedTest
  @CsvSource({
    "CONTENTS_READ, read branches and workflow files (contents: read)",
    "ACTIONS_READ, 'read runs, jobs and logs (actions: read)'",
    "CHECKS_READ, read annotations (checks: read)",
    "ISSUES_READ, read issues (issues: read)"
  })
  void checkAccess_oneRightOnly_tellsTheOthersAsMissing(Right right, String works) {
    github.grant(TOKEN, hotdash, right);

    var access = client.checkAccess();

    assertThat(access.works()).containsExactly("see acme/hotdash", works);
    assertThat(access.missing()).hasSize(3).allMatch(each -> each.contains("403"));
    assertThat(access.unknown())
        .hasSize(2)
        .allMatch(each -> each.endsWith("it cannot be tried without a change"));
  }

  @Test
  void checkAccess_tokenMayNotSeeTheRepository_isMissing() {
    var access = client.checkAccess();

    assertThat(access.missing()).singleElement().asString().contains("401", "Bad credentials");
    assertThat(access.unknown()).isEmpty();
  }

  @Test
  void checkAccess_tokenEndsSoon_isToldAsMissing() {
    github.grantAll(TOKEN, hotdash);
    github.expires(TOKEN, time.now().plus(Duration.ofDays(3)));

    assertThat(client.checkAccess().missing())
        .containsExactly("the token expires in 3 days, at 2026-11-26T03:00:00Z");
  }

  @Test
  void asCheck_keepsWhatCouldNotBeLookedAtApart() {
    github.grantAll(TOKEN, hotdash);

    var check = client.checkAccess().asCheck();

    assertThat(check.credential()).isEqualTo("GITHUB_TOKEN");
    assertThat(check.missing()).isEmpty();
    assertThat(check.unknown()).hasSize(2);
    assertThat(check.remedies()).isEmpty();
  }
}
