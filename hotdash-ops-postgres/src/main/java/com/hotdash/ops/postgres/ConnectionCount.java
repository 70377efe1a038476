package com.hotdash.ops.postgres;

import com.hotdash.ops.text.Column;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.text.Tone;
import com.hotdash.ops.time.Deadline;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How many clients are connected, our own connection included. Background workers are not counted.
 * Through a transaction pooler these are the pooler's connections, not the application's.
 *
 * @param groups how many there are of each state, user and application, most first, at most 1,000
 * @param source where it was read
 */
public record ConnectionCount(List<Group> groups, String source) {
  /** The state of a session that our role may not see. */
  public static final String HIDDEN = "(hidden)";

  private static final int SHOWN = 12;

  private static final String SQL =
      """
      select case when a.backend_type is null then '(hidden)' else coalesce(a.state, '(none)') end
               as state,
             coalesce(a.usename::text, '(none)') as usename, a.application_name, count(*) as n
      from pg_catalog.pg_stat_activity a
      where %s
      group by 1, 2, 3
      order by 4 desc, 1, 2, 3
      limit 1000
      """
          .formatted(CapacityReading.IS_CLIENT);

  /** Copies the groups. */
  public ConnectionCount {
    groups = List.copyOf(groups);
  }

  /**
   * Sessions that have state, user and application in common.
   *
   * @param state the server's own word, or {@value #HIDDEN}
   * @param user the role's name
   * @param application the name that the clients gave themselves; may be empty
   * @param connections how many there are
   */
  public record Group(String state, String user, String application, int connections) {}

  static ConnectionCount read(PgLink link, Deadline deadline) throws PgTrouble {
    var groups =
        Ask.of(
            SQL,
            row ->
                new Group(
                    Rows.text(row, "state"),
                    Rows.text(row, "usename"),
                    link.redactor().redact(Rows.text(row, "application_name")),
                    row.getInt("n")));
    link.read(deadline, groups);
    return new ConnectionCount(groups.all(), link.source("pg_stat_activity"));
  }

  /**
   * Returns how many clients are connected.
   *
   * @return the sum of all groups
   */
  public int clientBackends() {
    return groups.stream().mapToInt(Group::connections).sum();
  }

  /**
   * Returns the sessions of which our role may not see the state.
   *
   * @return how many; more than 0 means that {@code pg_monitor} is missing
   */
  public int hidden() {
    return byState().getOrDefault(HIDDEN, 0);
  }

  /**
   * Counts by state.
   *
   * @return connections by the server's own word
   */
  public Map<String, Integer> byState() {
    return by(Group::state);
  }

  /**
   * Counts by user.
   *
   * @return connections by role
   */
  public Map<String, Integer> byUser() {
    return by(Group::user);
  }

  /**
   * Counts by application.
   *
   * @return connections by the name that the clients gave themselves
   */
  public Map<String, Integer> byApplication() {
    return by(Group::application);
  }

  private Map<String, Integer> by(Function<Group, String> word) {
    var counts = new TreeMap<String, Integer>();
    groups.forEach(group -> counts.merge(word.apply(group), group.connections(), Integer::sum));
    return Collections.unmodifiableMap(counts);
  }

  @Override
  public String toString() {
    var rows =
        groups.stream()
            .sorted(Comparator.comparingInt(group -> -group.connections()))
            .limit(SHOWN)
            .map(
                group ->
                    List.of(
                        group.state(),
                        group.user(),
                        group.application(),
                        String.valueOf(group.connections())))
            .toList();
    var page =
        Page.builder()
            .heading(1, clientBackends() + " client connections")
            .table(
                List.of(
                    Column.text("state"),
                    Column.text("user"),
                    Column.text("application"),
                    Column.number("connections")),
                rows);
    if (groups.size() > SHOWN) {
      page.paragraph((groups.size() - SHOWN) + " smaller groups are not shown: see groups()");
    }
    if (hidden() > 0) {
      page.callout(
          Tone.UNSURE,
          "HIDDEN",
          hidden()
              + " sessions do not show their state to our role: checkAccess() says which right"
              + " is missing");
    }
    return page.fact("source", source).build().toString();
  }
}
