package com.hotdash.ops.postgres;

import com.hotdash.ops.database.ConnectFailure;
import com.hotdash.ops.database.EndpointProbe;
import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.database.Stage;
import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Tries an address in stages, and says at which it fails and why. Each stage is tried once; a
 * refused password is never repeated, not even at another host. Never throws, and never takes
 * longer than its deadline, whatever the other side does. Thread-safe.
 *
 * <p>A host that answers costs it two TCP connections, one to ask whether it offers encryption and
 * one to log in, the second of which stays open for the caller.
 */
final class PgProbe {
  private static final Set<FailureKind> TRY_NEXT_HOST =
      Set.of(
          FailureKind.NAME_NOT_RESOLVED,
          FailureKind.TLS_NOT_OFFERED,
          FailureKind.READ_ONLY,
          FailureKind.STARTING_UP,
          FailureKind.SHUTTING_DOWN,
          FailureKind.IN_RECOVERY);

  private final Time time;
  private final Bounded bounded;
  private final HostProbe.Resolver resolver;

  /** The executor's threads may be held by servers that do not answer; hand in daemon threads. */
  PgProbe(Time time, Executor executor) {
    this(time, executor, InetAddress::getAllByName);
  }

  PgProbe(Time time, Executor executor, HostProbe.Resolver resolver) {
    this.time = time;
    this.bounded = new Bounded(executor);
    this.resolver = resolver;
  }

  /**
   * Tries an address that may not even be understood.
   *
   * @param address the address
   * @param deadline when to stop
   * @param earlier what was probed before: a password that was refused there is not tried here
   */
  PgProbed probe(PgAddress address, Deadline deadline, List<PgProbed> earlier) {
    var name = address.name();
    var stages = new ProbeStages(time.ticker());
    try {
      return probe(PgUrl.parse(address.url(), name), address.applications(), deadline, earlier);
    } catch (ConfigurationException e) {
      var next = e.nextStep().orElse("correct " + name);
      stages.end(
          Stage.PARSE,
          new PgFailures(Redactor.SHAPES).of(FailureKind.URL_MALFORMED, e.problem(), next));
      var probe =
          new EndpointProbe(
              name,
              "address not understood",
              address.applications(),
              false,
              null,
              stages.results());
      return new PgProbed(probe, null, null);
    }
  }

  /** Tries an address, its hosts one after another until one has a say. */
  PgProbed probe(PgUrl url, boolean application, Deadline deadline, List<PgProbed> earlier) {
    var hosts = url.hosts().stream().filter(host -> !host.unixSocket()).toList();
    if (hosts.isEmpty()) {
      return socketsOnly(url, application);
    }
    var noLogin = refusedBefore(url, earlier);
    var unreached = new ArrayList<String>();
    for (int i = 0; ; i++) {
      var share = deadline.remaining().dividedBy(hosts.size() - i);
      var host = hosts.get(i);
      var run = new HostProbe(url, host, deadline.within(share), bounded, resolver, time.ticker());
      var connection = run.run(noLogin);
      var failure = run.stages().failure().orElse(null);
      if (failure == null || i == hosts.size() - 1 || !tryNext(failure) || deadline.expired()) {
        return new PgProbed(result(url, application, run.stages(), unreached), url, connection);
      }
      unreached.add(host + ": " + failure.kind().label());
    }
  }

  private static boolean tryNext(ConnectFailure failure) {
    return failure.kind().layer() == FailureKind.Layer.NETWORK
        || TRY_NEXT_HOST.contains(failure.kind());
  }

  private static EndpointProbe result(
      PgUrl url, boolean application, ProbeStages stages, List<String> unreached) {
    var endpoint =
        unreached.isEmpty()
            ? url.endpoint()
            : url.endpoint() + " (before that, " + String.join("; ", unreached) + ")";
    var server = stages.server();
    return new EndpointProbe(
        url.name(),
        url.redactor().redact(endpoint),
        application,
        url.kind().pooled(),
        server == null ? null : url.redactor().redact(server),
        stages.results());
  }

  private PgProbed socketsOnly(PgUrl url, boolean application) {
    var stages = new ProbeStages(time.ticker());
    stages.end(
        Stage.PARSE,
        new PgFailures(url.redactor())
            .of(
                FailureKind.URL_MALFORMED,
                "the address names the directory of a Unix socket, which the JDBC driver cannot"
                    + " open",
                "give a host and a port in " + url.name()));
    return new PgProbed(result(url, application, stages, List.of()), url, null);
  }

  private static @Nullable ConnectFailure refusedBefore(PgUrl url, List<PgProbed> earlier) {
    for (var before : earlier) {
      if (before.passwordRefused() && before.sharesLogin(url)) {
        return new PgFailures(url.redactor())
            .of(
                FailureKind.NOT_TRIED,
                "not tried: "
                    + before.probe().name()
                    + " was refused with the same password, and two refusals can ban this address",
                "correct the password in both " + before.probe().name() + " and " + url.name());
      }
    }
    return null;
  }
}
