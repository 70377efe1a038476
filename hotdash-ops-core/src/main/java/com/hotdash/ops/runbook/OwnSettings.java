package com.hotdash.ops.runbook;

import com.hotdash.ops.resolution.FileJournal;
import com.hotdash.ops.resolution.FileLocks;
import java.nio.file.Path;
import java.util.List;

/** The variables that configure the runbook itself; those of vendors are their modules'. */
final class OwnSettings {
  static final List<Setting> ALL =
      List.of(
          new Setting("HOTDASH_OPS_ENV", "the environment's name: production, staging", false),
          new Setting("HOTDASH_OPS_OPERATOR", "who answers for changes", false),
          new Setting("HOTDASH_OPS_READ_ONLY", "true: nothing may be changed", false),
          new Setting(
              "HOTDASH_OPS_JOURNAL",
              "the journal's file; default .hotdash-ops/journal.jsonl in the home directory",
              false),
          new Setting(Outside.APP_URL, "the application's own address, for health, metrics", false),
          new Setting(Outside.STATUS_PAGES, "vendors' status pages: name=https://address,…", false),
          new Setting(
              Environment.STAGING + "FLY_APP",
              "staging's app; each variable with STAGING_ before it is staging's",
              false),
          new Setting(
              Outside.NOTIFY_URL, "a chat's webhook: tells the manager of P0 and P1", true));

  private OwnSettings() {}

  /**
   * Takes what they say over into the parts. What is not set stays as it is, but for the journal.
   */
  static void read(Environment variables, Parts parts) {
    parts.environment = variables.text("HOTDASH_OPS_ENV").orElse(parts.environment);
    parts.operator = variables.text("HOTDASH_OPS_OPERATOR").orElse(parts.operator);
    boolean readOnly = parts.policy.readOnly() || variables.on("HOTDASH_OPS_READ_ONLY");
    parts.policy = parts.policy.withReadOnly(readOnly);
    var file = journal(variables);
    parts.journal = new FileJournal(file);
    // Whoever shares the journal shares the locks beside it.
    parts.locks = new FileLocks(file.resolveSibling("locks"));
    parts.outside.read(variables);
    parts.secrets.addAll(parts.outside.credentials());
    parts.secretSource = variables::secret;
  }

  private static Path journal(Environment variables) {
    return variables
        .text("HOTDASH_OPS_JOURNAL")
        .map(Path::of)
        .orElseGet(
            () -> Path.of(System.getProperty("user.home", "."), ".hotdash-ops", "journal.jsonl"))
        .toAbsolutePath();
  }
}
