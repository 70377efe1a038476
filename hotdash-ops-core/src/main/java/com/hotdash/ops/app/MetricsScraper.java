package com.hotdash.ops.app;

import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.http.Excerpt;
import com.hotdash.ops.http.HttpHead;
import com.hotdash.ops.http.HttpProtocolException;
import com.hotdash.ops.http.HttpRequest;
import com.hotdash.ops.http.HttpService;
import com.hotdash.ops.http.HttpUnreachableException;
import com.hotdash.ops.metrics.MetricsReader;
import com.hotdash.ops.metrics.Scrape;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Asks one machine for its metrics, and reads them while they arrive. Never throws. */
final class MetricsScraper {
  // What Prometheus itself sends: names stay as they are, the newer format is wanted first.
  private static final String ACCEPT =
      "application/openmetrics-text;version=1.0.0;escaping=underscores;q=0.6,"
          + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

  private final HttpService http;
  private final MetricsReader reader = MetricsReader.standard();
  private final String path;
  private final Duration timeout;
  private final Time time;
  private final Redactor redactor;
  private final Curl curl;

  MetricsScraper(
      HttpService http, String path, Duration timeout, Time time, Redactor redactor, Curl curl) {
    this.http = http;
    this.path = path;
    this.timeout = timeout;
    this.time = time;
    this.redactor = redactor;
    this.curl = curl;
  }

  MachineMetrics scrape(Instance machine, Deadline deadline) {
    return new MachineMetrics(machine, read(machine, deadline));
  }

  MachineMetrics late(Instance machine) {
    boolean interrupted = Thread.currentThread().isInterrupted();
    return new MachineMetrics(
        machine,
        unread(
            machine,
            interrupted ? Why.CANCELLED : Why.TIMED_OUT,
            interrupted ? "the thread was interrupted" : "the deadline came first"));
  }

  /** The commands with which a person sees the same, one for each machine. */
  String byHand(List<Instance> machines, int most) {
    return curl.lines(machines, most, path);
  }

  private Reading<Scrape> read(Instance machine, Deadline deadline) {
    if (deadline.expired()) {
      return unread(machine, Why.TIMED_OUT, "no time was left to ask");
    }
    try {
      return http.stream(request(machine), deadline, (head, body) -> answered(machine, head, body));
    } catch (InterruptedOpsException e) {
      return unread(machine, Why.CANCELLED, e.problem());
    } catch (HttpUnreachableException e) {
      boolean late = e.kind() == HttpUnreachableException.Kind.TIMED_OUT;
      return unread(machine, late ? Why.TIMED_OUT : Why.UNREACHABLE, e.problem());
    } catch (HttpProtocolException e) {
      return unread(machine, Why.NOT_UNDERSTOOD, e.problem());
    } catch (OpsException e) {
      return unread(machine, Why.UNREACHABLE, e.problem());
    } catch (UncheckedIOException | IllegalStateException e) { // closed while it was asked
      return unread(machine, Why.CANCELLED, e.getClass().getSimpleName());
    }
  }

  private HttpRequest request(Instance machine) {
    var segments =
        Arrays.stream(path.split("/", -1)).filter(s -> !s.isEmpty()).toArray(String[]::new);
    var request =
        HttpRequest.get("metrics.get", segments)
            .acceptAnyStatus()
            .keepRedirects()
            .tries(2)
            // A connection that still hangs on another machine would give us that one's numbers.
            .header("Connection", "close")
            .header("Accept", ACCEPT)
            .callTimeout(timeout)
            // The reader stops by itself at its own bound, and keeps what came before.
            .maxBodyBytes(Long.MAX_VALUE);
    machine.headers().forEach(request::header);
    return request.build();
  }

  private Reading<Scrape> answered(Instance machine, HttpHead head, InputStream body) {
    // The numbers are those of the moment in which the answer begins, however long the rest takes.
    long nanos = time.ticker().nanos();
    var at = time.now();
    if (head.status() != 200) {
      return refused(machine, head);
    }
    var read = reader.read(body, head.header("Content-Type").orElse(null), source(machine), at);
    return read.obstacle()
        .map(why -> unread(machine, why.why(), why.detail()))
        .orElseGet(() -> read.map(exposition -> new Scrape(machine.id(), exposition, at, nanos)));
  }

  private String source(Instance machine) {
    return redactor.redact(path + " of " + machine.id());
  }

  private Reading<Scrape> refused(Instance machine, HttpHead head) {
    int status = head.status();
    if (status == 401 || status == 403) {
      return unread(machine, Why.NOT_PERMITTED, status + " for " + path + ": it wants credentials");
    }
    if (status == 404) {
      return unread(machine, Why.NOT_UNDERSTOOD, "404: there is nothing under " + path);
    }
    if (status >= 300 && status < 400) {
      var to = Excerpt.of(head.header("Location").orElse("nowhere"), redactor);
      return unread(
          machine, Why.NOT_UNDERSTOOD, status + ": a redirect to " + to + ", not followed");
    }
    return unread(
        machine,
        status >= 500 || status == 429 ? Why.UNREACHABLE : Why.NOT_UNDERSTOOD,
        status + " for " + path);
  }

  private Reading<Scrape> unread(Instance machine, Why why, String detail) {
    return Reading.unread(
        new NotChecked(
            "metrics of " + machine.id(),
            why,
            redactor.redact(detail),
            "by hand: " + curl.line(machine, path)));
  }
}
