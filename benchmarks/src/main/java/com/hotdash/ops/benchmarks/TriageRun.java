package com.hotdash.ops.benchmarks;

import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.Estate;
import com.hotdash.ops.testkit.fly.FlyHost;
import com.hotdash.ops.testkit.fly.FlyToken.Kind;
import com.hotdash.ops.testkit.postgres.PgProxy;
import com.hotdash.ops.testkit.postgres.PgServer;
import com.hotdash.ops.testkit.web.LongRoad;
import com.hotdash.ops.time.Time;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long a triage of all eight incidents takes where each request takes 100 ms longer, beside the
 * least that the runbook's 21 lines of diagnosis take one after another on the same roads: one
 * request each, one login for each {@code psql}, and no time at all for a process to start or for a
 * person to read. Those look at less: most of them at one machine, and none compares anything.
 */
public final class TriageRun {
  private static final String APP = "hotdash-production";
  private static final Duration LONGER = Duration.ofMillis(100);
  private static final Duration WINDOW = Duration.ofSeconds(1);
  private static final int ROUNDS = 7;

  private final Time time = Time.SYSTEM;
  private final Map<String, LongRoad> roads = new TreeMap<>();
  private final Map<String, String> variables = new TreeMap<>();

  private TriageRun() {}

  /**
   * Measures both in turn, seven times, and prints the medians.
   *
   * @param args none
   * @throws IOException if a request fails
   * @throws SQLException if a login fails
   * @throws InterruptedException if interrupted
   */
  public static void main(String[] args) throws IOException, SQLException, InterruptedException {
    new TriageRun().run();
  }

  private void run() throws IOException, SQLException, InterruptedException {
    try (var server = PgServer.builder().start();
        var proxy = PgProxy.start(server);
        var estate = Estate.start(time)) {
      var database = proxy.url(server.createHotdash().ops());
      proxy.latency(LONGER);
      configure(estate, database);
      var triage = new ArrayList<Long>();
      var lines = new ArrayList<Long>();
      for (int i = 0; i < ROUNDS; i++) {
        // Fly counts requests of the last seconds, and the rounds must not pay for each other.
        time.await(Duration.ofSeconds(5));
        triage.add(triage());
        time.await(Duration.ofSeconds(5));
        lines.add(lines(database));
      }
      System.out.println("| what | median | fastest | slowest |");
      System.out.println("|---|---|---|---|");
      System.out.println(row("triage, its 1 s between two scrapes included", triage));
      System.out.println(row("the runbook's 21 lines, one after another", lines));
    } finally {
      roads.values().forEach(LongRoad::close);
    }
  }

  private void configure(Estate estate, String database) {
    var fly = estate.fly();
    var github = Secret.of("ghp_goodfornothingbutthisworld0000000000");
    estate.github().grantAll(github, estate.repository());
    estate.repository().push("deploy-production.yml", "v117");
    var web = "http://" + fly.address(FlyHost.WEB).getRawAuthority();
    variables.put("FLY_APP", APP);
    variables.put("FLY_API_TOKEN", fly.token(Kind.DEPLOY, APP).secret().reveal());
    variables.put("HOTDASH_OPS_FLY_READ_TOKEN", fly.token(Kind.READ_ONLY, APP).secret().reveal());
    variables.put("FLY_FLAPS_BASE_URL", road(fly.address(FlyHost.MACHINES)));
    variables.put("FLY_API_BASE_URL", road(URI.create(web)));
    variables.put("FLY_UIEX_BASE_URL", road(URI.create(web)));
    variables.put("HOTDASH_OPS_FLY_LOGS_URL", road(URI.create(web)));
    variables.put("HOTDASH_OPS_FLY_PROMETHEUS_URL", road(URI.create(web + "/prometheus")));
    variables.put("HOTDASH_OPS_FLY_REGISTRY_URL", road(fly.address(FlyHost.REGISTRY)));
    variables.put(
        "FLY_STATUSPAGE_UNRESOLVED_INCIDENTS_URL",
        road(URI.create(fly.address(FlyHost.INCIDENTS) + "/v1/incidents")));
    variables.put("HOTDASH_OPS_APP_URL", road(estate.hotdash().address()));
    variables.put("GITHUB_TOKEN", github.reveal());
    variables.put("GITHUB_REPOSITORY", "acme/hotdash");
    variables.put("GITHUB_API_URL", road(estate.github().address()));
    variables.put("SHOPIFY_SHOP", estate.shopify().domain());
    variables.put("SHOPIFY_ADMIN_TOKEN", estate.shopify().app().token("read_orders").reveal());
    variables.put("HOTDASH_OPS_SHOPIFY_BASE_URL", road(estate.shopify().address()));
    variables.put("HOTDASH_OPS_STATUSPAGE_URLS", "Example=" + road(estate.statusPage().address()));
    variables.put("DATABASE_URL", database);
  }

  private String road(URI to) {
    return roads.computeIfAbsent(to.toString(), all -> new LongRoad(to, LONGER)).address();
  }

  private long triage() {
    try (var ops =
        RunbookProcedures.builder()
            .environment(Environment.of(variables))
            .metricsWindow(WINDOW)
            .build()) {
      long began = time.ticker().nanos();
      var report = ops.triage();
      long took = (time.ticker().nanos() - began) / 1_000_000;
      if (report.ranked().size() != 8) {
        throw new IllegalStateException("judged " + report.ranked().size() + " incidents");
      }
      return took;
    }
  }

  /** The lines of the runbook's chapters, in their order. */
  private long lines(String database) throws IOException, SQLException, InterruptedException {
    var machines = variables.get("FLY_FLAPS_BASE_URL") + "/v1/apps/" + APP;
    var status = machines + "/machines";
    var logs = variables.get("HOTDASH_OPS_FLY_LOGS_URL") + "/api/v1/apps/" + APP + "/logs";
    var app = variables.get("HOTDASH_OPS_APP_URL");
    var run = variables.get("GITHUB_API_URL") + "/repos/acme/hotdash/actions/runs";
    var psql = "psql";
    var all =
        new ArrayList<>(
            Arrays.asList(
                status, logs, psql, logs, app + "/metrics", logs, run, status, psql, psql, psql));
    all.addAll(List.of(logs, app + "/metrics", status, app + "/metrics", logs));
    all.addAll(List.of(app + "/health", logs, status, machines + "/secrets", logs));
    long began = time.ticker().nanos();
    for (var each : all) {
      if (each.equals(psql)) {
        login(database);
      } else {
        // A process of its own each, so a connection of its own.
        get(each);
      }
    }
    return (time.ticker().nanos() - began) / 1_000_000;
  }

  private static void login(String database) throws SQLException {
    var uri = URI.create(database);
    var user = uri.getUserInfo().split(":", 2);
    try (var connection =
            DriverManager.getConnection(
                "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath(),
                user[0],
                user[1]);
        var statement = connection.createStatement()) {
      statement.execute("select count(*) from pg_stat_activity");
    }
  }

  private void get(String address) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(address))
            .header("Authorization", authorization(address))
            .build();
    HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  private String authorization(String address) {
    return address.contains("/repos/")
        ? "Bearer " + variables.get("GITHUB_TOKEN")
        : String.valueOf(variables.get("HOTDASH_OPS_FLY_READ_TOKEN"));
  }

  private static String row(String what, List<Long> millis) {
    var sorted = millis.stream().sorted().toList();
    return "| "
        + what
        + " | "
        + sorted.get(sorted.size() / 2)
        + " ms | "
        + sorted.get(0)
        + " ms | "
        + sorted.get(sorted.size() - 1)
        + " ms |";
  }
}
