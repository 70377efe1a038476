package com.hotdash.ops.postgres;

import static com.hotdash.ops.postgres.FailureRule.words;

import com.hotdash.ops.database.FailureKind;
import java.util.List;

/** What the application's own layers say: Prisma's codes, and the pools. */
final class ClientRules {
  private static final String POOL =
      "the pool is empty, the server is not to blame yet: look for slow statements, for transactions"
          + " left open and for leaks; enlarge it only if the server has slots and processor to"
          + " spare";

  /** Pools, whose text is sure whatever else stands in it. */
  static final List<FailureRule> POOLS =
      List.of(
          words(
              "\\bP2024\\b|timed out fetching a new connection from the connection pool",
              FailureKind.APPLICATION_POOL_EXHAUSTED,
              POOL),
          words(
              "connection is not available, request timed out[^\\n]{0,80}total=0, active=0",
              FailureKind.SILENT,
              "the pool has not one connection, so it is not exhausted: the server does not answer"
                  + " or refuses; probe the address"),
          words(
              "connection is not available, request timed out",
              FailureKind.APPLICATION_POOL_EXHAUSTED,
              POOL));

  /** Prisma's codes, for when no words of the server stand beside them. */
  static final List<FailureRule> PRISMA =
      List.of(
          words(
              "\\bP1000\\b|provided database credentials",
              FailureKind.PASSWORD_REFUSED,
              "do not retry (two failures can ban this address): compare user and password in"
                  + " DATABASE_URL with where they are set"),
          words(
              "\\bP1001\\b|can't reach database server",
              FailureKind.REFUSED,
              "Prisma does not tell whether name, way or port failed: probe the address in stages;"
                  + " on Supabase look at pause and network bans first"),
          words(
              "advisory lock",
              FailureKind.LOCK_TIMEOUT,
              "another migration holds Prisma's advisory lock, or it leaked through a transaction"
                  + " pooler: migrate over DIRECT_URL, and look who holds it"),
          words(
              "\\bP1002\\b|was reached but timed out",
              FailureKind.SILENT,
              "the server was reached and did not answer in time: look at its load, and at the"
                  + " pooler's queue"),
          words(
              "\\bP1003\\b",
              FailureKind.DATABASE_MISSING,
              "compare the database's name in DATABASE_URL with the server's list: case counts"),
          words(
              "\\bP1008\\b|operations timed out",
              FailureKind.STATEMENT_TIMEOUT,
              "a statement took longer than the client waits, and may still run: look for slow"
                  + " statements and locks"),
          words(
              "\\bP1010\\b|was denied access on the database",
              FailureKind.ROLE_REFUSED,
              "see whether the role exists and may connect to this database (GRANT CONNECT), whether"
                  + " the server's access list has it, and, with a driver adapter, whether TLS is"
                  + " set as the server wants"),
          words(
              "\\bP1011\\b|error opening a tls connection",
              FailureKind.TLS_NOT_TRUSTED,
              "compare sslmode, sslaccept and sslcert with the server's certificate"),
          words(
              "\\bP1012\\b",
              FailureKind.URL_MALFORMED,
              "Prisma refuses its schema file, most often since the address is not set or does not"
                  + " begin with postgresql://: read the lines below it"),
          words(
              "\\bP1013\\b|provided database string is invalid",
              FailureKind.URL_MALFORMED,
              "percent-encode user and password in the address"),
          words(
              "\\bP1017\\b|server has closed the connection",
              FailureKind.CLOSED_BY_PEER,
              "see whether the server or pooler restarted or ends idle sessions; the statement under"
                  + " way may or may not have run"),
          words(
              "\\bP2037\\b|too many database connections opened",
              FailureKind.ALL_SLOTS_TAKEN,
              "lower connection_limit times the number of processes below what the server has left"),
          words(
              "\\bP1009\\b",
              FailureKind.OTHER,
              "a database of that name is there already: choose another name or use that one"),
          words(
              "\\bP1014\\b",
              FailureKind.OTHER,
              "a table or view of the Prisma schema is missing: see whether migrations ran here"),
          words(
              "\\bP1015\\b",
              FailureKind.OTHER,
              "the Prisma schema uses what this server's version lacks: compare versions"),
          words(
              "\\bP1016\\b",
              FailureKind.OTHER,
              "a raw query in the code has the wrong number of parameters: correct the code"),
          words(
              "timeout exceeded when trying to connect",
              FailureKind.APPLICATION_POOL_EXHAUSTED,
              "node's pool had no connection in time: look for held connections first, then probe"
                  + " the address, since the same words come when the server does not answer"));

  private ClientRules() {}
}
