package com.hotdash.ops.fly;

import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.runbook.AccessCheck;
import com.hotdash.ops.runbook.AccessReport;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tries each kind of reading with the token that it would use. Changes nothing. */
final class FlyAccess {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final AppCalls calls;
  private final @Nullable String org;
  private final List<String> works = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private final List<String> unknown = new ArrayList<>();
  private List<FlyTokenInfo> tokens = List.of();
  private final Set<String> remedies = new LinkedHashSet<>();

  FlyAccess(AppCalls calls, @Nullable String org) {
    this.calls = calls;
    this.org = org;
  }

  AccessReport check() {
    var limit = calls.limit(LIMIT);
    var deploy = "$ fly tokens create deploy -a " + calls.app();
    var read =
        "$ fly tokens create readonly "
            + (org == null ? "ORG" : org)
            + "   # as HOTDASH_OPS_FLY_READ_TOKEN";
    attempt("log in", deploy, () -> login(limit));
    attempt("see machines", deploy, () -> new FlyMachines(calls).list(Map.of(), limit));
    attempt("see releases", deploy, () -> FlyReleases.list(calls, 1, limit));
    attempt(
        "see names of secrets",
        deploy,
        () -> new FlySecrets(calls, new Fleet(calls, null)).names(limit));
    attempt("read logs", read, () -> LogReader.newest(calls, null, limit));
    attempt(
        "read metrics", read, () -> new FlyMetrics(calls, org).query("fly_instance_up", "", limit));
    unknown.add("change machines and secrets: it shows only by changing" + bound(limit));
    var part = new Estate.Part("fly app", calls.app(), null);
    return new AccessReport(
        new Estate(null, List.of(part)),
        List.of(new AccessCheck("FLY_API_TOKEN", works, missing, unknown, List.copyOf(remedies))));
  }

  private void login(Deadline limit) {
    tokens = FlyTokenInfo.current(calls.api(), limit);
    works.add(tokens.size() + (tokens.size() == 1 ? " token" : " tokens") + orgs(tokens));
    tokens.stream()
        .map(FlyTokenInfo::machine)
        .filter(Objects::nonNull)
        .forEach(id -> missing.add("change other machines: a token is restricted to " + id));
  }

  /**
   * Which apps a token is bound to Fly tells by number, and whether it may write it does not: a
   * read-only token answers as any other ({@code facts/fly.md} §2.4).
   */
  private String bound(Deadline limit) {
    if (tokens.isEmpty() || tokens.stream().anyMatch(token -> token.apps().isEmpty())) {
      return ", Fly has no call that tells";
    }
    var apps = tokens.stream().flatMap(token -> token.apps().stream()).distinct().toList();
    try {
      var app = AppInfo.numbers(calls, limit);
      return apps.stream().anyMatch(app::contains)
          ? "; the token is bound to this app"
          : "; the token is bound to the apps " + apps + ", and this one is " + app;
    } catch (OpsException e) {
      return "; the token is bound to the apps " + apps + ", and this one's number was not read";
    }
  }

  private static String orgs(List<FlyTokenInfo> tokens) {
    var orgs =
        tokens.stream()
            .map(token -> token.org() == null ? "?" : token.org())
            .distinct()
            .collect(Collectors.joining(", "));
    return tokens.isEmpty() ? "" : ", organisation " + orgs;
  }

  private void attempt(String what, String remedy, Runnable look) {
    try {
      look.run();
      works.add(what);
    } catch (InterruptedOpsException e) {
      unknown.add(what + ": " + e.problem());
    } catch (FlyAuthException | FlyNotFoundException e) {
      missing.add(what + ": " + e.problem());
      remedies.add(remedy);
    } catch (OpsException e) {
      unknown.add(what + ": " + e.problem());
      e.nextStep().ifPresent(remedies::add);
    }
  }
}
