package com.hotdash.ops.statuspage;

import com.hotdash.ops.statuspage.PageStatus.Component;
import com.hotdash.ops.statuspage.PageStatus.Format;
import com.hotdash.ops.statuspage.PageStatus.Incident;
import com.hotdash.ops.statuspage.PageStatus.Maintenance;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Knows the shapes of status pages. */
final class PageReader {
  private static final int MOST_COMPONENTS = 500;
  private static final int MOST_EVENTS = 50;
  private static final String NO_ID = "";
  private static final String NOT_SAID = "not said";
  private static final Set<String> OVER = Set.of("resolved", "postmortem", "completed");

  private final String page;
  private final String address;
  private final List<String> words;

  PageReader(String page, String address, List<String> words) {
    this.page = page;
    this.address = address;
    this.words = words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
  }

  /** Returns what the page says; empty if it has none of the shapes. */
  Optional<PageStatus> read(Fields root) {
    if (root.object("status").text("indicator") != null) {
      return Optional.of(statuspage(root));
    }
    if (root.object("page").text("status") != null) {
      return Optional.of(instatus(root));
    }
    var state = root.object("data").object("attributes").text("aggregate_state");
    if (state != null) {
      return Optional.of(
          status(Format.BETTER_STACK, state, state, List.of(), 0, List.of(), List.of(), null));
    }
    return root.isList("incidents") && !root.has("status") && !root.has("page")
        ? Optional.of(incidentsOnly(root))
        : Optional.empty();
  }

  private PageStatus statuspage(Fields root) {
    var summary = root.object("status");
    var indicator = summary.text("indicator", NOT_SAID);
    var parts =
        root.list("components").stream()
            .filter(row -> !row.flag("group"))
            .map(PageReader::component)
            .toList();
    var matching = parts.stream().filter(part -> matches(part.name())).toList();
    return status(
        Format.STATUSPAGE,
        indicator,
        PageLevel.ofState(indicator) == PageLevel.UNKNOWN
            ? indicator
            : summary.text("description", indicator),
        matching.size() > MOST_COMPONENTS ? worst(matching) : matching,
        parts.size() - matching.size(),
        incidents(root.list("incidents"), "impact", "started_at"),
        root.list("scheduled_maintenances").stream()
            .filter(PageReader::open)
            .limit(MOST_EVENTS)
            .map(work -> maintenance(work, "scheduled_for", "scheduled_until"))
            .toList(),
        root.object("page").time("updated_at"));
  }

  private static List<Component> worst(List<Component> parts) {
    return parts.stream()
        .sorted(Comparator.comparing(Component::level).reversed())
        .limit(MOST_COMPONENTS)
        .toList();
  }

  private PageStatus instatus(Fields root) {
    var word = root.object("page").text("status", NOT_SAID);
    return status(
        Format.INSTATUS,
        word,
        word,
        List.of(),
        0,
        incidents(root.list("activeIncidents"), "impact", "started"),
        root.list("activeMaintenances").stream()
            .filter(PageReader::open)
            .limit(MOST_EVENTS)
            .map(work -> maintenance(work, "start", "end"))
            .toList(),
        null);
  }

  private PageStatus incidentsOnly(Fields root) {
    var open = incidents(root.list("incidents"), "impact", "started_at");
    // This shape tells no impact: an open incident is trouble of unknown size.
    var level = open.isEmpty() ? PageLevel.OPERATIONAL : PageLevel.UNKNOWN;
    var newest =
        open.stream()
            .map(Incident::updatedAt)
            .filter(at -> at != null)
            .map(Instant.class::cast)
            .max(Instant::compareTo)
            .orElse(null);
    return new PageStatus(
        page,
        address,
        Format.INCIDENTS,
        level,
        open.isEmpty() ? "no open incident" : open.size() + " open incident(s)",
        List.of(),
        0,
        open,
        List.of(),
        newest);
  }

  private PageStatus status(
      Format format,
      String word,
      String said,
      List<Component> components,
      int unmatched,
      List<Incident> incidents,
      List<Maintenance> maintenances,
      @Nullable Instant updatedAt) {
    return new PageStatus(
        page,
        address,
        format,
        PageLevel.ofState(word),
        said,
        components,
        unmatched,
        incidents,
        maintenances,
        updatedAt);
  }

  private boolean matches(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    return words.isEmpty() || words.stream().anyMatch(lower::contains);
  }

  private static Component component(Fields row) {
    var word = row.text("status", NOT_SAID);
    return new Component(
        row.text("id", NO_ID),
        row.text("name", "without a name"),
        PageLevel.ofState(word),
        word,
        row.time("updated_at"));
  }

  private static List<Incident> incidents(List<Fields> rows, String impact, String started) {
    return rows.stream()
        .filter(PageReader::open)
        .limit(MOST_EVENTS)
        .map(row -> incident(row, impact, started))
        .toList();
  }

  private static Incident incident(Fields row, String impact, String started) {
    var word = row.text(impact);
    var begun = row.time(started);
    return new Incident(
        row.text("id", NO_ID),
        row.text("name", "without a name"),
        row.text("status", NOT_SAID),
        word == null ? PageLevel.UNKNOWN : PageLevel.ofState(word),
        word,
        begun == null ? row.time("created_at") : begun,
        row.time("updated_at"),
        row.list("components").stream().map(part -> part.text("name", "")).limit(20).toList(),
        // The newest comes first.
        row.list("incident_updates").stream()
            .findFirst()
            .map(update -> update.text("body", NOT_SAID))
            .orElse(null));
  }

  private static Maintenance maintenance(Fields row, String from, String until) {
    return new Maintenance(
        row.text("id", NO_ID),
        row.text("name", "without a name"),
        row.text("status", NOT_SAID),
        row.time(from),
        row.time(until));
  }

  private static boolean open(Fields row) {
    return !OVER.contains(row.text("status", "").toLowerCase(Locale.ROOT));
  }
}
