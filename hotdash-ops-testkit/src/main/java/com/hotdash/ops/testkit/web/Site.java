package com.hotdash.ops.testkit.web;

import com.hotdash.ops.time.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * A web server on a loopback port, over plain HTTP/1.1. It remembers the last 10,000 requests
 * without what could be secret in them. Thread-safe.
 */
public final class Site implements AutoCloseable {
  private static final int MOST_SEEN = 10_000;
  private static final long MOST_BODY = 4L << 20;

  private final MockWebServer server = new MockWebServer();
  private final Time time;
  private final boolean signedQueries;
  private final Deque<SeenRequest> seen = new ArrayDeque<>();
  private final List<Laid> faults = new ArrayList<>();

  private Site(Time time, boolean signedQueries) {
    this.time = time;
    this.signedQueries = signedQueries;
  }

  /**
   * Starts a server.
   *
   * @param time where the times of requests come from
   * @param signedQueries whether a query holds a credential, and is not to be remembered
   * @param routes what to answer; called by several threads
   * @return the server, listening
   */
  public static Site start(Time time, boolean signedQueries, Function<Call, Answer> routes) {
    var site = new Site(time, signedQueries);
    site.server.setBodyLimit(MOST_BODY);
    site.server.setServerSocketFactory(new PromptSockets());
    site.server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            // The server's own record keeps headers, and grows for ever.
            site.server.takeRequest(0, TimeUnit.MILLISECONDS);
            return site.serve(call(request), routes);
          }
        });
    try {
      site.server.start(InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1}), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return site;
  }

  /**
   * Returns where the server listens.
   *
   * @return such as {@code http://127.0.0.1:40123}, without a slash at the end
   */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  /**
   * Lays a fault on a route. Of several that match, the one laid first that is not used up acts.
   *
   * @param method such as {@code POST}, or {@code *} for all
   * @param path a regular expression for the whole path without its query
   * @param times how often it acts before it is gone, more than zero
   * @param fault what goes wrong
   */
  public void fault(String method, String path, int times, WebFault fault) {
    if (times < 1) {
      throw new IllegalArgumentException("a fault acts once at least, not " + times + " times");
    }
    synchronized (faults) {
      faults.add(new Laid(method, Pattern.compile(path), times, fault));
    }
  }

  /** Takes all faults back. */
  public void clearFaults() {
    synchronized (faults) {
      faults.clear();
    }
  }

  /**
   * Returns what was asked, the last 10,000 requests.
   *
   * @return the requests, in the order they came
   */
  public List<SeenRequest> requests() {
    synchronized (seen) {
      return List.copyOf(seen);
    }
  }

  /**
   * Returns how often a route was asked, among the last 10,000 requests.
   *
   * @param method such as {@code POST}
   * @param path a regular expression for the whole path without its query
   * @return the count
   */
  public long count(String method, String path) {
    return requests().stream()
        .filter(r -> r.method().equals(method) && r.path().matches(path))
        .count();
  }

  /** Closes the port and cuts all connections. */
  @Override
  public void close() {
    server.close();
  }

  private MockResponse serve(Call call, Function<Call, Answer> routes) {
    remember(call);
    var fault = take(call);
    if (fault == null) {
      return response(routes.apply(call)).build();
    }
    var real = fault.worksFirst() ? routes.apply(call) : Answer.empty(200);
    var said = fault.answer() == null ? real : fault.answer();
    var response = response(said);
    switch (fault.kind()) {
      case CLOSE, CLOSE_AFTER ->
          response.onResponseStart(new SocketEffect.CloseSocket(true, false, false));
      case STALL, STALL_AFTER -> response.onResponseStart(SocketEffect.Stall.INSTANCE);
      case CUT -> response.onResponseBody(new SocketEffect.CloseSocket(true, false, false));
      case INSTEAD, AFTER -> {
        // The other answer is all of it.
      }
    }
    return response.build();
  }

  private void remember(Call call) {
    var query = signedQueries ? null : call.rawQuery();
    boolean credentials = call.header("authorization") != null;
    synchronized (seen) {
      if (seen.size() == MOST_SEEN) {
        seen.removeFirst();
      }
      seen.addLast(new SeenRequest(time.now(), call.method(), call.path(), query, credentials));
    }
  }

  private @Nullable WebFault take(Call call) {
    synchronized (faults) {
      var laid = faults.stream().filter(f -> f.matches(call)).findFirst().orElse(null);
      if (laid == null) {
        return null;
      }
      laid.left--;
      if (laid.left == 0) {
        faults.remove(laid);
      }
      return laid.fault;
    }
  }

  private static Call call(RecordedRequest request) {
    var target = request.getTarget();
    int mark = target.indexOf('?');
    var headers = new HashMap<String, String>();
    request
        .getHeaders()
        .forEach(h -> headers.put(h.getFirst().toLowerCase(Locale.ROOT), h.getSecond()));
    var body = request.getBody();
    return new Call(
        String.valueOf(request.getMethod()),
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? null : target.substring(mark + 1),
        headers,
        body == null ? "" : body.utf8());
  }

  private static MockResponse.Builder response(Answer answer) {
    if (answer.equals(Answer.hanging())) {
      return new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE);
    }
    if (answer.equals(Answer.closing())) {
      return new MockResponse.Builder()
          .onResponseStart(new SocketEffect.CloseSocket(true, false, false));
    }
    var builder = new MockResponse.Builder().code(answer.status()).clearHeaders();
    answer.headers().forEach(builder::setHeader);
    if (answer.length() >= 0) {
      if (answer.status() != 204 && answer.status() != 304) {
        builder.setHeader("Content-Length", answer.length());
      }
    } else {
      // Without a length the end of the connection is the end of the body.
      builder.setHeader("Connection", "close");
      builder.onResponseEnd(new SocketEffect.CloseSocket(true, false, false));
    }
    return answer.length() == 0
        ? builder
        : builder.body(body(answer)).headers(builder.getHeaders());
  }

  private static MockResponseBody body(Answer answer) {
    return new MockResponseBody() {
      @Override
      public long getContentLength() {
        return answer.length();
      }

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        answer.body().writeTo(sink.outputStream());
        sink.flush();
      }
    };
  }

  /** A fault on a route, and how often it will still act. */
  private static final class Laid {
    private final String method;
    private final Pattern path;
    private final WebFault fault;
    private int left;

    private Laid(String method, Pattern path, int left, WebFault fault) {
      this.method = method;
      this.path = path;
      this.left = left;
      this.fault = fault;
    }

    private boolean matches(Call call) {
      return (method.equals("*") || method.equals(call.method()))
          && path.matcher(call.path()).matches();
    }
  }
}
