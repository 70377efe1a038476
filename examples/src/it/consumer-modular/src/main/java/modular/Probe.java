package modular;

import com.hotdash.ops.database.EndpointProbe;
import com.hotdash.ops.postgres.PgDiagnostics;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.runbook.Setting;
import com.hotdash.ops.secret.Secret;
import java.util.List;

/** What a modular host would write. */
public final class Probe {
  private Probe() {}

  public static List<EndpointProbe> of(String url) {
    try (var pg = PgDiagnostics.builder().databaseUrl(Secret.of(url)).build()) {
      return pg.selectOne().probes();
    }
  }

  public static List<Setting> settings() {
    return RunbookProcedures.settings();
  }
}
