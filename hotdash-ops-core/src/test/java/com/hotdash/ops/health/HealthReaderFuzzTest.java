package com.hotdash.ops.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.hotdash.ops.http.HttpHead;
import com.hotdash.ops.secret.Redactor;
import java.util.List;
import java.util.Map;

/**
 * Bodies that no endpoint would give. In the ordinary build the inputs beside this class are
 * replayed; with {@code JAZZER_FUZZ=1} more are searched for.
 */
class HealthReaderFuzzTest {
  @FuzzTest(maxDuration = "2m")
  void read_anyBytes_isAReportWithoutControlCharacters(byte[] body) {
    var reader = new HealthReader(Redactor.SHAPES);
    for (int code : new int[] {200, 302, 404, 503}) {
      for (var type : List.of("application/json", "text/plain", "application/health+json")) {
        var head = new HttpHead(code, Map.of("Content-Type", List.of(type)), null);

        var report = reader.read(head, body);

        assertThat(report.toString()).as("printed").doesNotContainPattern("\\p{Cntrl}");
        assertThat(report.code()).isEqualTo(code);
        if (code == 503) {
          assertThat(report.overall()).isEqualTo(HealthStatus.FAIL);
        }
        if (code == 302) {
          assertThat(report.overall()).isNotEqualTo(HealthStatus.PASS);
        }
      }
    }
  }
}
