package com.hotdash.ops.postgres;

import static com.hotdash.ops.postgres.FailureRule.state;
import static com.hotdash.ops.postgres.FailureRule.words;

import com.hotdash.ops.database.FailureKind;
import java.util.List;

/** Why a server lets nobody in: slots, limits, roles, passwords, the access list, its own state. */
final class LoginRules {
  private static final String PASSWORD =
      "do not retry (two failures can ban this address): compare user and password with where they"
          + " are set; the server does not tell a wrong password from an unknown role, and for a"
          + " short while after a rotation a pooler refuses the new one";
  private static final String SLOTS =
      "count sessions by application and state over a connection that is open already, end those"
          + " that are idle in a transaction, and lower pools; open no further connection";

  static final List<FailureRule> ALL =
      List.of(
          words(
              "too many clients already",
              FailureKind.ALL_SLOTS_TAKEN,
              SLOTS + ". Not even a superuser gets in"),
          words(
              "reserved for non-replication superuser",
              FailureKind.ORDINARY_SLOTS_TAKEN,
              SLOTS + ". A superuser still gets in"),
          words(
              "reserved for roles with privileges of",
              FailureKind.UNRESERVED_SLOTS_TAKEN,
              SLOTS + ". A member of pg_use_reserved_connections still gets in"),
          words(
              "reserved for roles with the superuser",
              FailureKind.ONLY_SUPERUSER_SLOTS_LEFT,
              SLOTS + ". A superuser still gets in"),
          words(
              "too many connections for role",
              FailureKind.ROLE_LIMIT,
              "lower this role's pools, or raise its limit: ALTER ROLE ... CONNECTION LIMIT n"),
          words(
              "too many connections for database",
              FailureKind.DATABASE_LIMIT,
              "lower the pools, or raise the limit: ALTER DATABASE ... CONNECTION LIMIT n"),
          words(
              "no password was provided|no password supplied|password must be a string",
              FailureKind.PASSWORD_MISSING,
              "put the password into the address: the server asks for one, and none was given"),
          words("password authentication failed", FailureKind.PASSWORD_REFUSED, PASSWORD),
          words(
              "pg_hba\\.conf[^\\n]{0,300}(?:no encryption|ssl off)",
              FailureKind.TLS_REQUIRED,
              "turn encryption on: sslmode=require. If the server offers none, its pg_hba.conf needs"
                  + " a line for this address, user and database"),
          words(
              "pg_hba\\.conf",
              FailureKind.ADDRESS_REFUSED,
              "add this address, user and database to the server's pg_hba.conf (or to the network"
                  + " restrictions of the service), or come from an allowed network"),
          words(
              "role \"[^\"]*\" does not exist|is not permitted to log in",
              FailureKind.ROLE_REFUSED,
              "compare the user's name (case counts) with the server's roles, and see that the role"
                  + " has LOGIN"),
          words(
              "3D000 08P01",
              "database \"[^\"]*\" does not exist",
              FailureKind.DATABASE_MISSING,
              "compare the database's name with the server's list: case counts"),
          words(
              "is not currently accepting connections",
              FailureKind.DATABASE_CLOSED,
              "a superuser may open it: ALTER DATABASE ... ALLOW_CONNECTIONS true; see first why it"
                  + " was closed"),
          words(
              "unrecognized configuration parameter",
              FailureKind.STARTUP_PARAMETER_REFUSED,
              "correct the name in the address's options parameter"),
          words(
              "database system is starting up",
              FailureKind.STARTING_UP,
              "wait and try again: from a fraction of a second to minutes after a crash"),
          words(
              "database system is shutting down",
              FailureKind.SHUTTING_DOWN,
              "wait for the restart; if nobody asked for one, read the server's log"),
          words(
              "in recovery mode|not yet accepting connections",
              FailureKind.IN_RECOVERY,
              "the server replays its log after a crash: wait and try again, and read its log for"
                  + " the cause"));

  /** When the words say nothing. */
  static final List<FailureRule> BY_STATE =
      List.of(
          state("28P01", FailureKind.PASSWORD_REFUSED, PASSWORD),
          state(
              "28000",
              FailureKind.ROLE_REFUSED,
              "compare the user with the server's roles and its access list"),
          state(
              "3D000 57P04",
              FailureKind.DATABASE_MISSING,
              "compare the database's name with the server's list: case counts"),
          state("53300", FailureKind.ALL_SLOTS_TAKEN, SLOTS),
          state(
              "57P03",
              FailureKind.STARTING_UP,
              "the server takes no connections now: wait and try again"),
          state(
              "08P01",
              FailureKind.OTHER,
              "read the words: poolers say almost everything under this code"),
          state(
              "08004", FailureKind.OTHER, "the server turned the connection down: read its words"),
          state(
              "08003 08006",
              FailureKind.CLOSED_BY_PEER,
              "the connection is lost: see whether the server restarted, then open a new one"));

  private LoginRules() {}
}
