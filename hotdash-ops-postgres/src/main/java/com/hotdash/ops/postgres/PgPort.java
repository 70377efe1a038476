package com.hotdash.ops.postgres;

import com.hotdash.ops.database.Database;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.SchemaReader;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Deadline;
import java.util.Optional;

/** The database as the runbook asks for it. */
final class PgPort implements Database {
  private final PgDiagnostics diagnostics;
  private final PgAddresses addresses;

  PgPort(PgDiagnostics diagnostics, PgAddresses addresses) {
    this.diagnostics = diagnostics;
    this.addresses = addresses;
  }

  @Override
  public Estate.Part identity() {
    return addresses.identity();
  }

  @Override
  public Redactor redactor() {
    return Redactor.of(addresses.secrets());
  }

  @Override
  public Optional<SchemaReader> schema() {
    return Optional.of(diagnostics.schema());
  }

  @Override
  public DatabaseLook look(Deadline deadline) {
    return diagnostics.look(deadline);
  }

  @Override
  public Control control() {
    return diagnostics.control();
  }
}
