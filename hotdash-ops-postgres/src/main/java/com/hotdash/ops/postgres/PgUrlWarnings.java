package com.hotdash.ops.postgres;

import java.util.ArrayList;
import java.util.List;

/** What looks wrong or risky in an address that can be understood. */
final class PgUrlWarnings {
  private static final int PGBOUNCER_PORT = 6432;

  private PgUrlWarnings() {}

  static List<String> of(PgUrl url) {
    var found = new ArrayList<String>();
    hosts(url, found);
    pooler(url, found);
    parameters(url, found);
    return found;
  }

  private static void hosts(PgUrl url, List<String> found) {
    if (url.hosts().stream().anyMatch(PgHost::unixSocket)) {
      found.add(
          "a host is the directory of a Unix socket, which the JDBC driver cannot open: give a host"
              + " and a port");
    }
    if (url.passwordIsAName()) {
      found.add("the password is the role's or database's name: anybody guesses it, so change it");
    }
    if (url.user().isEmpty()) {
      found.add("no user is given: drivers take the operating system's");
    }
    if (url.kind() == EndpointKind.SUPABASE_DIRECT
        || url.kind() == EndpointKind.SUPABASE_DEDICATED_POOLER) {
      found.add(
          "this host has an IPv6 address only, unless the project has the IPv4 add-on: from an"
              + " IPv4-only network use the shared pooler's host");
    }
  }

  private static void pooler(PgUrl url, List<String> found) {
    boolean says = EndpointGuess.saysPgBouncer(url);
    int port = url.hosts().get(0).port();
    if (sharedPooler(url) && url.projectRef().isEmpty()) {
      found.add(
          "the user has no project reference: the shared pooler wants user.<ref>, such as"
              + " postgres.abcdefghijklmnopqrst, and answers \"Tenant or user not found\" without");
    }
    if (!says && (port == EndpointGuess.SUPABASE_TRANSACTION_PORT || port == PGBOUNCER_PORT)) {
      found.add(
          "port "
              + port
              + " is a transaction pooler's and pgbouncer=true is missing: Prisma will fail with"
              + " \"prepared statement already exists\" (42P05)");
    }
    if (!url.kind().pooled()) {
      return;
    }
    for (var name : List.of("options", "currentSchema")) {
      if (url.rawParameters().has(name) && !PgConnectSettings.passes(url, name)) {
        found.add(name + " is refused by PgBouncer (08P01): it is left out here");
      }
    }
    if (url.rawParameters().get("channel_binding").filter("require"::equals).isPresent()) {
      found.add(
          "channel_binding=require works with a server, but poolers do not offer it: the login will"
              + " fail");
    }
  }

  private static void parameters(PgUrl url, List<String> found) {
    var parameters = url.rawParameters();
    if (parameters.has("channel_binding") && !url.kind().pooled()) {
      found.add("channel_binding is kept here; most other drivers ignore it silently");
    }
    for (var name :
        List.of("connection_limit", "pool_timeout", "connect_timeout", "socket_timeout")) {
      if (parameters.has(name) && url.wholeNumber(name).isEmpty()) {
        found.add(name + " is no whole number: it is ignored here");
      }
    }
    if (url.kind().pooled() && url.tls() == TlsMode.DISABLE) {
      found.add("sslmode=disable sends all data to the pooler in the clear");
    }
    for (var name : parameters.repeated()) {
      found.add("parameter " + name + " is given more than once: the last one counts");
    }
    for (var name : parameters.unknown()) {
      found.add("parameter " + name + " is not known: it is ignored here");
    }
  }

  private static boolean sharedPooler(PgUrl url) {
    return url.kind() == EndpointKind.SUPABASE_SESSION_POOLER
        || url.kind() == EndpointKind.SUPABASE_TRANSACTION_POOLER;
  }
}
