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
import java.util.Set;

/** Tries each kind of reading with the token that it would use. Changes nothing. */
final class FlyAccess {
  private final AppCalls calls;
  private final FlyMetrics metrics;
  private final List<String> works = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private final Set<String> remedies = new LinkedHashSet<>();

  FlyAccess(AppCalls calls, FlyMetrics metrics) {
    this.calls = calls;
    this.metrics = metrics;
  }

  AccessReport check(List<FlyTokenInfo> tokens) {
    var limit = calls.limit(Duration.ofSeconds(30));
    works.add("login, " + tokens.size() + " tokens" + orgs(tokens));
    var deploy = "fly tokens create deploy -a " + calls.app();
    var org = "fly tokens create readonly ORG   # as HOTDASH_OPS_FLY_READ_TOKEN";
    attempt("see machines", deploy, () -> new FlyMachines(calls).list(java.util.Map.of(), limit));
    attempt("see releases", deploy, () -> FlyReleases.list(calls, 1, limit));
    attempt("see names of secrets", deploy, () -> secrets(limit));
    attempt("read logs", org, () -> logs(limit));
    attempt("read metrics", org, () -> metrics.query("fly_instance_up", "", limit));
    // What may be changed shows only by changing: Fly has no call that tells.
    var part = new Estate.Part("fly", calls.app(), null);
    return new AccessReport(
        new Estate(null, List.of(part)),
        List.of(new AccessCheck("FLY_API_TOKEN", works, missing, List.copyOf(remedies))));
  }

  private void secrets(Deadline limit) {
    new FlySecrets(calls, new Fleet(calls, null)).names(limit);
  }

  private void logs(Deadline limit) {
    var now = calls.time().now();
    var since = now.minusSeconds(1);
    new LogReader(calls, null, since).window(since, now, 1, limit);
  }

  private static String orgs(List<FlyTokenInfo> tokens) {
    var orgs = new LinkedHashSet<String>();
    tokens.forEach(token -> orgs.add(token.org() == null ? "?" : token.org()));
    return tokens.isEmpty() ? "" : ", organisation " + String.join(", ", orgs);
  }

  private void attempt(String what, String remedy, Runnable look) {
    try {
      look.run();
      works.add(what);
    } catch (InterruptedOpsException e) {
      throw e;
    } catch (OpsException e) {
      missing.add(what + ": " + e.problem());
      remedies.add(remedy);
    }
  }
}
