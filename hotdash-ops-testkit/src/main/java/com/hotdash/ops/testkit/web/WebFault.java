package com.hotdash.ops.testkit.web;

import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with an answer. Immutable; {@link Site#fault} lays it on a route.
 *
 * <p>The faults that lose an answer do so <b>after</b> the work was carried out: the client cannot
 * tell them from those that came before.
 */
public final class WebFault {
  private final Kind kind;
  private final @Nullable Answer answer;

  private WebFault(Kind kind, @Nullable Answer answer) {
    this.kind = kind;
    this.answer = answer;
  }

  enum Kind {
    INSTEAD,
    AFTER,
    CLOSE,
    CLOSE_AFTER,
    STALL,
    STALL_AFTER,
    CUT
  }

  /**
   * Answers something else and carries nothing out.
   *
   * @param answer what to answer
   * @return the fault
   */
  public static WebFault instead(Answer answer) {
    return new WebFault(Kind.INSTEAD, answer);
  }

  /**
   * Carries the work out, and then answers something else, such as a proxy's 502.
   *
   * @param answer what to answer
   * @return the fault
   */
  public static WebFault after(Answer answer) {
    return new WebFault(Kind.AFTER, answer);
  }

  /**
   * Closes the connection unanswered, with nothing carried out.
   *
   * @return the fault
   */
  public static WebFault close() {
    return new WebFault(Kind.CLOSE, null);
  }

  /**
   * Carries the work out, and closes the connection unanswered.
   *
   * @return the fault
   */
  public static WebFault closeAfter() {
    return new WebFault(Kind.CLOSE_AFTER, null);
  }

  /**
   * Never answers, with nothing carried out.
   *
   * @return the fault
   */
  public static WebFault stall() {
    return new WebFault(Kind.STALL, null);
  }

  /**
   * Carries the work out, and never answers.
   *
   * @return the fault
   */
  public static WebFault stallAfter() {
    return new WebFault(Kind.STALL_AFTER, null);
  }

  /**
   * Carries the work out, and breaks off in the middle of the body.
   *
   * @return the fault
   */
  public static WebFault cut() {
    return new WebFault(Kind.CUT, null);
  }

  /** Returns whether the route still does its work. */
  boolean worksFirst() {
    return kind != Kind.INSTEAD && kind != Kind.CLOSE && kind != Kind.STALL;
  }

  Kind kind() {
    return kind;
  }

  @Nullable Answer answer() {
    return answer;
  }

  @Override
  public String toString() {
    return "WebFault[" + kind + ']';
  }
}
