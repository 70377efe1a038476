package com.hotdash.ops.catalogue;

import com.hotdash.ops.diagnosis.Incident;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * HotDash's Common Incidents Runbook, {@code common-incidents.md}, which lies beside this class as
 * it was handed over, and its lines. What is not understood is an error: no line gets lost.
 */
final class RunbookText {
  private static final String FILE = "common-incidents.md";
  private static final Pattern SECTION = Pattern.compile("#{1,3} (.+)");
  private static final Pattern PART = Pattern.compile("\\*\\*(\\w+):\\*\\*");
  private static final Pattern ENTRY = Pattern.compile("\\d+\\. \\[(.+)]\\(#.+\\)");
  private static final Pattern STEP = Pattern.compile("(\\d+)\\. \\*\\*(.+)\\*\\*");
  private static final Pattern NUMBERED = Pattern.compile("\\d+\\. (.+)");

  private final List<TextLine> lines = new ArrayList<>();
  private String section = "";
  private @Nullable Incident incident;
  private @Nullable LineKind part;
  private Items items = new Items(LineKind.OVERVIEW, "", "");
  private boolean code;

  private RunbookText() {}

  static List<TextLine> read() {
    return parse(text());
  }

  /** The whole text, byte for byte. */
  static String text() {
    try (var in = RunbookText.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing from this library's jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " of this library's jar cannot be read", e);
    }
  }

  static List<TextLine> parse(String markdown) {
    var parser = new RunbookText();
    int number = 0;
    for (var line : markdown.lines().toList()) {
      number++;
      if (!parser.take(line.strip())) {
        throw new IllegalArgumentException(
            "line " + number + " of the runbook is not understood: " + line.strip());
      }
    }
    parser.flush();
    return List.copyOf(parser.lines);
  }

  private boolean take(String line) {
    if (line.startsWith("```")) {
      code = !code;
      items.blank();
      return true;
    }
    if (code) {
      return takeCode(line);
    }
    var heading = SECTION.matcher(line);
    if (heading.matches()) {
      section(heading.group(1));
      return true;
    }
    var named = PART.matcher(line);
    if (named.matches() && incident != null) {
      return part(named.group(1));
    }
    return line.isEmpty() || line.equals("---") || takeText(line);
  }

  private boolean takeCode(String line) {
    if (line.isEmpty()) {
      items.blank();
    } else {
      items.code(line);
    }
    return part != null;
  }

  private void section(String name) {
    flush();
    section = name;
    incident =
        Arrays.stream(Incident.values())
            .filter(each -> each.title().equalsIgnoreCase(name))
            .findFirst()
            .orElse(null);
    part =
        switch (name) {
          case "Overview" -> LineKind.OVERVIEW;
          case "Table of Contents" -> LineKind.ENTRY;
          case "Common Commands" -> LineKind.QUICK_REFERENCE;
          case "Escalation" -> LineKind.ESCALATION;
          case "Monitoring" -> LineKind.MONITORING;
          default -> null;
        };
    begin("");
  }

  private boolean part(String name) {
    flush();
    part =
        switch (name) {
          case "Symptoms" -> LineKind.SYMPTOM;
          case "Diagnosis" -> LineKind.DIAGNOSIS;
          case "Resolution" -> LineKind.RESOLUTION;
          case "Prevention" -> LineKind.PREVENTION;
          default -> null;
        };
    begin("");
    return part != null;
  }

  private boolean takeText(String line) {
    var at = part;
    if (at == null) {
      return false;
    }
    if (line.startsWith("- ")) {
      items.whole(line.substring(2));
      return true;
    }
    return switch (at) {
      case OVERVIEW -> items.whole(line);
      case ENTRY -> whole(ENTRY.matcher(line));
      case ESCALATION -> whole(NUMBERED.matcher(line));
      case RESOLUTION -> step(STEP.matcher(line));
      default -> false;
    };
  }

  private boolean whole(Matcher found) {
    return found.matches() && items.whole(found.group(1));
  }

  private boolean step(Matcher found) {
    if (!found.matches()) {
      return false;
    }
    flush();
    begin(found.group(1));
    items.under(found.group(2));
    return true;
  }

  private void begin(String step) {
    var kind = part == null ? LineKind.OVERVIEW : part;
    var chapter = incident == null ? "" : incident.id() + ".";
    items = new Items(kind, chapter + LineIds.prefix(kind) + step, section);
  }

  private void flush() {
    items.close();
    lines.addAll(items.lines(incident));
    items = new Items(LineKind.OVERVIEW, "", "");
  }
}
