package com.hotdash.ops.catalogue;

import com.hotdash.ops.diagnosis.Incident;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one part of the runbook. A bullet and a command are lines. So is a comment of a
 * resolution that stands over no command: it tells to do something. Elsewhere comments explain.
 */
final class Items {
  private final LineKind kind;
  private final String place;
  private final String section;
  private final List<List<Item>> groups = new ArrayList<>();
  private final List<String> comments = new ArrayList<>();
  private String under = "";
  private boolean fresh = true;

  private record Item(String under, String text) {}

  Items(LineKind kind, String place, String section) {
    this.kind = kind;
    this.place = place;
    this.section = section;
  }

  void under(String step) {
    under = step;
  }

  boolean whole(String text) {
    add(text);
    return true;
  }

  void code(String line) {
    if (line.startsWith("#")) {
      var comment = line.substring(1).strip();
      if (kind == LineKind.RESOLUTION) {
        close();
      }
      comments.add(comment);
    } else {
      add(line);
    }
  }

  void blank() {
    close();
    fresh = true;
  }

  /** A comment that no command followed. */
  void close() {
    if (kind == LineKind.RESOLUTION && !comments.isEmpty()) {
      var told = String.join(" ", comments);
      comments.clear();
      add(told);
    }
  }

  private void add(String text) {
    var over =
        Stream.concat(Stream.of(under), comments.stream())
            .filter(each -> !each.isEmpty())
            .collect(Collectors.joining(": "));
    comments.clear();
    // Only the quick reference has no steps: what stands together there belongs together.
    if (fresh || kind != LineKind.QUICK_REFERENCE) {
      groups.add(new ArrayList<>());
      fresh = false;
    }
    groups.get(groups.size() - 1).add(new Item(over, text));
  }

  List<TextLine> lines(@Nullable Incident incident) {
    return kind == LineKind.RESOLUTION
        ? lettered(place, groups.stream().flatMap(List::stream).toList(), incident)
        : numbered(incident);
  }

  private List<TextLine> numbered(@Nullable Incident incident) {
    var all = new ArrayList<TextLine>();
    for (int i = 0; i < groups.size(); i++) {
      var at = kind == LineKind.OVERVIEW ? place : place + (i + 1);
      all.addAll(lettered(at, groups.get(i), incident));
    }
    return all;
  }

  private List<TextLine> lettered(String at, List<Item> items, @Nullable Incident incident) {
    var all = new ArrayList<TextLine>();
    for (int i = 0; i < items.size(); i++) {
      var item = items.get(i);
      var over = item.under().isEmpty() && incident == null ? section : item.under();
      all.add(
          new TextLine(LineIds.lettered(at, i, items.size()), kind, incident, over, item.text()));
    }
    return all;
  }
}
