package com.hotdash.ops.runbook;

import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.text.Tone;
import java.util.List;

/**
 * What each credential is good for, what is missing, and what grants it.
 *
 * @param estate where
 * @param checks one for each credential
 */
public record AccessReport(Estate estate, List<AccessCheck> checks) {
  /** Copies the list. */
  public AccessReport {
    checks = List.copyOf(checks);
  }

  /**
   * Returns whether every credential is good for all that the runbook may ask of it.
   *
   * @return false also if there is no credential
   */
  public boolean complete() {
    return !checks.isEmpty() && checks.stream().allMatch(check -> check.missing().isEmpty());
  }

  /**
   * Returns the report as a page.
   *
   * @return the page
   */
  public Page page() {
    var page = Page.builder().heading(1, "Access").fact("Estate", estate.toString());
    if (checks.isEmpty()) {
      page.callout(
          Tone.UNSURE, "UNKNOWN", "no credential is configured; --help lists the variables");
    }
    for (var check : checks) {
      page.heading(2, check.credential());
      for (var work : check.works()) {
        page.callout(Tone.GOOD, "OK", work);
      }
      for (var lack : check.missing()) {
        page.callout(Tone.BAD, "MISSING", lack);
      }
      if (!check.remedies().isEmpty()) {
        page.code("sql", String.join("\n", check.remedies()));
      }
    }
    return page.build();
  }

  @Override
  public String toString() {
    return page().toText(Page.DEFAULT_WIDTH);
  }
}
