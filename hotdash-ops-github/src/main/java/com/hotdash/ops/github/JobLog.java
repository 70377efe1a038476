package com.hotdash.ops.github;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.github.GitHubException.Kind;
import com.hotdash.ops.http.HttpRequest;
import com.hotdash.ops.http.HttpStatusException;
import com.hotdash.ops.pipeline.StepRun;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.time.Deadline;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a job's log. GitHub answers with an address on another host that is good for about a minute
 * and is itself a credential: it gets none of our headers and appears in no text.
 */
final class JobLog {
  private static final String OPERATION = "job.log";

  private final GitHubApi api;
  private final long maxBytes;

  JobLog(GitHubApi api, long maxBytes) {
    this.api = api;
    this.maxBytes = maxBytes;
  }

  StepLog.Found read(long jobId, @Nullable StepRun step, Deadline deadline) {
    var id = Long.toString(jobId);
    var call = api.get(OPERATION, "log of job " + id, "actions", "jobs", id, "logs");
    call.request()
        .maxBodyBytes(Long.MAX_VALUE) // bounded by StepLog, which keeps what came until then
        .callTimeout(deadline.remaining());
    Answer answer;
    try {
      answer =
          api.stream(
              call,
              deadline,
              (head, body) ->
                  head.status() == 200
                      ? new Answer(new StepLog(step).read(body, maxBytes, api.redactor()), null)
                      : new Answer(null, head.header("Location").orElse("")));
    } catch (GitHubException e) {
      // The job itself was just read, so it is the log that is gone, not our right to see it.
      if (e.kind() == Kind.NOT_FOUND || e.kind() == Kind.GONE) {
        throw refused(e.status(), "GitHub");
      }
      throw e;
    }
    if (answer.found() != null) {
      return answer.found();
    }
    return follow(String.valueOf(answer.location()), step, deadline);
  }

  private StepLog.Found follow(String location, @Nullable StepRun step, Deadline deadline) {
    var address = address(location);
    var redactor = api.redactor().and(credentials(address));
    try (var store =
        api.stranger(address.getScheme() + "://" + address.getRawAuthority())
            .redactor(redactor)
            .build()) {
      var request =
          HttpRequest.getAddress(OPERATION, address.toString())
              .maxBodyBytes(Long.MAX_VALUE)
              .callTimeout(deadline.remaining())
              .build();
      return store.stream(
          request, deadline, (head, body) -> new StepLog(step).read(body, maxBytes, redactor));
    } catch (HttpStatusException e) {
      throw refused(e.status(), address.getHost());
    }
  }

  private URI address(String location) {
    URI address;
    try {
      address = api.base().resolve(location);
    } catch (IllegalArgumentException e) {
      throw refusedRedirect("it names no address that could be used");
    }
    var scheme = String.valueOf(address.getScheme());
    boolean http = scheme.equalsIgnoreCase("http");
    if (location.isEmpty()
        || address.getHost() == null
        || !(http || scheme.equalsIgnoreCase("https"))) {
      throw refusedRedirect("it names no address that could be used");
    }
    if (http && !"http".equalsIgnoreCase(api.base().getScheme())) {
      throw refusedRedirect("it leads from https to http, to host " + address.getHost());
    }
    return address;
  }

  private static Redactor credentials(URI address) {
    var secrets = new ArrayList<Secret>();
    secrets.add(Secret.of(address.toString()));
    var query = address.getRawQuery();
    if (query != null && !query.isEmpty()) {
      secrets.add(Secret.of(query));
      for (var part : query.split("&", 50)) {
        var value = part.substring(part.indexOf('=') + 1);
        // A short one is a date, a version or a flag; masking those would tear holes into the log.
        if (value.length() >= 16) {
          secrets.add(Secret.of(value));
        }
      }
    }
    return Redactor.of(secrets);
  }

  private static GitHubException refusedRedirect(String why) {
    return new GitHubException(
        Kind.REFUSED,
        302,
        List.of(),
        Fault.of(GitHubApi.SERVICE, OPERATION, "the log's redirect was not followed: " + why)
            .withNextStep("check the base address"),
        null);
  }

  private static GitHubException refused(int status, String host) {
    boolean gone = status == 404 || status == 410;
    var fault = Fault.of(GitHubApi.SERVICE, OPERATION, "no log: " + host + " answered " + status);
    return new GitHubException(
        gone ? Kind.GONE : status >= 500 ? Kind.UNAVAILABLE : Kind.REFUSED,
        status,
        List.of(),
        gone
            ? fault.withNextStep("nothing: the log has expired or was deleted")
            : fault
                .withNextStep("ask again: the address is good for a minute only")
                .asRetryable(null),
        null);
  }

  private record Answer(StepLog.@Nullable Found found, @Nullable String location) {}
}
