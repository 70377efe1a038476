package com.hotdash.ops.monitor;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.escalation.Delivery;
import com.hotdash.ops.escalation.Escalation;
import com.hotdash.ops.escalation.Priority;
import com.hotdash.ops.escalation.Urgency;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.monitor.Hysteresis.Belief;
import com.hotdash.ops.monitor.Tick.Event;
import com.hotdash.ops.monitor.Tick.What;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What people have been told, and what they have not yet been: a telling that did not arrive is
 * made again in the next tick. Not thread-safe.
 */
final class Telling {
  /** The health checks of every five minutes are the runbook's way to look. */
  private static final Incident BLINDNESS = Incident.HEALTH_CHECK_FAILURES;

  private static final String BLIND = "the monitor cannot look";

  private final Escalation escalation;
  private final MonitorSettings settings;
  private final Time time;
  private final Map<Incident, Told> told = new EnumMap<>(Incident.class);
  private Set<Incident> toldBlind = EnumSet.noneOf(Incident.class);
  private final List<Event> events = new ArrayList<>();
  private int leftOver;
  private Instant now = Instant.EPOCH;
  private @Nullable Deadline deadline;

  /** What people were last told of an incident, when, and how urgent it was then. */
  private record Told(Belief belief, Instant at, Priority priority) {}

  Telling(Escalation escalation, MonitorSettings settings, Time time) {
    this.escalation = escalation;
    this.settings = settings;
    this.time = time;
  }

  /** An outage is believed at once: to wait for a second tick would leave everybody without. */
  static boolean outage(Diagnosis diagnosis) {
    return diagnosis.verdict() == Verdict.PROBLEM
        && Urgency.of(diagnosis).priority() == Priority.P0;
  }

  void begin(Instant at) {
    now = at;
    deadline = time.deadline(settings.tellWithin());
    events.clear();
    leftOver = 0;
  }

  void forget() {
    told.clear();
    toldBlind = EnumSet.noneOf(Incident.class);
  }

  List<Event> events() {
    return List.copyOf(events);
  }

  List<String> leftOver() {
    return leftOver == 0
        ? List.of()
        : List.of(leftOver + " more to tell: no time was left, the next tick goes on");
  }

  void consider(Incident incident, Hysteresis belief, @Nullable Diagnosis diagnosis) {
    if (diagnosis == null) {
      return;
    }
    var before = told.get(incident);
    boolean open = before != null && before.belief() == Belief.OPEN;
    if (belief.belief() == Belief.OPEN && diagnosis.verdict() == Verdict.PROBLEM) {
      var priority = Urgency.of(diagnosis).priority();
      if (before == null || !open || due(before, priority)) {
        var what = open ? What.REMINDED : What.OPENED;
        if (tell(what, incident, () -> escalation.issue(diagnosis))) {
          told.put(incident, new Told(Belief.OPEN, now, priority));
        }
      } else {
        remindManager(incident, diagnosis);
      }
    } else if (belief.belief() == Belief.CLOSED
        && diagnosis.verdict() == Verdict.OK
        && (before == null || open)
        && tell(What.CLOSED, incident, () -> escalation.over(incident, "", diagnosis.page()))) {
      told.put(incident, new Told(Belief.CLOSED, now, Priority.P3));
    }
  }

  /** The manager's own times are shorter, and known to the escalation. */
  private void remindManager(Incident incident, Diagnosis diagnosis) {
    if (deadline == null || !deadline.expired()) {
      escalation
          .remind(diagnosis)
          .ifPresent(delivery -> events.add(new Event(What.REMINDED, incident, delivery)));
    }
  }

  private boolean due(Told before, Priority priority) {
    return priority.compareTo(before.priority()) < 0
        || !before.at().plus(settings.remindEvery()).isAfter(now);
  }

  /** One alert for all incidents that cannot be judged: they mostly have one cause. */
  void considerBlindness(Map<Incident, Hysteresis> beliefs, Map<Incident, Diagnosis> seen) {
    var blind = EnumSet.noneOf(Incident.class);
    beliefs.forEach(
        (incident, belief) -> {
          if (belief.blind()) {
            blind.add(incident);
          }
        });
    if (!blind.isEmpty() && !blind.equals(toldBlind)) {
      var page = page(blind, beliefs, seen);
      var names = blind.stream().map(Incident::id).collect(Collectors.joining(", "));
      if (tell(
          What.BLIND,
          BLINDNESS,
          () -> escalation.warn(BLINDNESS, BLIND, names + " cannot be judged", page))) {
        toldBlind = blind;
      }
    }
    boolean all = beliefs.values().stream().allMatch(each -> each.unknownRun() == 0);
    if (!toldBlind.isEmpty() && all) {
      var page = Page.builder().paragraph("Every incident can be judged again.").build();
      if (tell(What.SEEING, BLINDNESS, () -> escalation.over(BLINDNESS, BLIND, page))) {
        toldBlind = EnumSet.noneOf(Incident.class);
      }
    }
  }

  private static Page page(
      Set<Incident> blind, Map<Incident, Hysteresis> beliefs, Map<Incident, Diagnosis> seen) {
    var page = Page.builder().heading(1, "The monitor cannot look");
    page.paragraph("Whether these incidents are there is not known. That is no good sign.");
    for (var incident : blind) {
      var belief = beliefs.get(incident);
      page.heading(2, incident.title());
      if (belief != null) {
        page.fact("Looked in vain", belief.unknownRun() + " times in a row");
      }
      var diagnosis = seen.get(incident);
      page.bullets(
          diagnosis == null
              ? List.of("no diagnosis came: the look broke off or took too long")
              : diagnosis.notChecked().stream().map(Object::toString).toList());
    }
    return page.build();
  }

  private boolean tell(What what, Incident incident, Supplier<Delivery> act) {
    var limit = deadline;
    if (limit != null && limit.expired()) {
      leftOver++;
      return false;
    }
    var delivery = act.get();
    // That nothing was open is no news, and the rule after a monitor's start.
    if (what != What.CLOSED || delivery.status() != Delivery.Status.SUPPRESSED) {
      events.add(new Event(what, incident, delivery));
    }
    return delivery.delivered();
  }
}
