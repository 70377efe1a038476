package com.hotdash.ops.runbook;

import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.text.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What each credential is good for, what is missing, what nobody could look at, and what grants it.
 *
 * @param estate where
 * @param checks one for each credential
 * @param notConfigured what was told by nobody and is not looked at, and what would change that; it
 *     does not count against what is configured
 */
public record AccessReport(
    Estate estate, List<AccessCheck> checks, List<NotChecked> notConfigured) {
  private static final String COMMAND = "$ ";
  private static final String COMMENT = "-- ";

  /** Copies the lists. */
  public AccessReport {
    checks = List.copyOf(checks);
    notConfigured = List.copyOf(notConfigured);
  }

  /**
   * Makes a report of credentials alone.
   *
   * @param estate where
   * @param checks one for each credential
   */
  public AccessReport(Estate estate, List<AccessCheck> checks) {
    this(estate, checks, List.of());
  }

  /** Makes all checks. One that breaks must not keep the others from being told. */
  static AccessReport of(Estate estate, Parts parts, Redactor redactor) {
    var made = new ArrayList<AccessCheck>();
    for (var check : parts.accessChecks) {
      try {
        made.addAll(check.get());
      } catch (RuntimeException e) { // Whatever broke is told in its place.
        made.add(
            AccessCheck.unknown(
                "a credential check",
                redactor.redact("it could not be made: " + e),
                "report this as a bug"));
      }
    }
    parts
        .journal
        .unwritable()
        .map(redactor::redact)
        .map(AccessReport::journal)
        .ifPresent(made::add);
    return new AccessReport(estate, made, Unconfigured.of(parts));
  }

  private static AccessCheck journal(String why) {
    return new AccessCheck(
        "the journal",
        List.of(),
        List.of("write it; no change can be made: " + why),
        List.of("set HOTDASH_OPS_JOURNAL to a file that can be written"));
  }

  /**
   * Returns whether every credential is good for all that the runbook may ask of it.
   *
   * @return false also if there is no credential, or something could not be looked at
   */
  public boolean complete() {
    return verdict() == Verdict.OK;
  }

  /**
   * Returns what it comes to.
   *
   * @return {@link Verdict#PROBLEM} if a right is missing; {@link Verdict#UNKNOWN} if something
   *     could not be looked at, or there is no credential; else {@link Verdict#OK}
   */
  public Verdict verdict() {
    return Verdict.rollUp(checks.stream().map(AccessReport::verdict).toList());
  }

  private static Verdict verdict(AccessCheck check) {
    if (!check.missing().isEmpty()) {
      return Verdict.PROBLEM;
    }
    // A check that says nothing at all has not looked.
    return check.unknown().isEmpty() && !check.works().isEmpty() ? Verdict.OK : Verdict.UNKNOWN;
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
      check.works().forEach(work -> page.callout(Tone.GOOD, "OK", work));
      check.missing().forEach(lack -> page.callout(Tone.BAD, "MISSING", lack));
      check.unknown().forEach(gap -> page.callout(Tone.UNSURE, "UNKNOWN", gap));
      if (check.works().isEmpty() && check.missing().isEmpty() && check.unknown().isEmpty()) {
        page.callout(Tone.UNSURE, "UNKNOWN", "nothing was looked at");
      }
      remedies(page, check.remedies());
    }
    if (!notConfigured.isEmpty()) {
      page.heading(2, "Not configured");
      page.bullets(notConfigured.stream().map(gap -> gap.what() + ": " + gap.remedy()).toList());
    }
    return page.build();
  }

  /** Only what can be typed is shown as code: prose in a code block gets pasted. */
  private static void remedies(Page.Builder page, List<String> remedies) {
    page.bullets(remedies.stream().filter(AccessReport::prose).map(AccessReport::plain).toList());
    var sql = lines(remedies.stream().filter(AccessReport::sql).toList());
    if (!sql.isEmpty()) {
      page.code("sql", sql);
    }
    var commands =
        lines(
            remedies.stream()
                .filter(AccessReport::command)
                .map(line -> line.substring(COMMAND.length()))
                .toList());
    if (!commands.isEmpty()) {
      page.code("sh", commands);
    }
  }

  private static String lines(List<String> lines) {
    return lines.stream().collect(Collectors.joining("\n"));
  }

  private static boolean prose(String remedy) {
    return !sql(remedy) && !command(remedy);
  }

  private static boolean sql(String remedy) {
    return remedy.stripTrailing().endsWith(";") && !remedy.startsWith(COMMENT);
  }

  private static boolean command(String remedy) {
    return remedy.startsWith(COMMAND);
  }

  private static String plain(String remedy) {
    return remedy.startsWith(COMMENT) ? remedy.substring(COMMENT.length()) : remedy;
  }

  @Override
  public String toString() {
    return page().toText(Page.DEFAULT_WIDTH);
  }
}
