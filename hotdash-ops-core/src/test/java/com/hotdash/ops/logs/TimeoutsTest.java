package com.hotdash.ops.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeoutsTest {
  private static LogSummary read(String... lines) {
    return LogInvariants.read(String.join("\n", lines).getBytes(StandardCharsets.UTF_8), true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[PC05] timed out connecting to the app | PROXY | pc05",
        "[PU03] upstream timed out | PROXY | pu03",
        "Timed out fetching a new connection from the connection pool. | POOL | ''",
        "{\"level\":\"error\",\"message\":\"x\",\"error\":{\"code\":\"P2024\"}} | POOL | ''",
        "{\"level\":\"error\",\"message\":\"x\",\"error\":{\"code\":\"P1008\"}} | DATABASE | ''",
        "ERROR: canceling statement due to statement timeout | DATABASE | ''",
        "Error: connect ETIMEDOUT 10.0.0.1:5432 | NETWORK | 10.0.0.1:5432",
        "TypeError: fetch failed { code: 'UND_ERR_CONNECT_TIMEOUT' } | NETWORK | ''",
        "Shopify request timed out after 10000ms | SHOP | ''",
        "{\"level\":\"error\",\"module\":\"shopify\",\"message\":\"Request timed out\"} | SHOP | ''",
        "TimeoutError: no answer of the Admin API: timeout | SHOP | ''",
        "BadRequestError: request aborted | CLIENT | ''",
        "Error: Premature close | CLIENT | ''",
        "GET /app 499 - - 30000 ms | CLIENT | ''",
        "GET /app 504 - - 30000 ms | GATEWAY | ''",
        "{\"level\":\"info\",\"message\":\"done\",\"status\":504} | GATEWAY | ''",
      })
  void timeouts_eachLayer_isToldApart(String line, Timeouts.Layer layer, String detail) {
    var timeouts = read(line, line).timeouts();

    assertThat(timeouts.seen())
        .singleElement()
        .satisfies(
            seen -> {
              assertThat(seen.layer()).isEqualTo(layer);
              assertThat(seen.count()).isEqualTo(2);
              assertThat(seen.details().keySet())
                  .isEqualTo(detail.isEmpty() ? java.util.Set.of() : java.util.Set.of(detail));
              assertThat(seen.samples()).isNotEmpty();
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "idle timeout is 30 s",
        "timeout=5000 configured",
        "{\"level\":\"info\",\"message\":\"ok\",\"module\":\"shopify\",\"metadata\":{\"timeoutMs\":5000}}",
        "author of the shop",
        "order 50412",
        "took 504ms",
        "bytes=504",
        "[PC01] refused",
      })
  void timeouts_harmlessLine_isNone(String line) {
    assertThat(read(line).timeouts().seen()).isEmpty();
  }

  @Test
  void toString_severalLayers_namesThemFromTheOutsideIn() {
    assertThat(
            read("P2024 x", "GET /a 504 - - 3 ms", "P2024 y", "connect ETIMEDOUT a.b:1").timeouts())
        .hasToString("timeouts: gateway 1, pool 2, network 1");
    assertThat(new Timeouts(List.of())).hasToString("timeouts: none");
  }
}
