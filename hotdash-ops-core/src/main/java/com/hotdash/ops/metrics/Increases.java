package com.hotdash.ops.metrics;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * By how much every counter grew between two scrapes of each machine: the difference for each
 * series of each machine first, sums only after. Immutable and thread-safe.
 */
public final class Increases {
  private final Map<String, List<Increase>> byName;
  private final Map<String, Set<String>> families;
  private final List<MachineWindow> machines;
  private final List<String> notes;
  private final boolean complete;

  Increases(IncreaseBuilder built) {
    this.byName = built.byName();
    this.families = built.families();
    this.machines = List.copyOf(built.machines());
    this.notes = List.copyOf(built.notes());
    this.complete = built.complete();
  }

  /**
   * Compares scrapes.
   *
   * @param before the first scrape of each machine
   * @param after the second scrape of each machine
   * @return the increases of those machines that were scraped twice
   * @throws IllegalArgumentException if a machine stands twice in one list
   */
  public static Increases between(List<Scrape> before, List<Scrape> after) {
    var builder = new IncreaseBuilder();
    var first = byInstance(before);
    var second = byInstance(after);
    first.forEach(
        (instance, scrape) -> {
          var later = second.get(instance);
          if (later == null) {
            builder.unread(instance, "was read the first time only");
          } else {
            builder.compare(scrape, later);
          }
        });
    second.keySet().stream()
        .filter(instance -> !first.containsKey(instance))
        .forEach(instance -> builder.unread(instance, "was read the second time only"));
    return new Increases(builder);
  }

  /**
   * Takes the totals of young processes for what they are: their growth since the process began.
   *
   * <p>A total says nothing of now once a process is old: an error of last week never leaves it,
   * and one of this minute does not show. Processes older than the limit, and those that do not
   * export {@code process_start_time_seconds}, are therefore left out, and the result is not
   * complete.
   *
   * @param scrapes one of each machine
   * @param atMost how old a process may be; zero or less leaves all out
   * @return the increases of the young ones, each over its own age
   * @throws IllegalArgumentException if a machine stands twice
   */
  public static Increases sinceStart(List<Scrape> scrapes, Duration atMost) {
    var builder = new IncreaseBuilder();
    byInstance(scrapes).values().forEach(scrape -> builder.sinceStart(scrape, atMost));
    return new Increases(builder);
  }

  private static Map<String, Scrape> byInstance(List<Scrape> scrapes) {
    var map = new LinkedHashMap<String, Scrape>();
    for (var scrape : scrapes) {
      if (map.put(scrape.instance(), scrape) != null) {
        throw new IllegalArgumentException("machine " + scrape.instance() + " stands twice");
      }
    }
    return map;
  }

  /** Whether a sample counts since the process began. */
  static boolean cumulative(Exposition exposition, String name) {
    return switch (exposition.typeOf(name)) {
      case COUNTER -> !name.endsWith("_created");
      case HISTOGRAM -> !name.endsWith("_created");
      case SUMMARY -> name.endsWith("_count") || name.endsWith("_sum");
      case UNKNOWN ->
          name.endsWith("_total") || name.endsWith("_bucket") || name.endsWith("_count");
      case GAUGE, GAUGEHISTOGRAM, INFO, STATESET -> false;
    };
  }

  /**
   * Returns the increases of one name.
   *
   * @param name the sample's name, such as {@code http_requests_total}
   * @return one for each series of each machine; empty if nobody exports it
   */
  public List<Increase> of(String name) {
    return byName.getOrDefault(name, List.of());
  }

  /**
   * Returns which machines were compared.
   *
   * @return the machines
   */
  public List<MachineWindow> machines() {
    return machines;
  }

  /**
   * Returns what a reader must know: machines and series that were left out, and why.
   *
   * @return the notes, bounded
   */
  public List<String> notes() {
    return notes;
  }

  /**
   * Returns whether every machine that was scraped at all could be compared, as a whole.
   *
   * @return false if something is missing that could turn a good result into a bad one
   */
  public boolean complete() {
    return complete;
  }

  /**
   * Returns the longest time between two scrapes of one machine.
   *
   * @return the window; zero if no machine could be compared
   */
  public Duration window() {
    return machines.stream()
        .map(MachineWindow::elapsed)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /** Says which machines, over which time, and what is missing. */
  String coverage() {
    var read = machines.stream().map(MachineWindow::toString).collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "%s over %.1f s%s",
        machines.isEmpty() ? "no machine" : read,
        window().toMillis() / 1e3,
        notes.isEmpty() ? "" : "; " + String.join("; ", notes));
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%,d names grew: %s", byName.size(), coverage());
  }

  /** The first of some names that is exported, machine by machine: releases may differ. */
  List<Increase> firstOf(List<String> names) {
    var chosen = new LinkedHashMap<String, String>();
    for (var name : names) {
      of(name).forEach(one -> chosen.putIfAbsent(one.instance(), name));
    }
    return names.stream()
        .flatMap(name -> of(name).stream())
        .filter(one -> one.name().equals(chosen.get(one.instance())))
        .toList();
  }

  /** The machines that export none of some names, not even without a series. */
  List<String> without(List<String> names) {
    return machines.stream()
        .map(MachineWindow::instance)
        .filter(machine -> names.stream().noneMatch(name -> exports(machine, name)))
        .toList();
  }

  private boolean exports(String machine, String name) {
    var declared = families.getOrDefault(machine, Set.of());
    int suffix = name.lastIndexOf('_');
    return declared.contains(name)
        || (suffix > 0 && declared.contains(name.substring(0, suffix)))
        || of(name).stream().anyMatch(one -> one.instance().equals(machine));
  }
}
