package com.hotdash.ops.testkit.fly;

import static com.hotdash.ops.testkit.fly.FlyFixture.deploy;
import static com.hotdash.ops.testkit.fly.FlyFixture.machine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.time.Sleeper;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The world behind the hosts: what a test sets up, and what it gets to see. */
class FlySimulatorTest {
  private final FlyFixture it = new FlyFixture();

  @AfterEach
  void close() {
    it.close();
  }

  @Test
  void watch_update_tellsEachStepWithTheImage() throws Exception {
    var seen = new ArrayList<String>();
    it.fly.watch(m -> seen.add(m.state() + ' ' + m.image().map(FlyImage::tag).orElse("none")));

    it.post(machine(it.one, ""), deploy(it.one, it.bad, ""));
    it.time.advance(Duration.ofSeconds(10));
    it.one.state();

    assertThat(seen.get(0)).isEqualTo("replacing deployment-01BAD");
    assertThat(seen.get(seen.size() - 1)).isEqualTo("started deployment-01BAD");
  }

  @Test
  void watch_manyThingsDueAtOnce_happenAtTheirOwnTimes() throws Exception {
    it.post(machine(it.one, ""), deploy(it.one, it.bad, ""));
    it.post(machine(it.two, "/restart"), "");

    it.time.advance(Duration.ofHours(1));

    assertThat(it.one.startedAt()).contains(FlyFixture.START.plusMillis(3500));
    assertThat(it.two.startedAt()).contains(FlyFixture.START.plusMillis(1000));
  }

  @Test
  void deployed_newImage_isOnRunningMachinesAndNamedByTheirMetadata() {
    it.two.autostop();
    it.time.advance(Duration.ofSeconds(2));
    it.app.history(it.time.now()).complete(it.bad);

    it.app.deployed(it.bad);

    assertThat(it.app.machines()).allMatch(m -> m.image().equals(java.util.Optional.of(it.bad)));
    assertThat(it.one.state()).isEqualTo("started");
    assertThat(it.one.startedAt()).contains(it.time.now());
    assertThat(it.two.state()).isEqualTo("stopped");
    assertThat(it.one.configJson()).contains("\"fly_release_version\":\"2\"");
    assertThat(it.fly.changes()).isEmpty();
  }

  @Test
  void machine_withAnId_hasIt() {
    var third = it.app.machine("148e0000000003", "ord", it.good);

    assertThat(third.id()).isEqualTo("148e0000000003");
    assertThatThrownBy(() -> it.app.machine("148e0000000003", "ord", it.good))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void history_fromAVersion_countsUp() {
    var other = it.fly.app("other");

    other.history(FlyFixture.START).from(117).complete(it.good).failed(it.bad).secrets();

    assertThat(other.releases().stream().map(FlyRelease::version)).containsExactly(117, 118, 119);
    assertThat(other.releases().get(2).imageRef()).isEqualTo(it.bad.reference());
    assertThatThrownBy(() -> other.history(FlyFixture.START).from(1))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> it.fly.app("none").history(FlyFixture.START).secrets())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void health_fromOutside_decidesTheChecks() throws Exception {
    it.fly.health((m, path) -> new FlyHealth.Probe(path.equals("/health") ? 503 : 200, path));

    var checks = it.get(machine(it.one, "")).json().path("checks");

    assertThat(checks.findValuesAsText("status")).containsExactly("critical", "passing");
    assertThat(checks.findValuesAsText("output"))
        .containsExactly("/health", "/api/monitoring/health");
  }

  @Test
  void silentCheck_afterAStart_isMissingUntilItsTime() throws Exception {
    it.fly.silentCheck("/api/monitoring/health", Duration.ofSeconds(40));
    it.one.exit(1, false);
    it.time.advance(Duration.ofSeconds(31));

    assertThat(it.get(machine(it.one, "")).json().path("checks")).hasSize(1);
    it.time.advance(Duration.ofSeconds(10));
    assertThat(it.get(machine(it.one, "")).json().path("checks")).hasSize(2);
  }

  @Test
  void changes_whatThePlatformDoes_standAtTheirTime() throws Exception {
    it.one.exit(1, false);
    it.time.advance(Duration.ofMinutes(1));

    var changes = it.fly.changes();

    assertThat(changes).hasSize(1);
    assertThat(changes.get(0).kind()).isEqualTo("platform.exit");
    assertThat(changes.get(0).at()).isEqualTo(FlyFixture.START);
    assertThatThrownBy(
            () -> {
              it.one.autostop();
              it.one.exit(1, false);
            })
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void image_twoTagsOfOneDigest_areOneImageToMachines() throws Exception {
    var same = it.fly.add(it.good.tagged("deployment-01AGAIN"));

    it.post(machine(it.one, ""), deploy(it.one, same, ""));
    var byDigest = "registry.fly.io/" + FlyFixture.APP + '@' + it.good.digest();
    var reply = it.post(machine(it.two, ""), "{\"config\":{\"image\":\"" + byDigest + "\"}}");

    assertThat(it.get(machine(it.one, "")).json().at("/image_ref/digest").asText())
        .isEqualTo(it.good.digest());
    assertThat(reply.json().at("/image_ref/digest").asText()).isEqualTo(it.good.digest());
    assertThat(reply.json().at("/image_ref").has("tag")).isFalse();
  }

  @Test
  void close_whileACallIsHeld_endsIt() throws Exception {
    var real = new FlyFixture(time -> new Time(time.clock(), time.ticker(), Sleeper.SYSTEM));
    real.one.leaseTo("alice@example.com", Duration.ofHours(1), "");
    var held =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return real.post(machine(real.one, "/stop"), "{}").status();
              } catch (Exception e) { // Cut off, in whatever way: what matters is that it ends.
                return -1;
              }
            });
    assertThat(held)
        .failsWithin(Duration.ofMillis(100))
        .withThrowableOfType(java.util.concurrent.TimeoutException.class);

    real.close();

    assertThat(held.get(2, TimeUnit.SECONDS)).isIn(-1, 502);
    assertThat(real.fly.count("machine.stop")).isZero();
  }

  @Test
  void secrets_ofTheApp_reachMachinesMadeLater() {
    it.app.secrets(Map.of("DATABASE_URL", "postgres://x"));

    var third = it.app.machine("ord", it.good);

    assertThat(third.secrets()).isEqualTo(it.app.secretDigests()).hasSize(1);
    assertThat(it.one.secrets()).isEmpty();
    assertThat(List.of(third.toString(), it.app.toString(), it.app.secretDigests().toString()))
        .noneMatch(text -> text.contains("postgres"));
  }
}
