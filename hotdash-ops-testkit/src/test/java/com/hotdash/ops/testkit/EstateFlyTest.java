package com.hotdash.ops.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.testkit.fly.FlyHost;
import com.hotdash.ops.testkit.fly.FlyToken;
import com.hotdash.ops.testkit.hotdash.Behaviour;
import com.hotdash.ops.testkit.web.Json;
import com.hotdash.ops.testkit.web.Raw;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That Fly's machines and HotDash's are the same ones. */
class EstateFlyTest {
  private final FakeTime time = FakeTime.startingAt(Instant.parse("2026-11-20T14:00:00Z"));
  private final Estate estate = Estate.start(time.time());
  private final String token =
      estate.fly().token(FlyToken.Kind.DEPLOY, "hotdash-production").secret().reveal();

  @AfterEach
  void close() {
    estate.close();
  }

  @Test
  void update_atFlyToTheImageBefore_curesThatMachineAlone() throws Exception {
    var good = estate.flyApp().machines().get(0).image().orElseThrow();
    estate.release(Behaviour.healthy().dependency("database", "error"));
    var one = estate.flyApp().machines().get(0);
    var two = estate.flyApp().machines().get(1);
    assertThat(health(one.id())).isEqualTo(503);

    var reply =
        machines("POST", '/' + one.id(), "{\"config\":{\"image\":\"" + good.reference() + "\"}}");

    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(health(one.id())).as("while it is replaced").isEqualTo(503);
    time.advance(Duration.ofSeconds(4));
    assertThat(health(one.id())).isEqualTo(200);
    assertThat(health(two.id())).isEqualTo(503);
  }

  @Test
  void restart_atFly_forgetsWhatTheProcessCounted() throws Exception {
    var id = estate.flyApp().machines().get(0).id();
    estate.hotdash().serve("GET", "/app", 7);
    assertThat(metrics(id)).contains("http_requests_total");

    machines("POST", '/' + id + "/restart", "");
    time.advance(Duration.ofSeconds(2));

    assertThat(metrics(id)).doesNotContain("http_requests_total{");
    assertThat(estate.hotdash().machines().get(0).started())
        .isEqualTo(Instant.parse("2026-11-20T14:00:01Z"));
  }

  @Test
  void stop_atFly_takesTheMachineFromTheFrontDoor() throws Exception {
    var id = estate.flyApp().machines().get(0).id();

    machines("POST", '/' + id + "/stop", "{}");
    time.advance(Duration.ofSeconds(2));

    assertThat(health(id)).isEqualTo(503);
    assertThat(Raw.get(URI.create(estate.hotdash().address() + "/health")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void create_atFly_isOneMoreBehindTheFrontDoor() throws Exception {
    var config = estate.flyApp().machines().get(0).configJson();

    machines("POST", "", "{\"config\":" + config + "}");
    time.advance(Duration.ofSeconds(8));

    assertThat(health(estate.flyApp().machines().get(2).id())).isEqualTo(200);
    assertThat(estate.hotdash().machines()).hasSize(3);
  }

  @Test
  void failure_inTheApp_showsInFlysLogsChecksAndMetrics() throws Exception {
    estate.release(
        Behaviour.healthy().failing("/app/orders", 0.5).dependency("shopify", "degraded"));
    time.advance(Duration.ofSeconds(20));
    for (int i = 0; i < 5; i++) {
      estate.hotdash().serve("GET", "/app/orders", 10);
      time.advance(Duration.ofSeconds(15));
    }

    var id = estate.flyApp().machines().get(0).id();
    var org = estate.fly().token(FlyToken.Kind.ORG, "").secret().reveal();
    String query = "sum(rate(fly_app_http_responses_count%7Bstatus%3D~%225..%22%7D%5B5m%5D))";

    assertThat(machines("GET", '/' + id, "").body()).contains("\"status\":\"critical\"");
    assertThat(web("/api/v1/apps/hotdash-production/logs", token).body())
        .contains("Request failed: /app/orders");
    var metrics = Json.object(web("/prometheus/acme/api/v1/query?query=" + query, org).body());
    assertThat(String.valueOf(metrics)).contains("value=[").doesNotContain(", 0]");
  }

  @Test
  void releases_ofTheEstate_areFlysToo() {
    estate.release(Behaviour.healthy());

    assertThat(estate.flyApp().releases()).hasSize(2);
    assertThat(estate.flyApp().releases().get(1).version())
        .isEqualTo(estate.releases().get(1).version());
    assertThat(estate.flyApp().releases().get(1).imageRef())
        .isEqualTo(estate.releases().get(1).image());
    assertThat(Map.copyOf(estate.flyApp().secretDigests())).hasSize(10);
  }

  private int health(String machine) throws Exception {
    return Raw.get(
            URI.create(estate.hotdash().address() + "/health"), "fly-force-instance-id", machine)
        .statusCode();
  }

  private String metrics(String machine) throws Exception {
    return Raw.get(
            URI.create(estate.hotdash().address() + "/metrics"), "fly-force-instance-id", machine)
        .body();
  }

  private HttpResponse<String> machines(String method, String path, String body) throws Exception {
    var address =
        estate.fly().address(FlyHost.MACHINES) + "/v1/apps/hotdash-production/machines" + path;
    return Raw.send(method, URI.create(address), body, "Authorization", token);
  }

  private HttpResponse<String> web(String path, String header) throws Exception {
    return Raw.get(URI.create(estate.fly().address(FlyHost.WEB) + path), "Authorization", header);
  }
}
