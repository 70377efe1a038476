package com.hotdash.ops.testkit.github;

import com.hotdash.ops.testkit.github.Issue.Label;
import com.hotdash.ops.testkit.web.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The routes of issues, comments and labels. */
final class IssueRoutes {
  private static final int LONGEST_LABEL = 50;
  private static final int LONGEST_TITLE = 256;
  private static final int LONGEST_BODY = 65_536;
  private static final Set<String> REASONS =
      Set.of("completed", "not_planned", "reopened", "duplicate");

  private IssueRoutes() {}

  static void addTo(Routes routes) {
    var read = Right.ISSUES_READ;
    var write = Right.ISSUES_WRITE;
    routes.add("GET", "issues", read, IssueRoutes::list);
    routes.add("POST", "issues", write, IssueRoutes::create);
    routes.add("GET", "issues/*", read, a -> answer(a, 200, found(a)));
    routes.add("PATCH", "issues/*", write, IssueRoutes::change);
    routes.add("GET", "issues/*/comments", read, IssueRoutes::comments);
    routes.add("POST", "issues/*/comments", write, IssueRoutes::comment);
    routes.add("GET", "issues/*/labels", read, a -> labels(found(a)));
    routes.add("POST", "issues/*/labels", write, a -> relabel(a, true));
    routes.add("PUT", "issues/*/labels", write, a -> relabel(a, false));
    routes.add("DELETE", "issues/*/labels/*", write, IssueRoutes::unlabel);
    routes.add("GET", "labels", read, IssueRoutes::allLabels);
    routes.add("GET", "labels/*", read, IssueRoutes::label);
    routes.add("POST", "labels", write, IssueRoutes::createLabel);
  }

  private static Issue found(Ask ask) {
    return ask.repository().issue((int) ask.number(0)).orElseThrow(Problem::notFound);
  }

  private static Answer answer(Ask ask, int status, Issue issue) {
    return Answer.json(status, IssueJson.issue(ask, ask.repository(), issue));
  }

  private static Answer list(Ask ask) {
    var state = ask.query("state") == null ? "open" : ask.query("state");
    var labels = ask.query("labels");
    var since = ask.query("since");
    var after = since == null ? Instant.MIN : Stamps.instant(since);
    var found = new ArrayList<Issue>();
    for (var issue : ask.repository().issues) {
      boolean labelled =
          labels == null || labels.isEmpty() || hasAll(issue, List.of(labels.split(",")));
      if (labelled
          && ("all".equals(state) || issue.state.equals(state))
          && !issue.updatedAt.isBefore(after)) {
        found.add(issue);
      }
    }
    var order =
        "updated".equals(ask.query("sort"))
            ? Comparator.comparing((Issue i) -> i.updatedAt)
            : Comparator.comparing((Issue i) -> i.createdAt);
    order = order.thenComparingInt(i -> i.number);
    found.sort("asc".equals(ask.query("direction")) ? order : order.reversed());
    var pages = Pages.of(ask);
    var page =
        pages.cut(found).stream().map(i -> IssueJson.issue(ask, ask.repository(), i)).toList();
    return pages.link(Answer.json(200, page), found.size());
  }

  private static boolean hasAll(Issue issue, List<String> names) {
    return names.stream()
        .allMatch(n -> issue.labels.stream().anyMatch(l -> l.name().equalsIgnoreCase(n.strip())));
  }

  private static Answer create(Ask ask) {
    var body = ask.body();
    if (!(body.get("title") instanceof String title) || title.isBlank()) {
      throw Problem.invalid("Issue", "title", "missing_field", null);
    }
    var text = body.get("body") instanceof String given ? given : null;
    checkLength(title, text);
    var labels = names(body.get("labels"));
    if (labels.stream().anyMatch(name -> name.length() > LONGEST_LABEL)) {
      throw Problem.invalid(
          "Label", "name", "custom", "name is too long (maximum is 50 characters)");
    }
    var assignees = names(body.get("assignees"));
    var issue = ask.repository().newIssue(title, text, false, ask.login());
    if (ask.rights().contains(Right.PUSH)) {
      issue.labels = ask.repository().labelled(labels);
      issue.assignees = assignees;
    }
    ask.repository().changed(issue);
    return answer(ask, 201, issue);
  }

  private static void checkLength(@Nullable String title, @Nullable String body) {
    if (title != null && title.length() > LONGEST_TITLE) {
      throw Problem.invalid(
          "Issue", "title", "custom", "title is too long (maximum is 256 characters)");
    }
    if (body != null && body.length() > LONGEST_BODY) {
      throw Problem.invalid(
          "Issue", "body", "custom", "body is too long (maximum is 65536 characters)");
    }
  }

  private static Answer change(Ask ask) {
    var issue = found(ask);
    var body = ask.body();
    var title = body.get("title") instanceof String given ? given : null;
    var text = body.get("body") instanceof String given ? given : null;
    checkLength(title, text);
    var state = body.get("state");
    var reason = body.get("state_reason");
    if (state != null && !state.equals("open") && !state.equals("closed")) {
      throw Problem.invalid("Issue", "state", "invalid", null);
    }
    if (reason != null && !REASONS.contains(String.valueOf(reason))) {
      throw Problem.invalid("Issue", "state_reason", "invalid", null);
    }
    if ("duplicate".equals(reason) && body.get("duplicate_issue_id") == null) {
      throw Problem.invalid("Issue", "duplicate_issue_id", "missing_field", null);
    }
    if (title != null) {
      issue.title = title;
    }
    if (text != null) {
      issue.body = text;
    }
    if (state != null) {
      state(ask, issue, state.toString(), reason == null ? null : reason.toString());
    }
    boolean push = ask.rights().contains(Right.PUSH);
    if (push && body.containsKey("labels")) {
      issue.labels = ask.repository().labelled(names(body.get("labels")));
    }
    if (push && body.containsKey("assignees")) {
      issue.assignees = names(body.get("assignees"));
    }
    ask.repository().changed(issue);
    return answer(ask, 200, issue);
  }

  private static void state(Ask ask, Issue issue, String state, @Nullable String reason) {
    if (state.equals("closed")) {
      issue.closedAt = ask.repository().time.now();
      issue.stateReason = reason == null ? "completed" : reason;
    } else {
      issue.stateReason = issue.state.equals("closed") ? "reopened" : issue.stateReason;
      issue.closedAt = null;
    }
    issue.state = state;
  }

  private static Answer comments(Ask ask) {
    var issue = found(ask);
    var since = ask.query("since");
    var after = since == null ? Instant.MIN : Stamps.instant(since);
    var found = issue.comments.stream().filter(c -> !c.createdAt().isBefore(after)).toList();
    var pages = Pages.of(ask);
    var page = pages.cut(found).stream().map(c -> IssueJson.comment(ask, issue, c)).toList();
    return pages.link(Answer.json(200, page), found.size());
  }

  private static Answer comment(Ask ask) {
    var issue = found(ask);
    var text = ask.body().get("body");
    if (!(text instanceof String body) || body.isBlank()) {
      throw Problem.invalid("IssueComment", "body", "missing_field", null);
    }
    if (body.length() > LONGEST_BODY) {
      throw Problem.invalid("IssueComment", "data", "unprocessable", "Body is too long");
    }
    if (issue.locked) {
      throw Problem.of(403, "Unable to create comment because issue is locked.");
    }
    var repository = ask.repository();
    var made =
        new Issue.Comment(
            repository.ids.incrementAndGet(), ask.login(), null, body, repository.time.now());
    issue.comments.add(made);
    repository.changed(issue);
    return Answer.json(201, IssueJson.comment(ask, issue, made));
  }

  private static Answer labels(Issue issue) {
    return Answer.json(200, issue.labels.stream().map(IssueJson::label).toList());
  }

  private static Answer relabel(Ask ask, boolean keep) {
    var issue = found(ask);
    var names =
        keep
            ? new ArrayList<>(issue.labels.stream().map(Label::name).toList())
            : new ArrayList<String>();
    names.addAll(names(ask.body().get("labels")));
    needPush(ask);
    issue.labels = ask.repository().labelled(names);
    ask.repository().changed(issue);
    return labels(issue);
  }

  private static Answer unlabel(Ask ask) {
    var issue = found(ask);
    needPush(ask);
    if (!issue.labels.removeIf(l -> l.name().equalsIgnoreCase(ask.part(1)))) {
      throw Problem.of(404, "Label does not exist");
    }
    ask.repository().changed(issue);
    return labels(issue);
  }

  private static void needPush(Ask ask) {
    if (!ask.rights().contains(Right.PUSH)) {
      throw Problem.of(403, "Resource not accessible by personal access token");
    }
  }

  private static Answer allLabels(Ask ask) {
    var all = List.copyOf(ask.repository().labels.values());
    var pages = Pages.of(ask);
    return pages.link(
        Answer.json(200, pages.cut(all).stream().map(IssueJson::label).toList()), all.size());
  }

  private static Answer label(Ask ask) {
    var label = ask.repository().label(ask.part(0));
    if (label == null) {
      throw Problem.notFound();
    }
    return Answer.json(200, IssueJson.label(label));
  }

  private static Answer createLabel(Ask ask) {
    needPush(ask);
    var body = ask.body();
    if (!(body.get("name") instanceof String name) || name.isBlank()) {
      throw Problem.invalid("Label", "name", "missing_field", null);
    }
    if (ask.repository().label(name) != null) {
      throw Problem.invalid("Label", "name", "already_exists", null);
    }
    var color = body.get("color") instanceof String given ? given : "ededed";
    if (!color.matches("[0-9a-fA-F]{6}")) {
      throw Problem.invalid("Label", "color", "invalid", null);
    }
    var description = body.get("description") instanceof String given ? given : null;
    var made = ask.repository().addLabel(name, color.toLowerCase(Locale.ROOT), description);
    return Answer.json(201, IssueJson.label(made));
  }

  /** Takes names as GitHub does: strings, or objects with a name. */
  private static List<String> names(@Nullable Object given) {
    if (given == null) {
      return List.of();
    }
    if (!(given instanceof List<?> list)) {
      throw Problem.of(422, "Invalid request.\n\nFor 'properties/labels', not an array.");
    }
    var names = new ArrayList<String>();
    for (Object each : list) {
      var name = each instanceof Map<?, ?> map ? map.get("name") : each;
      if (!(name instanceof String text)) {
        throw Problem.of(422, "Invalid request.\n\nFor 'items', not a string.");
      }
      names.add(text);
    }
    return names;
  }
}
