package com.hotdash.ops.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** Statements that belong to one transaction. */
@FunctionalInterface
interface SqlWork<T> {
  T on(Connection connection) throws SQLException;
}
