package com.hotdash.ops.testkit.fly;

import static com.hotdash.ops.testkit.fly.FlyFixture.APP;
import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.WebFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Releases over GraphQL and REST, images, host issues, incidents. */
class FlyReleasesTest {
  private static final String RELEASES =
      """
      query($appName: String!, $limit: Int!, $after: String) {
        app(name: $appName) {
          releasesUnprocessed(first: $limit, after: $after) {
            nodes { id version status reason description stable imageRef createdAt updatedAt
                    deploymentStrategy revertedTo image { id digest ref } user { id email name } }
            pageInfo { hasNextPage endCursor }
          }
          currentReleaseUnprocessed { id version status imageRef }
        }
      }
      """;
  private final FlyFixture it = new FlyFixture();

  @AfterEach
  void close() {
    it.close();
  }

  @Test
  void releases_graphql_pagesNewestFirst() throws Exception {
    it.app.history(FlyFixture.START.minusSeconds(3600)).failed(it.bad).secrets();

    var first = it.graphql(RELEASES, "{\"appName\":\"" + APP + "\",\"limit\":2}").json();
    var page = first.at("/data/app/releasesUnprocessed");
    var rest =
        it.graphql(
                RELEASES,
                "{\"appName\":\""
                    + APP
                    + "\",\"limit\":2,\"after\":\""
                    + page.at("/pageInfo/endCursor").asText()
                    + "\"}")
            .json();

    assertThat(page.path("nodes").findValuesAsText("version")).containsExactly("3", "2");
    assertThat(page.at("/nodes/0/imageRef").asText()).isEqualTo(it.bad.reference());
    assertThat(page.at("/nodes/0/image/digest").asText()).isEqualTo(it.bad.digest());
    assertThat(page.at("/nodes/0/stable").asBoolean()).isFalse();
    assertThat(page.at("/pageInfo/hasNextPage").asBoolean()).isTrue();
    assertThat(first.at("/data/app/currentReleaseUnprocessed/version").asInt()).isEqualTo(3);
    assertThat(rest.at("/data/app/releasesUnprocessed/nodes/0/status").asText())
        .isEqualTo("complete");
  }

  @ParameterizedTest
  @CsvSource({
    "'{ app(name: \"nowhere\") { id } }',Could not find App",
    "'{ app(name: \"hotdash-production\") { idd } }',Field 'idd' doesn't exist on type 'App'",
    "'{ machines { id } }',Field 'machines' doesn't exist on type 'Query'",
    "'{ app(name: \"hotdash-production\") }',Field must have selections (field 'app' returns App)",
    "'query($x: String!) { app(name: $x) { id } }',"
        + "Variable $x was provided invalid value: Expected value to not be null",
    "'{ app(name: \"a\"','Parse error on \"end of file\"'"
  })
  void graphql_whatItDoesNotKnow_isAnErrorWith200(String document, String message)
      throws Exception {
    var reply = it.graphql(document, "{}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().at("/errors/0/message").asText()).isEqualTo(message);
  }

  @Test
  void graphql_unknownFieldInAMutation_carriesNothingOut() throws Exception {
    it.graphql("mutation { lockApp(input: {appId: \"" + APP + "\"}) { lockId nonsense } }", "{}");

    assertThat(it.fly.changes()).isEmpty();
  }

  @Test
  void graphql_fragmentsAndAliases_areUnderstood() throws Exception {
    var reply =
        it.graphql(
            "query Q { a: app(name: \""
                + APP
                + "\") { ...f ... on App { n: name } __typename } }"
                + " fragment f on App { status organization { slug } }",
            "{}");

    assertThat(reply.json().path("data").toString())
        .isEqualTo(
            "{\"a\":{\"status\":\"deployed\",\"organization\":{\"slug\":\"acme\"},\"n\":\""
                + APP
                + "\",\"__typename\":\"App\"}}");
  }

  @Test
  void lock_twice_isRefusedUntilUnlocked() throws Exception {
    String lock = "mutation { lockApp(input: {appId: \"" + APP + "\"}) { lockId expiration } }";

    var id = it.graphql(lock, "{}").json().at("/data/lockApp/lockId").asText();
    assertThat(it.graphql(lock, "{}").json().path("errors")).hasSize(1);
    it.graphql(
        "mutation { unlockApp(input: {appId: \""
            + APP
            + "\", lockId: \""
            + id
            + "\"}) {"
            + " app { currentLock { lockId } } } }",
        "{}");

    assertThat(it.graphql(lock, "{}").json().has("errors")).isFalse();
  }

  @Test
  void rest_releases_listCurrentAndNone() throws Exception {
    it.app.history(FlyFixture.START.minusSeconds(60)).with("interrupted", it.bad);
    it.fly.app("empty");

    var list = rest("GET", "/apps/" + APP + "/releases?limit=1", "");
    assertThat(list.json().at("/releases/0/status").asText()).isEqualTo("interrupted");
    assertThat(list.json().path("releases")).hasSize(1);
    assertThat(rest("GET", "/apps/" + APP + "/releases/current", "").json().path("version").asInt())
        .isEqualTo(2);
    assertThat(rest("GET", "/apps/empty/releases/current", "").status()).isEqualTo(404);
    assertThat(rest("GET", "/releases/all_current", "").json().fieldNames())
        .toIterable()
        .containsExactly(APP);
  }

  @Test
  void rest_finishedRelease_keepsItsStatus() throws Exception {
    var made =
        rest(
            "POST",
            "/releases",
            "{\"app_name\":\""
                + APP
                + "\",\"image\":\""
                + it.bad.reference()
                + "\",\"build_id\":0,\"definition\":{},\"strategy\":\"ROLLING\"}");
    String path = "/releases/" + made.json().at("/release/id").asText();

    assertThat(rest("PATCH", path, "{\"status\":\"running\"}").status()).isEqualTo(200);
    assertThat(rest("PATCH", path, "{\"status\":\"complete\"}").status()).isEqualTo(200);
    assertThat(rest("PATCH", path, "{\"status\":\"complete\"}").status()).isEqualTo(200);
    var late = rest("PATCH", path, "{\"status\":\"failed\"}");
    assertThat(late.status()).isEqualTo(422);
    assertThat(late.text()).isEqualTo("the release has already finished");
  }

  @Test
  void rest_gatewayTimeout_isHtml() throws Exception {
    var page = Answer.text(504, "text/html", "<html>504 Gateway Time-out</html>");
    it.fly.site(FlyHost.WEB).fault("GET", ".*/releases.*", 1, WebFault.instead(page));

    assertThat(rest("GET", "/apps/" + APP + "/releases", "").status()).isEqualTo(504);
    assertThat(rest("GET", "/apps/" + APP + "/releases", "").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"false,false", "true,true"})
  void image_gone_isNullOrAnError(boolean quirk, boolean error) throws Exception {
    it.fly.set(FlyQuirk.MISSING_IMAGE_IS_ERROR, quirk);
    String document =
        "query($ref: String!) { app(name: \"" + APP + "\") { image(ref: $ref) { digest } } }";
    String variables = "{\"ref\":\"" + it.bad.reference() + "\"}";
    assertThat(it.graphql(document, variables).json().at("/data/app/image/digest").asText())
        .isEqualTo(it.bad.digest());

    it.fly.remove(it.bad);

    var gone = it.graphql(document, variables).json();
    assertThat(gone.has("errors")).isEqualTo(error);
    assertThat(gone.at("/data/app/image").asText("")).isIn("", "null");
  }

  @Test
  void registry_manifest_byTagAndDigest() throws Exception {
    it.fly.add(it.good.tagged("latest"));

    assertThat(manifest("HEAD", it.good.tag()).raw().headers().firstValue("Docker-Content-Digest"))
        .contains(it.good.digest());
    assertThat(manifest("GET", it.good.digest()).json().path("schemaVersion").asInt()).isEqualTo(2);
    assertThat(manifest("GET", "latest").raw().headers().firstValue("Docker-Content-Digest"))
        .contains(it.good.digest());
    assertThat(manifest("HEAD", "gone").status()).isEqualTo(404);
    assertThat(manifest("GET", "gone").json().at("/errors/0/code").asText())
        .isEqualTo("MANIFEST_UNKNOWN");
  }

  @Test
  void incidents_openOnes_needNoToken() throws Exception {
    assertThat(it.ask(FlyHost.INCIDENTS, "GET", "/v1/incidents", "").text())
        .isEqualTo("{\"incidents\":[]}");

    it.fly.incident("Machines API degraded", "investigating", "Machines API");

    var open = it.ask(FlyHost.INCIDENTS, "GET", "/v1/incidents", "").json();
    assertThat(open.at("/incidents/0/components/0/name").asText()).isEqualTo("Machines API");
    assertThat(open.at("/incidents/0/resolved_at").isNull()).isTrue();
  }

  @Test
  void hostIssues_areToldPerApp() throws Exception {
    it.app.hostIssue("We are replacing a disk");

    var reply =
        it.graphql(
            "{ app(name: \""
                + APP
                + "\") { hostIssues { nodes { internalId message createdAt"
                + " updatedAt } } } }",
            "{}");

    assertThat(reply.json().at("/data/app/hostIssues/nodes/0/message").asText())
        .isEqualTo("We are replacing a disk");
  }

  private FlyFixture.Reply rest(String method, String path, String body) throws Exception {
    var header = "Bearer " + it.org.secret().reveal().substring("FlyV1 ".length());
    return it.ask(FlyHost.WEB, method, "/api/v1" + path, body, "Authorization", header);
  }

  private FlyFixture.Reply manifest(String method, String reference) throws Exception {
    return it.ask(
        FlyHost.REGISTRY,
        method,
        "/v2/" + APP + "/manifests/" + reference,
        "",
        "Authorization",
        FlyFixture.macaroons(it.org));
  }
}
