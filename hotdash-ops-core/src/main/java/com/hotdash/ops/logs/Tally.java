package com.hotdash.ops.logs;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that is counted while lines pass. Merging two in either order gives the same, but for the
 * line that was read first.
 */
final class Tally {
  static final long UNTIMED = Long.MAX_VALUE;

  // The platform's word for lines that the program wrote (facts, metrics-and-logs.md section 11).
  private static final String APPLICATION = "app";
  private static final int MOST_OPERATIONS = 1_000;
  private static final int MOST_EVENTS = 2_000;

  private final Settings settings;
  private final long from;
  private final long to;
  private final long lately;
  private final GroupTable groups;
  private final Kept<Histogram> operations =
      new Kept<>(MOST_OPERATIONS, () -> new Histogram("(others)"));
  private final Map<Signature, Spread> sightings = new EnumMap<>(Signature.class);
  private final TreeSet<LogEvent> events =
      new TreeSet<>(
          Comparator.comparing(LogEvent::at)
              .thenComparing(LogEvent::machine)
              .thenComparing(LogEvent::signature)
              .thenComparing(LogEvent::detail));
  private long errors;
  private long lines;
  private long beganAt = Long.MAX_VALUE;
  private long firstAt = Long.MAX_VALUE;
  private long lastAt = Long.MIN_VALUE;

  Tally(Settings settings, LogQuery query) {
    this.settings = settings;
    this.from = query.from() == null ? Long.MIN_VALUE : query.from().toEpochMilli();
    this.to = query.to() == null ? Long.MAX_VALUE : query.to().toEpochMilli();
    this.lately = to == Long.MAX_VALUE ? from : Math.max(from, to - Sighting.LATELY.toMillis());
    this.groups = new GroupTable(settings.maxGroups());
  }

  /** Counts lines that hold nothing to keep. */
  void pass(long count) {
    lines += count;
  }

  void time(long at) {
    if (beganAt == UNTIMED) {
      beganAt = at;
    }
    firstAt = Math.min(firstAt, at);
    lastAt = Math.max(lastAt, at);
  }

  /** Reads one whole message, and tells what lines that are like it would do. */
  Effect add(LogLine line) {
    var entry = MessageParser.parse(line);
    long at = millis(entry.time());
    // How far a log reaches tells the platform's time: a message may tell of any other.
    long written = entry.line().time() == null ? at : millis(entry.line().time());
    if (written != UNTIMED) {
      time(written);
    }
    if (at > to && at != UNTIMED) {
      return Effect.NONE;
    }
    var seen = new ArrayList<Effect.Seen>();
    var sample = (Supplier<String>) () -> settings.redaction().of(entry.all());
    signatures(entry, at, seen, sample);
    var route = entry.route() == null ? null : settings.redaction().of(entry.route());
    Group group = null;
    if (isError(entry)) {
      var identity = Identity.of(entry, settings.masks(), settings.redaction());
      group = groups.get(identity);
      note(group.spread(), entry, at, sample);
      group.spread().place(route);
      error(at);
    }
    var took = entry.took();
    if (took == null) {
      return new Effect(group, List.copyOf(seen), null, -1, UnitSource.ASSUMED, route);
    }
    long micros = took.time().toNanos() / 1_000;
    var timed = new Effect.Timed(operation(entry));
    took(timed, at, micros, took.unitSource());
    return new Effect(group, List.copyOf(seen), timed, micros, took.unitSource(), route);
  }

  private static long millis(@Nullable Instant time) {
    return time == null ? UNTIMED : time.toEpochMilli();
  }

  private void took(Effect.Timed timed, long at, long micros, UnitSource source) {
    if (micros >= settings.floorMicros() && at >= from) {
      var known = timed.histogram;
      if (known == null) {
        known = operations.get(hash(timed.operation), () -> new Histogram(timed.operation));
        timed.histogram = known;
      }
      known.add(micros, source);
    }
  }

  long floorMicros() {
    return settings.floorMicros();
  }

  private void error(long at) {
    if (at >= from) {
      errors++;
    }
  }

  private void note(Spread spread, Entry entry, long at, Supplier<String> sample) {
    spread.count(at, from);
    spread.machine(settings.redaction().orNull(entry.line().instance()));
    spread.samples().offer(at, at == UNTIMED ? mark(entry.line().message()) : 0, sample);
  }

  private static long mark(String message) {
    var bytes = message.getBytes(StandardCharsets.UTF_8);
    return LineKey.hash(bytes, 0, bytes.length);
  }

  private String operation(Entry entry) {
    var name =
        entry.route() != null
            ? entry.route()
            : (entry.module() == null ? "" : entry.module() + ": ")
                + settings.masks().template(settings.redaction().of(entry.message()));
    return settings.redaction().of(name, 200);
  }

  private static String hash(String text) {
    return new Identity(null, null, null, null, List.of(), text).fingerprint();
  }

  private void signatures(Entry entry, long at, List<Effect.Seen> seen, Supplier<String> sample) {
    var text = entry.module() == null ? entry.all() : entry.module() + ": " + entry.all();
    var lower =
        (entry.errorCode() == null ? text : text + "\n" + codeOf(entry)).toLowerCase(Locale.ROOT);
    for (var signature : ALL) {
      var detail = signature.detailIn(lower, entry.status(), codeOf(entry));
      if (detail != null) {
        var clean = detail.isEmpty() ? detail : detail(signature, text, entry);
        var spread = sightings.computeIfAbsent(signature, s -> new Spread(new Minutes()));
        note(spread, entry, at, sample);
        spread.lately(at, lately);
        if (isError(entry)) {
          spread.error(at, from);
        }
        spread.place(clean);
        seen.add(new Effect.Seen(spread, clean));
        event(signature, entry, clean);
      }
    }
  }

  // A code that is a number says something on a line that is an error; on others it may be any.
  private static @Nullable String codeOf(Entry entry) {
    return isError(entry) ? entry.errorCode() : null;
  }

  /** A check of the platform's that fails is its word on a machine, and no error of the program. */
  private static boolean isError(Entry entry) {
    return (entry.level().compareTo(Level.ERROR) >= 0 || entry.failed())
        && (APPLICATION.equals(entry.line().provider())
            || Signature.CHECK_FAILED.detailIn(entry.message().toLowerCase(Locale.ROOT), null, null)
                == null);
  }

  // The detail is taken from the redacted text: a piece of an address is no address to a redactor.
  private String detail(Signature signature, String text, Entry entry) {
    var clean = settings.redaction().of(text).toLowerCase(Locale.ROOT);
    var detail = signature.detailIn(clean, entry.status(), codeOf(entry));
    return detail == null ? "" : detail;
  }

  private static final List<Signature> ALL = List.of(Signature.values());

  private void event(Signature signature, Entry entry, String detail) {
    boolean told =
        signature == Signature.EXIT
            || signature == Signature.EXIT_NOT_RESTARTING
            || signature == Signature.CHECK_FAILED
            || signature == Signature.CHECK_PASSING;
    if (told && entry.time() != null) {
      var machine = settings.redaction().orNull(entry.line().instance());
      events.add(new LogEvent(entry.time(), machine == null ? "" : machine, signature, detail));
      while (events.size() > MOST_EVENTS) {
        events.pollFirst();
      }
    }
  }

  /**
   * Whether a line of that time shows all that lines like it do: outside the window it does not.
   */
  boolean typical(long at) {
    return at == UNTIMED || (at >= from && at <= to);
  }

  /** Counts a line like one that was read before; false if it must be read itself. */
  boolean again(Effect effect, int count, long at, long mark, long micros) {
    if ((at > to && at != UNTIMED) || effect.hungry(at, mark)) {
      return false;
    }
    lines += count;
    if (at != UNTIMED) {
      time(at);
    }
    if (effect.group() != null) {
      effect.group().spread().count(at, from);
      effect.group().spread().place(effect.route());
      error(at);
    }
    for (var sign : effect.seen()) {
      sign.spread().count(at, from);
      sign.spread().lately(at, lately);
      if (effect.group() != null) {
        sign.spread().error(at, from);
      }
      sign.spread().place(sign.detail());
    }
    if (effect.timed() != null) {
      took(effect.timed(), at, micros, effect.unitSource());
    }
    return true;
  }

  void merge(Tally other) {
    lines += other.lines;
    errors += other.errors;
    beganAt = beganAt == UNTIMED ? other.beganAt : beganAt;
    firstAt = Math.min(firstAt, other.firstAt);
    lastAt = Math.max(lastAt, other.lastAt);
    groups.merge(other.groups);
    operations.merge(other.operations, Histogram::merge);
    other.sightings.forEach(
        (signature, spread) ->
            sightings.computeIfAbsent(signature, s -> new Spread(new Minutes())).merge(spread));
    events.addAll(other.events);
    while (events.size() > MOST_EVENTS) {
      events.pollFirst();
    }
  }

  long lines() {
    return lines;
  }

  long errors() {
    return errors;
  }

  /** The time of the line that was read first, of those that have one. */
  long beganAt() {
    return beganAt;
  }

  long firstAt() {
    return firstAt;
  }

  long lastAt() {
    return lastAt;
  }

  GroupTable groups() {
    return groups;
  }

  Kept<Histogram> operations() {
    return operations;
  }

  LogRedaction redaction() {
    return settings.redaction();
  }

  Map<Signature, Spread> sightings() {
    return sightings;
  }

  List<LogEvent> events() {
    return List.copyOf(events);
  }
}
