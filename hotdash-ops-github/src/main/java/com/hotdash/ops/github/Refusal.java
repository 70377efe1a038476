package com.hotdash.ops.github;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.github.GitHubException.Kind;
import com.hotdash.ops.http.HttpAnswer;
import com.hotdash.ops.http.HttpProtocolException;
import com.hotdash.ops.secret.Redactor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Understands an answer that is a refusal. The body's shape never decides whether it is one. */
final class Refusal {
  private static final int LONGEST = 300;
  private static final Pattern RIGHTS =
      Pattern.compile("(?i)not accessible|must have|permission|forbids|denied|SAML|SSO|scope");

  private final Call call;
  private final HttpAnswer answer;
  private final Redactor redactor;
  private final Fields body;

  Refusal(Call call, HttpAnswer answer, Redactor redactor) {
    this.call = call;
    this.answer = answer;
    this.redactor = redactor;
    this.body = body(answer);
  }

  private static Fields body(HttpAnswer answer) {
    try {
      return Fields.of(answer);
    } catch (HttpProtocolException e) {
      return Fields.NONE; // HTML, empty or cut: the status speaks for itself
    }
  }

  GitHubException exception(RateGate gate, boolean outcomeUnknown) {
    int status = answer.status();
    var limit = RateGate.limit(status, answer.head(), body);
    var kind = limit == null ? kind(status) : limit;
    var errors = errors();
    var fault =
        Fault.of(
                GitHubApi.SERVICE,
                call.operation(),
                call.about() + ": GitHub answered " + status + ": " + told(errors))
            .withRequestId(answer.requestId().orElse(null));
    if (limit != null) {
      var wait = gate.close(limit, answer.head());
      fault = fault.withNextStep(waiting(wait)).asRetryable(wait);
    } else {
      fault =
          fault.withNextStep(outcomeUnknown ? "look whether the change was made" : nextStep(kind));
      fault = kind == Kind.UNAVAILABLE && !outcomeUnknown ? fault.asRetryable(null) : fault;
    }
    return new GitHubException(
        kind, status, errors, outcomeUnknown ? fault.asOutcomeUnknown() : fault, null);
  }

  private static Kind kind(int status) {
    return switch (status) {
      case 401 -> Kind.NOT_AUTHENTICATED;
      case 403 -> Kind.NOT_PERMITTED;
      case 404 -> Kind.NOT_FOUND;
      case 410 -> Kind.GONE;
      case 409 -> Kind.CONFLICT;
      case 400, 422 -> Kind.INVALID;
      default -> status >= 500 ? Kind.UNAVAILABLE : Kind.REFUSED;
    };
  }

  private String told(List<String> errors) {
    var message = body.text("message");
    if (message == null) {
      message = visible(answer.text());
    }
    return clean(message).replaceFirst("\\.$", "")
        + (errors.isEmpty() ? "" : " (" + String.join("; ", errors) + ")");
  }

  private static String visible(String text) {
    if (text.isBlank()) {
      return "empty body";
    }
    int title = text.indexOf("<title>");
    int end = text.indexOf("</title>");
    if (title >= 0 && end > title) {
      return "HTML page \"" + text.substring(title + 7, end).strip() + "\"";
    }
    return text.length() > 16_384 ? "a long body that is not GitHub's own error format" : text;
  }

  /** {@code errors} may be an array of objects, an array of strings, or a string. */
  private List<String> errors() {
    var all = new ArrayList<String>();
    var one = body.text("errors");
    if (one != null) {
      all.add(clean(one));
    }
    body.texts("errors").forEach(text -> all.add(clean(text)));
    for (var error : body.objects("errors")) {
      var field = error.text("field", error.text("resource", "?"));
      var code = error.text("code", "custom");
      var message = error.text("message");
      all.add(clean(field + ": " + (message == null ? code : code + ", " + message)));
    }
    return all.size() > 10 ? List.copyOf(all.subList(0, 10)) : List.copyOf(all);
  }

  private String clean(String text) {
    var line = redactor.redact(text).replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }

  private static String waiting(Duration wait) {
    return "wait " + wait.toSeconds() + " s, or use another token; calls before that are not sent";
  }

  private @Nullable String nextStep(Kind kind) {
    var needed = answer.header("X-Accepted-GitHub-Permissions").map(this::clean).orElse("");
    var grant = needed.isEmpty() ? "" : " (this call accepts: " + needed + ")";
    return switch (kind) {
      case NOT_AUTHENTICATED ->
          "check that GITHUB_TOKEN is right and has not expired or been revoked";
      case NOT_PERMITTED ->
          // Also for a state that does not allow it: no failed jobs, already running, locked.
          !RIGHTS.matcher(body.text("message", "")).find()
              ? "its state does not allow this, or the token lacks a permission" + grant
              : needed.isEmpty()
                  ? "give the token the permission for this: fine-grained by name, classic by scope"
                      + " repo; or the repository is locked or archived"
                  : "give the token one of the permissions that this call accepts: "
                      + needed
                      + " (classic: scope repo)";
      case NOT_FOUND ->
          "check that there is such a thing as "
              + call.about()
              + ", and that the token may see it: GitHub answers 404 to both"
              + grant;
      case GONE -> "nothing: it was there once and is no more, or is switched off";
      case CONFLICT -> "look at its present state: it does not allow this";
      case INVALID -> "change the call: GitHub refuses it as it is";
      case UNAVAILABLE -> "try again later, and look at https://www.githubstatus.com";
      default -> "check the base address and the token";
    };
  }
}
