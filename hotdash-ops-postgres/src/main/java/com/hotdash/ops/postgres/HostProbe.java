package com.hotdash.ops.postgres;

import com.hotdash.ops.database.ConnectFailure;
import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.database.Stage;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One pass over the stages, from name to first answer, at one host of an address. */
final class HostProbe {
  /** Looks up a host's name, for as long as the system takes. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  private static final Duration RESOLVE_LIMIT = Duration.ofSeconds(3);

  private final PgUrl url;
  private final PgHost host;
  private final Deadline deadline;
  private final Bounded bounded;
  private final Resolver resolver;
  private final Waiting waiting;
  private final PgFailures failures;
  private final PgLogin login;
  private final ProbeStages stages;
  private @Nullable InetAddress reached;
  private boolean tlsOffered;

  HostProbe(
      PgUrl url,
      PgHost host,
      Deadline deadline,
      Bounded bounded,
      Resolver resolver,
      Ticker ticker) {
    this.url = url;
    this.host = host;
    this.deadline = deadline;
    this.bounded = bounded;
    this.resolver = resolver;
    this.failures = new PgFailures(url.redactor());
    this.waiting = new Waiting(failures);
    this.login = new PgLogin(url, deadline, bounded, failures);
    this.stages = new ProbeStages(ticker);
  }

  ProbeStages stages() {
    return stages;
  }

  /** Goes from stage to stage; returns the open connection, or null after a failure. */
  @Nullable Connection run(@Nullable ConnectFailure noLogin) {
    stages.end(Stage.PARSE, null);
    var addresses = resolve();
    if (addresses == null || !connectAndAsk(addresses)) {
      return null;
    }
    if (noLogin != null) {
      stages.end(Stage.LOGIN, noLogin);
      return null;
    }
    return login.run(target(addresses[0]), tlsOffered, stages);
  }

  /** The driver connects to a name's first address only; it is told if another one answered. */
  private PgHost target(InetAddress first) {
    var address = reached;
    return address == null || address.equals(first) || url.tls() == TlsMode.VERIFY_FULL
        ? host
        : new PgHost(address.getHostAddress(), host.port());
  }

  private InetAddress @Nullable [] resolve() {
    var wait = deadline.atMost(RESOLVE_LIMIT);
    try {
      var addresses = bounded.call(() -> resolver.resolve(host.name()), wait, late -> {});
      stages.end(Stage.RESOLVE, null);
      return addresses;
    } catch (ExecutionException e) {
      stages.end(Stage.RESOLVE, failures.of(e.getCause() == null ? e : e.getCause()));
    } catch (TimeoutException e) {
      stages.end(
          Stage.RESOLVE,
          waiting.endedAfter(
              wait,
              FailureKind.NAME_NOT_RESOLVED,
              "the resolver did not answer for " + host.name(),
              "ask another resolver for that name: this machine's does not answer"));
    } catch (InterruptedException e) {
      stages.end(Stage.RESOLVE, waiting.interrupted());
    } catch (RejectedExecutionException e) {
      stages.end(Stage.RESOLVE, waiting.noThread());
    }
    return null;
  }

  private boolean connectAndAsk(InetAddress[] addresses) {
    var limit = deadline.within(PgConnectSettings.connectLimit(url));
    ConnectFailure failure = null;
    for (int i = 0; i < addresses.length; i++) {
      // Each address has its share of what is left, so that a dead first one does not eat it all.
      var wait = limit.remaining().dividedBy(addresses.length - i);
      if (wait.toMillis() == 0) {
        failure = failure == null ? waiting.tooLate() : failure;
        break;
      }
      try (var socket = new Socket()) {
        var tried = open(socket, addresses[i], wait);
        if (tried == null) {
          reached = addresses[i];
          stages.end(Stage.TCP, null);
          return stages.end(Stage.TLS, askForTls(socket));
        }
        failure = tried;
      } catch (IOException e) {
        failure = failures.of(e); // Closing failed: nothing that matters any more.
      }
    }
    return stages.end(Stage.TCP, failure == null ? waiting.tooLate() : failure);
  }

  private @Nullable ConnectFailure open(Socket socket, InetAddress address, Duration wait) {
    try {
      socket.connect(new InetSocketAddress(address, host.port()), (int) wait.toMillis());
      return null;
    } catch (SocketTimeoutException e) {
      return waiting.endedAfter(
          wait,
          FailureKind.CONNECT_TIMED_OUT,
          "no answer from " + address.getHostAddress() + " port " + host.port(),
          "packets are dropped on the way: look at firewalls, allow-lists and the address itself");
    } catch (IOException e) {
      return failures.of(e);
    }
  }

  private @Nullable ConnectFailure askForTls(Socket socket) {
    if (url.rawParameters().get("sslnegotiation").filter("direct"::equals).isPresent()) {
      tlsOffered = true; // Such a server waits for the handshake itself.
      return null;
    }
    var limit = deadline.within(PgConnectSettings.connectLimit(url));
    var wait = limit.remaining();
    if (wait.toMillis() == 0) {
      return waiting.tooLate();
    }
    var answer = TlsQuestion.ask(socket, limit);
    tlsOffered = answer.reply() == TlsQuestion.Reply.OFFERED;
    return switch (answer.reply()) {
      case OFFERED -> null;
      case NOT_OFFERED -> notOffered();
      case ERROR -> refused(answer.words());
      case NOT_POSTGRESQL -> wrongProtocol();
      case CLOSED ->
          failures.of(
              FailureKind.CLOSED_BY_PEER,
              host + " took the connection and hung up at the first message",
              "a proxy without a server behind it, an access list of the network, or no PostgreSQL:"
                  + " read its log");
      case NOTHING ->
          waiting.endedAfter(
              wait,
              FailureKind.SILENT,
              host + " took the connection and does not answer",
              "the server or a proxy before it is overloaded or hung, or something else listens"
                  + " there: look at its load, compare the port");
    };
  }

  private @Nullable ConnectFailure notOffered() {
    if (url.tls().optional() || url.tls() == TlsMode.DISABLE) {
      return null;
    }
    return failures.of(
        FailureKind.TLS_NOT_OFFERED,
        host + " offers no encryption, and the address asks for it",
        "compare host and port with the right address; only on a private network use"
            + " sslmode=disable");
  }

  private ConnectFailure refused(String words) {
    var said = failures.of(words);
    return said.kind() == FailureKind.OTHER ? wrongProtocol() : said;
  }

  private ConnectFailure wrongProtocol() {
    return failures.of(
        FailureKind.WRONG_PROTOCOL,
        host + " answers, but not as PostgreSQL does",
        "that port speaks something else, such as HTTP or SSH: compare host and port");
  }
}
