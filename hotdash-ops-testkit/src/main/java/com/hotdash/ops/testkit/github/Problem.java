package com.hotdash.ops.testkit.github;

import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An error answer in GitHub's form; thrown by a route, answered by the server. */
final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String DOCS = "https://docs.github.com/rest";

  private final transient Answer answer;

  private Problem(Answer answer) {
    super("answered " + answer.status(), null, false, false);
    this.answer = answer;
  }

  static Problem of(int status, String message) {
    return of(status, message, DOCS, null);
  }

  static Problem of(
      int status, String message, String docs, @Nullable List<? extends Object> errors) {
    var body = Json.of("message", message);
    if (errors != null) {
      body.put("errors", errors);
    }
    body.put("documentation_url", docs);
    body.put("status", Integer.toString(status));
    return new Problem(Answer.json(status, body));
  }

  static Problem notFound() {
    return of(404, "Not Found");
  }

  static Problem forbidden(String accepted) {
    var denied = of(403, "Resource not accessible by personal access token");
    return new Problem(denied.answer.with("X-Accepted-GitHub-Permissions", accepted));
  }

  static Problem invalid(String resource, String field, String code, @Nullable String message) {
    var error = Json.of("resource", resource, "code", code, "field", field);
    if (message != null) {
      error.put("message", message);
    }
    return of(422, "Validation Failed", DOCS + "/issues/issues#create-an-issue", List.of(error));
  }

  Answer answer() {
    return answer;
  }
}
