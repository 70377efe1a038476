package com.hotdash.ops.examples.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.hotdash.ops.fly.FlyClient;
import com.hotdash.ops.fly.FlyService;
import com.hotdash.ops.runbook.RunbookBuilder;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.fly.FlyApp;
import com.hotdash.ops.testkit.fly.FlyHost;
import com.hotdash.ops.testkit.fly.FlyImage;
import com.hotdash.ops.testkit.fly.FlyMachine;
import com.hotdash.ops.testkit.fly.FlySimulator;
import com.hotdash.ops.testkit.fly.FlyToken;
import com.hotdash.ops.testkit.fly.FlyToken.Kind;
import com.hotdash.ops.time.Time;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Two machines at a simulated Fly, after a bad release. */
final class FlyWorld implements World {
  static final String APP = "hotdash-production";
  static final String NEW_VALUE = "planted-new-value-4711";
  static final String OLD_VALUE = "planted-old-value-0815";
  private static final String CHANGED = "(machine|secrets)\\..*";
  private static final String ENDED_LEASE = "lease\\.release";
  private static final String SETS = "machine\\.(un)?cordon .*";
  private static final ObjectMapper JSON = new ObjectMapper();

  final FakeTime time = FakeTime.startingAt(Instant.parse("2026-11-23T03:00:00Z"));
  private final Time turns = new Turns(time).time();
  final FlySimulator fly = FlySimulator.start(turns);
  final FlyApp app = fly.app(APP);
  private final FlyToken deploy = fly.token(Kind.DEPLOY, APP);
  private final FlyToken readOnly = fly.token(Kind.READ_ONLY, APP);
  private final FlyImage good = image('a');
  private final FlyImage bad = image('b');
  private Duration lag = Duration.ZERO;
  private final String earlier;
  private boolean leases;

  FlyWorld() {
    app.secrets(
        Map.of("SESSION_SECRET", OLD_VALUE, "SHOPIFY_API_SECRET", OLD_VALUE),
        Instant.parse("2026-11-20T00:00:00Z"));
    app.history(Instant.parse("2026-11-22T00:00:00Z")).complete(good);
    app.machine("ord", good);
    app.machine("ord", good);
    earlier = first().version();
    app.deployed(bad);
    app.history(Instant.parse("2026-11-23T02:00:00Z")).complete(bad);
    time.advance(Duration.ofMinutes(20));
  }

  private FlyImage image(char letter) {
    var digest = "sha256:" + String.valueOf(letter).repeat(64);
    return fly.add(FlyImage.of(APP, "deployment-" + letter, digest));
  }

  FlyMachine first() {
    return app.machines().get(0);
  }

  /** The version of the first machine before the bad release. */
  String earlier() {
    return earlier;
  }

  /** Counts ended leases instead of changed machines. */
  FlyWorld countingLeases() {
    leases = true;
    return this;
  }

  FlyWorld leased() {
    first().leaseTo("bob@example.com", Duration.ofHours(1), "deploy");
    return this;
  }

  FlyWorld cordoned() {
    call("POST", first(), "/cordon", "");
    return this;
  }

  FlyWorld staged() {
    app.secrets(Map.of("SESSION_SECRET", "staged by somebody"));
    return this;
  }

  FlyWorld previous() {
    app.secrets(Map.of("SHOPIFY_API_SECRET_PREVIOUS", OLD_VALUE));
    return this;
  }

  /** Somebody updates the first machine. */
  void update() {
    try {
      var config = (ObjectNode) JSON.readTree(first().configJson());
      config.withObject("/env").put("SOMEBODY", "was here");
      call("POST", first(), "", JSON.writeValueAsString(Map.of("config", config)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    pass(Duration.ofMinutes(1));
  }

  /** Somebody scales in again. */
  void destroyNewest() {
    app.machines().get(app.machines().size() - 1).destroy();
    pass(Duration.ofMinutes(1));
  }

  void cordon(boolean out) {
    call("POST", first(), out ? "/cordon" : "/uncordon", "");
  }

  void otherLease() {
    first().endLease();
    first().leaseTo("carol@example.com", Duration.ofHours(1), "another deploy");
  }

  void setSecret(String name) {
    app.secrets(Map.of(name, "the value of somebody else"));
  }

  /** Somebody's deploy ends. */
  void release() {
    app.history(time.now()).complete(image('d'));
  }

  private void call(String method, FlyMachine machine, String verb, String body) {
    var address =
        fly.address(FlyHost.MACHINES) + "/v1/apps/" + APP + "/machines/" + machine.id() + verb;
    var request =
        HttpRequest.newBuilder(URI.create(address))
            .header("Authorization", deploy.secret().reveal())
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException(answer.statusCode() + " " + answer.body());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public RunbookBuilder process(Life life) {
    var web = fly.address(FlyHost.WEB).toString();
    var late = new Time(() -> time.now().minus(lag), turns.ticker(), turns.sleeper());
    var client =
        FlyClient.builder()
            .token(deploy.secret())
            .readToken(readOnly.secret())
            .operator("sam")
            .time(late)
            .transport(life.transport())
            .address(FlyService.MACHINES, fly.address(FlyHost.MACHINES).toString())
            .address(FlyService.GRAPHQL, web)
            .address(FlyService.RELEASES, web)
            .address(FlyService.LOGS, web)
            .address(FlyService.PROMETHEUS, web + "/prometheus")
            .address(FlyService.REGISTRY, fly.address(FlyHost.REGISTRY).toString())
            .address(FlyService.INCIDENTS, fly.address(FlyHost.INCIDENTS) + "/v1/incidents")
            .build();
    return RunbookProcedures.builder()
        .time(turns)
        .platform(client.app(APP).platform())
        .secretSource(
            place ->
                switch (place) {
                  case "NEW" -> Optional.of(Secret.of(NEW_VALUE));
                  case "OLD" -> Optional.of(Secret.of(OLD_VALUE));
                  default -> Optional.empty();
                })
        .owns(client);
  }

  /** What sets a state may be repeated (facts, fly.md 4.4): twice the same has one effect. */
  @Override
  public List<String> effects() {
    var effects = new ArrayList<String>();
    for (var each : fly.changes()) {
      var effect = each.kind() + " " + each.target();
      boolean again = effect.matches(SETS) && effects.contains(effect);
      if (each.kind().matches(leases ? ENDED_LEASE : CHANGED) && !again) {
        effects.add(effect);
      }
    }
    return effects;
  }

  @Override
  public String state() {
    return app.secretDigests()
        + app.machines().stream()
            .map(each -> state(each))
            .sorted()
            .collect(Collectors.joining("\n", "\n", ""));
  }

  private static String state(FlyMachine machine) {
    try {
      var config = JSON.readTree(machine.configJson());
      return machine.id()
          + " "
          + machine.state()
          + " "
          + machine.image().map(FlyImage::digest).orElse("")
          + " "
          + config.path("guest")
          + config.path("env")
          + machine.secrets()
          + (machine.cordoned() ? " cordoned" : "")
          + (machine.leased() ? " leased" : "");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void pass(Duration by) {
    time.advance(by);
  }

  @Override
  public void readOldData() {
    lag = Duration.ofHours(2);
  }

  @Override
  public List<String> secrets() {
    return List.of(NEW_VALUE, OLD_VALUE, deploy.secret().reveal(), readOnly.secret().reveal());
  }

  @Override
  public void close() {
    fly.close();
  }
}
