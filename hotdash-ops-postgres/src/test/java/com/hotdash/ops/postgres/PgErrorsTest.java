package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.database.FailureKind;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PgErrorsTest {
  private static final String ATTEMPT = "The connection attempt failed.";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      nullValues = "-",
      value = {
        "53300 | FATAL: sorry, too many clients already | ALL_SLOTS_TAKEN",
        "53300 | FATAL: remaining connection slots are reserved for non-replication superuser connections | ORDINARY_SLOTS_TAKEN",
        "53300 | FATAL: remaining connection slots are reserved for roles with privileges of the \"pg_use_reserved_connections\" role | UNRESERVED_SLOTS_TAKEN",
        "53300 | FATAL: remaining connection slots are reserved for roles with the SUPERUSER attribute | ONLY_SUPERUSER_SLOTS_LEFT",
        "53300 | FATAL: too many connections for role \"x\" | ROLE_LIMIT",
        "53300 | FATAL: too many connections for database \"x\" | DATABASE_LIMIT",
        "08001 | Connection attempt timed out. | SILENT",
        "08001 | Invalid sslmode value: no-verify | URL_MALFORMED",
        "08P01 | An error occurred while setting up the SSL connection. | WRONG_PROTOCOL",
        "08P01 | Protocol error. Session setup failed. | WRONG_PROTOCOL",
        "08P01 | FATAL: unsupported startup parameter: options | STARTUP_PARAMETER_REFUSED",
        "08P01 | FATAL: unsupported startup parameter: search_path | STARTUP_PARAMETER_REFUSED",
        "08P01 | FATAL: query_wait_timeout | POOLER_CHECKOUT_TIMEOUT",
        "08P01 | FATAL: no more connections allowed (max_client_conn) | POOLER_CLIENT_LIMIT",
        "08P01 | FATAL: server login has been failing, try again later (server_login_retry) | POOLER_SERVER_DOWN",
        "08P01 | FATAL: database \"x\" does not exist | DATABASE_MISSING",
        "08P01 | ERROR: bind message supplies 0 parameters, but prepared statement \"\" requires 1 | OTHER",
        "08004 | The server does not support SSL. | TLS_NOT_OFFERED",
        "08004 | The server requested SCRAM-based authentication, but no password was provided. | PASSWORD_MISSING",
        "08006 | Could not open SSL root certificate file /home/app/.postgresql/root.crt. | TLS_NOT_TRUSTED",
        "08006 | SSL error: PKIX path building failed: unable to find valid certification path | TLS_NOT_TRUSTED",
        "08006 | The hostname x could not be verified by hostnameverifier PgjdbcHostnameVerifier. | TLS_NOT_TRUSTED",
        "08003 | This connection has been closed. | CLOSED_BY_PEER",
        "28P01 | FATAL: password authentication failed for user \"u\" | PASSWORD_REFUSED",
        "28000 | FATAL: role \"x\" does not exist | ROLE_REFUSED",
        "28000 | FATAL: role \"x\" is not permitted to log in | ROLE_REFUSED",
        "28000 | FATAL: no pg_hba.conf entry for host \"1.2.3.4\", user \"u\", database \"d\", SSL off | TLS_REQUIRED",
        "28000 | FATAL: no pg_hba.conf entry for host \"1.2.3.4\", user \"u\", database \"d\", no encryption | TLS_REQUIRED",
        "28000 | FATAL: no pg_hba.conf entry for host \"1.2.3.4\", user \"u\", database \"d\", SSL encryption | ADDRESS_REFUSED",
        "28000 | FATAL: pg_hba.conf rejects connection for host \"1.2.3.4\", user \"u\", database \"d\", SSL encryption | ADDRESS_REFUSED",
        "3D000 | FATAL: database \"x\" does not exist | DATABASE_MISSING",
        "55000 | FATAL: database \"x\" is not currently accepting connections | DATABASE_CLOSED",
        "42704 | FATAL: unrecognized configuration parameter \"x\" | STARTUP_PARAMETER_REFUSED",
        "53200 | ERROR: out of shared memory\\n Hint: You might need to increase max_locks_per_transaction. | OUT_OF_MEMORY",
        "53200 | ERROR: out of memory | OUT_OF_MEMORY",
        "53100 | ERROR: could not extend file: No space left on device | DISK_FULL",
        "57P01 | FATAL: terminating connection due to administrator command | TERMINATED",
        "57P02 | WARNING: terminating connection because of crash of another server process | TERMINATED",
        "57P03 | FATAL: the database system is starting up | STARTING_UP",
        "57P03 | FATAL: the database system is shutting down | SHUTTING_DOWN",
        "57P03 | FATAL: the database system is in recovery mode | IN_RECOVERY",
        "57P03 | FATAL: the database system is not yet accepting connections | IN_RECOVERY",
        "57P05 | FATAL: terminating connection due to idle-session timeout | TERMINATED",
        "57014 | ERROR: canceling statement due to statement timeout | STATEMENT_TIMEOUT",
        "57014 | ERROR: canceling statement due to user request | STATEMENT_TIMEOUT",
        "40001 | ERROR: canceling statement due to conflict with recovery | TERMINATED",
        "25P03 | FATAL: terminating connection due to idle-in-transaction timeout | TERMINATED",
        "25P04 | FATAL: terminating connection due to transaction timeout | TERMINATED",
        "55P03 | ERROR: canceling statement due to lock timeout | LOCK_TIMEOUT",
        "55P03 | ERROR: could not obtain lock on row in relation \"t\" | LOCK_TIMEOUT",
        "40P01 | ERROR: deadlock detected | OTHER",
        "40001 | ERROR: could not serialize access | OTHER",
        "25P02 | ERROR: current transaction is aborted | OTHER",
        "25006 | ERROR: cannot execute UPDATE in a read-only transaction | READ_ONLY",
        "25001 | ERROR: CREATE INDEX CONCURRENTLY cannot run inside a transaction block | OTHER",
        "42501 | ERROR: permission denied to terminate process | NOT_PERMITTED",
        "42P05 | ERROR: prepared statement \"S_1\" already exists | OTHER",
        "26000 | ERROR: prepared statement \"S_1\" does not exist | OTHER",
        "54000 | ERROR: database is not accepting commands that assign new transaction IDs to avoid wraparound data loss | READ_ONLY",
        "99999 | Unable to parse URL jdbc:postgresql://h | URL_MALFORMED",
        "XX000 | FATAL: Tenant or user not found | PROJECT_NOT_FOUND",
        "XX000 | FATAL: (ENOTFOUND) tenant/user postgres.x not found | PROJECT_NOT_FOUND",
        "XX000 | FATAL: Max client connections reached | POOLER_CLIENT_LIMIT",
        "XX000 | FATAL: (EMAXCONN) max client connections reached, limit: 200 | POOLER_CLIENT_LIMIT",
        "XX000 | FATAL: MaxClientsInSessionMode: max clients reached - in Session mode max clients are limited to pool_size | POOLER_SESSION_LIMIT",
        "XX000 | FATAL: (EMAXCONNSESSION) max clients are limited to pool_size: 15 | POOLER_SESSION_LIMIT",
        "XX000 | FATAL: (ECHECKOUTTIMEOUT) unable to check out connection from the pool after 60000ms in Transaction mode | POOLER_CHECKOUT_TIMEOUT",
        "XX000 | FATAL: Circuit breaker open: too many failed authentication attempts | BANNED",
        "XX000 | FATAL: Circuit breaker open: Unable to connect to database | POOLER_SERVER_DOWN",
        "XX000 | FATAL: (ECIRCUITBREAKER) too many authentication failures, new connections are temporarily blocked | BANNED",
        "08006 | FATAL: Failed to connect to database: :timeout | POOLER_SERVER_DOWN",
        "08006 | FATAL: (EAUTHTIMEOUT) timeout while waiting for message | CLOSED_BY_PEER",
        "08006 | FATAL: (ESSLHANDSHAKE) handshake failed | TLS_NOT_TRUSTED",
        "XX000 | FATAL: (EPSSIMPLEQUERY) transaction mode only supports prepared statements using the Extended Query Protocol | OTHER",
        "XX000 | FATAL: (ESSLREQUIRED) SSL connection is required | TLS_REQUIRED",
        "XX000 | FATAL: (EADDRNOTALLOWED) address not in allow list | ADDRESS_REFUSED",
        "XX000 | FATAL: (EBANNED) project is banned | BANNED"
      })
  void explain_driversException_namesItsCause(String state, String text, FailureKind kind) {
    var failure = PgErrors.explain(new SQLException(text, state));

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.sqlState()).isEqualTo(state);
    assertThat(failure.nextStep()).hasSizeGreaterThan(20);
    assertThat(PgErrors.explain("2026-11-23 ERROR app: " + text + " [" + state + "]").kind())
        .isEqualTo(kind);
  }

  static Stream<Arguments> causes() {
    return Stream.of(
        Arguments.of("08001", new ConnectException("Connection refused"), FailureKind.REFUSED),
        Arguments.of("08001", new UnknownHostException("h"), FailureKind.NAME_NOT_RESOLVED),
        Arguments.of(
            "08001",
            new SocketTimeoutException("Connect timed out"),
            FailureKind.CONNECT_TIMED_OUT),
        Arguments.of("08001", new SocketTimeoutException("Read timed out"), FailureKind.SILENT),
        Arguments.of("08001", new EOFException(), FailureKind.CLOSED_BY_PEER),
        Arguments.of("08001", new NoRouteToHostException("No route to host"), FailureKind.NO_ROUTE),
        Arguments.of("08001", new SocketException("Network is unreachable"), FailureKind.NO_ROUTE),
        Arguments.of("08006", new EOFException(), FailureKind.CLOSED_BY_PEER),
        Arguments.of(
            "08006", new SocketTimeoutException("Read timed out"), FailureKind.STATEMENT_TIMEOUT));
  }

  @ParameterizedTest
  @MethodSource("causes")
  void explain_causeTells_namesIt(String state, Throwable cause, FailureKind kind) {
    var failure = PgErrors.explain(new SQLException(ATTEMPT, state, cause));

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.sqlState()).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "Error: P1000: Authentication failed against database server at `h` | PASSWORD_REFUSED",
        "P1001: Can't reach database server at `h`:`5432` | REFUSED",
        "P1002: The database server at `h` was reached but timed out. | SILENT",
        "P1002 Context: Timed out trying to acquire a postgres advisory lock | LOCK_TIMEOUT",
        "P1003: Database `d` does not exist on the database server | DATABASE_MISSING",
        "P1008: Operations timed out after 5s | STATEMENT_TIMEOUT",
        "P1009: Database `d` already exists | OTHER",
        "P1010: User `u` was denied access on the database `d` | ROLE_REFUSED",
        "P1011: Error opening a TLS connection: x | TLS_NOT_TRUSTED",
        "P1012: the URL must start with the protocol `postgresql://` | URL_MALFORMED",
        "P1013: The provided database string is invalid. | URL_MALFORMED",
        "P1014: The underlying table for model `X` does not exist. | OTHER",
        "P1015: Your Prisma schema is using features that are not supported | OTHER",
        "P1016: Your raw query had an incorrect number of parameters. | OTHER",
        "P1017: Server has closed the connection. | CLOSED_BY_PEER",
        "P2024: Timed out fetching a new connection from the connection pool. (Current connection pool timeout: 10, connection limit: 5) | APPLICATION_POOL_EXHAUSTED",
        "P2037: Too many database connections opened: FATAL: sorry, too many clients already | ALL_SLOTS_TAKEN",
        "Raw query failed. Code: `55P03`. Message: `x` | LOCK_TIMEOUT",
        "error: x { severity: 'FATAL', code: '28P01' } | PASSWORD_REFUSED",
        "Error: connect ECONNREFUSED 127.0.0.1:5432 | REFUSED",
        "Error: getaddrinfo ENOTFOUND db.x.supabase.co | NAME_NOT_RESOLVED",
        "Error: connect ETIMEDOUT 1.2.3.4:5432 | CONNECT_TIMED_OUT",
        "Error: self-signed certificate in certificate chain | TLS_NOT_TRUSTED",
        "Connection terminated unexpectedly | CLOSED_BY_PEER",
        "HikariPool-1 - Connection is not available, request timed out after 1000ms (total=3, active=3, idle=0, waiting=0) | APPLICATION_POOL_EXHAUSTED",
        "HikariPool-1 - Connection is not available, request timed out after 1000ms (total=0, active=0, idle=0, waiting=1) | SILENT",
        "nothing that anybody knows | OTHER"
      })
  void explain_pastedLine_namesItsCause(String line, FailureKind kind) {
    assertThat(PgErrors.explain(line).kind()).isEqualTo(kind);
  }

  @Test
  void explain_hikariWithoutState_isTrueExhaustion() {
    var wait = exhausted(null);
    wait.setNextException(new SQLException("FATAL: sorry, too many clients already", "53300"));

    assertThat(PgErrors.explain(wait).kind()).isEqualTo(FailureKind.APPLICATION_POOL_EXHAUSTED);
    assertThat(PgErrors.explain(new IllegalStateException("no answer", wait)).kind())
        .isEqualTo(FailureKind.APPLICATION_POOL_EXHAUSTED);
  }

  @Test
  void explain_hikariWithState_isTheServersRefusal() {
    var wait = exhausted("53300");
    wait.initCause(new SQLException("FATAL: sorry, too many clients already", "53300"));

    assertThat(PgErrors.explain(wait).kind()).isEqualTo(FailureKind.ALL_SLOTS_TAKEN);
  }

  @Test
  void explain_reasonAmongSuppressedAndNext_isFound() {
    var outer = new SQLException(ATTEMPT, "08000");
    outer.addSuppressed(new SQLException("FATAL: too many connections for role \"x\"", "53300"));
    var next = new SQLException("batch failed", "99990");
    next.setNextException(new SQLException("ERROR: x due to lock timeout", "55P03"));

    assertThat(PgErrors.explain(outer).kind()).isEqualTo(FailureKind.ROLE_LIMIT);
    assertThat(PgErrors.explain(next).kind()).isEqualTo(FailureKind.LOCK_TIMEOUT);
  }

  @Test
  void explain_abortedTransaction_tellsTheFirstError() {
    var first = new SQLException("ERROR: canceling statement due to statement timeout", "57014");
    var aborted = new SQLException("ERROR: current transaction is aborted", "25P02", first);

    var failure = PgErrors.explain(aborted);

    assertThat(failure.kind()).isEqualTo(FailureKind.STATEMENT_TIMEOUT);
    assertThat(failure.sqlState()).isEqualTo("57014");
  }

  @Test
  void explain_causesInACircle_ends() {
    var one = new SQLException("one", "08006");
    var two = new SQLException("two", "08006", one);
    one.initCause(two);

    assertThat(PgErrors.explain(one).kind()).isEqualTo(FailureKind.CLOSED_BY_PEER);
  }

  @ParameterizedTest
  @CsvSource({
    "java.net.UnknownHostException: user:hunter2@db.example.com",
    "JDBC URL invalid port number: hunter2@db.example.com",
    "Unable to parse URL jdbc:postgresql://user:hunter2@h/d",
    "No suitable driver found for postgres://user:hunter2@h/d",
    "x user:a@hunter2@h y"
  })
  void explain_textWithAPassword_isMasked(String line) {
    assertThat(PgErrors.explain(line).toString()).doesNotContain("hunter2").contains("***");
  }

  @Test
  void explain_hugePaste_isCutAndReadInTime() {
    var text = "sorry, too many clients already " + "a:".repeat(500_000);

    var failure = PgErrors.explain(text);

    assertThat(failure.kind()).isEqualTo(FailureKind.ALL_SLOTS_TAKEN);
    assertThat(failure.text()).hasSizeLessThan(700);
  }

  private static SQLTransientConnectionException exhausted(@Nullable String state) {
    return new SQLTransientConnectionException(
        "p1 - Connection is not available, request timed out after 1000ms"
            + " (total=3, active=3, idle=0, waiting=0)",
        state);
  }
}
