package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.Estate;
import com.hotdash.ops.testkit.fly.FlyChange;
import com.hotdash.ops.testkit.fly.FlyHost;
import com.hotdash.ops.testkit.fly.FlySimulator;
import com.hotdash.ops.testkit.fly.FlyToken;
import com.hotdash.ops.testkit.fly.FlyToken.Kind;
import com.hotdash.ops.testkit.hotdash.Behaviour;
import com.hotdash.ops.testkit.hotdash.Release;
import com.hotdash.ops.testkit.shopify.ShopifySimulator;
import com.hotdash.ops.testkit.web.SeenRequest;
import com.hotdash.ops.testkit.web.Site;
import com.hotdash.ops.time.Time;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** HotDash on four machines of a simulated Fly, over HTTP on this machine, with customers. */
final class SimulatedHotdash implements AutoCloseable {
  static final String APP = "hotdash-production";

  /** The share of requests to {@link Customers#ORDERS} that a bad release fails. */
  static final double FAILING = 0.4;

  private static final int MACHINES = 4;

  private final Estate estate;
  private final FlyToken deploy;
  private final FlyToken read;
  private final Secret github = Secret.of("ghp_goodfornothingbutthisworld0000000000");
  private final Secret shop;

  SimulatedHotdash(Time time, Customers customers) {
    estate = Estate.start(time);
    var image = estate.flyApp().machines().get(0).image().orElseThrow();
    while (estate.flyApp().machines().size() < MACHINES) {
      estate.flyApp().machine("ord", image);
    }
    customers.visit(estate);
    deploy = estate.fly().token(Kind.DEPLOY, APP);
    read = estate.fly().token(Kind.READ_ONLY, APP);
    estate.github().grantAll(github, estate.repository());
    // What runs has come by a deploy, and is watched.
    for (var file :
        List.of("deploy-production.yml", "production-monitoring.yml", "smoke-tests.yml")) {
      estate.repository().push(file, "v117");
    }
    shop =
        estate
            .shopify()
            .app()
            .token(
                "read_products",
                "write_products",
                "read_orders",
                "write_orders",
                "read_customers",
                "read_inventory",
                "write_inventory");
  }

  /** Puts a release on all machines that fails a part of the requests for orders. */
  Release release() {
    return estate.release(Behaviour.healthy().failing(Customers.ORDERS, FAILING));
  }

  /** Returns the shop that HotDash is installed on. */
  ShopifySimulator shopify() {
    return estate.shopify();
  }

  /** Returns what requests have changed at Fly, and what the platform did by itself. */
  List<FlyChange> changes() {
    return estate.fly().changes();
  }

  /** Counts what requests have changed, at whomever; what happens by itself is left out. */
  long effects() {
    var repository = estate.repository();
    return changes().stream().filter(change -> !change.kind().startsWith("platform.")).count()
        + shopify().effects().size()
        + repository.runCount("deploy-production.yml")
        + repository.runCount("rollback-production.yml")
        + repository.openIssues();
  }

  /** Returns all faces of this world, for making trouble. */
  Estate estate() {
    return estate;
  }

  /** Returns the servers of this world, by name. */
  Map<String, Site> faces() {
    var faces = new TreeMap<String, Site>();
    for (var host : FlyHost.values()) {
      faces.put("fly " + host.name().toLowerCase(Locale.ROOT), estate.fly().site(host));
    }
    faces.put("github", estate.github().site());
    faces.put("shopify", estate.shopify().site());
    faces.put("status page", estate.statusPage().site());
    faces.put("application", estate.hotdash().site());
    return faces;
  }

  /** Returns what was asked of this world over HTTP, face by face: method, path and query. */
  List<String> asked() {
    return faces().values().stream()
        .flatMap(site -> site.requests().stream().map(seen -> asked(site, seen)))
        .toList();
  }

  private static String asked(Site site, SeenRequest seen) {
    var query = seen.query() == null ? "" : "?" + seen.query();
    return seen.method() + " " + site.address() + seen.path() + query;
  }

  /** Returns the variables by which the runbook finds this world, credentials among them. */
  Map<String, String> variables() {
    var fly = estate.fly();
    var web = fly.address(FlyHost.WEB).toString();
    var all = new TreeMap<String, String>();
    all.put("FLY_APP", APP);
    all.put("FLY_API_TOKEN", deploy.secret().reveal());
    all.put("HOTDASH_OPS_FLY_READ_TOKEN", read.secret().reveal());
    all.put("FLY_FLAPS_BASE_URL", address(fly, FlyHost.MACHINES));
    all.put("FLY_API_BASE_URL", web);
    all.put("FLY_UIEX_BASE_URL", web);
    all.put("HOTDASH_OPS_FLY_LOGS_URL", web);
    all.put("HOTDASH_OPS_FLY_PROMETHEUS_URL", web + "/prometheus");
    all.put("HOTDASH_OPS_FLY_REGISTRY_URL", address(fly, FlyHost.REGISTRY));
    all.put(
        "FLY_STATUSPAGE_UNRESOLVED_INCIDENTS_URL",
        address(fly, FlyHost.INCIDENTS) + "/v1/incidents");
    all.put("HOTDASH_OPS_APP_URL", estate.hotdash().address().toString());
    all.put("GITHUB_TOKEN", github.reveal());
    all.put("GITHUB_REPOSITORY", "acme/hotdash");
    all.put("GITHUB_API_URL", estate.github().address().toString());
    all.put("SHOPIFY_SHOP", estate.shopify().domain());
    all.put("SHOPIFY_ADMIN_TOKEN", shop.reveal());
    all.put("HOTDASH_OPS_SHOPIFY_BASE_URL", estate.shopify().address().toString());
    all.put("HOTDASH_OPS_STATUSPAGE_URLS", "Example=" + estate.statusPage().address());
    return all;
  }

  private static String address(FlySimulator fly, FlyHost host) {
    return fly.address(host).toString();
  }

  String description() {
    return "Fly, simulated over HTTP: app " + APP + " on " + MACHINES + " machines";
  }

  @Override
  public void close() {
    estate.close();
  }
}
