package com.hotdash.ops.postgres;

import static com.hotdash.ops.postgres.FailureRule.words;

import com.hotdash.ops.database.FailureKind;
import java.util.List;

/** What poolers say: Supabase's in its old wording and its new, and PgBouncer. */
final class PoolerRules {
  private static final String WAIT =
      "stop all logins from here for two minutes (each try prolongs the block), correct the password"
          + " where it is set, then try once";

  static final List<FailureRule> ALL =
      List.of(
          words(
              "tenant or user not found|\\(enotfound\\)|tenant/user \\S+ not found",
              FailureKind.PROJECT_NOT_FOUND,
              "this is not about the password: compare host and user with the project's Connect"
                  + " page (the pooler host's number and region, and the user's .<ref> ending), and"
                  + " see whether the project is paused or deleted"),
          words(
              "\\(emaxconnsession\\)|maxclientsinsessionmode|in session mode max clients",
              FailureKind.POOLER_SESSION_LIMIT,
              "send short work to the transaction pooler (port 6543 with pgbouncer=true), close"
                  + " sessions that are held for nothing, or raise the pool size"),
          words(
              "\\(emaxconn\\)|max client connections reached",
              FailureKind.POOLER_CLIENT_LIMIT,
              "lower connection_limit times the number of processes below the pooler's client"
                  + " limit, or take a larger compute size"),
          words(
              "no more connections allowed",
              FailureKind.POOLER_CLIENT_LIMIT,
              "lower the clients' pools below PgBouncer's max_client_conn, or raise it"),
          words(
              "\\(echeckouttimeout\\)|unable to check ?out (?:a )?connection from the pool",
              FailureKind.POOLER_CHECKOUT_TIMEOUT,
              "all server connections of the pooler are busy: look for slow statements and locks on"
                  + " a direct or session address"),
          words(
              "query_wait_timeout",
              FailureKind.POOLER_CHECKOUT_TIMEOUT,
              "all server connections of PgBouncer are busy: look for slow statements and locks on"
                  + " a direct address"),
          words("too many authentication failures", FailureKind.BANNED, WAIT),
          words("circuit ?breaker[^\\n]{0,80}(?:auth|password)", FailureKind.BANNED, WAIT),
          words(
              "circuit ?breaker[^\\n]{0,80}(?:connect|secret)",
              FailureKind.POOLER_SERVER_DOWN,
              "the pooler has stopped trying its server for about 30 s: see whether the database is"
                  + " up, then wait before the next try"),
          words("circuit ?breaker", FailureKind.BANNED, WAIT),
          words(
              "\\(ebanned\\)",
              FailureKind.BANNED,
              "the project itself is banned: read the project's page in the dashboard, then ask"
                  + " Supabase's support"),
          words(
              "\\(eaddrnotallowed\\)|address not in tenant allow_list",
              FailureKind.ADDRESS_REFUSED,
              "add this machine's address to the project's network restrictions"),
          words(
              "\\(esslrequired\\)|ssl connection is required|ssl required",
              FailureKind.TLS_REQUIRED,
              "add sslmode=require to the address"),
          words(
              "\\(esslhandshake\\)",
              FailureKind.TLS_NOT_TRUSTED,
              "the TLS handshake with the pooler failed: compare sslmode and certificates, and see"
                  + " whether something on the way intercepts TLS"),
          words(
              "\\(eauthtimeout\\)",
              FailureKind.CLOSED_BY_PEER,
              "the pooler waited in vain for our side of the login: see whether this process or its"
                  + " network is overloaded"),
          words(
              "server_login_retry|server login has been failing|cannot connect to server"
                  + "|server login failed",
              FailureKind.POOLER_SERVER_DOWN,
              "the server behind PgBouncer cannot be reached or refuses PgBouncer's login: probe"
                  + " the direct address"),
          words(
              "failed to connect to database",
              FailureKind.POOLER_SERVER_DOWN,
              "the database behind the pooler is down or cannot be reached: see whether the project"
                  + " is paused or restarting, and probe the direct address"),
          words(
              "unsupported startup parameter",
              FailureKind.STARTUP_PARAMETER_REFUSED,
              "take options, search_path and currentSchema out of a pooler's address, and set such"
                  + " things with SET LOCAL inside a transaction"),
          words(
              "pooler is shut ?down|pgbouncer is shut ?down|server shutting down",
              FailureKind.SHUTTING_DOWN,
              "the pooler is restarting: wait some seconds, then try once more"),
          words(
              "no such database",
              FailureKind.DATABASE_MISSING,
              "compare the database's name with PgBouncer's own list; case counts"),
          words(
              "\\(epssimplequery\\)|transaction mode only supports prepared statements",
              FailureKind.OTHER,
              "do not send SQL PREPARE through a transaction pooler: use a direct or session"
                  + " address"));

  private PoolerRules() {}
}
