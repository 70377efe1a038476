package com.hotdash.ops.postgres;

import com.hotdash.ops.database.Session;
import com.hotdash.ops.text.Column;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.text.Tone;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The statements that run now, and who holds them up. Our own session and background workers are
 * left out; values in the statements are masked.
 *
 * @param queries the statements, oldest first
 * @param hidden how many sessions our role may not see, any of which may run one
 * @param source where they were read
 */
public record ActiveQueries(List<Query> queries, int hidden, String source) {
  private static final int SHOWN = 15;

  /** Copies the statements. */
  public ActiveQueries {
    queries = List.copyOf(queries);
  }

  /**
   * A statement that runs now.
   *
   * @param session whose it is
   * @param age how long it has run, by the server's clock
   * @param blockedBy the process ids that it waits for, 0 for a prepared transaction; empty if it
   *     waits for no lock
   */
  public record Query(Session session, Duration age, List<Integer> blockedBy) {
    /** Copies the process ids. */
    public Query {
      blockedBy = List.copyOf(blockedBy);
    }
  }

  static ActiveQueries of(
      com.hotdash.ops.database.Sessions sessions, Map<Integer, List<Integer>> blockers, String at) {
    var queries =
        sessions.visible().stream()
            .filter(session -> session.state().equals(Session.ACTIVE))
            .map(
                session ->
                    new Query(
                        session,
                        session.inState(sessions.serverTime()),
                        blockers.getOrDefault(session.id().pid(), List.of())))
            .sorted(Comparator.comparing(Query::age).reversed())
            .toList();
    return new ActiveQueries(queries, sessions.hidden(), at);
  }

  @Override
  public String toString() {
    var page =
        Page.builder()
            .heading(1, queries.size() + " active queries")
            .table(
                List.of(
                    Column.number("pid"),
                    Column.text("user"),
                    Column.text("app"),
                    Column.number("age"),
                    Column.text("waits for"),
                    Column.text("blocked by"),
                    Column.text("query")),
                queries.stream().limit(SHOWN).map(ActiveQueries::row).toList());
    if (queries.size() > SHOWN) {
      page.paragraph((queries.size() - SHOWN) + " younger ones are not shown: see queries()");
    }
    if (hidden > 0) {
      page.callout(
          Tone.UNSURE,
          "HIDDEN",
          hidden
              + " sessions do not show their statements to our role: checkAccess() says which right"
              + " is missing");
    }
    return page.fact("source", source).build().toString();
  }

  private static List<String> row(Query query) {
    var session = query.session();
    return List.of(
        String.valueOf(session.id().pid()),
        session.user(),
        session.application(),
        age(query.age()),
        session.waitEvent() == null ? "" : session.waitEvent(),
        query.blockedBy().stream().map(String::valueOf).collect(Collectors.joining(" ")),
        session.query());
  }

  static String age(Duration age) {
    return age.toSeconds() < 120
        ? "%d.%d s".formatted(age.toSeconds(), age.toMillisPart() / 100)
        : age.toMinutes() < 120 ? age.toMinutes() + " min" : age.toHours() + " h";
  }
}
