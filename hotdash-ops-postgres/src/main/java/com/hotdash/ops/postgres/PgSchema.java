package com.hotdash.ops.postgres;

import com.hotdash.ops.database.IndexFacts;
import com.hotdash.ops.database.IndexSite;
import com.hotdash.ops.database.NewIndex;
import com.hotdash.ops.database.RoleLimit;
import com.hotdash.ops.database.SchemaReader;
import com.hotdash.ops.database.StatementPlan;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.time.Deadline;
import java.util.function.Supplier;

/** Tells of tables, indexes and roles, one connection for each question. */
final class PgSchema implements SchemaReader {
  private final Supplier<PgSight> sights;
  private final IndexTerms terms;

  PgSchema(Supplier<PgSight> sights, IndexTerms terms) {
    this.sights = sights;
    this.terms = terms;
  }

  @Override
  public Reading<IndexSite> site(NewIndex wanted, Deadline deadline) {
    return ask(
        wanted.toString(),
        deadline,
        link -> new SiteReading(link, terms.over(link, deadline)).of(wanted, deadline));
  }

  @Override
  public Reading<IndexFacts> index(String name, Deadline deadline) {
    return ask(
        "index " + name,
        deadline,
        link -> new FactsReading(link, terms.over(link, deadline)).of(name, deadline));
  }

  @Override
  public Reading<StatementPlan> plan(String statement, Deadline deadline) {
    return ask(
        "plan of the statement", deadline, link -> PlanReading.of(link, statement, deadline));
  }

  @Override
  public Reading<RoleLimit> idleTransactionLimit(String role, Deadline deadline) {
    return ask("role " + role, deadline, link -> RoleReading.of(link, role, deadline));
  }

  @Override
  public String byHand(Step step) {
    return SchemaSql.byHand(step);
  }

  @FunctionalInterface
  private interface Question<T> {
    Reading<T> of(PgLink link) throws PgTrouble;
  }

  private <T> Reading<T> ask(String what, Deadline deadline, Question<T> question) {
    try (var sight = sights.get()) {
      return question.of(sight.link(deadline));
    } catch (PgTrouble e) {
      return Reading.unread(e.notChecked(what));
    }
  }
}
