package com.hotdash.ops.fly;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.OpsException;
import org.jspecify.annotations.Nullable;

/**
 * Fly refused, or did otherwise than asked. Subtypes say why, where a caller would act differently.
 * That no answer arrived at all is told by {@link com.hotdash.ops.http.HttpUnreachableException}.
 * {@link #requestId} is the id that Fly's support asks for.
 */
public abstract class FlyException extends OpsException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String text;

  FlyException(Fault fault, int status, String text, @Nullable Throwable cause) {
    super(fault, cause);
    this.status = status;
    this.text = text;
  }

  /**
   * Returns the status of Fly's answer.
   *
   * @return the HTTP status code, or 0 if it does not come from one answer
   */
  public int status() {
    return status;
  }

  /**
   * Returns Fly's own words.
   *
   * @return the text on one line, redacted; empty if there was none
   */
  public String text() {
    return text;
  }
}
