package com.hotdash.ops.testkit.fly;

import static com.hotdash.ops.testkit.fly.FlyFixture.deploy;
import static com.hotdash.ops.testkit.fly.FlyFixture.machine;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the Machines API says of machines, and what it does to them. */
class FlyMachinesTest {
  private final FlyFixture it = new FlyFixture();

  @AfterEach
  void close() {
    it.close();
  }

  @Test
  void get_machine_hasNullsAndOldAutostopAndARequestId() throws Exception {
    var reply = it.get(machine(it.one, ""));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().at("/image_ref/labels").isNull()).isTrue();
    assertThat(reply.json().at("/config/services/0/autostop").booleanValue()).isTrue();
    assertThat(reply.json().path("instance_id")).isEqualTo(reply.json().path("version"));
    assertThat(reply.json().at("/checks/0/name").asText()).isEqualTo("servicecheck-00-http-3000");
    assertThat(reply.raw().headers().firstValue("fly-request-id")).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"off,false", "stop,true", "suspend,suspend"})
  void get_autostop_comesBackInItsOldForm(String sent, String shown) throws Exception {
    var config = it.one.configJson().replace("\"stop\"", '"' + sent + '"');
    var machine = it.app.machine("ord", config);

    assertThat(it.get(machine(machine, "")).json().at("/config/services/0/autostop").asText())
        .isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "'',2",
    "?state=stopped,0",
    "'?state=started,stopped',2",
    "?region=syd,0",
    "?metadata.fly_process_group=app,2",
    "?metadata.fly_process_group=worker,0"
  })
  void list_filters_keepWhatFits(String query, int count) throws Exception {
    var reply = it.get("/apps/" + FlyFixture.APP + "/machines" + query);

    assertThat(reply.json().isNull() ? 0 : reply.json().size()).isEqualTo(count);
  }

  @Test
  void list_nothing_isNull() throws Exception {
    it.fly.app("empty");

    assertThat(it.get("/apps/empty/machines").text()).isEqualTo("null");
  }

  @Test
  void update_image_replacesForAWhileAndThenRunsTheNewVersion() throws Exception {
    String before = it.one.version();

    var reply = it.post(machine(it.one, ""), deploy(it.one, it.bad, ""));

    assertThat(reply.json().path("instance_id").asText()).isNotEqualTo(before);
    assertThat(reply.json().at("/image_ref/digest").asText()).isEqualTo(it.bad.digest());
    assertThat(it.one.state()).isEqualTo("replacing");
    assertThat(it.post(machine(it.one, "/start"), "").error())
        .isEqualTo("failed_precondition: machine getting replaced, refusing to start");
    it.time.advance(Duration.ofMillis(3500));
    assertThat(it.one.state()).isEqualTo("started");
    assertThat(it.one.image()).contains(it.bad);
    assertThat(it.one.startedAt()).contains(FlyFixture.START.plusMillis(3500));
  }

  @Test
  void update_imageThatCannotBePulled_isPutBackAndSaysStarted() throws Exception {
    String before = it.one.version();
    var broken = it.fly.add(FlyFixture.image("deployment-01GONE", '3').unpullable());

    var version =
        it.post(machine(it.one, ""), deploy(it.one, broken, "")).json().path("version").asText();
    it.time.advance(Duration.ofSeconds(10));

    assertThat(it.one.state()).isEqualTo("started");
    assertThat(it.one.version()).isEqualTo(before).isNotEqualTo(version);
    assertThat(it.one.image()).contains(it.good);
    assertThat(it.get(machine(it.one, "/wait?state=started")).status()).isEqualTo(200);
    assertThat(it.get(machine(it.one, "/wait?state=started&timeout=2&version=" + version)).status())
        .isEqualTo(408);
    assertThat(it.fly.count("platform.put-back")).isOne();
  }

  @Test
  void update_skipLaunch_leavesAStoppedMachineStopped() throws Exception {
    it.two.autostop();
    it.time.advance(Duration.ofSeconds(2));

    it.post(machine(it.two, ""), deploy(it.two, it.bad, ",\"skip_launch\":true"));
    it.time.advance(Duration.ofMinutes(1));

    assertThat(it.two.state()).isEqualTo("stopped");
    assertThat(it.two.image()).contains(it.bad);
  }

  @Test
  void update_withoutSkipLaunch_startsAStoppedMachine() throws Exception {
    it.two.autostop();
    it.time.advance(Duration.ofSeconds(2));

    it.post(machine(it.two, ""), deploy(it.two, it.bad, ""));
    it.time.advance(Duration.ofMinutes(1));

    assertThat(it.two.state()).isEqualTo("started");
  }

  @Test
  void update_unknownFields_areKept() throws Exception {
    var config = "{\"image\":\"" + it.good.reference() + "\",\"from_the_future\":{\"a\":[1,null]}}";

    it.post(machine(it.one, ""), "{\"config\":" + config + ",\"typo\":1}");

    assertThat(it.get(machine(it.one, "")).json().at("/config/from_the_future/a/0").asInt())
        .isOne();
    assertThat(it.get(machine(it.one, "")).json().at("/config/guest").isMissingNode()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"false,412", "true,409"})
  void update_otherVersion_isRefusedAndChangesNothing(boolean quirk, int status) throws Exception {
    it.fly.set(FlyQuirk.VERSION_MISMATCH_409, quirk);
    String before = it.one.version();

    var reply =
        it.post(machine(it.one, ""), deploy(it.one, it.bad, ",\"current_version\":\"01OLD\""));

    assertThat(reply.status()).isEqualTo(status);
    assertThat(it.one.version()).isEqualTo(before);
    assertThat(it.fly.changes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "shared,2,512,200", "shared,2,256,400", "shared,2,600,400", "shared,2,8192,400",
    "performance,2,4096,200", "performance,2,2048,400", "performance,2,5000,400", "shared,3,768,400"
  })
  void update_guest_mustBeOneThatExists(String kind, int cpus, int memory, int status)
      throws Exception {
    var config =
        "{\"image\":\"%s\",\"guest\":{\"cpu_kind\":\"%s\",\"cpus\":%d,\"memory_mb\":%d}}"
            .formatted(it.good.reference(), kind, cpus, memory);

    assertThat(it.post(machine(it.one, ""), "{\"config\":" + config + "}").status())
        .isEqualTo(status);
  }

  @Test
  void update_noRoomOnTheHost_is409() throws Exception {
    it.one.hostRoom(1024);
    var body = deploy(it.one, it.good, "").replace("\"memory_mb\":2048", "\"memory_mb\":4096");

    var reply = it.post(machine(it.one, ""), body);

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.error()).startsWith("aborted: could not reserve resource for machine");
  }

  @Test
  void update_overTheQuota_is403() throws Exception {
    it.fly.quota("ord", 5000);
    var body = deploy(it.one, it.good, "").replace("\"memory_mb\":2048", "\"memory_mb\":4096");

    var reply = it.post(machine(it.one, ""), body);

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.error())
        .startsWith("organization \"Acme\" is using 4096 MB of memory in ord which is over");
  }

  @Test
  void create_fullRegion_is503WithItsCode() throws Exception {
    it.fly.full("ord", true);

    var reply = it.post("/apps/" + FlyFixture.APP + "/machines", deploy(it.one, it.good, ""));

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.json().path("status").asText()).isEqualTo("insufficient_capacity");
    assertThat(it.app.machines()).hasSize(2);
  }

  @Test
  void create_machine_isCreatedFirstAndStartedLater() throws Exception {
    var reply =
        it.post(
            "/apps/" + FlyFixture.APP + "/machines",
            deploy(it.one, it.good, ",\"name\":\"third\",\"region\":\"iad\",\"lease_ttl\":30"));
    var third = it.app.machines().get(2);

    assertThat(reply.json().path("state").asText()).isEqualTo("created");
    assertThat(reply.json().path("nonce").asText()).isNotEmpty();
    assertThat(
            it.post(
                    machine(third, "/start"),
                    "",
                    "fly-machine-lease-nonce",
                    reply.json().path("nonce").asText())
                .error())
        .isEqualTo("failed_precondition: unable to start machine from current state: 'created'");
    it.time.advance(Duration.ofSeconds(7));
    assertThat(third.state()).isEqualTo("started");
    assertThat(
            it.post(
                    "/apps/" + FlyFixture.APP + "/machines",
                    deploy(it.one, it.good, ",\"name\":\"third\""))
                .status())
        .isEqualTo(409);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "61", "1m"})
  void wait_badTimeout_is400(String timeout) throws Exception {
    assertThat(it.get(machine(it.one, "/wait?timeout=" + timeout)).status()).isEqualTo(400);
  }

  @Test
  void wait_stateNotReached_is408AfterThatTime() throws Exception {
    var reply = it.get(machine(it.one, "/wait?state=stopped&timeout=5"));

    assertThat(reply.status()).isEqualTo(408);
    assertThat(reply.error())
        .isEqualTo(
            "deadline_exceeded: machine failed to reach desired state, stopped, currently started");
    assertThat(it.time.now())
        .isBetween(FlyFixture.START.plusSeconds(5), FlyFixture.START.plusSeconds(6));
  }

  @Test
  void wait_newVersion_returnsWhenItRuns() throws Exception {
    var version =
        it.post(machine(it.one, ""), deploy(it.one, it.bad, "")).json().path("version").asText();

    var reply = it.get(machine(it.one, "/wait?state=started&version=" + version));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("version").asText()).isEqualTo(version);
    assertThat(it.time.now()).isAfterOrEqualTo(FlyFixture.START.plusMillis(3500));
  }

  @Test
  void wait_destroyedMachine_is200ForDestroyedAnd404ForTheRest() throws Exception {
    it.send("DELETE", machine(it.one, "?force=true"), "");

    assertThat(it.get(machine(it.one, "/wait?state=destroyed")).status()).isEqualTo(200);
    assertThat(it.get(machine(it.one, "/wait?state=settled")).status()).isEqualTo(404);
    assertThat(it.send("DELETE", machine(it.one, ""), "").status()).isEqualTo(404);
  }

  @Test
  void wait_stoppedWithoutVersion_is400UnderTheQuirk() throws Exception {
    it.fly.set(FlyQuirk.WAIT_STOPPED_WANTS_VERSION, true);

    assertThat(it.get(machine(it.one, "/wait?state=stopped")).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "stop,'{}',stopping,stopped",
    "restart,'',restarting,started",
    "suspend,'',suspending,suspended"
  })
  void verb_runningMachine_goesThroughItsStates(String verb, String body, String now, String later)
      throws Exception {
    assertThat(it.post(machine(it.one, "/" + verb), body).status()).isEqualTo(200);

    assertThat(it.one.state()).isEqualTo(now);
    it.time.advance(Duration.ofSeconds(1));
    assertThat(it.one.state()).isEqualTo(later);
  }

  @Test
  void start_runningMachine_is412() throws Exception {
    var reply = it.post(machine(it.one, "/start"), "");

    assertThat(reply.status()).isEqualTo(412);
    assertThat(reply.error())
        .isEqualTo("failed_precondition: machine still active, refusing to start");
  }

  @Test
  void restart_stoppedMachine_startsIt() throws Exception {
    it.two.autostop();
    it.time.advance(Duration.ofSeconds(2));

    it.post(machine(it.two, "/restart?force_stop=false&timeout=30s"), "");
    it.time.advance(Duration.ofSeconds(1));

    assertThat(it.two.state()).isEqualTo("started");
  }

  @Test
  void exit_crashingImage_restartsAsOftenAsItsPolicyAllows() throws Exception {
    var crash = new FlyImage.Crash(Duration.ofSeconds(2), 137, true);
    var oom = it.fly.add(FlyFixture.image("deployment-01OOM", '4').crashing(crash));

    it.post(machine(it.one, ""), deploy(it.one, oom, ""));
    it.time.advance(Duration.ofMinutes(1));

    assertThat(it.one.state()).isEqualTo("stopped");
    var exit = it.get(machine(it.one, "/events?limit=1")).json().get(0);
    assertThat(exit.at("/request/restart_count").asInt()).isEqualTo(10);
    assertThat(exit.at("/request/MonitorEvent/exit_event/oom_killed").asBoolean()).isTrue();
    assertThat(exit.at("/request/MonitorEvent/exit_event/requested_stop").asBoolean()).isFalse();
    assertThat(it.get(machine(it.one, "/events?limit=500")).json()).hasSize(25);
  }

  @Test
  void versions_afterAnUpdate_holdTheWholeEarlierConfig() throws Exception {
    String before = it.one.version();

    it.post(machine(it.one, ""), deploy(it.one, it.bad, ""));
    var versions = it.get(machine(it.one, "/versions")).json();

    assertThat(versions).hasSize(2);
    assertThat(versions.get(1).path("version").asText()).isEqualTo(before);
    assertThat(versions.get(1).at("/user_config/env/PRIMARY_REGION").asText()).isEqualTo("ord");
  }

  @Test
  void checks_unhealthyImage_areCriticalAndFirstNotReported() throws Exception {
    var sick = it.fly.add(FlyFixture.image("deployment-01SICK", '5').unhealthy());

    it.post(machine(it.one, ""), deploy(it.one, sick, ""));
    it.time.advance(Duration.ofMillis(3500));

    assertThat(it.get(machine(it.one, "")).json().path("checks").isNull()).isTrue();
    it.time.advance(Duration.ofSeconds(1));
    assertThat(it.get(machine(it.one, "")).json().at("/checks/1/status").asText())
        .isEqualTo("critical");
  }

  @Test
  void get_hostUnreachable_hasOnlyAnIncompleteConfig() throws Exception {
    it.one.hostStatus("unreachable");

    var json = it.get(machine(it.one, "")).json();

    assertThat(json.has("config")).isFalse();
    assertThat(json.has("incomplete_config")).isTrue();
  }

  @Test
  void cordon_andUncordon_areSeen() throws Exception {
    it.post(machine(it.one, "/cordon"), "");
    assertThat(it.one.cordoned()).isTrue();

    it.post(machine(it.one, "/uncordon"), "");
    assertThat(it.get(machine(it.one, "")).json().path("cordoned").asBoolean()).isFalse();
  }

  @Test
  void exec_command_runsOnlyInARunningMachine() throws Exception {
    var reply = it.post(machine(it.one, "/exec"), "{\"command\":[\"echo\",\"hi\"],\"timeout\":5}");
    assertThat(reply.json().path("stdout").asText()).isEqualTo("hi\n");
    assertThat(
            it.post(machine(it.one, "/exec"), "{\"cmd\":\"nope\"}")
                .json()
                .path("exit_code")
                .asInt())
        .isEqualTo(127);

    it.one.autostop();
    it.time.advance(Duration.ofSeconds(2));
    assertThat(it.post(machine(it.one, "/exec"), "{\"cmd\":\"true\"}").status()).isEqualTo(412);
  }

  @Test
  void metadata_writes_makeNoNewVersion() throws Exception {
    String before = it.one.version();

    assertThat(it.post(machine(it.one, "/metadata/role"), "{\"value\":\"canary\"}").status())
        .isEqualTo(204);
    assertThat(it.get(machine(it.one, "/metadata")).json().path("role").asText())
        .isEqualTo("canary");
    assertThat(
            it.send(
                    "PATCH",
                    machine(it.one, "/metadata"),
                    "{\"metadata\":{\"role\":\"\"},\"machine_version\":\"01OLD\"}")
                .status())
        .isEqualTo(412);
    assertThat(it.send("DELETE", machine(it.one, "/metadata/role"), "").status()).isEqualTo(204);
    assertThat(it.get(machine(it.one, "/metadata/role")).status()).isEqualTo(404);
    assertThat(it.one.version()).isEqualTo(before);
  }

  @Test
  void orgMachines_cursorAndSilentRegion_pageAndSaySo() throws Exception {
    it.app.machine("syd", it.good);

    var first = it.get("/orgs/acme/machines?limit=2").json();
    var second = it.get("/orgs/acme/machines?limit=2&cursor=" + first.path("next_cursor").asText());
    assertThat(first.path("machines")).hasSize(2);
    assertThat(second.json().path("machines")).hasSize(1);

    it.fly.silent("syd", true);
    var partial = it.get("/orgs/acme/machines").json();
    assertThat(partial.path("machines")).hasSize(2);
    assertThat(partial.at("/error_regions/0").asText()).isEqualTo("syd");
  }

  @Test
  void apps_statesAndRefusals_areTold() throws Exception {
    it.fly.foreignApp("theirs");
    it.fly.taken("hotdash");

    assertThat(it.get("/apps/" + FlyFixture.APP).json().path("status").asText())
        .isEqualTo("deployed");
    assertThat(it.get("/apps/nowhere").status()).isEqualTo(404);
    assertThat(it.get("/apps/theirs").status()).isEqualTo(403);
    assertThat(it.get("/apps?org_slug=acme").json().path("total_apps").asInt()).isOne();
    assertThat(it.post("/apps", "{\"name\":\"fresh\"}").status()).isEqualTo(201);
    var taken = it.post("/apps", "{\"name\":\"hotdash\"}");
    assertThat(taken.status()).isEqualTo(422);
    assertThat(taken.json().path("status").asText()).isEqualTo("name_taken");

    it.one.autostop();
    it.two.autostop();
    it.time.advance(Duration.ofSeconds(2));
    assertThat(it.get("/apps/" + FlyFixture.APP).json().path("status").asText())
        .isEqualTo("suspended");
  }
}
