package com.hotdash.ops.testkit.github;

import static com.hotdash.ops.testkit.github.GitHubFixture.MAPPER;
import static com.hotdash.ops.testkit.github.GitHubFixture.REPO;
import static com.hotdash.ops.testkit.github.GitHubFixture.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.web.Raw;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GitHubIssuesTest {
  private static final String ISSUES = REPO + "/issues";

  private final GitHubFixture world = new GitHubFixture();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void list_holdsPullRequests_labelsAreAnd_defaultIsOpen() throws Exception {
    world.hotdash.issue("one", "", "production", "P0");
    world.hotdash.issue("two", "", "production");
    world.hotdash.pullRequest("three", "", "production", "p0");
    world.hotdash.issue("closed", "", "production", "P0");
    world.ask("PATCH", ISSUES + "/4", "{\"state\":\"closed\"}");

    var both = world.json(ISSUES + "?labels=Production,p0");

    assertThat(both.findValuesAsText("title")).containsExactly("three", "one");
    assertThat(both.get(0).has("pull_request")).isTrue();
    assertThat(both.get(1).has("pull_request")).isFalse();
    assertThat(world.json(ISSUES + "?state=all&labels=P0")).hasSize(3);
  }

  @Test
  void list_linksByRepositoryId_whichCanBeFollowed() throws Exception {
    for (int i = 1; i <= 5; i++) {
      world.hotdash.issue("issue " + i, "");
    }

    var first = Raw.header(world.get(ISSUES + "?per_page=2"), "link");

    var next = first.substring(1, first.indexOf('>'));
    assertThat(next).startsWith(world.github.address() + "/repositories/77/issues?");
    assertThat(first).contains("rel=\"next\"").contains("rel=\"last\"");
    var second = world.json(next.substring(world.github.address().toString().length()));
    assertThat(second.findValuesAsText("title")).containsExactly("issue 3", "issue 2");
  }

  @Test
  void create_withPush_makesMissingLabelsOnTheFly() throws Exception {
    var made = world.ask("POST", ISSUES, "{\"title\":\"t\",\"labels\":[\"priority:high\"]}");

    assertThat(made.statusCode()).isEqualTo(201);
    var label = world.json(REPO + "/labels/priority%3Ahigh");
    assertThat(label.get("color").asText()).isEqualTo("ededed");
    assertThat(label.get("description").isNull()).isTrue();
  }

  @Test
  void create_withoutPush_dropsLabelsWithoutAWord() throws Exception {
    world.github.grant(Secret.of(TOKEN), world.hotdash, Right.ISSUES_READ, Right.ISSUES_WRITE);

    var made = world.ask("POST", ISSUES, "{\"title\":\"t\",\"labels\":[\"production\"]}");

    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(MAPPER.readTree(made.body()).get("labels")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "title, 256, 201, ''",
    "title, 257, 422, title is too long (maximum is 256 characters)",
    "body, 65536, 201, ''",
    "body, 65537, 422, body is too long (maximum is 65536 characters)",
  })
  void create_length_isBounded(String field, int length, int status, String message)
      throws Exception {
    var body =
        MAPPER.writeValueAsString(
            field.equals("title")
                ? Map.of("title", "x".repeat(length))
                : Map.of("title", "t", field, "x".repeat(length)));

    var answer = world.ask("POST", ISSUES, body);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(message);
  }

  @Test
  void comment_tooLong_isAnotherFormOfError() throws Exception {
    world.hotdash.issue("t", "");
    var body = MAPPER.writeValueAsString(Map.of("body", "x".repeat(65_537)));

    var answer = world.ask("POST", ISSUES + "/1/comments", body);

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains("\"resource\":\"IssueComment\"", "\"unprocessable\"", "Body is too long");
  }

  @Test
  void patch_replacesLabels_closesAndReopens() throws Exception {
    world.hotdash.issue("t", "", "a", "b");

    var closed =
        MAPPER.readTree(
            world
                .ask(
                    "PATCH",
                    ISSUES + "/1",
                    "{\"labels\":[\"c\"],\"state\":\"closed\",\"state_reason\":\"not_planned\"}")
                .body());
    var opened = MAPPER.readTree(world.ask("PATCH", ISSUES + "/1", "{\"state\":\"open\"}").body());

    assertThat(closed.get("labels").findValuesAsText("name")).containsExactly("c");
    assertThat(closed.get("state_reason").asText()).isEqualTo("not_planned");
    assertThat(closed.get("closed_at").isNull()).isFalse();
    assertThat(opened.get("state_reason").asText()).isEqualTo("reopened");
    assertThat(opened.get("closed_at").isNull()).isTrue();
  }

  @Test
  void search_lagsBehindTheList() throws Exception {
    world.hotdash.issue("t", "fp:3f9a", "production");
    var query =
        "/search/issues?q=repo:acme/hotdash+is:issue+is:open+label:production+%22fp:3f9a%22+in:body";

    assertThat(world.json(query).get("total_count").asInt()).isZero();
    assertThat(world.json(ISSUES + "?labels=production")).hasSize(1);
    world.pass(31);
    assertThat(world.json(query).get("total_count").asInt()).isEqualTo(1);
    world.ask("PATCH", ISSUES + "/1", "{\"state\":\"closed\"}");
    assertThat(world.json(query).get("total_count").asInt()).isEqualTo(1);
  }

  @Test
  void labels_existing_is422_unknownIs404() throws Exception {
    world.hotdash.issue("t", "", "P0");

    assertThat(world.get(REPO + "/labels/p0").statusCode()).isEqualTo(200);
    assertThat(world.get(REPO + "/labels/none").statusCode()).isEqualTo(404);
    assertThat(world.ask("POST", REPO + "/labels", "{\"name\":\"p0\"}").body())
        .contains("already_exists");
    assertThat(world.ask("DELETE", ISSUES + "/1/labels/P0", "").statusCode()).isEqualTo(200);
    assertThat(world.ask("DELETE", ISSUES + "/1/labels/P0", "").statusCode()).isEqualTo(404);
  }

  @Test
  void disabledLockedArchived_areRefused() throws Exception {
    world.hotdash.issue("t", "");
    world.hotdash.lockIssue(1);

    assertThat(world.ask("POST", ISSUES + "/1/comments", "{\"body\":\"b\"}").statusCode())
        .isEqualTo(403);
    world.hotdash.archive();
    assertThat(world.ask("POST", ISSUES, "{\"title\":\"t\"}").statusCode()).isEqualTo(403);
    world.hotdash.disableIssues();
    assertThat(world.get(ISSUES).statusCode()).isEqualTo(410);
  }
}
