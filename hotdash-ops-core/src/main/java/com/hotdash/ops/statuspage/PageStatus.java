package com.hotdash.ops.statuspage;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a vendor's status page says. All text is the vendor's, redacted and on one line; it may hold
 * HTML, so whoever prints it into a page escapes it.
 *
 * @param page the name under which it was configured
 * @param address where it was read
 * @param format the product that made it
 * @param level the page's own summary
 * @param said the page's own word or words for it
 * @param components the components that were asked for; roll-up rows are left out; the worst 500
 * @param unmatched how many components were not asked for
 * @param incidents those that are not resolved; at most 50
 * @param maintenances announced or under way; at most 50
 * @param updatedAt when the page says it was changed, or {@code null} if it does not
 */
public record PageStatus(
    String page,
    String address,
    Format format,
    PageLevel level,
    String said,
    List<Component> components,
    int unmatched,
    List<Incident> incidents,
    List<Maintenance> maintenances,
    @Nullable Instant updatedAt) {

  /** Copies the lists. */
  public PageStatus {
    components = List.copyOf(components);
    incidents = List.copyOf(incidents);
    maintenances = List.copyOf(maintenances);
  }

  /** Products whose answers are understood. */
  public enum Format {
    /** Atlassian Statuspage, {@code /api/v2/summary.json}. */
    STATUSPAGE,
    /** Instatus, {@code /summary.json}. */
    INSTATUS,
    /** Better Stack, {@code /index.json}. */
    BETTER_STACK,
    /** A bare list of open incidents; an empty one means none. */
    INCIDENTS
  }

  /**
   * A part of the vendor's service.
   *
   * @param id the vendor's id
   * @param name its name
   * @param level what its word comes to
   * @param said its word
   * @param updatedAt when the page says it changed, or {@code null}
   */
  public record Component(
      String id, String name, PageLevel level, String said, @Nullable Instant updatedAt) {
    @Override
    public String toString() {
      return name + " " + said;
    }
  }

  /**
   * An incident that is not resolved.
   *
   * @param id the vendor's id
   * @param name its title
   * @param state the vendor's word for how far it is, such as {@code identified}
   * @param impact what its impact comes to; {@link PageLevel#UNKNOWN} if none is told
   * @param impactSaid the word for it, or {@code null} if none is told
   * @param startedAt when it began, or {@code null}
   * @param updatedAt when it was last told of, or {@code null}
   * @param components the names of what it hits
   * @param latest the newest thing said about it, or {@code null}
   */
  public record Incident(
      String id,
      String name,
      String state,
      PageLevel impact,
      @Nullable String impactSaid,
      @Nullable Instant startedAt,
      @Nullable Instant updatedAt,
      List<String> components,
      @Nullable String latest) {
    /** Copies the names. */
    public Incident {
      components = List.copyOf(components);
    }

    @Override
    public String toString() {
      return "\"" + name + "\" " + state + (startedAt == null ? "" : " since " + startedAt);
    }
  }

  /**
   * Work that was announced.
   *
   * @param id the vendor's id
   * @param name its title
   * @param state the vendor's word for how far it is, such as {@code in_progress}
   * @param from when it is to begin, or {@code null}
   * @param until when it is to end, or {@code null}
   */
  public record Maintenance(
      String id, String name, String state, @Nullable Instant from, @Nullable Instant until) {
    /**
     * Returns whether it is under way, by the page's word.
     *
     * @return false if it is only announced
     */
    public boolean underWay() {
      var word = state.toLowerCase(Locale.ROOT);
      return word.equals("in_progress") || word.equals("inprogress") || word.equals("verifying");
    }
  }

  /**
   * Returns what the page comes to for what was asked: the worst of the matching components, and of
   * the page's own summary if nothing was left out of it.
   *
   * @return the level; {@link PageLevel#UNKNOWN} if words were given and no component matches them
   */
  public PageLevel relevant() {
    if (components.isEmpty() && unmatched > 0) {
      return PageLevel.UNKNOWN;
    }
    return components.stream()
        .map(Component::level)
        .reduce(unmatched > 0 ? PageLevel.OPERATIONAL : level, PageLevel::worst);
  }

  @Override
  public String toString() {
    var text = new StringBuilder(page).append("'s status page says ").append(said);
    components.stream()
        .filter(component -> component.level() != PageLevel.OPERATIONAL)
        .limit(8)
        .forEach(component -> text.append("; ").append(component));
    incidents.stream().limit(5).forEach(incident -> text.append("; ").append(incident));
    maintenances.stream()
        .filter(Maintenance::underWay)
        .limit(3)
        .forEach(work -> text.append("; maintenance \"").append(work.name()).append('"'));
    if (components.isEmpty() && unmatched > 0) {
      text.append("; none of its ").append(unmatched).append(" components matches");
    }
    return text.append(updatedAt == null ? "" : "; updated " + updatedAt).toString();
  }
}
