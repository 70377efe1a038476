package com.hotdash.ops.database;

import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Deadline;
import java.util.Optional;

/** The eyes of the runbook in a database. It changes nothing. Implementations are thread-safe. */
public interface DatabaseReader {
  /**
   * Tells which database this is, from its configuration alone.
   *
   * @return host and database or project, without credentials
   */
  Estate.Part identity();

  /**
   * Returns what takes this database's credentials out of texts. Default: it knows their shapes
   * only.
   *
   * @return the redactor
   */
  default Redactor redactor() {
    return Redactor.SHAPES;
  }

  /**
   * Returns what tells of the database's tables, indexes and roles. Default: nothing does.
   *
   * @return the reader, which lives as long as this, or empty if this one looks at sessions only
   */
  default Optional<SchemaReader> schema() {
    return Optional.empty();
  }

  /**
   * Begins one look. Nothing is sent before the first reading is asked for.
   *
   * @param deadline when all readings of this look must have ended
   * @return the look; the caller closes it
   */
  DatabaseLook look(Deadline deadline);
}
