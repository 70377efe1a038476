package com.hotdash.ops.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.hotdash.ops.diagnosis.Judgement;
import com.hotdash.ops.diagnosis.TriageReport;
import com.hotdash.ops.resolution.Execution;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.resolution.Verification;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.text.Page;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One report, in the four forms in which people and programs want it. Immutable and thread-safe.
 *
 * <p>The JSON form carries {@code schemaVersion}; fields may be added under the same version, and
 * are not renamed or removed.
 */
public final class Report {
  /** The version of the JSON form. */
  public static final int SCHEMA_VERSION = 1;

  private final Page page;
  private final Map<String, Object> data;

  private Report(Page page, Map<String, Object> data) {
    this.page = page;
    this.data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
  }

  /**
   * Reports a diagnosis or a check-up.
   *
   * @param judged what was judged
   * @return the report
   */
  public static Report of(Judgement judged) {
    return new Report(judged.page(), ReportData.of(judged));
  }

  /**
   * Reports a triage.
   *
   * @param triage the triage
   * @return the report
   */
  public static Report of(TriageReport triage) {
    return new Report(triage.page(), ReportData.of(triage));
  }

  /**
   * Reports a plan.
   *
   * @param plan the plan
   * @return the report
   */
  public static Report of(Plan plan) {
    return new Report(plan.page(), ReportData.of(plan));
  }

  /**
   * Reports an execution.
   *
   * @param execution the execution
   * @return the report
   */
  public static Report of(Execution execution) {
    return new Report(execution.page(), ReportData.of(execution));
  }

  /**
   * Reports a verification.
   *
   * @param verification the verification
   * @return the report
   */
  public static Report of(Verification verification) {
    return new Report(verification.page(), ReportData.of(verification));
  }

  /**
   * Puts several reports under one heading.
   *
   * @param title the heading
   * @param lead what stands before the parts
   * @param parts the parts, in order
   * @return the report; its JSON form has them under {@code parts}
   */
  public static Report of(String title, Page lead, List<Report> parts) {
    var page = Page.builder().heading(1, title).append(lead);
    parts.forEach(part -> page.append(part.page));
    var data = new LinkedHashMap<String, Object>();
    data.put("title", title);
    data.put("parts", parts.stream().map(part -> part.data).toList());
    return new Report(page.build(), data);
  }

  /**
   * Reports something that has no form of its own here.
   *
   * @param page what a person reads
   * @param data what a program reads: texts, numbers, booleans, and lists or maps of these
   * @return the report
   */
  public static Report of(Page page, Map<String, Object> data) {
    return new Report(page, data);
  }

  /**
   * Adds another report to the JSON form.
   *
   * @param name the field's name
   * @param part the other report
   * @return a report with that field; its page is as before
   */
  public Report withPart(String name, Report part) {
    return with(name, part.data);
  }

  /**
   * Adds other reports to the JSON form, as a list.
   *
   * @param name the field's name
   * @param parts the other reports, in order; may be empty
   * @return a report with that field; its page is as before
   */
  public Report withParts(String name, List<Report> parts) {
    return with(name, parts.stream().map(part -> part.data).toList());
  }

  /**
   * Adds a fact to the JSON form.
   *
   * @param name the field's name
   * @param value a text, number, boolean, or a list or map of these
   * @return a report with that field
   */
  public Report with(String name, Object value) {
    var more = new LinkedHashMap<>(data);
    more.put(name, value);
    return new Report(page, more);
  }

  /**
   * Returns the report as a page.
   *
   * @return the page
   */
  public Page page() {
    return page;
  }

  /**
   * Returns the report as plain text.
   *
   * @param redactor takes out what is secret
   * @return the text, 100 columns wide
   */
  public String text(Redactor redactor) {
    return page.redacted(redactor).toText(Page.DEFAULT_WIDTH);
  }

  /**
   * Returns the report as Markdown.
   *
   * @param redactor takes out what is secret
   * @return the Markdown
   */
  public String markdown(Redactor redactor) {
    return page.redacted(redactor).toMarkdown();
  }

  /**
   * Returns the report as one HTML document that needs no network.
   *
   * @param redactor takes out what is secret
   * @return the document
   */
  public String html(Redactor redactor) {
    return page.redacted(redactor).toHtml();
  }

  /**
   * Returns the report as one JSON object.
   *
   * @param redactor takes out what is secret
   * @return the JSON, indented
   */
  public String json(Redactor redactor) {
    var all = new LinkedHashMap<String, Object>();
    all.put("schemaVersion", SCHEMA_VERSION);
    all.putAll(ReportData.redacted(data, redactor));
    try {
      return JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build()
          .writeValueAsString(all);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps of texts and numbers can always be written", e);
    }
  }
}
