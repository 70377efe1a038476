package com.hotdash.ops.database;

import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Deadline;

/** The eyes of a database without its hands. */
public final class ReaderOnly implements DatabaseReader {
  private final DatabaseReader database;

  /** Wraps a database. */
  public ReaderOnly(DatabaseReader database) {
    this.database = database;
  }

  @Override
  public Estate.Part identity() {
    return database.identity();
  }

  @Override
  public Redactor redactor() {
    return database.redactor();
  }

  @Override
  public DatabaseLook look(Deadline deadline) {
    return database.look(deadline);
  }
}
