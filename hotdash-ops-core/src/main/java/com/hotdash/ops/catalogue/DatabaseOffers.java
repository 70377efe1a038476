package com.hotdash.ops.catalogue;

import static com.hotdash.ops.catalogue.Argument.required;
import static com.hotdash.ops.resolution.Effect.COMPENSABLE;
import static com.hotdash.ops.resolution.Effect.REVERSIBLE;

import com.hotdash.ops.database.CreateIndex;
import com.hotdash.ops.database.DropIndex;
import com.hotdash.ops.database.LimitIdleTransactions;
import com.hotdash.ops.database.ResizePool;
import com.hotdash.ops.resolution.Effect;
import com.hotdash.ops.resolution.Resolution;
import com.hotdash.ops.runbook.DatabaseChanges;
import java.util.List;
import java.util.function.BiFunction;

/** The changes of the database itself. */
final class DatabaseOffers {
  private DatabaseOffers() {}

  static List<OfferedChange> all() {
    return List.of(
        offer(
            CreateIndex.ID,
            "createIndex(table, columns)",
            REVERSIBLE,
            (database, given) ->
                database.createIndex(given.text("table"), Changes.columns(given.text("columns"))),
            Changes.TABLE,
            Changes.COLUMNS),
        offer(
            DropIndex.ID,
            "dropIndex(name)",
            COMPENSABLE,
            (database, given) -> database.dropIndex(given.text("name")),
            required("name", "the index, with its schema", "orders_shop_id_idx")),
        offer(
            LimitIdleTransactions.ID,
            "limitIdleTransactions(role, limit)",
            REVERSIBLE,
            (database, given) ->
                database.limitIdleTransactions(given.text("role"), given.duration("limit")),
            required("role", "the role", "hotdash_app"),
            required("limit", "how long it may idle, 1 s to 24 days", "PT5M")),
        offer(
            ResizePool.ID,
            "resizePool(size)",
            REVERSIBLE,
            (database, given) -> database.resizePool(given.count("size")),
            required("size", "how many connections, 1 to 1,000", "8")));
  }

  /** Each of them sets a state: planned again, it finds it there. */
  private static OfferedChange offer(
      String id,
      String call,
      Effect effect,
      BiFunction<DatabaseChanges, Given, Resolution> made,
      Argument... inputs) {
    return Offers.offer(
        id,
        "database()." + call,
        effect,
        true,
        (ops, given) -> made.apply(ops.database(), given),
        inputs);
  }
}
