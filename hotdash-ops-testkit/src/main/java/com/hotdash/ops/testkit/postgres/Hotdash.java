package com.hotdash.ops.testkit.postgres;

import com.hotdash.ops.secret.Secret;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * HotDash's database on a test server: tables {@code orders} and {@code products} with 300 rows
 * each, and its roles. Passwords are random and hold characters that must be percent-encoded in a
 * URL, as real ones do.
 *
 * @param server the server
 * @param database the database {@code hotdash}
 * @param app {@code hotdash_app}: an ordinary role, owns the tables
 * @param ops {@code hotdash_ops}: may see and end other sessions ({@code pg_monitor}, {@code
 *     pg_signal_backend}) and from PostgreSQL 16 use reserved connections; no rights on the tables
 * @param plain {@code hotdash_plain}: may log in and nothing else
 */
public record Hotdash(PgServer server, PgDatabase database, PgRole app, PgRole ops, PgRole plain) {
  /** How many rows each of the two tables has. */
  public static final int ROWS = 300;

  static Hotdash create(PgServer server) {
    var random = new SecureRandom();
    server.sql("create database hotdash");
    var database = server.database("hotdash");
    var app = database.createRole("hotdash_app", password(random));
    var ops =
        server.majorVersion() >= 16
            ? database.createRole(
                "hotdash_ops",
                password(random),
                "pg_monitor",
                "pg_signal_backend",
                "pg_use_reserved_connections")
            : database.createRole(
                "hotdash_ops", password(random), "pg_monitor", "pg_signal_backend");
    var plain = database.createRole("hotdash_plain", password(random));
    database.sql(
        "alter database hotdash owner to hotdash_app",
        "revoke create on schema public from public",
        "grant all on schema public to hotdash_app",
        "create table orders (id bigint primary key, status text not null,"
            + " total numeric(10, 2) not null, updated_at timestamptz not null default now())",
        "create table products (id bigint primary key, title text not null,"
            + " stock int not null, updated_at timestamptz not null default now())",
        "insert into orders (id, status, total) select n, case when n % 5 = 0 then 'refunded'"
            + " else 'paid' end, n * 1.25 from generate_series(1, "
            + ROWS
            + ") n",
        "insert into products (id, title, stock) select n, 'product ' || n, n % 50"
            + " from generate_series(1, "
            + ROWS
            + ") n",
        "alter table orders owner to hotdash_app",
        "alter table products owner to hotdash_app",
        "analyze orders",
        "analyze products");
    return new Hotdash(server, database, app, ops, plain);
  }

  private static Secret password(SecureRandom random) {
    var bytes = new byte[12];
    random.nextBytes(bytes);
    return Secret.of(Base64.getUrlEncoder().encodeToString(bytes) + "+/@:%");
  }
}
