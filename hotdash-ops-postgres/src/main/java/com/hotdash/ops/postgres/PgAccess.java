package com.hotdash.ops.postgres;

import com.hotdash.ops.database.EndpointProbe;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.text.Tone;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What works with the addresses that are configured, and what is missing.
 *
 * @param addresses one for each address, the application's own first
 */
public record PgAccess(List<Address> addresses) {
  private static final String SQL =
      """
      select current_user::text as role, r.rolsuper,
             pg_catalog.pg_has_role('pg_read_all_stats', 'USAGE') as sees,
             pg_catalog.pg_has_role('pg_signal_backend', 'USAGE') as signals,
             (select pg_catalog.pg_has_role(u.oid, 'USAGE') from pg_catalog.pg_roles u
              where u.rolname = 'pg_use_reserved_connections') as reserved
      from pg_catalog.pg_roles r where r.rolname = current_user
      """;

  /** Copies the addresses. */
  public PgAccess {
    addresses = List.copyOf(addresses);
  }

  /**
   * One address.
   *
   * @param probe how far a connection gets
   * @param rights what our role may do there, or {@code null} if that could not be read
   * @param limits what cannot be done through it, or {@code null} if it is direct or was not
   *     understood
   * @param warnings what looks wrong or risky in it, without secrets
   */
  public record Address(
      EndpointProbe probe,
      @Nullable Rights rights,
      @Nullable String limits,
      List<String> warnings) {
    /** Copies the warnings. */
    public Address {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * What a role may do.
   *
   * @param role its name
   * @param superuser whether it may do everything
   * @param seesOthers whether it sees what other roles' sessions do
   * @param endsOthers whether it may end other roles' sessions
   * @param usesReserved whether it gets in when the ordinary slots are taken, or {@code null} if
   *     the server is older than 16 and knows no such right
   */
  public record Rights(
      String role,
      boolean superuser,
      boolean seesOthers,
      boolean endsOthers,
      @Nullable Boolean usesReserved) {
    /**
     * Returns the SQL that grants what is missing; a superuser or an admin of the right runs it.
     *
     * @return one statement for each right; empty if nothing is missing
     */
    public List<String> grants() {
      var grants = new ArrayList<String>();
      if (!seesOthers) {
        grants.add(Grants.monitor(role));
      }
      if (!endsOthers) {
        grants.add(Grants.signal(role));
      }
      if (Boolean.FALSE.equals(usesReserved)) {
        grants.add(Grants.reserved(role));
      }
      return List.copyOf(grants);
    }
  }

  static Rights rights(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(PgLink.marked(SQL))) {
      if (!row.next()) {
        throw new SQLException("the server does not know our role");
      }
      boolean reserved = row.getBoolean("reserved");
      Boolean usesReserved = row.wasNull() ? null : Boolean.valueOf(reserved);
      return new Rights(
          Rows.text(row, "role"),
          row.getBoolean("rolsuper"),
          row.getBoolean("sees"),
          row.getBoolean("signals"),
          usesReserved);
    }
  }

  /**
   * Returns whether every address answers, and its role may look and cure.
   *
   * @return true if nothing is missing
   */
  public boolean ok() {
    return addresses.stream()
        .allMatch(
            address ->
                address.probe().failed().isEmpty()
                    && address.rights() != null
                    && address.rights().grants().isEmpty());
  }

  @Override
  public String toString() {
    var page = Page.builder().heading(1, "Access to PostgreSQL");
    for (var address : addresses) {
      var probe = address.probe();
      boolean answers = probe.failed().isEmpty();
      page.callout(
          answers ? Tone.GOOD : Tone.BAD,
          answers ? "OK" : "FAILED",
          ConnectionTest.summary(probe) + " (" + probe.endpoint() + ")");
      probe
          .failed()
          .ifPresent(
              failed -> {
                if (failed.failure() != null) {
                  page.fact("next", failed.failure().nextStep());
                }
              });
      if (address.rights() != null) {
        page.fact("role", describe(address.rights()));
        if (!address.rights().grants().isEmpty()) {
          page.code("sql", String.join("\n", address.rights().grants()));
        }
      }
      if (address.limits() != null) {
        page.fact("by kind", address.limits());
      }
      page.bullets(address.warnings());
    }
    return page.build().toString();
  }

  private static String describe(Rights rights) {
    return rights.role()
        + (rights.superuser() ? ", a superuser" : "")
        + (rights.seesOthers() ? "; sees" : "; does NOT see")
        + " other roles' sessions; "
        + (rights.endsOthers() ? "may end them" : "may NOT end them")
        + (rights.usesReserved() == null
            ? ""
            : rights.usesReserved()
                ? "; gets in when ordinary slots are taken"
                : "; does NOT get in when ordinary slots are taken");
  }
}
