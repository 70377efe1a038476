package com.hotdash.ops.escalation;

import com.hotdash.ops.escalation.Delivery.Status;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several places of delivery, of which the first that works is used. One that fails, or whose
 * answer is lost, is told of in the delivery and the next one is tried: an alert that came twice is
 * better than one that nobody saw. Thread-safe.
 */
public final class AlertChain implements AlertSink {
  private static final Logger LOG = LoggerFactory.getLogger(AlertChain.class);

  private final List<AlertSink> sinks;
  private final Redactor redactor;
  private final Duration each;

  /**
   * Makes a chain.
   *
   * @param sinks the places in the order in which they are tried, at least one
   * @param redactor takes credentials out of what a broken place says
   * @param each how long one place may take, so that a silent one leaves time for the next; more
   *     than zero
   * @throws IllegalArgumentException if there is no place, or {@code each} is zero or negative
   */
  public AlertChain(List<? extends AlertSink> sinks, Redactor redactor, Duration each) {
    Limits.positive(each, "each place's time");
    if (sinks.isEmpty()) {
      throw new IllegalArgumentException("a chain without a place to deliver to tells nobody");
    }
    this.sinks = List.copyOf(sinks);
    this.redactor = redactor;
    this.each = each;
  }

  @Override
  public String name() {
    return sinks.stream().map(AlertSink::name).collect(Collectors.joining(", else "));
  }

  @Override
  public Delivery raise(Alert alert, Deadline deadline) {
    return first((sink, limit) -> sink.raise(alert, limit), deadline, alert.toString());
  }

  /** The first place that has the problem's entry gets it. */
  @Override
  public Delivery comment(AlertKey key, String words, Page page, Deadline deadline) {
    return first(
        (sink, limit) -> sink.comment(key, words, page, limit), deadline, words + " of " + key);
  }

  /** The first place that can say. */
  @Override
  public Reading<AlertEntry> entry(AlertKey key, Instant since, Deadline deadline) {
    @Nullable Reading<AlertEntry> first = null;
    for (var sink : sinks) {
      try {
        var entry = sink.entry(key, since, deadline.within(each));
        if (entry.toOptional().isPresent()) {
          return entry;
        }
        // Why the first could not say is what a person can change.
        first = first == null ? entry : first;
      } catch (RuntimeException e) {
        // Somebody's place broke its word; the next one may know.
        LOG.warn("alert not read [place={} outcome={}]", sink.name(), redactor.redact("" + e));
      }
    }
    return first == null ? AlertSink.super.entry(key, since, deadline) : first;
  }

  /** Every place is told; one that failed is told of first. */
  @Override
  public Delivery commentAll(String environment, String words, Page page, Deadline deadline) {
    var told =
        all(
            (sink, limit) -> sink.commentAll(environment, words, page, limit),
            Status.COMMENTED,
            deadline);
    if (!told.delivered()) {
      // Whoever drops the answer would be the only one to know.
      LOG.warn("comment not delivered [words={} outcome={}]", redactor.redact(words), told);
    }
    return told;
  }

  /** Every place is told, since each may have been the one that was used when the problem began. */
  @Override
  public Delivery resolve(AlertKey key, Page figures, Deadline deadline) {
    return all((sink, limit) -> sink.resolve(key, figures, limit), Status.CLOSED, deadline);
  }

  private Delivery all(
      BiFunction<AlertSink, Deadline, Delivery> act, Status wanted, Deadline deadline) {
    var all = new ArrayList<Delivery>();
    sinks.forEach(sink -> all.add(asked(sink, act, deadline)));
    int told = indexOf(all, delivery -> !delivery.delivered());
    if (told < 0) {
      told = Math.max(0, indexOf(all, delivery -> delivery.status() == wanted));
    }
    var chosen = all.remove(told);
    return chosen.after(all);
  }

  private static int indexOf(List<Delivery> all, Predicate<Delivery> wanted) {
    for (int i = 0; i < all.size(); i++) {
      if (wanted.test(all.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private Delivery first(
      BiFunction<AlertSink, Deadline, Delivery> act, Deadline deadline, String what) {
    var failed = new ArrayList<Delivery>();
    for (var sink : sinks) {
      var delivery = asked(sink, act, deadline);
      if (delivery.delivered()) {
        return delivery.after(failed);
      }
      failed.add(delivery);
    }
    int last = failed.size() - 1;
    var worst = failed.get(last).after(failed.subList(0, last));
    // Whoever drops the answer would be the only one to know.
    LOG.warn("alert not delivered [alert={} outcome={}]", redactor.redact(what), worst);
    return worst;
  }

  private Delivery asked(
      AlertSink sink, BiFunction<AlertSink, Deadline, Delivery> act, Deadline deadline) {
    if (deadline.expired()) {
      return Delivery.of(Status.FAILED, sink.name(), "no time was left to try it");
    }
    try {
      return act.apply(sink, deadline.within(each));
    } catch (RuntimeException e) {
      // Somebody's place broke its word. It may have told people, and the next one must be tried.
      return Delivery.of(
          Status.UNCERTAIN, sink.name(), redactor.redact("it broke its word and threw " + e));
    }
  }
}
