package com.hotdash.ops.postgres;

import com.hotdash.ops.postgres.IndexAdvice.Basis;
import com.hotdash.ops.time.Deadline;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Proposes indexes for the statements that cost most. Reads only. */
final class IndexAdvisor {
  /** A statement of our own database, with its whole text. */
  record Candidate(SlowQueries.Statement statement, String text) {}

  /** Of a table's rows; a fixed tenth is what pghero takes for ranges (facts/postgres.md §14). */
  private static final double SELECTIVE = 0.1;

  private final PgLink link;
  private final Deadline deadline;

  IndexAdvisor(PgLink link, Deadline deadline) {
    this.link = link;
    this.deadline = deadline;
  }

  List<IndexAdvice> advise(List<Candidate> candidates) throws PgTrouble {
    var compared = new LinkedHashMap<Candidate, Comparisons>();
    var names = new HashSet<String>();
    for (var candidate : candidates) {
      var comparisons = Comparisons.of(candidate.text());
      if (!comparisons.columns().isEmpty()) {
        compared.put(candidate, comparisons);
        comparisons.tables().forEach(table -> names.add(table.name()));
      }
    }
    if (names.isEmpty()) {
      return List.of();
    }
    var tables = link.read(deadline, connection -> TableFacts.read(connection, names));
    var advice = new LinkedHashMap<List<Object>, IndexAdvice>();
    for (Map.Entry<Candidate, Comparisons> each : compared.entrySet()) {
      var wish = IndexWish.of(each.getValue(), tables);
      if (wish.isPresent()) {
        // The costlier statement comes first, and one index serves both.
        advise(each.getKey(), wish.get())
            .ifPresent(
                made ->
                    advice.putIfAbsent(List.of(made.schema(), made.table(), made.columns()), made));
      }
    }
    return new ArrayList<>(advice.values());
  }

  private Optional<IndexAdvice> advise(Candidate candidate, IndexWish wish) throws PgTrouble {
    var refusal = PlanScan.refusal(link, candidate.text(), deadline);
    if (refusal.isEmpty()) {
      try {
        // Without a scan of the whole table in its plan there is nothing to gain.
        var whole = PlanScan.of(link, candidate.text(), wish.table(), deadline);
        return whole.isEmpty() ? Optional.empty() : planned(candidate, wish, whole.get());
      } catch (PgTrouble e) {
        refusal = e.failure().text();
      }
    }
    return Optional.of(advice(candidate, wish, Basis.UNPROVEN, byText(wish, refusal)));
  }

  private Optional<IndexAdvice> planned(Candidate candidate, IndexWish wish, PlanScan.Whole whole)
      throws PgTrouble {
    var plan = byPlan(wish, whole);
    Optional<HypotheticalIndex.Tried> tried;
    try {
      tried = HypotheticalIndex.of(link, candidate.text(), wish.table(), wish.columns(), deadline);
    } catch (PgTrouble e) {
      var why = plan + "; not tried out: " + e.failure().text();
      return selective(wish, whole, advice(candidate, wish, Basis.PLANNED, why));
    }
    if (tried.isEmpty()) {
      return selective(wish, whole, advice(candidate, wish, Basis.PLANNED, plan));
    }
    // What the planner would not use helps nobody, however good it looks.
    return tried
        .filter(HypotheticalIndex.Tried::used)
        .map(
            used ->
                advice(
                    candidate,
                    wish,
                    Basis.TRIED,
                    "%s; with it the cost is %.0f instead of %.0f"
                        .formatted(plan, used.cost(), whole.totalCost())));
  }

  private IndexAdvice advice(Candidate candidate, IndexWish wish, Basis basis, String why) {
    var table = wish.table();
    return new IndexAdvice(
        table.schema(),
        table.name(),
        wish.columns(),
        candidate.statement().queryId(),
        basis,
        link.redactor().redact(why),
        table.writes(),
        wish.estimatedBytes());
  }

  /** Where more rows than that remain the planner mostly goes on reading the table whole. */
  private static Optional<IndexAdvice> selective(
      IndexWish wish, PlanScan.Whole whole, IndexAdvice advice) {
    return whole.rows() <= SELECTIVE * Math.max(1, wish.table().rows())
        ? Optional.of(advice)
        : Optional.empty();
  }

  private static String byPlan(IndexWish wish, PlanScan.Whole whole) {
    return "reads all %d MB to keep about %.0f of %d rows; that is %.0f %% of the statement's cost"
        .formatted(
            megabytes(wish.table()),
            whole.rows(),
            wish.table().rows(),
            100 * whole.cost() / Math.max(whole.cost(), whole.totalCost()));
  }

  private static String byText(IndexWish wish, String refusal) {
    var share = wish.share();
    return "compares them in a table of %d MB%s; %s"
        .formatted(
            megabytes(wish.table()),
            share == null
                ? ", how many rows they keep is unknown"
                : String.format(Locale.ROOT, " and keeps about %.3g %% of its rows", share * 100),
            refusal);
  }

  private static long megabytes(TableFacts table) {
    return (table.pages() * table.blockBytes()) >> 20;
  }
}
