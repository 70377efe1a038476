package com.hotdash.ops.evidence;

import java.util.Locale;

/**
 * Something that could not be looked at. It is never taken for a good sign.
 *
 * @param what what was to be read, such as {@code sessions of the database}
 * @param why the kind of obstacle
 * @param detail what came back, already redacted
 * @param remedy what a person can do so that it can be read next time
 */
public record NotChecked(String what, Why why, String detail, String remedy) {
  /** Kinds of obstacle. */
  public enum Why {
    /** The service did not answer, or not in its own language. */
    UNREACHABLE,
    /** The service answered that we may not. */
    NOT_PERMITTED,
    /** The deadline came first. */
    TIMED_OUT,
    /** Nobody told us where to look. */
    NOT_CONFIGURED,
    /** There was an answer, but too little data in it to judge by. */
    TOO_LITTLE_DATA,
    /** The answer could not be understood. */
    NOT_UNDERSTOOD,
    /** The caller gave up before we could look. */
    CANCELLED
  }

  @Override
  public String toString() {
    return what
        + ": "
        + why.name().toLowerCase(Locale.ROOT).replace('_', ' ')
        + ", "
        + detail
        + " ("
        + remedy
        + ")";
  }
}
