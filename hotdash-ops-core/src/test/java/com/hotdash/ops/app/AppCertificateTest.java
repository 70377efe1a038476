package com.hotdash.ops.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.health.ProbeResult.Outcome;
import com.hotdash.ops.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppCertificateTest {
  @StartStop private final MockWebServer server = new MockWebServer();
  @TempDir private static Path folder;
  private static Certificates good;

  @BeforeAll
  static void make() {
    good = Certificates.make(folder, "localhost", "-1d", 31);
  }

  private Reading<CertificateState> read(Certificates shown, boolean trusted) {
    server.useHttps(shown.sockets());
    server.enqueue(new MockResponse.Builder().body("OK").build());
    var builder = AppClient.builder().baseUrl("https://localhost:" + server.getPort());
    if (trusted) {
      builder.http(http -> http.transport(shown.transport()));
    }
    try (var app = builder.build()) {
      return app.certificate(Time.SYSTEM.deadline(Duration.ofSeconds(10)));
    }
  }

  @Test
  void certificate_good_tellsTheDaysLeft() {
    var reading = read(good, true);

    var state = reading.toOptional().orElseThrow();
    assertThat(state.outcome()).isEqualTo(Outcome.ANSWERED);
    assertThat(state.left()).isBetween(Duration.ofDays(29), Duration.ofDays(30));
    assertThat(state.certificate())
        .satisfies(
            certificate -> {
              assertThat(certificate.subject()).isEqualTo("CN=localhost");
              assertThat(certificate.names()).containsExactly("localhost");
              assertThat(certificate.notBefore()).isBefore(certificate.notAfter());
            });
    assertThat(reading.evidenceIfRead().orElseThrow().value())
        .startsWith("certificate good for 29 days");
  }

  @Test
  void certificate_expiredButTrustedAsItIs_saysSo() {
    var reading = read(Certificates.make(folder, "localhost", "-10d", 5), true);

    assertThat(reading.evidenceIfRead().orElseThrow().value()).contains("expired");
  }

  @Test
  void certificate_ofAnotherHost_isANameMismatch() {
    var reading = read(Certificates.make(folder, "elsewhere.example", "-1d", 30), true);

    assertThat(reading.toOptional().orElseThrow().outcome()).isEqualTo(Outcome.TLS_NAME_MISMATCH);
  }

  @Test
  void certificate_ofNobodyKnown_isUntrusted() {
    var reading = read(good, false);

    assertThat(reading.toOptional().orElseThrow().outcome()).isEqualTo(Outcome.TLS_UNTRUSTED);
  }

  @Test
  void certificate_withoutHttps_isUnread() {
    try (var app = AppClient.builder().baseUrl(server.url("/").toString()).build()) {
      assertThat(app.certificate(Time.SYSTEM.deadline(Duration.ofSeconds(5))).obstacle())
          .map(NotChecked::why)
          .contains(Why.NOT_CONFIGURED);
    }
  }
}
