package com.hotdash.ops.testkit.github;

import static com.hotdash.ops.testkit.github.GitHubFixture.REPO;
import static com.hotdash.ops.testkit.github.GitHubFixture.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.web.Raw;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GitHubGateTest {
  private static final String RUNS = REPO + "/actions/runs";

  private final GitHubFixture world = new GitHubFixture();

  @AfterEach
  void close() {
    world.close();
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer wrong, /repos/acme/hotdash, 401",
    "'', /repos/acme/hotdash, 404",
    "Bearer made-up-token, /repos/acme/hotdash, 200",
    "token made-up-token, /repos/acme/hotdash, 200",
    "Bearer made-up-token, /repos/acme/hotdash/, 404",
    "Bearer made-up-token, /repos/acme/hotdash/actions/runs/, 404",
    "Bearer made-up-token, /repos/acme/other, 404",
    "Bearer made-up-token, /repositories/77/actions/runs, 200",
  })
  void request_tokenAndPath_decideTheStatus(String token, String path, int status)
      throws Exception {
    var address = URI.create(world.github.address() + path);

    var answer =
        token.isEmpty()
            ? Raw.get(address, "User-Agent", "test")
            : Raw.get(address, "User-Agent", "test", "Authorization", token);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(Raw.header(answer, "x-github-request-id")).startsWith("C0DE:");
  }

  @Test
  void request_withoutUserAgent_is403InHtml() throws Exception {
    var address = world.github.address();
    try (var socket =
        new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), address.getPort())) {
      socket.setSoTimeout(5_000);
      var request = "GET " + REPO + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

      var answer = new byte[600];
      int read = socket.getInputStream().readNBytes(answer, 0, 120);

      assertThat(new String(answer, 0, read, StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 403 ");
    }
  }

  @ParameterizedTest
  @CsvSource({"2022-11-28, 200, true", "2026-03-10, 200, false", "2020-01-01, 400, false"})
  void apiVersion_decidesTheShape(String version, int status, boolean rate) throws Exception {
    var answer = world.get("/rate_limit", "X-GitHub-Api-Version", version);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body().contains("\"rate\":")).isEqualTo(rate);
  }

  @Test
  void rights_missing_is403WithTheRightThatIsNeeded() throws Exception {
    world.github.grant(Secret.of(TOKEN), world.hotdash, Right.ACTIONS_READ);

    var answer = world.dispatch("{\"ref\":\"main\"}");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(Raw.header(answer, "x-accepted-github-permissions")).isEqualTo("actions=write");
    assertThat(Raw.header(answer, "x-ratelimit-remaining")).isEqualTo("4999");
  }

  @ParameterizedTest
  @CsvSource({"403", "429"})
  void primaryLimit_usedUp_refusesUntilTheReset(int status) throws Exception {
    world.github.remaining(Secret.of(TOKEN), 1, status);

    assertThat(world.get(RUNS).statusCode()).isEqualTo(200);
    var over = world.get(RUNS);
    assertThat(over.statusCode()).isEqualTo(status);
    assertThat(Raw.header(over, "x-ratelimit-remaining")).isEqualTo("0");
    var reset = Instant.ofEpochSecond(Long.parseLong(Raw.header(over, "x-ratelimit-reset")));
    world.time.advance(Duration.between(world.time.now(), reset));
    assertThat(world.get(RUNS).statusCode()).isEqualTo(200);
  }

  @Test
  void conditionalGet_unchanged_is304AndNotCounted() throws Exception {
    var first = world.get(RUNS);

    var second = world.get(RUNS, "If-None-Match", Raw.header(first, "etag"));

    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(Raw.header(second, "x-ratelimit-used"))
        .isEqualTo(Raw.header(first, "x-ratelimit-used"));
    world.hotdash.push(GitHubFixture.ROLLBACK, "new");
    assertThat(world.get(RUNS, "If-None-Match", Raw.header(first, "etag")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void contentCreated_moreThan80AMinute_isASecondaryLimit() throws Exception {
    int status = 0;
    int made = 0;
    while (made < 100) {
      status = world.ask("POST", REPO + "/issues", "{\"title\":\"t\"}").statusCode();
      if (status != 201) {
        break;
      }
      made++;
    }

    assertThat(made).isEqualTo(80);
    assertThat(status).isEqualTo(403);
    assertThat(world.hotdash.openIssues()).isEqualTo(80);
    world.pass(61);
    assertThat(world.ask("POST", REPO + "/issues", "{\"title\":\"t\"}").statusCode())
        .isEqualTo(201);
  }

  @ParameterizedTest
  @EnumSource(SecondaryLimit.class)
  void secondaryLimit_eachForm_leavesThousandsRemaining(SecondaryLimit form) throws Exception {
    var fault = form.fault(world.time.time(), Duration.ofSeconds(90));
    world.github.site().fault("*", ".*", 1, fault);

    var answer = world.get(RUNS);

    assertThat(answer.statusCode()).isIn(403, 429);
    assertThat(Raw.header(answer, "x-ratelimit-remaining")).isEqualTo("4000");
    assertThat(world.get(RUNS).statusCode()).isEqualTo(200);
  }

  @Test
  void expiry_isNamedInAFormThatIsNotIso_thenTheTokenIsBad() throws Exception {
    world.github.expires(Secret.of(TOKEN), Instant.parse("2026-11-23T11:00:00Z"));

    assertThat(Raw.header(world.get(RUNS), "github-authentication-token-expiration"))
        .isEqualTo("2026-11-23 11:00:00 UTC");
    world.time.advance(Duration.ofHours(1));
    assertThat(world.get(RUNS).statusCode()).isEqualTo(401);
  }

  @Test
  void requests_areRememberedWithoutTheToken() throws Exception {
    world.get(RUNS + "?status=queued");

    assertThat(world.github.site().requests())
        .singleElement()
        .matches(r -> r.credentials() && "status=queued".equals(r.query()))
        .asString()
        .doesNotContain(TOKEN);
    assertThat(world.github.site().count("GET", ".*/runs")).isEqualTo(1);
  }
}
