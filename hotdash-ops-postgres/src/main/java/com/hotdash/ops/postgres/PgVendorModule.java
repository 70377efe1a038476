package com.hotdash.ops.postgres;

import com.hotdash.ops.database.ConnectFailure;
import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.runbook.AccessCheck;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookBuilder;
import com.hotdash.ops.runbook.Setting;
import com.hotdash.ops.runbook.VendorModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gives a runbook the database that {@code DATABASE_URL} and {@code DIRECT_URL} lead to. */
public final class PgVendorModule implements VendorModule {
  private static final String DATABASE_URL = "DATABASE_URL";
  private static final String DIRECT_URL = "DIRECT_URL";

  /** For {@link java.util.ServiceLoader}. */
  public PgVendorModule() {}

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting(DATABASE_URL, "PostgreSQL as the application reaches it", true),
        new Setting(DIRECT_URL, "the same server past the pooler; readings prefer it", true));
  }

  @Override
  public void configure(Environment environment, RunbookBuilder builder) {
    var databaseUrl = environment.secret(DATABASE_URL);
    var directUrl = environment.secret(DIRECT_URL);
    if (databaseUrl.isEmpty() && directUrl.isEmpty()) {
      return;
    }
    var pg = PgDiagnostics.builder();
    databaseUrl.ifPresent(pg::databaseUrl);
    directUrl.ifPresent(pg::directUrl);
    var client = pg.build();
    builder.database(client.port()).owns(client).accessCheck(() -> checks(client));
    client.secrets().forEach(builder::secret);
    if (SupabaseStatus.concerns(databaseUrl) || SupabaseStatus.concerns(directUrl)) {
      builder.statusPage(SupabaseStatus.NAME, SupabaseStatus.ADDRESS);
    }
  }

  private static List<AccessCheck> checks(PgDiagnostics client) {
    return client.checkAccess().addresses().stream().map(PgVendorModule::check).toList();
  }

  private static AccessCheck check(PgAccess.Address address) {
    var works = new ArrayList<String>();
    var missing = new ArrayList<String>();
    var unknown = new ArrayList<String>();
    var remedies = new ArrayList<String>();
    var probe = address.probe();
    var failure = probe.failed().flatMap(stage -> Optional.ofNullable(stage.failure()));
    var told = ConnectionTest.summary(probe) + " (" + probe.endpoint() + ")";
    if (probe.failed().isEmpty()) {
      works.add(told);
    } else if (failure.filter(PgVendorModule::refused).isPresent()) {
      missing.add(told);
    } else {
      unknown.add(told);
    }
    failure.ifPresent(each -> remedies.add(each.nextStep()));
    var rights = address.rights();
    if (rights != null) {
      works.add("logs in as " + rights.role());
      (rights.seesOthers() ? works : missing).add("see what other roles' sessions do");
      (rights.endsOthers() ? works : missing).add("end other roles' sessions");
      if (rights.usesReserved() != null) {
        (rights.usesReserved() ? works : missing).add("log in when ordinary slots are taken");
      }
      remedies.addAll(rights.grants());
    } else if (probe.failed().isEmpty()) {
      unknown.add("the rights of our role could not be read");
    }
    return new AccessCheck(probe.name(), works, missing, unknown, remedies);
  }

  /** Whether the address or the login is at fault: all else says nothing of the credential. */
  private static boolean refused(ConnectFailure failure) {
    return switch (failure.kind().layer()) {
      case LOGIN, TLS -> true;
      case ADDRESS -> failure.kind() != FailureKind.NAME_NOT_RESOLVED;
      case NETWORK, SERVER_SLOTS, LIMIT, POOLER, APPLICATION_POOL, SERVER_STATE, STATEMENT, OURS ->
          false;
    };
  }
}
