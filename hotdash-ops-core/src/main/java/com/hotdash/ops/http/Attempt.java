package com.hotdash.ops.http;

import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import okhttp3.OkHttpClient;

/** Makes one try of a call: follows redirects, and hands a good answer to the reader. */
final class Attempt<T> {
  static final int ERROR_BODY_BYTES = 64 * 1024;
  static final Duration ERROR_BODY_TIME = Duration.ofSeconds(2);

  private final OkHttpClient client;
  private final CallThreads threads;
  private final Time time;
  private final List<String> requestIdHeaders;
  private final long maxBodyBytes;
  private final CallContext context;
  private final Deadline limit;
  private final BodyReader<T> reader;
  private int status;
  private boolean readerStarted;

  Attempt(HttpService service, CallContext context, Deadline limit, BodyReader<T> reader) {
    this.client = service.client;
    this.threads = service.threads;
    this.time = service.time;
    this.requestIdHeaders = service.requestIdHeaders;
    this.maxBodyBytes =
        context.request().maxBodyBytes > 0 ? context.request().maxBodyBytes : service.maxBodyBytes;
    this.context = context;
    this.limit = limit;
    this.reader = reader;
  }

  T run(Hop first) {
    var hop = first;
    for (int redirects = 0; ; redirects++) {
      var guard = new SendGuard();
      try (var exchange = new Exchange(client.newCall(hop.okhttp(guard)), guard)) {
        var head = head(exchange);
        status = head.status();
        if (!Statuses.redirect(status)
            || !hop.request().followRedirects
            || hop.request().accepted.contains(status)) {
          return finish(head, exchange);
        }
        if (redirects == Hop.MOST_REDIRECTS) {
          throw context.redirectRefused(head, "it is number " + (redirects + 1) + " in a row");
        }
        var next = hop.next(head);
        if (next.hop() == null) {
          throw context.redirectRefused(head, String.valueOf(next.refusal()));
        }
        hop = next.hop();
      }
    }
  }

  /** The last status that was seen, zero if there was none. */
  int status() {
    return status;
  }

  /** Whether the reader has seen a part of the body: then the call is not made again. */
  boolean readerStarted() {
    return readerStarted;
  }

  private HttpHead head(Exchange exchange) {
    try {
      if (limit.expired() || !threads.start(exchange, limit)) {
        throw context.timedOut(false, "no time was left to begin");
      }
      var head = exchange.head(limit.remaining());
      var headers = head.headers();
      var id =
          requestIdHeaders.stream()
              .map(headers::get)
              .filter(value -> value != null && !value.isBlank())
              .findFirst()
              .orElse(null);
      return new HttpHead(head.status(), headers.toMultimap(), id, head.certificate());
    } catch (TimeoutException e) {
      throw context.timedOut(exchange.giveUp(), "no answer arrived in time");
    } catch (InterruptedException e) {
      throw context.interrupted(exchange.giveUp());
    } catch (ExecutionException e) {
      throw context.broken(e.getCause() == null ? e : e.getCause(), exchange.giveUp());
    }
  }

  private T finish(HttpHead head, Exchange exchange) {
    boolean keptRedirect = Statuses.redirect(status) && !context.request().followRedirects;
    if (!keptRedirect && !context.request().accepts(status)) {
      throw refused(head, exchange);
    }
    if (announced(head) > maxBodyBytes) {
      throw context.bodyTooLarge(head, maxBodyBytes);
    }
    readerStarted = true;
    try (var body = new BodyStream(exchange, head, maxBodyBytes, limit, context)) {
      return reader.read(head, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpException refused(HttpHead head, Exchange exchange) {
    var part = limit.within(ERROR_BODY_TIME);
    try (var body = new BodyStream(exchange, head, Long.MAX_VALUE, part, context)) {
      var start = body.prefix(ERROR_BODY_BYTES);
      return context.status(head, start, !body.atEnd(), RetryAfter.of(head, time.now()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long announced(HttpHead head) {
    var length = head.header("Content-Length").orElse("");
    return length.matches("\\d{1,18}") ? Long.parseLong(length) : 0;
  }
}
