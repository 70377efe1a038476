package com.hotdash.ops.postgres;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which sessions nobody should end and which we cannot, said once in SQL: the preview shows the
 * reason, and the guard of the statement that ends a session asks the same. The SQL speaks of
 * {@code a}, a row of {@code pg_stat_activity}, and {@code r}, its row of {@code pg_roles}.
 */
final class Protection {
  private static final String SERVICE_ROLES =
      Stream.of(
              "authenticator",
              "dashboard_user",
              "pgbouncer",
              "pgsodium_keymaker",
              "supabase_admin",
              "supabase_auth_admin",
              "supabase_etl_admin",
              "supabase_read_only_user",
              "supabase_realtime_admin",
              "supabase_replication_admin",
              "supabase_storage_admin")
          .map(role -> "'" + role + "'")
          .collect(Collectors.joining(", "));

  private static final String KINDS =
      """
      when a.backend_type is null then 'our role may not see what it is'
      when a.pid = pg_catalog.pg_backend_pid() then 'it is our own session'
      when a.backend_type <> 'client backend' then 'it is a ' || a.backend_type
      when a.usename in (<service roles>) then 'its role belongs to the hosting service'
      when a.datname is distinct from pg_catalog.current_database() then 'it is in another database'
      when a.application_name ~ '^hotdash-ops' and a.state = 'idle'
        then 'it is another runbook''s lock, journal or guardian'
      when a.application_name ~* '^(pg_dump|pg_restore|pg_basebackup|pg_receivewal|barman|wal-g|pgbackrest)'
        then 'it makes a backup'
      when exists (select 1 from pg_catalog.pg_stat_progress_create_index p where p.pid = a.pid)
        then 'it builds an index'
      when exists (select 1 from pg_catalog.pg_stat_progress_cluster p where p.pid = a.pid)
        then 'it rewrites a table'
      when a.state = 'idle' and a.query ~* '^\\s*listen\\M' then 'it listens for notifications'
      when a.state = 'idle' and (a.application_name ~* '^(supavisor|pgbouncer)' or <same client>)
        then 'it is an idle server connection of a pooler'
      """;

  // Seen through a pooler, its server connections come from where ours comes from.
  private static final String SAME_CLIENT =
      "a.client_addr is not distinct from (select me.client_addr from pg_catalog.pg_stat_activity me"
          + " where me.pid = pg_catalog.pg_backend_pid())";

  private static final String SUPERUSER = "when r.rolsuper then 'its role is a superuser'\n";

  private static final String RIGHT =
      """
      when not (pg_catalog.pg_has_role(a.usesysid, 'USAGE')
                or pg_catalog.pg_has_role('pg_signal_backend', 'USAGE'))
        then 'our role may not signal it'
      """;

  private Protection() {}

  /** Why the session is meant to stay, or null. */
  static String spared(boolean pooled) {
    return kinds(pooled) + "end";
  }

  /** Why we cannot end the session, whether or not it is meant to stay, or null. */
  static String outOfReach() {
    return "case " + SUPERUSER + RIGHT + "end";
  }

  /** Why it is not tried to end the session, or null; the right to do so the server judges. */
  static String guard(boolean pooled) {
    return kinds(pooled) + SUPERUSER + "end";
  }

  private static String kinds(boolean pooled) {
    return "case "
        + KINDS
            .replace("<service roles>", SERVICE_ROLES)
            .replace("<same client>", pooled ? SAME_CLIENT : "false");
  }
}
