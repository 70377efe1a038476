package com.hotdash.ops.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every line that matters, in its real wording, beside one that looks like it and does not. */
class SignatureTest {
  /**
   * One row of the table.
   *
   * @param detail what else the line tells, or an empty text
   * @param nearMiss a line that must not give the signature
   */
  record Row(String line, Signature signature, String detail, String nearMiss) {
    @Override
    public String toString() {
      return signature + ": " + line;
    }
  }

  private static Row row(String line, Signature signature, String detail, String nearMiss) {
    return new Row(line, signature, detail, nearMiss);
  }

  static Stream<Row> rows() {
    return Stream.of(
        row(
            "[  646.382372] Out of memory: Killed process 643 (node) total-vm:900kB, anon-rss:800kB",
            Signature.OOM_KERNEL,
            "",
            "[  646.382372] Killed process of the day"),
        row(
            "Process appears to have been OOM killed!",
            Signature.OOM_REPORTED,
            "",
            "the bloom killed the frost"),
        row(
            "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory",
            Signature.OOM_V8_HEAP,
            "",
            "Mark-sweep 120.1 (150.2) MB, heap fine"),
        row(
            "FATAL ERROR: Ineffective mark-compacts near heap limit Allocation failed",
            Signature.OOM_V8_HEAP,
            "",
            "Ineffective mark-compacts"),
        row("Main child exited normally with code: 137", Signature.EXIT, "137", "exit code: 137"),
        row("Main child exited normally with code: 134", Signature.EXIT, "134", "code: 134"),
        row("Main child exited normally with code: 139", Signature.EXIT, "139", "code: 139"),
        row("Main child exited normally with code: 143", Signature.EXIT, "143", "code: 143"),
        row("Main child exited normally with code: 1", Signature.EXIT, "1", "Main child exited"),
        row("Main child exited normally with code: 0", Signature.EXIT, "0", "child exited: 0"),
        row(
            "machine has reached its max restart count",
            Signature.CRASH_LOOP,
            "",
            "machine has reached its maximum restart count of the day"),
        row(
            "machine exited with exit code 0, not restarting",
            Signature.EXIT_NOT_RESTARTING,
            "0",
            "not restarting: already running"),
        row(
            "Health check 'servicecheck-00-http-3000' on port 3000 has failed. Your app is not"
                + " responding properly.",
            Signature.CHECK_FAILED,
            "servicecheck-00-http-3000",
            "Health check 'servicecheck-00-http-3000' on port 3000 is now passing."),
        row(
            "Health check on port 8080 has failed. Your app is not responding properly.",
            Signature.CHECK_FAILED,
            "",
            "Health check on the door has failed."),
        row(
            "Health check 'servicecheck-00-http-3000' on port 3000 is now passing.",
            Signature.CHECK_PASSING,
            "servicecheck-00-http-3000",
            "the exam is now passing."),
        row(
            "Health check on port 8080 is now passing.",
            Signature.CHECK_PASSING,
            "",
            "Health check on port 8080 has failed."),
        row("[PR01] no known healthy instances", Signature.PROXY_NO_MACHINE, "pr01", "PR01 merged"),
        row("[PR03] no machine took it", Signature.PROXY_NO_MACHINE, "pr03", "[PR3] merged"),
        row(
            "[PR04] could not find a good candidate within 20 attempts at load balancing",
            Signature.PROXY_NO_MACHINE,
            "pr04",
            "[PRO4] could not find a good candidate"),
        row("[PC01] instance refused connection", Signature.PROXY_CONNECT, "pc01", "[PC1] is off"),
        row("[PC02] connection refused", Signature.PROXY_CONNECT, "pc02", "PC02 is off"),
        row("[PC05] timed out connecting", Signature.PROXY_CONNECT, "pc05", "[PCO5] x"),
        row("[PU01] the answer broke off", Signature.PROXY_ANSWER_BROKE, "pu01", "[PUB1] x"),
        row("[PU02] the answer broke off", Signature.PROXY_ANSWER_BROKE, "pu02", "[PU 02] x"),
        row("[PM01] machine did not start", Signature.PROXY_OTHER, "pm01", "at 3 [PM] sharp"),
        row("[PM12] machine did not start", Signature.PROXY_OTHER, "pm12", "[PM1] x"),
        row("[PT01] no certificate", Signature.PROXY_OTHER, "pt01", "[PT] is over"),
        row("[PA02] not authorised", Signature.PROXY_OTHER, "pa02", "[PAX02] boarded"),
        row("[PC05] timed out connecting to it", Signature.PROXY_TIMEOUT, "pc05", "[PC01] refused"),
        row("[PU03] upstream timed out", Signature.PROXY_TIMEOUT, "pu03", "[PU02] broke off"),
        row(
            "Error: connect ECONNREFUSED 10.0.0.1:5432",
            Signature.NETWORK_REFUSED,
            "10.0.0.1:5432",
            "NOTECONNREFUSEDX 10.0.0.1:5432"),
        row(
            "Error: connect ETIMEDOUT 10.0.0.1:5432",
            Signature.NETWORK_TIMEOUT,
            "10.0.0.1:5432",
            "it was betimedouted"),
        row(
            "getaddrinfo ENOTFOUND db.example.com",
            Signature.NETWORK_NAME,
            "db.example.com",
            "SomeNotfound db.example.com"),
        row(
            "getaddrinfo EAI_AGAIN db.example.com",
            Signature.NETWORK_NAME,
            "db.example.com",
            "EAI_AGAINST db.example.com"),
        row("read ECONNRESET", Signature.NETWORK_RESET, "", "read RECONNRESETS"),
        row(
            "FATAL:  remaining connection slots are reserved for roles with the SUPERUSER attribute",
            Signature.DATABASE_FULL,
            "",
            "remaining connection slots: 12"),
        row(
            "remaining connection slots are reserved for non-replication superuser connections",
            Signature.DATABASE_FULL,
            "",
            "the slots are reserved"),
        row(
            "{\"level\":\"error\",\"message\":\"x\",\"error\":{\"message\":\"y\",\"code\":\"53300\"}}",
            Signature.DATABASE_FULL,
            "",
            "{\"level\":\"error\",\"message\":\"order 53300 failed\",\"error\":{\"code\":\"53400\"}}"),
        row(
            "error: it failed { code: '53300' }",
            Signature.DATABASE_FULL,
            "",
            "{\"level\":\"info\",\"message\":\"ok\",\"metadata\":{\"code\":\"53300\"}}"),
        row(
            "FATAL: sorry, too many clients already",
            Signature.DATABASE_FULL,
            "",
            "too many clients want tea"),
        row(
            "FATAL: Max client connections reached",
            Signature.DATABASE_FULL,
            "",
            "max client connections is 200"),
        row(
            "MaxClientsInSessionMode: max clients reached",
            Signature.DATABASE_FULL,
            "",
            "maxclientsinsession"),
        row("Prisma P2037: too many", Signature.DATABASE_FULL, "", "XP2037 and P20371"),
        row(
            "Timed out fetching a new connection from the connection pool.",
            Signature.POOL_EMPTY,
            "",
            "Timed out fetching a new image"),
        row("(P2024)", Signature.POOL_EMPTY, "", "P20240"),
        row(
            "PrismaClientInitializationError: Can't reach database server at `db:5432`",
            Signature.DATABASE_UNREACHABLE,
            "",
            "cannot reach database of friends"),
        row("(P1001)", Signature.DATABASE_UNREACHABLE, "", "P10010"),
        row("(P1008)", Signature.DATABASE_TIMEOUT, "", "GP1008x"),
        row(
            "ERROR: canceling statement due to statement timeout",
            Signature.DATABASE_TIMEOUT,
            "",
            "ERROR: canceling statement due to user request"),
        row("(P1017)", Signature.DATABASE_CLOSED, "", "P1017x"),
        row(
            "Server has closed the connection.",
            Signature.DATABASE_CLOSED,
            "",
            "Server has closed the door."),
        row(
            "password authentication failed for user \"hotdash\"",
            Signature.DATABASE_AUTH,
            "",
            "password authentication is on"),
        row(
            "FATAL: PASSWORD AUTHENTICATION FAILED for user bob",
            Signature.DATABASE_AUTH,
            "",
            "the author of the post was authenticated successfully"),
        row("SASL authentication failed", Signature.DATABASE_AUTH, "", "SASL authentication done"),
        row("Tenant or user not found", Signature.DATABASE_AUTH, "", "Tenant or user found"),
        row("FATAL 28P01", Signature.DATABASE_AUTH, "", "order 128P01"),
        row(
            "[API] Invalid API key or access token (unrecognized login or wrong password)",
            Signature.SHOP_AUTH,
            "",
            "Invalid API key format of a draft"),
        row("401 Unauthorized", Signature.SESSION_AUTH, "", "OAuth callback ok for author 401"),
        row("jwt expired", Signature.SESSION_AUTH, "", "the milk expired"),
        row("extensions: { code: THROTTLED }", Signature.SHOP_THROTTLED, "", "unthrottledly"),
        row("Error: Throttled", Signature.SHOP_THROTTLED, "", "cpu throttled by the host"),
        row(
            "Shopify request 7 was throttled",
            Signature.SHOP_THROTTLED,
            "",
            "outgoing e-mail throttled to 2 per second"),
        row("Shopify request timed out", Signature.SHOP_TIMEOUT, "", "shopify timeouts=off"),
        row("Error: Premature close", Signature.CLIENT_ABORT, "", "a premature optimisation"),
        row("GET /app 499 - - 30000 ms", Signature.CLIENT_ABORT, "", "order 499"),
        row("GET /app 504 - - 30000 ms", Signature.GATEWAY_TIMEOUT, "", "took 504ms"));
  }

  private static LogSummary read(String line, boolean shortcuts) {
    return LogInvariants.read(line.getBytes(StandardCharsets.UTF_8), shortcuts);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void has_lineThatMatters_isPresentWithItsDetail(Row row) {
    for (boolean shortcuts : List.of(true, false)) {
      var seen = read(row.line(), shortcuts).sighting(row.signature()).orElseThrow();

      assertThat(seen.count()).isEqualTo(1);
      assertThat(seen.details().keySet())
          .isEqualTo(row.detail().isEmpty() ? Set.of() : Set.of(row.detail()));
      assertThat(seen.samples()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void has_lineThatLooksLikeIt_isAbsent(Row row) {
    for (boolean shortcuts : List.of(true, false)) {
      assertThat(read(row.nearMiss(), shortcuts).has(row.signature())).isEqualTo(Presence.ABSENT);
    }
  }

  /** The level on the line lies often: words of the table count in an info line as well. */
  @ParameterizedTest
  @MethodSource("texts")
  void has_lineThatMattersWithinAnInfoLine_isSeenWithAndWithoutShortcuts(Row row) {
    var message = row.line().replace("\"", "\\\"");
    var line =
        "{\"timestamp\":\"2026-11-23T10:00:00.000Z\",\"level\":\"info\",\"message\":\""
            + message
            + "\",\"service\":\"hotdash-app\"}";

    LogInvariants.check((line + "\n" + line).getBytes(StandardCharsets.UTF_8));
    assertThat(read(line, true).has(row.signature())).isEqualTo(Presence.PRESENT);
  }

  @Test
  void rows_ofTheTable_nameEverySignature() {
    var named = rows().map(Row::signature).collect(Collectors.toSet());

    assertThat(named).containsExactlyInAnyOrderElementsOf(Arrays.asList(Signature.values()));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void has_lineInCapitals_isTheSame(Row row) {
    assertThat(read("> " + row.line().toUpperCase(Locale.ROOT), true).has(row.signature()))
        .isEqualTo(Presence.PRESENT);
  }

  /** Rows that are told by their words, not by a status or a field. */
  static Stream<Row> texts() {
    return rows().filter(row -> !row.line().startsWith("GET ") && !row.line().contains("53300"));
  }
}
