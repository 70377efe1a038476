package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Finding;

/** Whether answers are slow, where the time goes, and what points to the cause. */
public sealed interface SlowResponseTimesFinding extends Finding permits SlowAnswers, SlowCause {
  /** Where time can be lost, from the outside in. */
  enum Place {
    /** Before the application: queues, connections, the platform's own way. */
    EDGE,
    /** Machines that slept had to start first. */
    COLD_START,
    /** The application itself computes or waits in itself. */
    APP,
    /** The database. */
    DATABASE,
    /** The shop's interface. */
    SHOP
  }
}
