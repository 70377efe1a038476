package com.hotdash.ops.escalation;

import com.hotdash.ops.escalation.Delivery.Status;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.time.Deadline;
import java.io.IOException;

/**
 * Writes alerts as text to whatever is at hand, such as the terminal or a file: the last place of a
 * chain. It remembers nothing, so each repetition is written again. Thread-safe, one alert at a
 * time.
 */
public final class WrittenAlerts implements AlertSink {
  private final String name;
  private final Appendable out;
  private final Redactor redactor;

  /**
   * Makes a place of delivery.
   *
   * @param name what is written to, such as {@code standard error}
   * @param out where to write; stays the caller's
   * @param redactor takes the credentials out
   */
  public WrittenAlerts(String name, Appendable out, Redactor redactor) {
    this.name = name;
    this.out = out;
    this.redactor = redactor;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Delivery raise(Alert alert, Deadline deadline) {
    return write(Status.CREATED, "ALERT " + alert.severity() + " " + alert.title(), alert.body());
  }

  @Override
  public Delivery resolve(AlertKey key, Page figures, Deadline deadline) {
    return write(Status.CLOSED, "OVER " + key, figures);
  }

  @Override
  public Delivery comment(AlertKey key, String words, Page page, Deadline deadline) {
    return write(Status.COMMENTED, "ABOUT " + key + ": " + words, page);
  }

  private synchronized Delivery write(Status status, String head, Page body) {
    try {
      out.append(redactor.redact(head)).append('\n');
      out.append(body.redacted(redactor).toString()).append('\n');
      return Delivery.of(status, name, "written");
    } catch (IOException e) {
      return Delivery.of(Status.UNCERTAIN, name, redactor.redact("it could not be written: " + e));
    }
  }
}
