package com.hotdash.ops.examples.contract;

import com.hotdash.ops.testkit.postgres.PgRole;
import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.stream.Stream;

/** A table of the application's, seen by the application's role. */
final class SchemaWorld extends PgWorld {
  private static final String LIMIT = "idle_in_transaction_session_timeout";
  private HikariDataSource pool;
  private boolean renamed;
  private PgRole role = hotdash.app();

  SchemaWorld() {
    sql(
        "drop schema if exists shop cascade",
        "alter role hotdash_app reset " + LIMIT,
        "create schema shop authorization hotdash_app",
        "create table shop.sales (id bigint primary key, shop_id int, status text)",
        "insert into shop.sales select n, n % 50, 'paid' from generate_series(1, 100) n",
        "alter table shop.sales owner to hotdash_app",
        "analyze shop.sales");
  }

  SchemaWorld indexed() {
    sql("create index what on shop.sales (status)");
    return this;
  }

  /** Who renames a role can't be that role. */
  SchemaWorld byOps() {
    sql("alter role hotdash_ops createrole", "grant hotdash_app to hotdash_ops with admin option");
    role = hotdash.ops();
    return this;
  }

  void renameRole() {
    sql("alter role hotdash_app rename to was_app");
    renamed = true;
  }

  SchemaWorld pooled() {
    pool = new HikariDataSource();
    pool.setPoolName("shop-pool");
    pool.setMaximumPoolSize(2);
    pool.setMinimumIdle(0);
    pool.setInitializationFailTimeout(-1);
    pool.setJdbcUrl(
        "jdbc:postgresql://"
            + hotdash.server().host()
            + ":"
            + hotdash.server().port()
            + "/hotdash");
    pool.setUsername(role().name());
    pool.setPassword(role().password().reveal());
    try (var connection = pool.getConnection()) {
      connection.isValid(5);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  void sql(String... statements) {
    hotdash.database().sql(statements);
  }

  void resize(int size) {
    pool.setMaximumPoolSize(size);
  }

  void limit(String value) {
    sql("alter role hotdash_app set " + LIMIT + " = '" + value + "'");
  }

  @Override
  PgRole role() {
    return role;
  }

  @Override
  HikariDataSource pool() {
    return pool;
  }

  /** A pool keeps no record: what is seen of it is its size. */
  @Override
  public List<String> effects() {
    var size = pool == null ? 2 : pool.getMaximumPoolSize();
    return size == 2
        ? super.effects()
        : Stream.concat(super.effects().stream(), Stream.of("pool of " + size)).toList();
  }

  @Override
  public String state() {
    return hotdash
            .database()
            .column(
                "select pg_get_indexdef(indexrelid) || indisvalid from pg_index where"
                    + " indrelid in (select oid from pg_class where relname like '%sales')"
                    + " order by 1")
        + hotdash
            .database()
            .column("select rolconfig::text from pg_roles where rolname = 'hotdash_app'")
            .toString()
        + (pool == null ? "" : " pool of " + pool.getMaximumPoolSize());
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.close();
    }
    if (renamed) {
      sql("alter role was_app rename to hotdash_app");
    }
    super.close();
  }
}
