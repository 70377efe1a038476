package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hotdash.ops.evidence.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdminPageTest {
  @Test
  void nothingConfigured_isUnknown() {
    try (var page = new AdminPage(Map.of())) {
      assertEquals(Verdict.UNKNOWN, page.database().verdict());
    }
  }

  @Test
  void nobodyListens_isAProblemThatNamesTheNextStep() {
    // Port 1 on loopback: nothing listens there.
    try (var page = new AdminPage(Map.of("DATABASE_URL", "postgres://app:pw@127.0.0.1:1/db"))) {
      var diagnosis = page.database();
      assertEquals(Verdict.PROBLEM, diagnosis.verdict(), diagnosis::toString);
      assertTrue(page.html().startsWith("<!DOCTYPE html>"), page.html());
    }
  }
}
