package com.hotdash.ops.database;

import com.hotdash.ops.resolution.Objection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long sessions of a role may idle in a transaction before the server ends them.
 *
 * @param oid the role's identity, 0 if there is none of that name
 * @param role its name
 * @param value what is set for the role, in the server's own words, or {@code null} if nothing is
 * @param inDatabase what is set for the role in this database alone, which outweighs {@code value},
 *     or {@code null}
 * @param sessions how many sessions the role has now: they keep what they began with
 * @param objections what this server has against a change
 */
public record RoleLimit(
    long oid,
    String role,
    @Nullable String value,
    @Nullable String inDatabase,
    int sessions,
    List<Objection> objections) {
  /** Copies the objections. */
  public RoleLimit {
    objections = List.copyOf(objections);
  }
}
