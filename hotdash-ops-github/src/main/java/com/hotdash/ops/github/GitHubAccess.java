package com.hotdash.ops.github;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.http.HttpAnswer;
import com.hotdash.ops.runbook.AccessCheck;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the token is good for.
 *
 * @param works what works with it
 * @param missing what was tried and refused
 * @param unknown what could not be looked at: GitHub was out of reach or not well, or it cannot be
 *     tried without changing something
 * @param remedies what would grant what is missing, or let us look
 * @param expiresAt when the token expires, or {@code null} if GitHub does not say
 */
public record GitHubAccess(
    List<String> works,
    List<String> missing,
    List<String> unknown,
    List<String> remedies,
    @Nullable Instant expiresAt) {
  private static final Duration SOON = Duration.ofDays(14);
  private static final DateTimeFormatter EXPIRY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss Z", Locale.ROOT);

  /** Copies the lists. */
  public GitHubAccess {
    works = List.copyOf(works);
    missing = List.copyOf(missing);
    unknown = List.copyOf(unknown);
    remedies = List.copyOf(remedies);
  }

  static GitHubAccess check(GitHubApi api, Secret token, Deadline deadline) {
    return new Check(api, token, deadline).run();
  }

  AccessCheck asCheck() {
    return new AccessCheck(GitHubSettings.TOKEN, works, missing, unknown, remedies);
  }

  /** The header's forms: {@code 2026-12-01 15:04:05 UTC}, with an offset, or ISO. */
  static @Nullable Instant expiry(@Nullable String text) {
    if (text == null) {
      return null;
    }
    var plain = text.strip().replaceFirst(" (?:UTC|GMT|Z)$", " +0000");
    try {
      return OffsetDateTime.parse(plain.replaceFirst("([+-]\\d\\d):(\\d\\d)$", "$1$2"), EXPIRY)
          .toInstant();
    } catch (DateTimeParseException e) {
      return Fields.instantOf(text.strip()); // the last form that is left
    }
  }

  @Override
  public String toString() {
    var text = new ArrayList<String>();
    works.forEach(each -> text.add("OK       " + each));
    missing.forEach(each -> text.add("MISSING  " + each));
    unknown.forEach(each -> text.add("UNKNOWN  " + each));
    remedies.forEach(each -> text.add("do:      " + each));
    return String.join("\n", text);
  }

  /** One check, one call after another. */
  private static final class Check {
    private final GitHubApi api;
    private final Secret token;
    private final Deadline deadline;
    private final List<String> works = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final List<String> remedies = new ArrayList<>();
    private @Nullable Instant expiresAt;

    Check(GitHubApi api, Secret token, Deadline deadline) {
      this.api = api;
      this.token = token;
      this.deadline = deadline;
    }

    GitHubAccess run() {
      var repository = attempt("see " + api.repository(), api.get("repository.get", ""));
      if (repository != null) {
        expiry(repository);
        attempt(
            "read runs, jobs and logs (actions: read)",
            api.get("runs.list", "runs", "actions", "runs").param("per_page", "1"));
        attempt(
            "read issues (issues: read)",
            api.get("issues.list", "issues", "issues").param("per_page", "1"));
        attempt(
            "read annotations (checks: read)",
            api.get(
                    "checks.list",
                    "check runs of " + branch(repository),
                    "commits",
                    branch(repository),
                    "check-runs")
                .param("per_page", "1"));
        attempt(
            "read branches and workflow files (contents: read)",
            api.get("contents.list", ".github/workflows", "contents", ".github", "workflows"));
        writes(repository);
      }
      return new GitHubAccess(works, missing, unknown, remedies, expiresAt);
    }

    private static String branch(HttpAnswer repository) {
      return Fields.of(repository).text("default_branch", "HEAD");
    }

    private @Nullable HttpAnswer attempt(String what, Call get) {
      try {
        var answer = api.read(get, deadline);
        works.add(what);
        return answer;
      } catch (OpsException e) {
        (refused(e) ? missing : unknown).add(what + ": " + e.problem());
        e.nextStep().filter(step -> !remedies.contains(step)).ifPresent(remedies::add);
        return null;
      }
    }

    /** Only a refusal proves that a right is missing. GitHub out of reach proves nothing. */
    private static boolean refused(OpsException e) {
      if (!(e instanceof GitHubException answer)) {
        return false;
      }
      return switch (answer.kind()) {
        case NOT_AUTHENTICATED, NOT_PERMITTED, NOT_FOUND, GONE, INVALID -> true;
        case CONFLICT, RATE_LIMITED, SECONDARY_RATE_LIMITED, UNAVAILABLE, NOT_UNDERSTOOD, REFUSED ->
            false;
      };
    }

    private void expiry(HttpAnswer answer) {
      var header = answer.header("Github-Authentication-Token-Expiration").orElse(null);
      expiresAt = GitHubAccess.expiry(header);
      if (expiresAt == null) {
        if (header != null) {
          unknown.add("when the token expires: its header could not be understood");
        }
        return;
      }
      var left = Duration.between(api.time().now(), expiresAt);
      if (left.compareTo(SOON) < 0) {
        missing.add("the token expires in " + left.toDays() + " days, at " + expiresAt);
        remedies.add("make a new token before " + expiresAt);
      } else {
        works.add("the token is good until " + expiresAt);
      }
    }

    private void writes(HttpAnswer repository) {
      var scopes = repository.header("X-OAuth-Scopes").orElse(null);
      var rights = Fields.of(repository).object("permissions");
      // Only classic tokens have scopes; the others' rights show in no answer.
      if (scopes == null || token.reveal().startsWith("github_pat_")) {
        var why = "; it cannot be tried without a change";
        unknown.add("start, re-run and cancel workflows (actions: write)" + why);
        unknown.add("open, comment and close issues (issues: write)" + why);
        return;
      }
      boolean granted = List.of(scopes.split("\\s*,\\s*")).contains("repo") && rights.flag("push");
      (granted ? works : missing)
          .add("start and cancel workflows, write issues (scope repo, push)");
      if (!granted) {
        remedies.add(
            "give the classic token the scope repo, and its user write access to "
                + api.repository());
      }
    }
  }
}
