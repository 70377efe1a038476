package com.hotdash.ops.postgres;

import com.hotdash.ops.text.Column;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.text.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Transactions that have been open for long, and whatever else keeps old row versions from being
 * cleaned up: prepared transactions, replication slots, standbys.
 *
 * @param transactions the oldest first, at most 200
 * @param hidden of how many sessions our role may not see whether they have one
 * @param serverTime when it was read, by the server's clock
 * @param source where it was read
 */
public record LongTransactions(
    List<Transaction> transactions, int hidden, Instant serverTime, String source) {
  private static final int SHOWN = 12;

  /** Copies the transactions. */
  public LongTransactions {
    transactions = List.copyOf(transactions);
  }

  /** What keeps the transaction, or the old row versions. */
  public enum Holder {
    /** A session of a client, or a server process such as autovacuum. */
    SESSION,
    /** A prepared transaction, which has no session. */
    PREPARED,
    /** A replication slot. */
    SLOT,
    /** A standby that reports what it still reads. */
    STANDBY
  }

  /**
   * One transaction, or one holder of old row versions.
   *
   * @param holder what keeps it
   * @param id the process id, the prepared transaction's identifier or the slot's name
   * @param who the role and application, or the plug-in
   * @param state the server's own word; empty if hidden
   * @param open how long it has been open, or {@code null} if that is hidden or has no meaning
   * @param xminAge how many transactions old the row versions are that it keeps, or {@code null} if
   *     it keeps none
   * @param holdsUp how many sessions wait for its locks, themselves or through others
   * @param query its running or last statement with values masked; may be empty
   */
  public record Transaction(
      Holder holder,
      String id,
      String who,
      String state,
      @Nullable Duration open,
      @Nullable Long xminAge,
      int holdsUp,
      String query) {}

  @Override
  public String toString() {
    var page =
        Page.builder()
            .heading(
                1,
                transactions.isEmpty()
                    ? "No long transaction seen"
                    : transactions.size() + " long transactions and holders of old rows");
    if (!transactions.isEmpty()) {
      page.table(
          List.of(
              Column.text("what"),
              Column.number("open"),
              Column.number("xmin age"),
              Column.number("holds up"),
              Column.text("who"),
              Column.text("state"),
              Column.text("query")),
          transactions.stream().limit(SHOWN).map(LongTransactions::row).toList());
    }
    if (transactions.size() > SHOWN) {
      page.paragraph((transactions.size() - SHOWN) + " more: see transactions()");
    }
    if (hidden > 0) {
      page.callout(
          Tone.UNSURE,
          "HIDDEN",
          hidden
              + " sessions do not show their transactions to our role: checkAccess() says which"
              + " right is missing");
    }
    return page.fact("source", source).build().toString();
  }

  private static List<String> row(Transaction each) {
    return List.of(
        (each.holder() == Holder.SESSION ? "pid" : each.holder().name().toLowerCase(Locale.ROOT))
            + " "
            + each.id(),
        each.open() == null ? "?" : ActiveQueries.age(each.open()),
        each.xminAge() == null ? "" : String.valueOf(each.xminAge()),
        each.holdsUp() == 0 ? "" : String.valueOf(each.holdsUp()),
        each.who(),
        each.state(),
        each.query());
  }
}
