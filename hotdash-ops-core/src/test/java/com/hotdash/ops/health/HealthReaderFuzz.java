package com.hotdash.ops.health;

import com.hotdash.ops.http.HttpHead;
import com.hotdash.ops.secret.Redactor;
import java.util.List;
import java.util.Map;

/** The reader's entry for fuzzers: whatever the bytes, there is a report within its bounds. */
public final class HealthReaderFuzz {
  private HealthReaderFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    for (int code : new int[] {200, 302, 404, 503}) {
      for (var type : List.of("application/json", "text/plain")) {
        var report =
            new HealthReader(Redactor.SHAPES)
                .read(new HttpHead(code, Map.of("Content-Type", List.of(type)), null), input);
        if (code == 503 && report.overall() != HealthStatus.FAIL) {
          throw new AssertionError("a 503 was read as " + report);
        }
        if (report.toString().chars().anyMatch(c -> c < ' ')) {
          throw new AssertionError("a control character is printed");
        }
      }
    }
  }
}
