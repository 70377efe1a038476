package com.hotdash.ops.postgres;

import com.hotdash.ops.database.ConnectFailure;
import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.secret.Redactor;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the named cause of what a driver, a pool, a pooler or a server said. Thread-safe. */
final class PgFailures {
  private static final int LONGEST_CHAIN = 32;
  private static final int LONGEST_PASTE = 65_536;
  private static final int LONGEST_TEXT = 600;

  private static final Pattern STATE =
      Pattern.compile(
          "(?:(?i:sqlstate|code|state)[\"'\\s]*[:=(\\[]?[\\s\"'`(\\[E]*|\\[|(?:FATAL|ERROR|PANIC):\\s+)"
              + "(?=[A-Z]*\\d)([0-9FHPX][0-9A-Z]{4})\\b");

  // pgjdbc prints "user:pw@host" and "pw@host" without the :// by which a URL is known.
  private static final Pattern USERINFO = Pattern.compile("([^\\s:/@\"'\\[(]++):\\S{1,400}@");
  private static final Pattern PORT_TEXT = Pattern.compile("(port number:? )\\S{1,400}@");

  /** The most telling first: what a server says outweighs the layers through which it came. */
  private static final List<FailureRule> RULES =
      Stream.of(
              PoolerRules.ALL,
              LoginRules.ALL,
              StatementRules.ALL,
              NetworkRules.ALL,
              ClientRules.POOLS,
              ClientRules.PRISMA,
              LoginRules.BY_STATE,
              StatementRules.BY_STATE)
          .flatMap(List::stream)
          .toList();

  private final Redactor redactor;

  PgFailures(Redactor redactor) {
    this.redactor = redactor;
  }

  /** Reads an exception with all its causes, suppressed and next exceptions. */
  ConnectFailure of(Throwable thrown) {
    var chain = new ArrayList<Said>();
    collect(thrown, null, chain, Collections.newSetFromMap(new IdentityHashMap<>()));
    var exhausted = exhausted(thrown);
    return exhausted != null ? exhausted : of(chain);
  }

  /** Reads what somebody copied from a log or a console. */
  ConnectFailure of(String pasted) {
    var text = pasted.length() > LONGEST_PASTE ? pasted.substring(0, LONGEST_PASTE) : pasted;
    var matcher = STATE.matcher(text);
    String state = null;
    while (state == null && matcher.find()) {
      var found = matcher.group(1);
      // Prisma's own codes look alike.
      state = found.startsWith("P0") || !found.startsWith("P") ? found : null;
    }
    return of(List.of(new Said(state, text)));
  }

  ConnectFailure of(FailureKind kind, String text, String nextStep) {
    return new ConnectFailure(kind, null, clean(text), nextStep);
  }

  private ConnectFailure of(List<Said> chain) {
    for (var rule : RULES) {
      for (var said : chain) {
        if (rule.fits(said.state(), said.text())) {
          return failure(rule.kind(), chain, said, rule.nextStep());
        }
      }
    }
    return failure(
        FailureKind.OTHER,
        chain,
        chain.get(0),
        "read the words, and look for the SQLSTATE in PostgreSQL's table of error codes");
  }

  private ConnectFailure failure(
      FailureKind kind, List<Said> chain, Said telling, String nextStep) {
    var first = chain.get(0).text();
    var text =
        first.contains(telling.text()) || telling.text().contains(first)
            ? (first.length() > telling.text().length() ? first : telling.text())
            : first + " <- " + telling.text();
    return new ConnectFailure(kind, telling.state(), clean(text), nextStep);
  }

  /**
   * HikariCP says the same sentence for two opposite causes; only the SQLSTATE tells them apart.
   */
  private @Nullable ConnectFailure exhausted(Throwable thrown) {
    int depth = 0;
    for (Throwable t = thrown; t != null && depth < LONGEST_CHAIN; t = t.getCause(), depth++) {
      if (t instanceof SQLTransientConnectionException wait
          && wait.getSQLState() == null
          && String.valueOf(wait.getMessage()).contains("request timed out")) {
        var said = new Said(null, String.valueOf(wait.getMessage()));
        for (var rule : ClientRules.POOLS) {
          if (rule.fits(null, said.text())) {
            return failure(rule.kind(), List.of(said), said, rule.nextStep());
          }
        }
      }
    }
    return null;
  }

  private static void collect(
      @Nullable Throwable thrown, @Nullable String outer, List<Said> chain, Set<Throwable> seen) {
    if (thrown == null || seen.size() >= LONGEST_CHAIN || !seen.add(thrown)) {
      return;
    }
    var sql = thrown instanceof SQLException known ? known : null;
    var state = sql == null || sql.getSQLState() == null ? outer : sql.getSQLState();
    var message = thrown.getMessage();
    chain.add(
        new Said(
            state,
            sql != null && message != null
                ? message
                : thrown.getClass().getSimpleName() + (message == null ? "" : ": " + message)));
    collect(thrown.getCause(), state, chain, seen);
    for (var suppressed : thrown.getSuppressed()) {
      collect(suppressed, state, chain, seen);
    }
    if (sql != null) {
      collect(sql.getNextException(), state, chain, seen);
    }
  }

  private String clean(String text) {
    var masked = USERINFO.matcher(redactor.redact(text)).replaceAll("$1:" + Redactor.MASK + "@");
    var line =
        PORT_TEXT
            .matcher(masked)
            .replaceAll("$1" + Redactor.MASK + "@")
            .strip()
            .replaceAll("\\s+", " ");
    return line.length() > LONGEST_TEXT ? line.substring(0, LONGEST_TEXT) + "…" : line;
  }

  private record Said(@Nullable String state, String text) {}
}
