package com.hotdash.ops.postgres;

import com.hotdash.ops.secret.Secret;
import org.jspecify.annotations.Nullable;

/** Reads what follows the question mark. As in libpq, it may name user, password and hosts too. */
final class PgUrlQuery {
  /** Hosts and ports named by parameters, as lists with commas. */
  record Overrides(@Nullable String hosts, @Nullable String ports) {}

  private final PgUrlParser parser;
  private final PgUrlParts parts;
  private @Nullable String hosts;
  private @Nullable String ports;

  PgUrlQuery(PgUrlParser parser, PgUrlParts parts) {
    this.parser = parser;
    this.parts = parts;
  }

  Overrides read(String query) {
    for (var pair : query.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      if (equals < 0) {
        throw parser.unclear("a parameter after the ? has no =");
      }
      var name = parser.decoded(pair.substring(0, equals), "a parameter's name");
      parser.parameterName(name);
      take(name, parser.decoded(pair.substring(equals + 1), "the parameter " + name));
    }
    return new Overrides(hosts, ports);
  }

  private void take(String name, String value) {
    switch (name) {
      case "user" -> parts.user = value.isEmpty() ? parts.user : value;
      case "password" -> parts.password = value.isEmpty() ? parts.password : Secret.of(value);
      case "dbname" -> parts.database = value.isEmpty() ? parts.database : value;
      case "host" -> hosts = value.isEmpty() ? hosts : value;
      case "port" -> ports = value.isEmpty() ? ports : value;
      default -> parts.parameters.put(name, value);
    }
  }
}
