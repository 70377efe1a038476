package com.hotdash.ops.report;

import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.Session;
import com.hotdash.ops.database.Sessions;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.logs.LogSummary;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.statuspage.StatusPages;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.text.Tone;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What one look saw, put down before a fix destroys it: logs, exits, machines, releases, runs of
 * the pipeline, sessions of the database, without the text of their statements. Redacted and
 * bounded: 500 lines of 400 characters for each reading. Immutable.
 */
public final class Capture {
  /** What is read for it. */
  public static final Set<ReadingKey<?>> NEEDS =
      Set.of(
          PlatformLook.LOGS,
          PlatformLook.MACHINES,
          PlatformLook.RELEASES,
          PlatformLook.TROUBLES,
          PlatformLook.RESOURCES,
          PipelineLook.IN_FLIGHT,
          PipelineLook.DEPLOYS,
          DatabaseLook.SESSIONS,
          DatabaseLook.LOCKS,
          AppReader.HEALTH,
          AppReader.METRICS,
          StatusPages.PAGES);

  private static final int MOST_LINES = 500;
  private static final int WIDTH = 400;

  private final Observation seen;
  private final Estate estate;
  private final Redactor redactor;
  private final Map<String, List<String>> parts = new LinkedHashMap<>();
  private final List<NotChecked> missing = new ArrayList<>();

  private Capture(Observation seen, Estate estate, Redactor redactor) {
    this.seen = seen;
    this.estate = estate;
    this.redactor = redactor;
    add(PlatformLook.LOGS, Capture::logs);
    add(PlatformLook.MACHINES, Capture::machines);
    add(PlatformLook.RELEASES, all -> all.stream().map(Capture::release).toList());
    add(PlatformLook.TROUBLES, all -> all.stream().map(Object::toString).toList());
    add(PlatformLook.RESOURCES, all -> List.of(all.toString()));
    add(PipelineLook.IN_FLIGHT, all -> all.toString().lines().toList());
    add(PipelineLook.DEPLOYS, all -> all.toString().lines().toList());
    add(DatabaseLook.SESSIONS, Capture::sessions);
    add(DatabaseLook.LOCKS, all -> all.toString().lines().toList());
    add(AppReader.HEALTH, all -> all.toString().lines().toList());
    add(AppReader.METRICS, all -> all.toString().lines().toList());
    add(StatusPages.PAGES, all -> all.entrySet().stream().map(Object::toString).toList());
  }

  /**
   * Captures what a look saw.
   *
   * @param seen the look, of {@link #NEEDS}
   * @param estate where
   * @param redactor knows the secrets in use
   * @return the capture
   */
  public static Capture of(Observation seen, Estate estate, Redactor redactor) {
    return new Capture(seen, estate, redactor);
  }

  /**
   * Returns what could not be read, and is lost if a fix destroys it.
   *
   * @return what, and why
   */
  public List<NotChecked> missing() {
    return Collections.unmodifiableList(missing);
  }

  /**
   * Returns the capture as a report.
   *
   * @return the report; its JSON form has one field for each reading
   */
  public Report report() {
    var data = new LinkedHashMap<String, Object>();
    data.put("capturedAt", seen.at().toString());
    data.put("estate", estate.toString());
    data.put("notChecked", missing.stream().map(Object::toString).toList());
    data.putAll(parts);
    return Report.of(page(), data);
  }

  /**
   * Returns the capture as a page.
   *
   * @return the page, redacted
   */
  public Page page() {
    var page = Page.builder().heading(1, "Captured at " + seen.at());
    page.fact("Estate", estate.toString());
    if (!missing.isEmpty()) {
      page.callout(Tone.UNSURE, "NOT CAPTURED", missing.size() + " readings; see below");
    }
    parts.forEach((name, lines) -> page.heading(2, name).code("", String.join("\n", lines)));
    if (!missing.isEmpty()) {
      page.heading(2, "Not captured");
      page.bullets(missing.stream().map(Object::toString).toList());
    }
    return page.build().redacted(redactor);
  }

  /**
   * Writes the capture into a new directory, for nobody but its owner: the page as {@code
   * capture.md}, the data as {@code capture.json}, and one text for each reading.
   *
   * @param parent where the directory is made; it is made itself if it is not there
   * @return the new directory
   * @throws IOException if it cannot be written; what is written so far stays
   */
  public Path writeTo(Path parent) throws IOException {
    var files = new LinkedHashMap<String, String>();
    files.put("capture.md", page().toMarkdown());
    files.put("capture.json", report().json(redactor));
    parts.forEach((name, lines) -> files.put(slug(name) + ".txt", String.join("\n", lines) + "\n"));
    return CaptureFiles.write(parent, seen.at(), files);
  }

  private static String slug(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  private <T> void add(ReadingKey<T> key, Function<T, List<String>> lines) {
    var reading = seen.get(key);
    reading.obstacle().ifPresent(missing::add);
    reading.toOptional().ifPresent(value -> parts.put(key.name(), bounded(lines.apply(value))));
  }

  private List<String> bounded(List<String> lines) {
    var kept =
        new ArrayList<>(
            lines.stream().limit(MOST_LINES).map(redactor::redact).map(Capture::cut).toList());
    if (lines.size() > MOST_LINES) {
      kept.add((lines.size() - MOST_LINES) + " more lines are left out");
    }
    return kept.isEmpty() ? List.of("none") : List.copyOf(kept);
  }

  private static String cut(String line) {
    return line.length() > WIDTH ? line.substring(0, WIDTH - 1) + "…" : line;
  }

  private static List<String> logs(LogSummary logs) {
    var lines = new ArrayList<>(logs.toString().lines().toList());
    logs.groups()
        .forEach(group -> group.samples().forEach(sample -> lines.add("sample: " + sample)));
    logs.exits().forEach(exit -> lines.add("exit: " + exit));
    logs.checkTransitions().forEach(change -> lines.add("check: " + change));
    return lines;
  }

  private static List<String> machines(Machines machines) {
    var lines = new ArrayList<String>();
    for (var machine : machines.all()) {
      lines.add(
          machine.id()
              + " "
              + machine.stateText()
              + " "
              + machine.health().name().toLowerCase(Locale.ROOT).replace('_', ' ')
              + " in "
              + machine.region()
              + ", "
              + machine.image()
              + ", "
              + machine.guest()
              + ", started at "
              + machine.startedAt());
      lines.addAll(details(machine));
    }
    return lines;
  }

  private static List<String> details(Machine machine) {
    var lines = new ArrayList<String>();
    machine
        .checks()
        .forEach(
            check ->
                lines.add(
                    "  check " + check.name() + " " + check.status() + ": " + check.output()));
    machine.exits().forEach(exit -> lines.add("  " + exit));
    return lines;
  }

  private static String release(Release release) {
    return release.label()
        + " "
        + release.statusText()
        + " at "
        + release.at()
        + " by "
        + release.by()
        + ": "
        + release.image()
        + " "
        + release.description();
  }

  private static List<String> sessions(Sessions sessions) {
    var lines = new ArrayList<String>();
    sessions.visible().forEach(session -> lines.add(session(session)));
    if (sessions.hidden() > 0) {
      lines.add(sessions.hidden() + " more that this role may not see");
    }
    return lines;
  }

  /** Never the statement: it holds the data of users. */
  private static String session(Session session) {
    return session.id()
        + " "
        + session.user()
        + " "
        + session.application()
        + " "
        + session.state()
        + " since "
        + session.stateSince()
        + (session.transactionSince() == null
            ? ""
            : ", transaction since " + session.transactionSince())
        + (session.waitEvent() == null ? "" : ", waits for " + session.waitEvent());
  }

  @Override
  public String toString() {
    return "captured at "
        + seen.at()
        + ": "
        + String.join(", ", parts.keySet())
        + (missing.isEmpty() ? "" : "; NOT: " + missing.stream().map(NotChecked::what).toList());
  }
}
