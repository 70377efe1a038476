package com.hotdash.ops.app;

import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;

/**
 * The eyes of the runbook on the application. Readings never throw. Implementations are
 * thread-safe.
 */
public interface AppReader {
  /** How the application is, machine by machine. */
  ReadingKey<AppHealth> HEALTH = new ReadingKey<>("application health", "set HOTDASH_OPS_APP_URL");

  /** Whether the front door's certificate is good, and for how long. */
  ReadingKey<CertificateState> CERTIFICATE =
      new ReadingKey<>("application certificate", "set HOTDASH_OPS_APP_URL to an https address");

  /** What happened on the machines between two scrapes of each. */
  ReadingKey<AppWindow> METRICS =
      new ReadingKey<>("application metrics", "set HOTDASH_OPS_APP_URL");

  /**
   * Tells which application this is, from its configuration alone.
   *
   * @return its address
   */
  Estate.Part identity();

  /**
   * Returns what takes credentials out of texts. Default: it knows their shapes only.
   *
   * @return the redactor
   */
  default Redactor redactor() {
    return Redactor.SHAPES;
  }

  /**
   * Asks every endpoint of every machine. That none answers is a value, not an obstacle.
   *
   * @param deadline when to stop
   * @return what they answered; unread only if the deadline or an interrupt came before any could
   */
  Reading<AppHealth> health(Deadline deadline);

  /**
   * Reads the front door's certificate.
   *
   * @param deadline when to stop
   * @return what it showed or why it cannot be trusted; unread without https or connection
   */
  Reading<CertificateState> certificate(Deadline deadline);

  /**
   * Scrapes every machine twice. Takes the window and the time of two scrapes.
   *
   * @param window how long to wait between the scrapes, more than zero
   * @param deadline when to stop; at least a second later than the window
   * @return what grew in between; unread if no machine could be compared or the window does not fit
   */
  Reading<AppWindow> metrics(Duration window, Deadline deadline);
}
