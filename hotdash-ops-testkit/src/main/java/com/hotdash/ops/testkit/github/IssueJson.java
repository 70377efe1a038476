package com.hotdash.ops.testkit.github;

import com.hotdash.ops.testkit.web.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Issues, comments and labels as GitHub prints them. */
final class IssueJson {
  private IssueJson() {}

  static Map<String, @Nullable Object> issue(Ask ask, Repository repository, Issue issue) {
    var kind = issue.pullRequest ? "/pull/" : "/issues/";
    var web = "https://github.com/" + repository + kind + issue.number;
    var json = Json.of("id", issue.id, "number", issue.number, "title", issue.title);
    json.putAll(Json.of("state", issue.state, "state_reason", issue.stateReason));
    json.put("url", ask.base() + "/repos/" + repository + "/issues/" + issue.number);
    json.putAll(Json.of("html_url", web, "comments", issue.comments.size()));
    json.put("locked", issue.locked);
    json.put("labels", issue.labels.stream().map(IssueJson::label).toList());
    json.put("user", Json.of("login", issue.author));
    if (!ask.newVersion()) {
      json.put(
          "assignee", issue.assignees.isEmpty() ? null : Json.of("login", issue.assignees.get(0)));
    }
    json.put("assignees", issue.assignees.stream().map(a -> Json.of("login", a)).toList());
    json.put("created_at", Stamps.seconds(issue.createdAt));
    json.put("updated_at", Stamps.seconds(issue.updatedAt));
    json.put("closed_at", Stamps.seconds(issue.closedAt));
    json.put("body", issue.body);
    if (issue.pullRequest) {
      json.put("pull_request", Json.of("html_url", web));
    }
    return json;
  }

  static Map<String, @Nullable Object> label(Issue.Label label) {
    return Json.of(
        "id", label.id(),
        "name", label.name(),
        "color", label.color(),
        "default", false,
        "description", label.description());
  }

  static Map<String, @Nullable Object> comment(Ask ask, Issue issue, Issue.Comment comment) {
    var at = Stamps.seconds(comment.createdAt());
    var json =
        Json.of(
            "id", comment.id(),
            "html_url", ask.web("/issues/" + issue.number + "#issuecomment-" + comment.id()),
            "user", Json.of("login", comment.author()),
            "created_at", at,
            "updated_at", at,
            "body", comment.body());
    if (comment.association() != null) {
      json.put("author_association", comment.association());
    }
    return json;
  }
}
