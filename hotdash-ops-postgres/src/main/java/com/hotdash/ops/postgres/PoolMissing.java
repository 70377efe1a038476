package com.hotdash.ops.postgres;

import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.error.Fault;
import com.hotdash.ops.evidence.NotChecked;

/** Says that there is no pool to read. */
final class PoolMissing {
  private PoolMissing() {}

  static ConfigurationException exception(NotChecked why) {
    return new ConfigurationException(
        Fault.of("postgres", "applicationPool", why.detail()).withNextStep(why.remedy()));
  }
}
