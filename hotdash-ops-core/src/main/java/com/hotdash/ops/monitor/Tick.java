package com.hotdash.ops.monitor;

import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.escalation.Delivery;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.time.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one tick of a monitor came to.
 *
 * @param at when it began
 * @param took how long it took
 * @param outcome whether it looked
 * @param incidents what is believed of each incident; empty if it did not look
 * @param events whom it told of what
 * @param notes what a person should know of it
 */
public record Tick(
    Instant at,
    Duration took,
    Outcome outcome,
    List<State> incidents,
    List<Event> events,
    List<String> notes) {
  private static final int MOST_NOTES = 4;
  private static final int WIDTH = 100;

  /** Copies the lists. */
  public Tick {
    incidents = List.copyOf(incidents);
    events = List.copyOf(events);
    notes = List.copyOf(notes);
  }

  /** Whether a tick looked. */
  public enum Outcome {
    /** It looked, and judged at least one incident. */
    LOOKED,
    /** It looked and could not judge a single one. */
    BLIND,
    /** Another process watches. */
    FOLLOWS,
    /** It did not run: the one before had not ended. */
    SKIPPED
  }

  /**
   * What is believed of one incident.
   *
   * @param incident the incident
   * @param verdict what this tick came to
   * @param open whether it is there, by the last ticks together
   * @param since when that was decided, or {@code null} if it is not yet
   * @param flapping whether it came back within the hour
   */
  public record State(
      Incident incident, Verdict verdict, boolean open, @Nullable Instant since, boolean flapping) {
    @Override
    public String toString() {
      return incident.id()
          + " "
          + verdict
          + (open ? ", OPEN since " + Stamp.of(since) : since == null ? ", not yet decided" : "")
          + (flapping ? ", flapping" : "");
    }
  }

  /** What people were told of. */
  public enum What {
    /** An incident is there. */
    OPENED,
    /** It is still there, or worse. */
    REMINDED,
    /** It is over. */
    CLOSED,
    /** Incidents cannot be judged. */
    BLIND,
    /** They can be again. */
    SEEING
  }

  /**
   * One telling.
   *
   * @param what what people were told of
   * @param incident the incident it is filed under
   * @param delivery what became of it; if nobody was told, the next tick tries again
   */
  public record Event(What what, Incident incident, Delivery delivery) {
    @Override
    public String toString() {
      return what + " " + incident.id() + " " + delivery;
    }
  }

  /**
   * Returns whether somebody should look at the monitor itself.
   *
   * @return true if it could not look, did not run, or could not tell
   */
  public boolean troubled() {
    return outcome == Outcome.BLIND
        || outcome == Outcome.SKIPPED
        || events.stream().anyMatch(event -> !event.delivery().delivered());
  }

  Tick noting(String note) {
    var all = new ArrayList<>(notes);
    all.add(note);
    return new Tick(at, took, outcome, incidents, events, all);
  }

  /** At most 24 lines of 100 characters. */
  @Override
  public String toString() {
    var lines = new ArrayList<String>();
    lines.add(
        "tick at "
            + Stamp.of(at)
            + ": "
            + outcome.name().toLowerCase(Locale.ROOT)
            + ", "
            + took.toMillis()
            + " ms");
    incidents.forEach(each -> lines.add("  " + each));
    events.forEach(each -> lines.add("  " + each.toString().lines().findFirst().orElse("")));
    notes.stream().limit(MOST_NOTES).forEach(each -> lines.add("  " + each));
    return String.join("\n", lines.stream().map(Tick::cut).toList());
  }

  private static String cut(String line) {
    return line.length() > WIDTH ? line.substring(0, WIDTH - 1) + "…" : line;
  }
}
