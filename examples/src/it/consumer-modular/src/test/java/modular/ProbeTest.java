package modular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hotdash.ops.database.FailureKind;
import org.junit.jupiter.api.Test;

class ProbeTest {
  @Test
  void nobodyListens_isRefused() {
    var failure = Probe.of("postgres://app:pw@127.0.0.1:1/db").get(0).failed().orElseThrow().failure();

    assertEquals(FailureKind.REFUSED, failure.kind());
  }

  @Test
  void vendorModule_isFoundOnTheModulePath() {
    assertTrue(Probe.class.getModule().isNamed());
    assertTrue(Probe.settings().stream().anyMatch(setting -> setting.name().equals("DATABASE_URL")));
  }
}
