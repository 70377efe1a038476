package com.hotdash.ops.postgres;

import com.hotdash.ops.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the parser has understood so far. Lives for one parse. */
final class PgUrlParts {
  final String name;
  final List<PgHost> hosts = new ArrayList<>();
  final PgParameters parameters = new PgParameters();
  final List<String> warnings = new ArrayList<>();
  @Nullable String database;
  @Nullable String user;
  @Nullable Secret password;
  TlsMode tls = TlsMode.PREFER;

  PgUrlParts(String name) {
    this.name = name;
  }
}
