package com.hotdash.ops.testkit.shopify;

import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Call;
import com.hotdash.ops.testkit.web.Site;
import com.hotdash.ops.time.Time;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Shopify's Admin API for one shop, by what was measured on live shops: points that are held while
 * a call runs and given back at its end, refusals under status 200 that cost nothing, REST's bucket
 * of calls, tokens, webhooks, the memory of {@code @idempotent}, versions that fall forward.
 *
 * <p>Over HTTP on a loopback port a call takes as long as {@link #latency} says, by the injected
 * time. In process, {@link #begin} takes a call in at once and leaves it to the caller when it
 * ends: so 100,000 calls run through in seconds, in virtual time.
 *
 * <pre>{@code
 * try (var shopify = ShopifySimulator.start(time, "hotdash-dev.myshopify.com")) {
 *   shopify.limits(ShopifyLimits.ADVANCED);
 *   var token = shopify.app().token("read_orders");
 *   …                                          // call shopify.address()
 * }
 * }</pre>
 *
 * <p>It answers any document with made-up values. What the facts call a requested cost is computed
 * here by itself, without the library's predictor. Thread-safe.
 */
public final class ShopifySimulator implements AutoCloseable {
  private final World world;
  private final ShopifyFaults laid = new ShopifyFaults();
  private final Routes routes;
  private final Site site;

  private ShopifySimulator(Time time, String domain) {
    this.world = new World(time, domain);
    world.apps.add(new ShopifyApp(world, 1));
    this.routes = new Routes(world, laid, this::address);
    this.site = Site.start(time, false, this::serve);
  }

  /**
   * Starts a shop on the standard plan, with one app.
   *
   * @param time what points, tokens and versions go by
   * @param domain such as {@code hotdash-dev.myshopify.com}
   * @return the shop, listening
   */
  public static ShopifySimulator start(Time time, String domain) {
    return new ShopifySimulator(time, domain);
  }

  /**
   * Returns where the API listens, in place of {@code https://{shop}.myshopify.com}.
   *
   * @return the address, without a slash at the end
   */
  public URI address() {
    return site.address();
  }

  /**
   * Returns the server: its record of requests, and where to lay faults of HTTP itself.
   *
   * @return the server
   */
  public Site site() {
    return site;
  }

  /**
   * Returns the shop's name.
   *
   * @return such as {@code hotdash-dev.myshopify.com}
   */
  public String domain() {
    return world.domain;
  }

  /**
   * Returns the app that the shop has from its beginning.
   *
   * @return the app
   */
  public ShopifyApp app() {
    synchronized (world) {
      return world.apps.get(0);
    }
  }

  /**
   * Installs one more app. It has points of its own.
   *
   * @return the app
   */
  public ShopifyApp addApp() {
    synchronized (world) {
      var made = new ShopifyApp(world, world.apps.size() + 1);
      world.apps.add(made);
      return made;
    }
  }

  /**
   * Changes the limits of all apps from now on; a full bucket stays full, and points over the new
   * size are lost.
   *
   * @param limits the limits
   */
  public void limits(ShopifyLimits limits) {
    synchronized (world) {
      world.limits = limits;
      world.apps.forEach(app -> app.points.limits(limits));
    }
  }

  /**
   * Sets how long calls take that are let in. Default: no time. From 10 s on the answer is 504.
   *
   * @param latency asked once for each call, under the simulator's lock
   */
  public void latency(Supplier<Duration> latency) {
    synchronized (world) {
      world.latency = latency;
    }
  }

  /**
   * Sets how many rows a connection, a REST list or a single object has in this shop. Default 3 for
   * connections; REST lists are unknown without it; an object with 0 rows is null.
   *
   * @param name such as {@code orders}
   * @param rows how many, not negative
   */
  public void rows(String name, int rows) {
    synchronized (world) {
      world.rows.put(name, rows);
    }
  }

  /**
   * Sets how the actual cost comes about. Default: by the items that were returned.
   *
   * @param rule the rule
   */
  public void actual(ActualCost rule) {
    synchronized (world) {
      world.actual = rule;
    }
  }

  /**
   * Sets what a mutation costs. Default 10, but for the few whose other cost was seen.
   *
   * @param name such as {@code fulfillmentCreate}
   * @param cost its requested cost
   */
  public void mutationCost(String name, int cost) {
    synchronized (world) {
      world.costs.mutation(name, cost);
    }
  }

  /**
   * Sets the scope that a root field needs.
   *
   * @param field such as {@code refundCreate}
   * @param scope such as {@code write_orders}
   */
  public void requires(String field, String scope) {
    synchronized (world) {
      world.scopes.put(field, scope);
    }
  }

  /**
   * Makes a field a deprecated one: whoever asks for it is told so in a header.
   *
   * @param field its name, wherever it stands
   */
  public void deprecate(String field) {
    synchronized (world) {
      world.deprecated.add(field);
    }
  }

  /**
   * Leaves {@code throttleStatus} out of replies, as was seen on shops of Shopify's staff.
   *
   * @param shown whether it is there
   */
  public void throttleStatus(boolean shown) {
    synchronized (world) {
      world.throttleStatus = shown;
    }
  }

  /**
   * Adds to the {@code currentlyAvailable} of replies: it was seen above the maximum.
   *
   * @param points how many more are reported than there are
   */
  public void reportedMore(double points) {
    synchronized (world) {
      world.reportedMore = points;
    }
  }

  /**
   * Sets how a refresh token that is no longer good is answered. Default 401, as documented.
   *
   * @param status 401, or 400 as was reported
   */
  public void refreshRefusal(int status) {
    synchronized (world) {
      world.refreshRefusal = status;
    }
  }

  /**
   * Lays a fault on the next calls, of whatever kind. Those laid first act first.
   *
   * @param times on how many calls, more than zero
   * @param fault what goes wrong
   */
  public void fault(int times, ShopifyFault fault) {
    laid.lay(times, fault);
  }

  /**
   * Asks a function for the fault of each call that none was laid for with {@link #fault}.
   *
   * @param faults gives the fault, if there is one; called under the simulator's lock
   */
  public void faults(Function<Call, Optional<ShopifyFault>> faults) {
    synchronized (world) {
      world.faults = faults;
    }
  }

  /**
   * Returns what was changed in the shop, at most 200,000 changes.
   *
   * @return the changes, in the order they were made
   */
  public List<ShopifyEffect> effects() {
    synchronized (world) {
      return List.copyOf(world.effects);
    }
  }

  /**
   * Takes a call in. Points are held from now until the exchange ends.
   *
   * @param call the call, its headers by lower-case name
   * @return the call on its way
   */
  public ShopifyExchange begin(Call call) {
    synchronized (world) {
      return routes.begin(call);
    }
  }

  /** Closes the port. */
  @Override
  public void close() {
    site.close();
  }

  private Answer serve(Call call) {
    var exchange = begin(call);
    boolean goesOn = exchange.takes().isZero() || world.time.await(exchange.takes());
    var reply = exchange.end();
    return goesOn ? reply.answer() : Answer.closing();
  }

  @Override
  public String toString() {
    return "ShopifySimulator[" + world.domain + ']';
  }
}
