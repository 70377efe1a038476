package com.hotdash.ops.postgres;

import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of an address. Only those that are known, and known to be harmless, can be shown;
 * a name that nobody knows may hold anything, so its value is kept as a secret.
 */
final class PgParameters {
  private static final Set<String> LIBPQ =
      Set.of(
          "sslmode",
          "sslrootcert",
          "sslcert",
          "sslkey",
          "sslnegotiation",
          "sslsni",
          "channel_binding",
          "require_auth",
          "connect_timeout",
          "application_name",
          "fallback_application_name",
          "target_session_attrs",
          "load_balance_hosts",
          "options",
          "keepalives",
          "keepalives_idle",
          "keepalives_interval",
          "keepalives_count",
          "tcp_user_timeout",
          "gssencmode",
          "krbsrvname",
          "passfile",
          "service",
          "client_encoding");

  /** Words of Prisma, node-postgres, pgjdbc and Supabase's integrations. */
  private static final Set<String> OTHERS =
      Set.of(
          "pgbouncer",
          "connection_limit",
          "pool_timeout",
          "socket_timeout",
          "schema",
          "sslaccept",
          "sslidentity",
          "statement_cache_size",
          "max_connection_lifetime",
          "max_idle_connection_lifetime",
          "ssl",
          "uselibpqcompat",
          "statement_timeout",
          "lock_timeout",
          "supa",
          "workaround",
          "currentSchema",
          "ApplicationName",
          "connectTimeout",
          "loginTimeout",
          "socketTimeout",
          "tcpKeepAlive",
          "prepareThreshold",
          "targetServerType");

  private final Map<String, Secret> values = new LinkedHashMap<>();
  private final List<String> repeated = new ArrayList<>();

  /** The last of several wins, as in libpq. An empty value is as good as none. */
  void put(String name, String value) {
    if (values.containsKey(name)) {
      repeated.add(name);
      values.remove(name);
    }
    if (!value.isEmpty()) {
      values.put(name, Secret.of(value));
    }
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name)).map(Secret::reveal);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  List<String> unknown() {
    return values.keySet().stream()
        .filter(name -> !shown(name) && !name.equals("sslpassword"))
        .toList();
  }

  List<String> repeated() {
    return List.copyOf(repeated);
  }

  /** Names and values, with {@value Redactor#MASK} for each value that may be a secret. */
  Map<String, String> masked() {
    var shown = new LinkedHashMap<String, String>();
    values.forEach((name, value) -> shown.put(name, shown(name) ? value.reveal() : Redactor.MASK));
    return Collections.unmodifiableMap(shown);
  }

  /** The secret values: what {@link #masked} does not show. */
  List<Secret> secrets() {
    return values.entrySet().stream()
        .filter(entry -> !shown(entry.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static boolean shown(String name) {
    return LIBPQ.contains(name) || OTHERS.contains(name);
  }
}
