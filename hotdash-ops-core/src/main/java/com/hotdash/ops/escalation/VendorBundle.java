package com.hotdash.ops.escalation;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.resolution.ExecutionRecord;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.statuspage.PageStatus;
import com.hotdash.ops.text.Column;
import com.hotdash.ops.text.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a vendor's support asks for first: which requests failed by the vendor's own ids, what
 * happened when, what its status page says, and what was tried. Redacted; read it before you send
 * it, since it names machines, people and changes. Immutable.
 */
public final class VendorBundle {
  private static final int MOST_IDS = 50;
  private static final int MOST_EVENTS = 100;
  private static final int MOST_TRIED = 20;

  /** As our own errors write it, and as vendors write it in theirs. */
  private static final Pattern REQUEST_ID =
      Pattern.compile("(?i)request[ _-]?id[:= ]+\"?([A-Za-z0-9][A-Za-z0-9:._/+-]{5,99})");

  private final Page page;
  private final List<String> requestIds;

  private VendorBundle(Builder from) {
    requestIds = ids(from);
    page = page(from).redacted(from.redactor);
  }

  /**
   * Begins a bundle.
   *
   * @param vendor the vendor's name
   * @param estate what is ours
   * @param redactor knows the secrets in use
   * @return a builder
   */
  public static Builder builder(String vendor, Estate estate, Redactor redactor) {
    return new Builder(vendor, estate, redactor);
  }

  /**
   * Returns the ids by which the vendor finds our calls.
   *
   * @return the ids, at most 50
   */
  public List<String> requestIds() {
    return requestIds;
  }

  /**
   * Returns the bundle as a page.
   *
   * @return the page, redacted
   */
  public Page page() {
    return page;
  }

  /**
   * Returns the bundle as Markdown, to be pasted into a form of the vendor's.
   *
   * @return the Markdown, redacted
   */
  public String markdown() {
    return page.toMarkdown();
  }

  @Override
  public String toString() {
    return page.toString();
  }

  private Page page(Builder from) {
    var page = Page.builder().heading(1, "For the support of " + from.vendor);
    page.fact("Estate", from.estate.toString());
    var events = Timeline.of(from.diagnoses, from.tried);
    if (!events.isEmpty()) {
      page.fact("From", events.get(0).at().toString());
      page.fact("To", events.get(events.size() - 1).at().toString());
    }
    from.diagnoses.forEach(each -> problems(page, each));
    page.heading(2, "Request ids");
    if (requestIds.isEmpty()) {
      page.paragraph("None of the answers that we kept carries one.");
    }
    page.bullets(requestIds);
    page.heading(2, "Status pages");
    page.bullets(statusLines(from.statusPages));
    page.heading(2, "Timeline");
    int cut = Math.max(0, events.size() - MOST_EVENTS);
    if (cut > 0) {
      page.paragraph(cut + " earlier ones are left out.");
    }
    page.table(
        List.of(Column.text("at (UTC)"), Column.text("what"), Column.text("where it was read")),
        events.stream()
            .skip(cut)
            .map(event -> List.of(event.at().toString(), event.what(), event.source()))
            .toList());
    page.heading(2, "What was tried");
    if (from.tried.isEmpty()) {
      page.paragraph(
          from.untold == null
              ? "Nothing was changed by this runbook."
              : "Not checked: " + from.untold);
    }
    from.tried.stream()
        .skip(Math.max(0, from.tried.size() - MOST_TRIED))
        .forEach(each -> page.code("", each.toString()));
    return page.build();
  }

  private static void problems(Page.Builder page, Diagnosis diagnosis) {
    page.heading(2, diagnosis.incident().title() + ": " + diagnosis.verdict());
    page.bullets(
        diagnosis.findings().stream()
            .filter(finding -> finding.verdict() != Verdict.OK)
            .map(finding -> finding.verdict() + ": " + finding.summary())
            .toList());
    page.bullets(diagnosis.notChecked().stream().map(each -> "not checked: " + each).toList());
  }

  private static List<String> statusLines(Map<String, Reading<PageStatus>> pages) {
    if (pages.isEmpty()) {
      return List.of("not checked: no status page was read");
    }
    var lines = new ArrayList<String>();
    pages.forEach(
        (name, reading) ->
            lines.add(
                name
                    + ": "
                    + reading
                        .toOptional()
                        .map(
                            status ->
                                status.said()
                                    + (status.updatedAt() == null
                                        ? ""
                                        : ", as of " + status.updatedAt())
                                    + (status.incidents().isEmpty()
                                        ? ""
                                        : "; " + status.incidents())
                                    + " "
                                    + status.address())
                        .orElseGet(
                            () ->
                                "not checked: "
                                    + reading.obstacle().map(Object::toString).orElse(""))));
    return lines;
  }

  private static List<String> ids(Builder from) {
    Set<String> ids = new LinkedHashSet<>(from.requestIds);
    for (var diagnosis : from.diagnoses) {
      diagnosis.notChecked().forEach(each -> find(each.detail(), ids));
      for (var finding : diagnosis.findings()) {
        find(finding.summary(), ids);
        finding.evidence().forEach(each -> find(each.value() + " " + each.source(), ids));
      }
    }
    from.tried.forEach(
        each -> each.outcomes().values().forEach(outcome -> find(outcome.detail(), ids)));
    return ids.stream().map(from.redactor::redact).limit(MOST_IDS).toList();
  }

  private static void find(String text, Set<String> into) {
    REQUEST_ID.matcher(text).results().map(result -> result.group(1)).forEach(into::add);
  }

  /** Gathers a bundle. Not thread-safe. */
  public static final class Builder {
    private final String vendor;
    private final Estate estate;
    private final Redactor redactor;
    private final List<Diagnosis> diagnoses = new ArrayList<>();
    private final List<ExecutionRecord> tried = new ArrayList<>();
    private final Set<String> requestIds = new LinkedHashSet<>();
    private @Nullable String untold;
    private final Map<String, Reading<PageStatus>> statusPages = new LinkedHashMap<>();

    private Builder(String vendor, Estate estate, Redactor redactor) {
      this.vendor = vendor;
      this.estate = estate;
      this.redactor = redactor;
    }

    /**
     * Adds what was found.
     *
     * @param diagnosis the diagnosis
     * @return this builder
     */
    public Builder diagnosis(Diagnosis diagnosis) {
      diagnoses.add(diagnosis);
      return this;
    }

    /**
     * Adds a call that failed.
     *
     * @param failure the failure; only its request id is kept
     * @return this builder
     */
    public Builder failure(OpsException failure) {
      failure.requestId().ifPresent(requestIds::add);
      return this;
    }

    /**
     * Adds what status pages say.
     *
     * @param pages the pages by name
     * @return this builder
     */
    public Builder statusPages(Map<String, Reading<PageStatus>> pages) {
      statusPages.putAll(pages);
      return this;
    }

    /**
     * Adds what was tried.
     *
     * @param records what the journal tells, oldest first
     * @return this builder
     */
    public Builder tried(List<ExecutionRecord> records) {
      tried.addAll(records);
      return this;
    }

    /**
     * Says that what was tried could not be read, so that nobody takes it for nothing.
     *
     * @param why the obstacle, as a clause
     * @return this builder
     */
    public Builder triedUnread(String why) {
      untold = why;
      return this;
    }

    /**
     * Makes the bundle.
     *
     * @return the bundle
     */
    public VendorBundle build() {
      return new VendorBundle(this);
    }
  }
}
