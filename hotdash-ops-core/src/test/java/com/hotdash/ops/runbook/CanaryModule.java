package com.hotdash.ops.runbook;

import com.hotdash.ops.database.ReaderOnly;
import com.hotdash.ops.database.SickDatabase;
import java.util.List;

/**
 * A vendor's module that the test class path offers. It configures a database if it is asked to.
 */
public final class CanaryModule implements VendorModule {
  static final String VARIABLE = "HOTDASH_OPS_TEST_DATABASE";

  /** Made by {@link java.util.ServiceLoader}. */
  public CanaryModule() {}

  @Override
  public List<Setting> settings() {
    return List.of(new Setting(VARIABLE, "the test's database", true));
  }

  @Override
  public void configure(Environment environment, RunbookBuilder builder) {
    environment
        .secret(VARIABLE)
        .ifPresent(secret -> builder.secret(secret).database(new ReaderOnly(new SickDatabase())));
  }
}
