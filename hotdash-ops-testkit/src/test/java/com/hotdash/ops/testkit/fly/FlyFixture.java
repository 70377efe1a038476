package com.hotdash.ops.testkit.fly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.web.Raw;
import com.hotdash.ops.time.Time;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** A simulator with HotDash on two machines, asked with the JDK's own client. */
final class FlyFixture implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();
  static final String APP = "hotdash-production";
  static final Instant START = Instant.parse("2026-11-20T14:00:00Z");

  final FakeTime time = FakeTime.startingAt(START);
  final FlySimulator fly;
  final FlyApp app;
  final FlyImage good;
  final FlyImage bad;
  final FlyMachine one;
  final FlyMachine two;
  final FlyToken org;

  FlyFixture() {
    this(UnaryOperator.identity());
  }

  FlyFixture(UnaryOperator<Time> change) {
    fly = FlySimulator.start(change.apply(time.time()));
    good = fly.add(image("deployment-01GOOD", '1'));
    bad = fly.add(image("deployment-01BAD", '2'));
    app = fly.app(APP);
    app.history(START.minusSeconds(7200)).complete(good);
    one = app.machine("ord", good);
    two = app.machine("ord", good);
    org = fly.token(FlyToken.Kind.ORG, "");
  }

  static FlyImage image(String tag, char digit) {
    return FlyImage.of(APP, tag, "sha256:" + String.valueOf(digit).repeat(64));
  }

  /** What was answered, with the body as JSON where it is JSON. */
  record Reply(int status, String text, HttpResponse<String> raw) {
    JsonNode json() {
      try {
        return JSON.readTree(text);
      } catch (IOException e) {
        throw new AssertionError("not JSON: " + text, e);
      }
    }

    String error() {
      return json().path("error").asText();
    }
  }

  /** The machines' header: macaroons only, as clients send them. */
  static String macaroons(FlyToken token) {
    return token.secret().reveal().replaceAll(",fo1_.*", "");
  }

  Reply get(String path) throws Exception {
    return send("GET", path, "");
  }

  Reply post(String path, String body, String... headers) throws Exception {
    return send("POST", path, body, headers);
  }

  /** Asks the Machines API, and holds the answer against its specification. */
  Reply send(String method, String path, String body, String... headers) throws Exception {
    var more = new String[headers.length + 2];
    more[0] = "Authorization";
    more[1] = macaroons(org);
    System.arraycopy(headers, 0, more, 2, headers.length);
    var reply = ask(FlyHost.MACHINES, method, "/v1" + path, body, more);
    MachinesSpec.check(method, path, reply.status(), reply.text());
    return reply;
  }

  Reply ask(FlyHost host, String method, String path, String body, String... headers)
      throws Exception {
    var address = URI.create(fly.address(host) + path);
    var answer = Raw.send(method, address, body, headers);
    return new Reply(answer.statusCode(), answer.body(), answer);
  }

  Reply graphql(String document, String variables) throws Exception {
    var body =
        JSON.createObjectNode().put("query", document).set("variables", JSON.readTree(variables));
    var reply =
        ask(
            FlyHost.WEB,
            "POST",
            "/graphql",
            body.toString(),
            "Authorization",
            org.secret().reveal());
    if (reply.json().path("data").isObject()) {
      var given = Tree.members(JSON.convertValue(JSON.readTree(variables), Object.class));
      GraphqlSpec.check(GraphqlDocument.parse(document, given), reply.json().path("data"));
    }
    return reply;
  }

  static String machine(FlyMachine machine, String verb) {
    return "/apps/" + APP + "/machines/" + machine.id() + verb;
  }

  /** The body of an update that changes the image and nothing else. */
  static String deploy(FlyMachine machine, FlyImage image, String more) throws IOException {
    var config =
        (com.fasterxml.jackson.databind.node.ObjectNode) JSON.readTree(machine.configJson());
    config.put("image", image.reference());
    return "{\"config\":" + config + more + "}";
  }

  @Override
  public void close() {
    fly.close();
  }
}
