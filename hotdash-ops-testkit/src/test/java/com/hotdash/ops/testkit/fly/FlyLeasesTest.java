package com.hotdash.ops.testkit.fly;

import static com.hotdash.ops.testkit.fly.FlyFixture.deploy;
import static com.hotdash.ops.testkit.fly.FlyFixture.machine;
import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.time.Sleeper;
import com.hotdash.ops.time.Time;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Leases: who holds one, who is refused, and who waits. */
class FlyLeasesTest {
  private static final String NONCE = "fly-machine-lease-nonce";
  private final FlyFixture it = new FlyFixture();

  @AfterEach
  void close() {
    it.close();
  }

  @Test
  void acquire_freeMachine_isWrapped() throws Exception {
    var reply = it.post(machine(it.one, "/lease?ttl=30"), "");

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.json().path("status").asText()).isEqualTo("success");
    var data = reply.json().path("data");
    assertThat(data.path("expires_at").asLong())
        .isEqualTo(FlyFixture.START.plusSeconds(30).getEpochSecond());
    assertThat(data.path("owner").asText()).endsWith("@tokens.fly.io");
    assertThat(data.path("version").asText()).isEqualTo(it.one.version());
  }

  @Test
  void acquire_bareForm_isNotWrapped() throws Exception {
    it.fly.set(FlyQuirk.BARE_LEASES, true);

    var body = "{\"ttl\":10,\"description\":\"rollback by alice\"}";
    var reply = it.post(machine(it.one, "/lease"), body);

    assertThat(reply.json().path("description").asText()).isEqualTo("rollback by alice");
  }

  @ParameterizedTest
  @CsvSource({
    "false,'machine ID %s lease currently held by alice@example.com, expires at"
        + " 2026-11-20T14:00:30Z',error",
    "true,'machine ID %s lease currently held by alice@example.com, expires at"
        + " 2026-11-20 14:00:30 +0000 UTC',message"
  })
  void conflict_namesHolderAndExpiry(boolean old, String text, String field) throws Exception {
    it.fly.set(FlyQuirk.OLD_LEASE_CONFLICT, old);
    it.one.leaseTo("alice@example.com", Duration.ofSeconds(30), "hers");
    String expected = text.formatted(it.one.id());

    var lease = it.post(machine(it.one, "/lease?ttl=30"), "");
    var update = it.post(machine(it.one, ""), deploy(it.one, it.bad, ""));
    var wrong = it.post(machine(it.one, "/restart"), "", NONCE, "0123456789ab");

    for (var reply : new FlyFixture.Reply[] {lease, update, wrong}) {
      assertThat(reply.status()).isEqualTo(409);
      assertThat(reply.json().path(field).asText()).isEqualTo(expected);
    }
    assertThat(it.one.state()).isEqualTo("started");
  }

  @Test
  void refresh_withNonce_keepsItAndMovesTheExpiry() throws Exception {
    var nonce = nonce();
    it.time.advance(Duration.ofSeconds(9));

    var again = it.post(machine(it.one, "/lease?ttl=10"), "", NONCE, nonce);

    assertThat(again.json().at("/data/nonce").asText()).isEqualTo(nonce);
    it.time.advance(Duration.ofSeconds(9));
    assertThat(it.get(machine(it.one, "/lease")).json().at("/data/nonce").asText())
        .isEqualTo(nonce);
    assertThat(it.post(machine(it.one, ""), deploy(it.one, it.bad, ""), NONCE, nonce).status())
        .isEqualTo(200);
  }

  @Test
  void release_onceAndAfterExpiry_is200And404() throws Exception {
    var first = nonce();
    assertThat(it.send("DELETE", machine(it.one, "/lease"), "", NONCE, first).text())
        .isEqualTo("{\"status\":\"success\",\"data\":{\"ok\":true}}");
    var second = nonce();
    it.time.advance(Duration.ofSeconds(11));

    var late = it.send("DELETE", machine(it.one, "/lease"), "", NONCE, second);

    assertThat(late.status()).isEqualTo(404);
    assertThat(late.error()).isEqualTo("lease not found");
    assertThat(it.get(machine(it.one, "/lease")).error()).isEqualTo("lease not found");
  }

  @Test
  void stop_foreignLease_waitsUntilItRunsOut() throws Exception {
    it.one.leaseTo("alice@example.com", Duration.ofSeconds(30), "");

    var reply = it.post(machine(it.one, "/stop"), "{}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(it.time.now()).isAfterOrEqualTo(FlyFixture.START.plusSeconds(30));
  }

  @Test
  void destroy_foreignLease_waitsOnlyIfForced() throws Exception {
    it.one.leaseTo("alice@example.com", Duration.ofSeconds(30), "");

    assertThat(it.send("DELETE", machine(it.one, ""), "").status()).isEqualTo(409);
    assertThat(it.send("DELETE", machine(it.one, "?force=true"), "").status()).isEqualTo(200);
    assertThat(it.time.now()).isAfterOrEqualTo(FlyFixture.START.plusSeconds(30));
  }

  @Test
  void stop_realSleeperAndStandingClock_blocksUntilTheLeaseIsReleased() throws Exception {
    try (var real = new FlyFixture(time -> new Time(time.clock(), time.ticker(), Sleeper.SYSTEM))) {
      real.one.leaseTo("alice@example.com", Duration.ofSeconds(30), "");

      var stop =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return real.post(machine(real.one, "/stop"), "{}").status();
                } catch (HttpTimeoutException e) {
                  return -1;
                } catch (Exception e) { // Whatever else it is, it is the test's failure.
                  throw new AssertionError(e);
                }
              });
      assertThat(stop)
          .failsWithin(Duration.ofMillis(200))
          .withThrowableOfType(java.util.concurrent.TimeoutException.class);
      assertThat(real.fly.count("machine.stop")).isZero();
      real.one.endLease();

      assertThat(stop.get(3, TimeUnit.SECONDS)).isEqualTo(200);
    }
  }

  private String nonce() throws Exception {
    return it.post(machine(it.one, "/lease?ttl=10"), "").json().at("/data/nonce").asText();
  }
}
