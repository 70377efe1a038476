package com.hotdash.ops.escalation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of telling people.
 *
 * @param status what became of it
 * @param sink the place, by its name
 * @param number the entry's number there, or {@code null} if there is none
 * @param address where a person reads it, or {@code null} if nowhere
 * @param detail what happened, as a clause; redacted
 * @param missingLabels labels that were asked for and are not there, so that people who look by
 *     them do not find it
 * @param before what other places made of it before this one was tried
 * @param besides what became of telling other people besides, such as the manager
 */
public record Delivery(
    Status status,
    String sink,
    @Nullable Long number,
    @Nullable String address,
    String detail,
    List<String> missingLabels,
    List<Delivery> before,
    List<Delivery> besides) {
  /** What can become of it. */
  public enum Status {
    /** There is a new entry. */
    CREATED,
    /** It was added to the entry that is open. */
    COMMENTED,
    /** The entry of the last time was opened again. */
    REOPENED,
    /** The entry was closed. */
    CLOSED,
    /** People know already, and were told not long ago; or there was nothing to close. */
    SUPPRESSED,
    /** Nobody was told. */
    FAILED,
    /** The answer was lost: people may have been told or not. */
    UNCERTAIN
  }

  /** Copies the lists. */
  public Delivery {
    missingLabels = List.copyOf(missingLabels);
    before = List.copyOf(before);
    besides = List.copyOf(besides);
  }

  /**
   * Makes a delivery to an entry.
   *
   * @param status what became of it
   * @param sink the place
   * @param number the entry's number
   * @param address where a person reads it
   * @param detail what happened
   * @return the delivery
   */
  public static Delivery of(
      Status status, String sink, long number, String address, String detail) {
    return new Delivery(status, sink, number, address, detail, List.of(), List.of(), List.of());
  }

  /**
   * Makes a delivery that has no entry.
   *
   * @param status what became of it
   * @param sink the place
   * @param detail what happened
   * @return the delivery
   */
  public static Delivery of(Status status, String sink, String detail) {
    return new Delivery(status, sink, null, null, detail, List.of(), List.of(), List.of());
  }

  /**
   * Adds the labels that are not there.
   *
   * @param labels the labels
   * @return a changed copy
   */
  public Delivery missing(List<String> labels) {
    return new Delivery(status, sink, number, address, detail, labels, before, besides);
  }

  /**
   * Adds what other places made of it before.
   *
   * @param others their deliveries, in their order
   * @return a changed copy
   */
  public Delivery after(List<Delivery> others) {
    var all = new ArrayList<>(others);
    all.addAll(before);
    return new Delivery(status, sink, number, address, detail, missingLabels, all, besides);
  }

  /**
   * Adds what became of telling other people.
   *
   * @param others their deliveries, in their order
   * @return a changed copy
   */
  public Delivery besides(List<Delivery> others) {
    return new Delivery(status, sink, number, address, detail, missingLabels, before, others);
  }

  /**
   * Returns whether people are known to have been told.
   *
   * @return false if it failed, and if nobody knows
   */
  public boolean delivered() {
    return status != Status.FAILED && status != Status.UNCERTAIN;
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    text.append(status == Status.FAILED ? "NOBODY WAS TOLD" : status).append(" (").append(sink);
    if (number != null) {
      text.append(" #").append(number);
    }
    text.append("): ").append(detail);
    if (address != null) {
      text.append(' ').append(address);
    }
    if (!missingLabels.isEmpty()) {
      text.append("; labels missing: ").append(String.join(", ", missingLabels));
    }
    for (var earlier : before) {
      text.append("\n  before it: ").append(earlier.toString().replace("\n", "\n  "));
    }
    for (var other : besides) {
      text.append("\n  besides: ").append(other.toString().replace("\n", "\n  "));
    }
    return text.toString();
  }
}
