package com.hotdash.ops.database;

import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.Target;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The words in which steps on indexes, roles and the application's pool are written, which the
 * resolutions and a database's control share.
 */
public final class SchemaSteps {
  /** Builds an index without keeping writers out; its {@link #DEFINITION} is in {@code after}. */
  public static final String CREATE_INDEX = "index.create";

  /** Drops an index without keeping anybody out. */
  public static final String DROP_INDEX = "index.drop";

  /** Sets how long a role's sessions may idle in a transaction; {@link #NONE} unsets it. */
  public static final String LIMIT_ROLE = "role.limit-idle-transactions";

  /** Changes how many connections the application's own pool may have. */
  public static final String RESIZE_POOL = "pool.resize";

  /** The kind of a table as the target of a whole plan. */
  public static final String TABLE = "database.table";

  /**
   * The kind of the place of an index, which is a name beside a table: it is there as long as the
   * table is, whether an index has the name or not.
   */
  public static final String INDEX = "database.index";

  /** The kind of a role as a target. */
  public static final String ROLE = "database.role";

  /** The kind of the application's pool as a target; it is gone with its process. */
  public static final String POOL = "application.pool";

  /** The field with what is in an index's place: a state, or {@link #NONE}. */
  public static final String STATE = "state";

  /** The state of an index that plans can use. */
  public static final String VALID = "valid";

  /** The state of an index that a failed build has left, or a drop that was not finished. */
  public static final String INVALID = "invalid";

  /** The state of a place whose name something else has: a table, or another table's index. */
  public static final String TAKEN = "taken";

  /** The value of what is not there. */
  public static final String NONE = "none";

  /** The field with the identity of the index in its place, or {@link #NONE}. */
  public static final String OID = "oid";

  /** The field with the index in the server's own words. */
  public static final String DEFINITION = "definition";

  /** The field with the table's schema and name, quoted where needed. */
  public static final String TABLE_NAME = "table";

  /** The field with the role's name. */
  public static final String ROLE_NAME = "role";

  /** The field with a role's limit, in the server's own words, or {@link #NONE}. */
  public static final String LIMIT = "idle_in_transaction_session_timeout";

  /** The field with how many connections the pool may have. */
  public static final String SIZE = "maximumPoolSize";

  private static final Pattern PLACE =
      Pattern.compile("(?s).*?#table=([0-9]{1,10})#\"((?:[^\"]|\"\")+)\"\\.\"((?:[^\"]|\"\")+)\"");
  private static final Pattern IDENTITY = Pattern.compile("(?s).*#(table|role)=([0-9]{1,10})");
  private static final Pattern POOL_ID = Pattern.compile("(?s).*?#pool=(.*)#process=(.*)");

  /**
   * Where an index is or may be.
   *
   * @param table the identity of its table
   * @param schema its schema, as the catalogue has it
   * @param index its name, as the catalogue has it
   */
  public record Place(long table, String schema, String index) {}

  private SchemaSteps() {}

  static Target table(String database, long oid, String name) {
    return new Target(TABLE, database + "#table=" + oid, name);
  }

  static Target index(String database, Place place, String label) {
    var id = "#table=%d#%s.%s".formatted(place.table, quote(place.schema), quote(place.index));
    return new Target(INDEX, database + id, label);
  }

  /**
   * Reads which place a target means.
   *
   * @param target of kind {@link #INDEX}
   * @return the place
   * @throws IllegalArgumentException if it is another kind of target, or malformed
   */
  public static Place place(Target target) {
    var id = PLACE.matcher(target.id());
    if (!target.kind().equals(INDEX) || !id.matches()) {
      throw new IllegalArgumentException("not an index: " + target.kind() + " " + target.id());
    }
    return new Place(Long.parseLong(id.group(1)), unquote(id.group(2)), unquote(id.group(3)));
  }

  /**
   * Reads which table or role a target means.
   *
   * @param target of kind {@link #TABLE} or {@link #ROLE}
   * @return its identity
   * @throws IllegalArgumentException if it is another kind of target, or malformed
   */
  public static long oid(Target target) {
    var id = IDENTITY.matcher(target.id());
    if (!id.matches() || !target.kind().equals("database." + id.group(1))) {
      throw new IllegalArgumentException("not a table or role: " + target.kind());
    }
    return Long.parseLong(id.group(2));
  }

  /**
   * Reads which pool a target means.
   *
   * @param target of kind {@link #POOL}
   * @return the pool's name, or empty if it was the pool of another process
   * @throws IllegalArgumentException if it is another kind of target, or malformed
   */
  public static Optional<String> pool(Target target) {
    var id = POOL_ID.matcher(target.id());
    if (!target.kind().equals(POOL) || !id.matches()) {
      throw new IllegalArgumentException("not a pool: " + target.kind());
    }
    return id.group(2).equals(process()) ? Optional.of(id.group(1)) : Optional.empty();
  }

  /** Drops what a failed build has left, before another one. Nobody wants that back. */
  static Step dropLeftover(Target place, IndexSite.Alike leftover, String table) {
    var before = Map.of(STATE, INVALID);
    return new Step(
        DROP_INDEX,
        place,
        Map.of(STATE, INVALID, OID, Long.toString(leftover.oid()), TABLE_NAME, table),
        before,
        Map.of(STATE, NONE),
        null);
  }

  static Step create(Target place, String table, String definition) {
    var after = Map.of(STATE, VALID, DEFINITION, definition);
    var nothing = Map.of(STATE, NONE);
    return new Step(
        CREATE_INDEX,
        place,
        Map.of(STATE, NONE, OID, NONE, TABLE_NAME, table),
        nothing,
        after,
        new Step(DROP_INDEX, place, after, Map.of(STATE, VALID), nothing, null));
  }

  static Step drop(Target place, IndexFacts.Found index) {
    var state = index.valid() ? VALID : INVALID;
    var before = Map.of(STATE, state, DEFINITION, index.definition());
    return new Step(
        DROP_INDEX,
        place,
        Map.of(
            STATE,
            state,
            OID,
            Long.toString(index.oid()),
            DEFINITION,
            index.definition(),
            TABLE_NAME,
            index.tableName()),
        before,
        Map.of(STATE, NONE),
        index.valid() && index.repeatable()
            ? new Step(
                CREATE_INDEX,
                place,
                Map.of(STATE, NONE, OID, NONE, TABLE_NAME, index.tableName()),
                Map.of(STATE, NONE),
                before,
                null)
            : null);
  }

  static Target role(String database, RoleLimit limit) {
    return new Target(ROLE, database + "#role=" + limit.oid(), "role " + limit.role());
  }

  static Step limit(Target role, RoleLimit now, String wanted) {
    var before = Map.of(LIMIT, orNone(now.value()));
    var after = Map.of(LIMIT, wanted);
    return new Step(
        LIMIT_ROLE,
        role,
        Map.of(LIMIT, orNone(now.value()), ROLE_NAME, now.role()),
        before,
        after,
        new Step(
            LIMIT_ROLE, role, Map.of(LIMIT, wanted, ROLE_NAME, now.role()), after, before, null));
  }

  static Target pool(String database, String name) {
    return new Target(POOL, database + "#pool=" + name + "#process=" + process(), "pool " + name);
  }

  static Step resize(Target pool, int from, int to) {
    var before = Map.of(SIZE, Integer.toString(from));
    var after = Map.of(SIZE, Integer.toString(to));
    return new Step(
        RESIZE_POOL,
        pool,
        before,
        before,
        after,
        new Step(RESIZE_POOL, pool, after, after, before, null));
  }

  private static String orNone(@Nullable String value) {
    return value == null ? NONE : value;
  }

  /** A number alone comes again after a restart, and another process would take it for its own. */
  private static String process() {
    var own = ProcessHandle.current();
    return own.pid() + "@" + own.info().startInstant().map(Object::toString).orElse("unknown");
  }

  private static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String unquote(String name) {
    return name.replace("\"\"", "\"");
  }
}
