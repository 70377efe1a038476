package com.hotdash.ops.examples.contract;

import com.hotdash.ops.testkit.postgres.IdleFlood;
import com.hotdash.ops.testkit.postgres.IdleInTransaction;
import com.hotdash.ops.testkit.postgres.LockPileUp;
import com.hotdash.ops.testkit.postgres.PgFault;
import com.hotdash.ops.testkit.postgres.PgRole;

/** Sessions of the application's that are in the way, seen by the role for operations. */
final class SessionWorld extends PgWorld {
  static final String WEB = "hotdash-web";
  private final PgFault fault;
  private final int culprit;

  private SessionWorld(PgFault fault, int culprit) {
    this.fault = fault;
    this.culprit = culprit;
    await("an old enough state", () -> number("now() - state_change > interval '5 ms'") == 1);
  }

  static SessionWorld leaked() {
    var fault = IdleInTransaction.start(shared().app(), 1);
    return new SessionWorld(fault, fault.holderPid());
  }

  static SessionWorld queued() {
    var fault = LockPileUp.start(shared().app(), 1);
    return new SessionWorld(fault, fault.alterPid());
  }

  static SessionWorld idle() {
    var fault = IdleFlood.start(shared().app(), WEB, 1);
    return new SessionWorld(fault, fault.pids().get(0));
  }

  String pid() {
    return Integer.toString(culprit);
  }

  String backendStart() {
    return hotdash
        .database()
        .text(
            "select to_char(backend_start at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
                + " from pg_stat_activity where pid = "
                + culprit);
  }

  /** Somebody else ends it. */
  void end() {
    hotdash.server().sql("select pg_terminate_backend(" + culprit + ", 5000)");
  }

  void restart() {
    hotdash.server().restart();
  }

  private long number(String condition) {
    return hotdash
        .database()
        .number(
            "select count(*) from pg_stat_activity where pid = " + culprit + " and " + condition);
  }

  @Override
  PgRole role() {
    return hotdash.ops();
  }

  @Override
  public String state() {
    return "in the way: " + number("state <> 'idle' or application_name = '" + WEB + "'");
  }

  @Override
  public void close() {
    fault.close();
    super.close();
  }
}
