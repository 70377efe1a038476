package com.hotdash.ops.testkit.fly;

import static com.hotdash.ops.testkit.fly.FlyFixture.APP;
import static com.hotdash.ops.testkit.fly.FlyFixture.deploy;
import static com.hotdash.ops.testkit.fly.FlyFixture.machine;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets are stored first, and reach a machine only when it boots. */
class FlySecretsTest {
  private static final String SECRETS = "/apps/" + APP + "/secrets";
  private final FlyFixture it = new FlyFixture();

  @AfterEach
  void close() {
    it.close();
  }

  @Test
  void set_many_isOneVersionAndTouchesNoMachine() throws Exception {
    it.app.secrets(Map.of("OLD", "x"));

    var reply = it.post(SECRETS, "{\"values\":{\"A\":\"new\",\"B\":\"two\",\"OLD\":null}}");

    assertThat(reply.json().path("version").asInt()).isEqualTo(2);
    assertThat(it.get(SECRETS).json().at("/secrets").findValuesAsText("name"))
        .containsExactly("A", "B");
    assertThat(it.one.secrets()).isEmpty();
    assertThat(it.fly.count("secrets.set")).isOne();
    assertThat(reply.text() + it.fly.changes()).doesNotContain("two");
  }

  @Test
  void digest_equalValues_areEqual() throws Exception {
    it.post(SECRETS + "/A", "{\"value\":\"same\"}");
    var first = it.app.secretDigests().get("A");
    it.post(SECRETS + "/A", "{\"value\":\"other\"}");
    assertThat(it.app.secretDigests().get("A")).isNotEqualTo(first);

    it.post(SECRETS + "/A", "{\"value\":\"same\"}");
    assertThat(it.app.secretDigests().get("A")).isEqualTo(first);
    assertThat(it.send("DELETE", SECRETS + "/A", "").json().path("version").asInt()).isEqualTo(4);
    assertThat(it.get(SECRETS + "/A").status()).isEqualTo(404);
  }

  @Test
  void staged_machineThatStartsLater_hasThem() throws Exception {
    it.two.autostop();
    it.time.advance(Duration.ofSeconds(2));
    it.post(SECRETS, "{\"values\":{\"A\":\"new\"}}");

    it.two.autostart();
    it.time.advance(Duration.ofSeconds(2));

    assertThat(it.two.secrets()).containsOnlyKeys("A");
    assertThat(it.one.secrets()).isEmpty();
  }

  @Test
  void update_withinTheLag_bootsWithTheOldOnesUnlessItNamesAVersion() throws Exception {
    it.fly.secretsLag(Duration.ofSeconds(20));
    var version = it.post(SECRETS, "{\"values\":{\"A\":\"new\"}}").json().path("version");

    it.post(machine(it.one, ""), deploy(it.one, it.good, ""));
    it.post(machine(it.two, ""), deploy(it.two, it.good, ",\"min_secrets_version\":" + version));
    it.time.advance(Duration.ofSeconds(5));

    assertThat(it.one.state()).isEqualTo("started");
    assertThat(it.one.secrets()).isEmpty();
    assertThat(it.two.state()).isEqualTo("replacing");
    it.time.advance(Duration.ofSeconds(20));
    assertThat(it.two.state()).isEqualTo("started");
    assertThat(it.two.secrets()).containsOnlyKeys("A");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"values\":{}}", "{\"values\":{\"A\":1}}", "nonsense"})
  void set_badBody_is400(String body) throws Exception {
    assertThat(it.post(SECRETS, body).status()).isEqualTo(400);
  }

  @Test
  void setSecrets_inGraphql_makesAReleaseWithTheBadImage() throws Exception {
    it.app.history(FlyFixture.START.minusSeconds(60)).failed(it.bad);
    String mutation =
        "mutation($input: SetSecretsInput!) { setSecrets(input: $input) { release { version } } }";
    String input =
        "{\"input\":{\"appId\":\"" + APP + "\",\"secrets\":[{\"key\":\"A\",\"value\":\"v\"}]}}";

    var reply = it.graphql(mutation, input);

    assertThat(reply.json().at("/data/setSecrets/release/version").asInt()).isEqualTo(3);
    assertThat(it.app.releases().get(2).imageRef()).isEqualTo(it.bad.reference());
    assertThat(it.graphql(mutation, input).json().at("/errors/0/extensions/code").asText())
        .isEqualTo("UNCHANGED");
    assertThat(it.app.releases()).hasSize(3);
  }

  @Test
  void setSecrets_replaceAll_removesWhatIsNotInTheList() throws Exception {
    it.app.secrets(Map.of("KEEP", "x", "GO", "y"));

    it.graphql(
        "mutation { setSecrets(input: {appId: \""
            + APP
            + "\", replaceAll: true,"
            + " secrets: [{key: \"KEEP\", value: \"z\"}]}) { app { secrets { name } } } }",
        "{}");

    assertThat(it.app.secretDigests()).containsOnlyKeys("KEEP");
  }
}
