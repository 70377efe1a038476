/**
 * PostgreSQL: understanding its addresses and its errors, and finding out what is wrong with it.
 */
module com.hotdash.ops.postgres {
  requires transitive com.hotdash.ops;
  requires transitive java.sql;
  requires transitive com.zaxxer.hikari;
  requires org.postgresql.jdbc;
  requires org.slf4j;
  requires static transitive org.jspecify;

  uses java.sql.Driver;

  exports com.hotdash.ops.postgres;

  provides com.hotdash.ops.runbook.VendorModule with
      com.hotdash.ops.postgres.PgVendorModule;
}
