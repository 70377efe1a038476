package com.hotdash.ops.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Reads columns of which any can be null. */
final class Rows {
  private Rows() {}

  static String text(ResultSet row, String column) throws SQLException {
    var value = row.getString(column);
    return value == null ? "" : value;
  }

  static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    var value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  /** A time that the server always gives, such as its own. */
  static Instant timeOf(ResultSet row, String column) throws SQLException {
    var value = time(row, column);
    if (value == null) {
      throw new SQLException("the server gave no " + column);
    }
    return value;
  }

  static @Nullable Long number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : Long.valueOf(value);
  }

  /** A time as a statement's parameter; microseconds survive (facts/postgres.md §11). */
  static OffsetDateTime bound(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
