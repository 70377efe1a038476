package com.hotdash.ops.testkit.fly;

import static com.hotdash.ops.testkit.fly.FlyFixture.APP;
import static com.hotdash.ops.testkit.fly.FlyFixture.machine;
import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.WebFault;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens, header forms, rate limits, and answers that get lost. */
class FlyAccessTest {
  private final FlyFixture it = new FlyFixture();

  @AfterEach
  void close() {
    it.close();
  }

  /** {@code F} is FlyV1, {@code B} Bearer; {@code m} the macaroons, {@code u} the user token. */
  @ParameterizedTest
  @CsvSource({
    "machines,F m,200",
    "machines,B m,200",
    "machines,F mu,401",
    "machines,B u,401",
    "releases,B u,401",
    "logs,F m,200",
    "logs,B m,401",
    "logs,F mu,401",
    "graphql,F mu,200",
    "graphql,F m,200",
    "graphql,B mu,401",
    "releases,B mu,200",
    "releases,F mu,401",
    "releases,B m,200",
    "prometheus,F mu,200",
    "prometheus,B mu,401",
    "registry,F m,200",
    "registry,B m,401"
  })
  void header_orgToken_eachServiceHasItsOwnForm(String service, String form, int status)
      throws Exception {
    var secret = it.org.secret().reveal().substring("FlyV1 ".length());
    String macaroons = secret.replaceAll(",fo1_.*", "");
    String user = secret.replaceAll(".*,(fo1_.*)", "$1");
    String tokens =
        switch (form.substring(2)) {
          case "m" -> macaroons;
          case "u" -> user;
          default -> macaroons + ',' + user;
        };
    String value = (form.startsWith("F") ? "FlyV1 " : "Bearer ") + tokens;

    assertThat(ask(service, value)).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"machines", "logs", "graphql", "releases", "prometheus", "registry"})
  void header_userToken_isBearerEverywhere(String service) throws Exception {
    var token = it.fly.token(FlyToken.Kind.USER, "").secret().reveal();

    assertThat(ask(service, "Bearer " + token)).isEqualTo(200);
    assertThat(ask(service, "FlyV1 " + token)).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "FlyV1", "FlyV1 ", "FlyV1 fm2_nobody", "Basic abc", "FlyV1 FlyV1 x"})
  void header_wrong_is401(String value) throws Exception {
    for (String service : List.of("machines", "logs", "graphql", "releases", "prometheus")) {
      assertThat(ask(service, value)).as(service).isEqualTo(401);
    }
  }

  @Test
  void header_halfOfTheMacaroons_is401() throws Exception {
    var half = FlyFixture.macaroons(it.org).replaceAll(",.*", "");

    assertThat(ask("machines", half)).isEqualTo(401);
  }

  @Test
  void token_expiredOrRevoked_is401() throws Exception {
    var short1 = it.fly.token(FlyToken.Kind.DEPLOY, APP, FlyFixture.START.plusSeconds(60));
    assertThat(ask("machines", short1.secret().reveal())).isEqualTo(200);
    it.time.advance(Duration.ofSeconds(60));
    assertThat(ask("machines", short1.secret().reveal())).isEqualTo(401);

    it.fly.revoke(it.org);
    assertThat(ask("machines", FlyFixture.macaroons(it.org))).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "DEPLOY,200,200,403,200,200", "READ_ONLY,200,403,200,200,403",
    "MACHINE_EXEC,200,403,403,200,200", "ORG,200,200,200,200,200"
  })
  void rights_byKind(FlyToken.Kind kind, int get, int cordon, int metrics, int logs, int exec)
      throws Exception {
    var header = FlyFixture.macaroons(it.fly.token(kind, APP));

    assertThat(ask("machines", header)).isEqualTo(get);
    assertThat(post("/cordon", "", header)).isEqualTo(cordon);
    assertThat(post("/exec", "{\"cmd\":\"true\"}", header)).isEqualTo(exec);
    assertThat(ask("prometheus", header)).isEqualTo(metrics);
    assertThat(ask("logs", header)).isEqualTo(logs);
  }

  @Test
  void rights_deployTokenOfAnotherApp_is403() throws Exception {
    it.fly.app("hotdash-staging");
    var header = FlyFixture.macaroons(it.fly.token(FlyToken.Kind.DEPLOY, "hotdash-staging"));

    assertThat(ask("machines", header)).isEqualTo(403);
  }

  @Test
  void logs_deployTokenUnderTheQuirk_is403() throws Exception {
    it.fly.set(FlyQuirk.NO_LOGS_FOR_DEPLOY_TOKENS, true);
    var header = FlyFixture.macaroons(it.fly.token(FlyToken.Kind.DEPLOY, APP));

    assertThat(ask("logs", header)).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT,/v1/apps/hotdash-production/machines,405",
    "DELETE,/v1/apps,405",
    "POST,/v1/apps/hotdash-production,405",
    "GET,/v2/apps,404",
    "GET,/v1/nonsense,404",
    "GET,/v1/apps/hotdash-production/nonsense,404"
  })
  void route_thatDoesNotExist_isRefusedAndChangesNothing(String method, String path, int status)
      throws Exception {
    var reply =
        it.ask(FlyHost.MACHINES, method, path, "", "Authorization", FlyFixture.macaroons(it.org));

    assertThat(reply.status()).isEqualTo(status);
    assertThat(it.fly.changes()).isEmpty();
  }

  @Test
  void tokensCurrent_deployToken_namesItsApp() throws Exception {
    var header = FlyFixture.macaroons(it.fly.token(FlyToken.Kind.DEPLOY, APP));

    var reply = it.ask(FlyHost.MACHINES, "GET", "/v1/tokens/current", "", "Authorization", header);
    MachinesSpec.check("GET", "/tokens/current", reply.status(), reply.text());

    assertThat(reply.json().at("/tokens/0/org_slug").asText()).isEqualTo("acme");
    assertThat(reply.json().at("/tokens/0/apps")).hasSize(1);
  }

  @Test
  void limits_perActionAndIdentifier_burstThreeThenOneASecond() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(it.post(machine(it.one, "/cordon"), "").status()).isEqualTo(200);
    }

    assertThat(it.post(machine(it.one, "/cordon"), "").status()).isEqualTo(429);
    assertThat(it.post(machine(it.one, "/uncordon"), "").status()).isEqualTo(200);
    assertThat(it.post(machine(it.two, "/cordon"), "").status()).isEqualTo(200);
    it.time.advance(Duration.ofMillis(999));
    assertThat(it.post(machine(it.one, "/cordon"), "").status()).isEqualTo(429);
    it.time.advance(Duration.ofMillis(1));
    assertThat(it.post(machine(it.one, "/cordon"), "").status()).isEqualTo(200);
    assertThat(it.fly.count("machine.cordon")).isEqualTo(5);
  }

  @Test
  void limits_get_burstTenThenFiveASecond() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertThat(it.get(machine(it.one, "")).status()).isEqualTo(200);
    }
    assertThat(it.get(machine(it.one, "")).error()).isEqualTo("rate limit exceeded");

    it.time.advance(Duration.ofMillis(200));
    assertThat(it.get(machine(it.one, "")).status()).isEqualTo(200);
    assertThat(it.get(machine(it.one, "")).status()).isEqualTo(429);
  }

  @ParameterizedTest
  @CsvSource({"true,1", "false,"})
  void limits_retryAfter_onlyUnderTheQuirk(boolean quirk, String header) throws Exception {
    it.fly.set(FlyQuirk.RETRY_AFTER, quirk);
    var list = "/apps/" + APP + "/machines";
    for (int i = 0; i < 3; i++) {
      it.get(list);
    }

    var reply = it.get(list);

    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.raw().headers().firstValue("Retry-After").orElse(null)).isEqualTo(header);
  }

  @Test
  void fault_answerLostAfterACreate_leavesTheMachine() throws Exception {
    var site = it.fly.site(FlyHost.MACHINES);
    var body = FlyFixture.deploy(it.one, it.good, "");
    String path = "/apps/" + APP + "/machines";

    site.fault("POST", ".*/machines", 1, WebFault.after(Answer.text(503, "text/html", "<html>")));
    var reply =
        it.ask(
            FlyHost.MACHINES,
            "POST",
            "/v1" + path,
            body,
            "Authorization",
            FlyFixture.macaroons(it.org));
    assertThat(reply.status()).isEqualTo(503);
    assertThat(it.app.machines()).hasSize(3);

    site.fault("POST", ".*/machines", 1, WebFault.closeAfter());
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> it.post(path, body))
        .isInstanceOf(IOException.class);
    assertThat(it.app.machines()).hasSize(4);
  }

  @Test
  void requests_areRemembered_withoutTheToken() throws Exception {
    it.get(machine(it.one, ""));

    var seen = it.fly.site(FlyHost.MACHINES).requests();

    assertThat(seen).hasSize(1);
    assertThat(seen.get(0).credentials()).isTrue();
    assertThat(seen.toString() + it.fly.changes() + it.org)
        .doesNotContain(it.org.secret().reveal().substring(6, 30));
  }

  private int post(String verb, String body, String header) throws Exception {
    return it.ask(
            FlyHost.MACHINES, "POST", "/v1" + machine(it.one, verb), body, "Authorization", header)
        .status();
  }

  private int ask(String service, String header) throws Exception {
    var reply =
        switch (service) {
          case "machines" -> get(FlyHost.MACHINES, "/v1" + machine(it.one, ""), header);
          case "logs" -> get(FlyHost.WEB, "/api/v1/apps/" + APP + "/logs", header);
          case "releases" -> get(FlyHost.WEB, "/api/v1/apps/" + APP + "/releases", header);
          case "prometheus" -> get(FlyHost.WEB, "/prometheus/acme/api/v1/query?query=1", header);
          case "registry" ->
              get(FlyHost.REGISTRY, "/v2/" + APP + "/manifests/" + it.good.tag(), header);
          default ->
              it.ask(
                  FlyHost.WEB,
                  "POST",
                  "/graphql",
                  "{\"query\":\"{app(name:\\\"" + APP + "\\\"){id}}\"}",
                  "Authorization",
                  header);
        };
    return reply.status();
  }

  private FlyFixture.Reply get(FlyHost host, String path, String header) throws Exception {
    return it.ask(host, "GET", path, "", "Authorization", header);
  }
}
