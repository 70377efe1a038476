package com.hotdash.ops.postgres;

import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.text.Tone;
import java.util.stream.Collectors;

/** A snapshot as a page of 24 lines of 100 characters, worst first. */
final class SnapshotPage {
  private static final int NOTES_SHOWN = 6;
  private static final int NOT_CHECKED_SHOWN = 3;

  private SnapshotPage() {}

  static Page of(Snapshot snapshot, String source) {
    var page = Page.builder().heading(1, "PostgreSQL: " + snapshot.verdict());
    snapshot.notes().stream()
        .limit(NOTES_SHOWN)
        .forEach(
            note ->
                page.callout(
                    note.severity() == Severity.CRITICAL ? Tone.BAD : Tone.UNSURE,
                    note.severity().name(),
                    cut(note.toString())));
    more(page, snapshot.notes().size() - NOTES_SHOWN, "notes()");
    snapshot.notChecked().stream()
        .limit(NOT_CHECKED_SHOWN)
        .forEach(each -> page.callout(Tone.UNSURE, "NOT CHECKED", cut(each.toString())));
    more(page, snapshot.notChecked().size() - NOT_CHECKED_SHOWN, "notChecked()");
    snapshot.capacity().evidenceIfRead().ifPresent(e -> page.fact("slots", e.value()));
    var waits =
        snapshot.waits().entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
    if (!waits.isEmpty()) {
      page.fact("active, by wait", cut(waits));
    }
    var interval = snapshot.countersSincePrevious();
    snapshot
        .counters()
        .toOptional()
        .ifPresent(all -> page.fact("database", (interval == null ? all : interval).toString()));
    return page.fact("source", source).build();
  }

  private static String cut(String text) {
    return text.length() > 150 ? text.substring(0, 149) + "…" : text;
  }

  private static void more(Page.Builder page, int count, String where) {
    if (count > 0) {
      page.paragraph(count + " more: see " + where);
    }
  }
}
