package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.fly.FlyHost;
import com.hotdash.ops.testkit.fly.FlyImage;
import com.hotdash.ops.testkit.fly.FlyMachine;
import com.hotdash.ops.testkit.fly.FlySimulator;
import com.hotdash.ops.testkit.fly.FlyToken.Kind;
import com.hotdash.ops.time.Time;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;

/**
 * A simulated Fly with HotDash on it, and a client for it. Each request is held against Fly's
 * OpenAPI document, and at the end no machine may be left leased.
 */
final class SimulatedFly implements AutoCloseable {
  static final String APP = "hotdash-production";
  static final String MACHINES = "/v1/apps/" + APP + "/machines";

  final FakeTime time = FakeTime.startingAt(Instant.parse("2026-11-23T03:00:00Z"));
  final FlySimulator fly = FlySimulator.start(time.time());
  final com.hotdash.ops.testkit.fly.FlyApp theirs = fly.app(APP);
  final FlyImage good = image('a');
  final FlyImage bad = image('b');
  final List<String> objections = new CopyOnWriteArrayList<>();
  final List<Integer> statuses = new CopyOnWriteArrayList<>();
  final List<String> calls = new CopyOnWriteArrayList<>();
  private final OkHttpClient transport =
      new OkHttpClient.Builder().addInterceptor(this::watch).build();
  final FlyClient client = client(time.time());
  final FlyApp app = client.app(APP);

  FlyImage image(char letter) {
    var digest = "sha256:" + String.valueOf(letter == 'z' ? 'f' : letter).repeat(64);
    return fly.add(FlyImage.of(APP, "deployment-" + letter, digest));
  }

  FlyClient client(Time of) {
    return builder(of).build();
  }

  FlyClient.Builder builder(Time of) {
    var machines = fly.address(FlyHost.MACHINES).toString();
    var web = fly.address(FlyHost.WEB).toString();
    var incidents = fly.address(FlyHost.INCIDENTS) + "/v1/incidents";
    return FlyClient.builder()
        .token(fly.token(Kind.DEPLOY, APP).secret())
        .readToken(fly.token(Kind.READ_ONLY, APP).secret())
        .operator("alice")
        .time(of)
        .transport(transport)
        .address(FlyService.MACHINES, machines)
        .address(FlyService.GRAPHQL, web)
        .address(FlyService.RELEASES, web)
        .address(FlyService.LOGS, web)
        .address(FlyService.PROMETHEUS, web + "/prometheus")
        .address(FlyService.REGISTRY, fly.address(FlyHost.REGISTRY).toString())
        .address(FlyService.INCIDENTS, incidents);
  }

  private Response watch(Interceptor.Chain chain) throws IOException {
    var request = chain.request();
    var path = request.url().encodedPath();
    if (path.startsWith("/v1/") && !path.equals("/v1/incidents")) {
      var query = request.url().encodedQuery();
      Specs.objection(request.method(), path, query == null ? "" : query, body(request))
          .ifPresent(objections::add);
    }
    calls.add(request.method() + " " + path);
    var response = chain.proceed(request);
    statuses.add(response.code());
    return response;
  }

  private static String body(Request request) throws IOException {
    var buffer = new Buffer();
    if (request.body() != null) {
      request.body().writeTo(buffer);
    }
    return buffer.readUtf8();
  }

  List<FlyMachine> machines(int count, FlyImage image) {
    for (int i = 0; i < count; i++) {
      theirs.machine("ord", image);
    }
    return theirs.machines();
  }

  @Override
  public void close() {
    var leased = theirs.machines().stream().filter(FlyMachine::leased).map(FlyMachine::id).toList();
    client.close();
    fly.close();
    assertThat(objections).as("requests against the OpenAPI document").isEmpty();
    assertThat(leased).as("machines whose lease was not given back").isEmpty();
  }
}
