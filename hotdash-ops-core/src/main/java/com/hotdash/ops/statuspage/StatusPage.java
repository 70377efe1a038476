package com.hotdash.ops.statuspage;

import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.http.HttpAnswer;
import com.hotdash.ops.http.HttpRequest;
import com.hotdash.ops.http.HttpService;
import com.hotdash.ops.http.HttpUnreachableException;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One vendor's status page, read without credentials. What it says is weak evidence: pages lag the
 * trouble by minutes to hours. An answer that cannot be understood is never taken for
 * "operational".
 *
 * <p>Thread-safe. It asks the page once at a time and once a minute at most; whoever asks meanwhile
 * gets the same answer. It owns its transport.
 */
public final class StatusPage implements AutoCloseable {
  /** How long an answer is good: 60 s. */
  public static final Duration FRESH = Duration.ofSeconds(60);

  /** How long a failure is not tried again: 10 s. */
  public static final Duration FAILURE_FRESH = Duration.ofSeconds(10);

  private static final Duration TIMEOUT = Duration.ofSeconds(4);
  private static final long MAX_BODY_BYTES = 2_000_000;
  private static final String WEAK = "weak: vendor pages lag";

  private final String name;
  private final String address;
  private final PageReader reader;
  private final HttpService http;
  private final Redactor redactor;
  private final Time time;
  private final ReentrantLock asking = new ReentrantLock();
  private @Nullable Kept kept;

  StatusPage(
      Settings settings,
      Redactor redactor,
      Time time,
      UnaryOperator<HttpService.Builder> transport) {
    this.name = settings.name();
    this.address = summary(settings.address());
    this.reader = new PageReader(name, address, settings.words());
    this.redactor = redactor;
    this.time = time;
    var service =
        HttpService.builder("status page " + name)
            .baseUrl(address)
            .header("Accept", "application/json")
            .redactor(redactor)
            .callTimeout(TIMEOUT)
            .maxBodyBytes(MAX_BODY_BYTES)
            .tries(2)
            .time(time);
    this.http = transport.apply(service).build();
  }

  /**
   * Which page to read.
   *
   * @param name how it is called here
   * @param address the page, such as {@code https://status.example.com}, or the address of its
   *     summary
   * @param words what the names of the components of interest contain, in any case; empty for all
   */
  record Settings(String name, String address, List<String> words) {
    Settings {
      words = List.copyOf(words);
    }
  }

  /**
   * Tells which page this is.
   *
   * @return its name and host; where exactly it is read stands in its evidence
   */
  public Estate.Part identity() {
    var uri = URI.create(address);
    var host = uri.getAuthority() == null ? address : uri.getAuthority();
    return new Estate.Part("status page", name + " (" + host + ")", null);
  }

  /**
   * Reads the page, or takes what was read within the last minute. Never throws.
   *
   * @param deadline when to stop; the page has 4 s at most
   * @return what the page says, or why that is not known
   */
  public Reading<PageStatus> read(Deadline deadline) {
    try {
      if (!asking.tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
        return unread(Why.TIMED_OUT, "somebody else was still asking it", "allow more time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unread(Why.CANCELLED, "the thread was interrupted", "ask again");
    }
    try {
      return fresh().orElseGet(() -> keep(ask(deadline)));
    } finally {
      asking.unlock();
    }
  }

  private Optional<Reading<PageStatus>> fresh() {
    return kept != null && time.ticker().nanos() - kept.atNanos() < kept.goodFor().toNanos()
        ? Optional.of(kept.reading())
        : Optional.empty();
  }

  // What our own haste cut short says nothing to the next one who asks.
  private Reading<PageStatus> keep(Reading<PageStatus> reading) {
    boolean ours =
        reading
            .obstacle()
            .filter(o -> o.why() == Why.CANCELLED || o.why() == Why.TIMED_OUT)
            .isPresent();
    if (!ours) {
      var goodFor = reading instanceof Reading.Read ? FRESH : FAILURE_FRESH;
      kept = new Kept(reading, time.ticker().nanos(), goodFor);
    }
    return reading;
  }

  private Reading<PageStatus> ask(Deadline deadline) {
    try {
      var answer = http.send(HttpRequest.get("summary.get").build(), deadline);
      return jsonType(answer)
          ? reader
              .read(new Fields(answer.jsonObject(), redactor))
              .map(this::read)
              .orElseGet(() -> unreadable("JSON of no known status page"))
          : unreadable("an answer that does not call itself JSON");
    } catch (InterruptedOpsException e) {
      return unread(Why.CANCELLED, e.problem(), "ask again");
    } catch (HttpUnreachableException e) {
      var why =
          e.kind() == HttpUnreachableException.Kind.TIMED_OUT ? Why.TIMED_OUT : Why.UNREACHABLE;
      return unread(
          why, e.problem(), "open it by hand; that it is down says nothing of the vendor");
    } catch (OpsException e) {
      return unreadable(e.problem());
    } catch (IllegalStateException e) { // a page that was closed
      return unread(Why.CANCELLED, String.valueOf(e.getMessage()), "ask again");
    }
  }

  private static boolean jsonType(HttpAnswer answer) {
    return answer.header("Content-Type").orElse("").toLowerCase(Locale.ROOT).contains("json");
  }

  private Reading<PageStatus> read(PageStatus status) {
    var evidence =
        Evidence.of(status.toString(), address + " (" + WEAK + ")", time.now())
            .withDataAt(status.updatedAt())
            .withByHand("curl -sSL --max-time 4 '" + address + "'");
    return Reading.of(status, evidence);
  }

  private Reading<PageStatus> unreadable(String detail) {
    return unread(
        Why.NOT_UNDERSTOOD,
        "unreadable: " + detail,
        "open it by hand; if the vendor moved its page, set the new address");
  }

  private Reading<PageStatus> unread(Why why, String detail, String remedy) {
    return Reading.unread(new NotChecked("status page of " + name, why, detail, remedy));
  }

  private static String summary(String address) {
    var path = URI.create(address).getPath();
    return path == null || path.isEmpty() || path.equals("/")
        ? address.replaceFirst("/$", "") + "/api/v2/summary.json"
        : address;
  }

  /** Ends what is being asked. */
  @Override
  public void close() {
    http.close();
  }

  @Override
  public String toString() {
    return "StatusPage[" + name + ", " + address + "]";
  }

  private record Kept(Reading<PageStatus> reading, long atNanos, Duration goodFor) {}
}
