package com.hotdash.ops.github;

import com.hotdash.ops.github.GitHubException.Kind;
import com.hotdash.ops.time.Deadline;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The issues of one repository, verb by verb; what POSTs is sent once. Thread-safe. */
final class Issues {
  private static final int MOST_PAGES = 10;

  private final GitHubApi api;
  private final GitHubWrites writes;

  Issues(GitHubApi api, GitHubWrites writes) {
    this.api = api;
    this.writes = writes;
  }

  Issue create(String title, String body, List<String> labels, Deadline deadline) {
    var operation = "issue.create";
    var json =
        Fields.of(
            writes.notifying(
                api.post(
                    operation,
                    "a new issue",
                    Map.of("title", title, "body", body, "labels", labels),
                    "issues"),
                deadline));
    if (json.number("number") == 0) {
      throw api.notUnderstood(operation, "an issue without number");
    }
    return issue(json);
  }

  void comment(long number, String body, Deadline deadline) {
    var text = Map.of("body", body);
    var id = Long.toString(number);
    writes.notifying(
        api.post("issue.comment", "issue #" + id, text, "issues", id, "comments"), deadline);
  }

  /** To a fixed state, so that it may be made again. */
  void setState(long number, boolean open, String reason, Deadline deadline) {
    var operation = open ? "issue.reopen" : "issue.close";
    var body = new LinkedHashMap<String, String>();
    body.put("state", open ? "open" : "closed");
    body.put("state_reason", reason);
    var id = Long.toString(number);
    writes.notifying(api.patch(operation, "issue #" + id, body, "issues", id), deadline);
  }

  /** Issues, newest first, pull requests left out. */
  Found list(@Nullable String label, String state, Deadline deadline) {
    var request =
        api.get("issues.list", "issues", "issues")
            .param("state", state)
            .param("sort", "created")
            .param("direction", "desc");
    if (label != null) {
      request.param("labels", label);
    }
    var pages = api.pages(request, null, MOST_PAGES, deadline);
    return new Found(
        pages.items().stream()
            .filter(each -> !each.map().containsKey("pull_request"))
            .filter(each -> each.number("number") > 0)
            .map(each -> new Entry(issue(each), each.text("body", ""), each))
            .toList(),
        pages.cut());
  }

  /** The comments on an issue since a time, oldest first, and whether there are more. */
  GitHubApi.Pages comments(long number, Instant since, Deadline deadline) {
    var id = Long.toString(number);
    var request =
        api.get("issue.comments", "comments on issue #" + id, "issues", id, "comments")
            .param("since", since.toString());
    return api.pages(request, null, MOST_PAGES, deadline);
  }

  /** When somebody last added a comment that ends with a marker, since a time. */
  @Nullable Instant lastComment(long number, Marker marker, Instant since, Deadline deadline) {
    @Nullable Instant last = null;
    for (var json : comments(number, since, deadline).items()) {
      var at = json.instant("created_at");
      if (at != null && marker.ends(json.text("body", "")) && (last == null || at.isAfter(last))) {
        last = at;
      }
    }
    return last;
  }

  /** Makes sure that a label is there. One that somebody else makes meanwhile is there as well. */
  void ensureLabel(String name, String color, String description, Deadline deadline) {
    try {
      api.read(api.get("label.get", "label " + name, "labels", name), deadline);
    } catch (GitHubException e) {
      if (e.kind() != Kind.NOT_FOUND) {
        throw e;
      }
      createLabel(name, color, description, deadline);
    }
  }

  private void createLabel(String name, String color, String description, Deadline deadline) {
    var body = Map.of("name", name, "color", color, "description", description);
    try {
      writes.quiet(api.post("label.create", "label " + name, body, "labels"), deadline);
    } catch (GitHubException e) {
      boolean there =
          e.kind() == Kind.INVALID
              && e.errors().stream().anyMatch(error -> error.contains("already_exists"));
      if (!there) {
        throw e;
      }
    }
  }

  /** Who the token is, or {@code null} where that cannot be asked, as with an app's token. */
  @Nullable String myself(Deadline deadline) {
    try {
      var user = Call.get("user.get", "the token's user", "user");
      return Fields.of(api.read(user, deadline)).text("login");
    } catch (GitHubException e) {
      return null; // an installation of an app is nobody
    }
  }

  private static Issue issue(Fields json) {
    // A label is an object, and was a mere name in older answers.
    var labels =
        json.objects("labels").isEmpty()
            ? json.texts("labels")
            : json.objects("labels").stream().map(label -> label.text("name", "")).toList();
    return new Issue(
        json.number("number"),
        json.text("title", ""),
        !"closed".equals(json.text("state")),
        labels,
        json.text("html_url", ""),
        json.instant("created_at"),
        json.instant("closed_at"),
        json.text("state_reason"));
  }

  /** Of an issue or a comment; a service that does not say is one where only insiders write. */
  static boolean byInsider(Fields json) {
    var association = json.text("author_association");
    return association == null
        || List.of("OWNER", "MEMBER", "COLLABORATOR", "CONTRIBUTOR").contains(association)
        || "Bot".equals(json.object("user").text("type"));
  }

  static boolean by(@Nullable String login, Fields json) {
    return login != null && login.equals(json.object("user").text("login"));
  }

  /**
   * What a list gave.
   *
   * @param cut why there may be more, or {@code null}
   */
  record Found(List<Entry> entries, @Nullable String cut) {
    Found {
      entries = List.copyOf(entries);
    }
  }

  /** An issue with its body. */
  record Entry(Issue issue, String body, Fields json) {
    /** Anybody may write an issue that looks like ours; these may write to the repository. */
    boolean byInsider() {
      return Issues.byInsider(json);
    }

    boolean by(@Nullable String login) {
      return Issues.by(login, json);
    }
  }
}
