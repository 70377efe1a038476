package com.hotdash.ops.postgres;

import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Logs in at each address once, one after another, and reads what our role may do there. */
final class PgAccessChecking {
  private final List<PgAddress> preferred;
  private final PgProbe prober;
  private final Time time;

  PgAccessChecking(List<PgAddress> preferred, PgProbe prober, Time time) {
    this.preferred = preferred;
    this.prober = prober;
    this.time = time;
  }

  PgAccess run(Deadline deadline) {
    var probed = new ArrayList<PgProbed>();
    var answers = new ArrayList<PgAccess.Address>();
    for (var address : preferred) {
      var found = prober.probe(address, deadline, List.copyOf(probed));
      probed.add(found);
      answers.add(answer(found, deadline));
    }
    Collections.reverse(answers);
    return new PgAccess(answers);
  }

  private PgAccess.Address answer(PgProbed found, Deadline deadline) {
    var url = found.url();
    if (url == null) {
      return new PgAccess.Address(found.probe(), null, null, List.of());
    }
    var warnings = new ArrayList<>(url.warnings());
    PgAccess.@Nullable Rights rights = null;
    if (found.connection() != null) {
      try (var link = new PgLink(found.connection(), url, time)) {
        rights = link.read(deadline, PgAccess::rights);
      } catch (PgTrouble e) {
        warnings.add("the role's rights could not be read: " + e.failure());
      }
    }
    return new PgAccess.Address(
        found.probe(), rights, url.kind().pooled() ? url.kind().limits() : null, warnings);
  }
}
