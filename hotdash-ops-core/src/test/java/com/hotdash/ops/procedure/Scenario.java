package com.hotdash.ops.procedure;

import com.hotdash.ops.database.SickDatabase;
import com.hotdash.ops.evidence.Verdict;
import java.util.List;
import java.util.function.Consumer;

/**
 * One illness of a database, and what the procedure must say of it.
 *
 * @param name what is wrong
 * @param illness makes it so
 * @param verdict what it comes to
 * @param findings the findings that are not OK, in their order, as {@code id VERDICT SEVERITY}
 * @param first the first recommendation's id, empty if there is none
 * @param next the line to type next, empty if there is none
 * @param doNot the contraindications' ids, in their order
 */
record Scenario(
    String name,
    Consumer<SickDatabase> illness,
    Verdict verdict,
    List<String> findings,
    String first,
    String next,
    List<String> doNot) {
  static Scenario of(String name, Consumer<SickDatabase> illness, Verdict verdict) {
    return new Scenario(name, illness, verdict, List.of(), "", "", List.of());
  }

  Scenario finding(String... expected) {
    return new Scenario(name, illness, verdict, List.of(expected), first, next, doNot);
  }

  Scenario advising(String id, String line) {
    return new Scenario(name, illness, verdict, findings, id, line, doNot);
  }

  Scenario warning(String... ids) {
    return new Scenario(name, illness, verdict, findings, first, next, List.of(ids));
  }

  SickDatabase database() {
    var database = new SickDatabase();
    illness.accept(database);
    return database;
  }

  @Override
  public String toString() {
    return name;
  }
}
