package com.hotdash.ops.github;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.OpsException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * GitHub answered, but not with what was asked for. That it did not answer at all is a {@link
 * com.hotdash.ops.http.HttpException}.
 */
public final class GitHubException extends OpsException {
  private static final long serialVersionUID = 1L;

  /** What an answer means for what to do next. */
  public enum Kind {
    /** The token is wrong, expired or revoked. */
    NOT_AUTHENTICATED,
    /** The token may not do this. */
    NOT_PERMITTED,
    /** There is no such thing, or the token may not see it: GitHub does not say which. */
    NOT_FOUND,
    /** It was there once: an expired log, a deleted issue, a switched-off feature. */
    GONE,
    /** It is not in a state that allows this. */
    CONFLICT,
    /** GitHub refuses what was asked, as it was asked. */
    INVALID,
    /** The hourly number of calls is used up. */
    RATE_LIMITED,
    /** Too many calls in a short time. Going on can get the token banned. */
    SECONDARY_RATE_LIMITED,
    /** GitHub itself is not well. */
    UNAVAILABLE,
    /** The answer is not in a shape that this version knows. */
    NOT_UNDERSTOOD,
    /** Another refusal. */
    REFUSED
  }

  private final Kind kind;
  private final int status;
  private final transient List<String> errors;

  GitHubException(
      Kind kind, int status, List<String> errors, Fault fault, @Nullable Throwable cause) {
    super(fault, cause);
    this.kind = kind;
    this.status = status;
    this.errors = List.copyOf(errors);
  }

  /**
   * Returns what the answer means.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }

  /**
   * Returns the HTTP status.
   *
   * @return the status code, or 0 if no call was made because a limit still holds
   */
  public int status() {
    return status;
  }

  /**
   * Returns GitHub's own list of what is wrong, such as {@code title: missing_field}; redacted.
   *
   * @return the list, empty if it gave none
   */
  public List<String> errors() {
    return errors;
  }

  /**
   * Returns whether a limit on the number of calls was hit.
   *
   * @return true for both sorts of limit
   */
  public boolean rateLimited() {
    return kind == Kind.RATE_LIMITED || kind == Kind.SECONDARY_RATE_LIMITED;
  }
}
