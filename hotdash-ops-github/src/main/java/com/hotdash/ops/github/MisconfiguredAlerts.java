package com.hotdash.ops.github;

import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.escalation.Alert;
import com.hotdash.ops.escalation.AlertKey;
import com.hotdash.ops.escalation.AlertSink;
import com.hotdash.ops.escalation.Delivery;
import com.hotdash.ops.escalation.Delivery.Status;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.time.Deadline;

/**
 * Issues that cannot be reached as they are configured. They stay in the chain, so that the answer
 * says why nobody reads the alert there.
 *
 * @param problem what is wrong with the settings
 */
record MisconfiguredAlerts(ConfigurationException problem) implements AlertSink {
  @Override
  public String name() {
    return "issues";
  }

  @Override
  public Delivery raise(Alert alert, Deadline deadline) {
    return failed();
  }

  @Override
  public Delivery resolve(AlertKey key, Page figures, Deadline deadline) {
    return failed();
  }

  @Override
  public Delivery comment(AlertKey key, String words, Page page, Deadline deadline) {
    return failed();
  }

  @Override
  public Delivery commentAll(String environment, String words, Page page, Deadline deadline) {
    return failed();
  }

  private Delivery failed() {
    return Delivery.of(
        Status.FAILED,
        name(),
        problem.problem() + problem.nextStep().map(step -> "; " + step).orElse(""));
  }
}
