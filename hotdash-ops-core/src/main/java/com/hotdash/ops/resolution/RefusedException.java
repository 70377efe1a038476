package com.hotdash.ops.resolution;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.OpsException;
import java.util.List;
import java.util.stream.Collectors;

/** A plan was not applied. Nothing was changed. The objections say why, and which of them yield. */
public class RefusedException extends OpsException {
  private static final long serialVersionUID = 1L;

  private final transient List<Objection> objections;

  RefusedException(String action, List<Objection> objections) {
    super(
        Fault.of(
                "runbook",
                action,
                "refused, nothing was changed: "
                    + objections.stream()
                        .map(objection -> objection.name() + ", " + objection.reason())
                        .collect(Collectors.joining("; ")))
            .withNextStep(
                objections.stream().map(Objection::nextStep).collect(Collectors.joining("; "))),
        null);
    this.objections = List.copyOf(objections);
  }

  /**
   * Returns why.
   *
   * @return at least one objection
   */
  public List<Objection> objections() {
    return objections;
  }
}
