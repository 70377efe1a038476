package com.hotdash.ops.fly;

import com.hotdash.ops.http.HttpRequest;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls about one app.
 *
 * @param api where they pass
 * @param app the app's name
 * @param deadline when all of them must have ended, or {@code null} if each has only its own limit
 * @param operator who is at work, for the description of leases
 * @param limits how long a changed machine is watched
 * @param shared what several readings of the app need
 */
record AppCalls(
    FlyApi api,
    String app,
    @Nullable Deadline deadline,
    String operator,
    FlyUpdateLimits limits,
    SharedReads shared) {
  static final Duration READ = Duration.ofSeconds(15);
  private static final Set<String> READS =
      Set.of("app.get", "machine.get", "machine.metadata", "secret.list");
  static final String NONCE = "fly-machine-lease-nonce";

  Time time() {
    return api.time();
  }

  AppCalls by(Deadline bound) {
    return new AppCalls(api, app, bound, operator, limits, shared);
  }

  Deadline limit(Duration most) {
    return deadline == null ? time().deadline(most) : deadline.within(most);
  }

  String[] machinePath(String... more) {
    var path = new ArrayList<>(List.of("v1", "apps", app, "machines"));
    path.addAll(Arrays.asList(more));
    return path.toArray(String[]::new);
  }

  String[] appPath(String... more) {
    var path = new ArrayList<>(List.of("v1", "apps", app));
    path.addAll(Arrays.asList(more));
    return path.toArray(String[]::new);
  }

  Fields object(String operation, String id, HttpRequest.Builder request, Deadline limit) {
    return changing(operation, () -> api.object(FlyApi.machines(operation, id, request), limit));
  }

  List<Fields> list(String operation, String id, HttpRequest.Builder request, Deadline limit) {
    return api.list(FlyApi.machines(operation, id, request), limit);
  }

  /** Sends a change of a machine, with the nonce if we hold its lease. */
  void change(
      String operation,
      String id,
      HttpRequest.Builder request,
      @Nullable Secret nonce,
      Deadline limit) {
    changing(
        operation, () -> api.send(FlyApi.machines(operation, id, leased(request, nonce)), limit));
  }

  /** What was listed before our own change tells nothing any more, whatever became of it. */
  private <T> T changing(String operation, Supplier<T> call) {
    try {
      return call.get();
    } finally {
      if (!READS.contains(operation)) {
        shared.forgetMachines();
      }
    }
  }

  static HttpRequest.Builder leased(HttpRequest.Builder request, @Nullable Secret nonce) {
    return nonce == null ? request : request.secretHeader(NONCE, nonce);
  }

  /** Asks GraphQL; errors within a good answer count as errors. */
  Fields graphQl(String operation, String document, Map<String, Object> variables, Deadline limit) {
    var body = new LinkedHashMap<String, Object>();
    body.put("query", document);
    body.put("variables", variables);
    var call =
        new FlyCall(
            FlyService.GRAPHQL,
            operation,
            app,
            HttpRequest.query(operation, "graphql").json(body).build());
    var answer = api.object(call, limit);
    GraphQlErrors.check(call, answer, api.redactor());
    return answer.object("data");
  }
}
