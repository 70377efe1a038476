package com.hotdash.ops.runbook;

import java.util.List;

/**
 * What a vendor's module offers to {@link RunbookProcedures#fromEnvironment()}, which finds it on
 * the class path or module path by {@link java.util.ServiceLoader}.
 */
public interface VendorModule {
  /**
   * Returns the variables that it reads.
   *
   * @return the settings, in the order in which help shows them
   */
  List<Setting> settings();

  /**
   * Gives the builder the ports that the environment configures; none, if it configures none. Opens
   * no connection. A setting that cannot be understood must show up in a reading, not here.
   *
   * @param environment the variables
   * @param builder takes the ports, the secrets in use, and what must be closed
   */
  void configure(Environment environment, RunbookBuilder builder);
}
