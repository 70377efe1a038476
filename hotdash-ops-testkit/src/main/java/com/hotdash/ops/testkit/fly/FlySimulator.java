package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Call;
import com.hotdash.ops.testkit.web.Json;
import com.hotdash.ops.testkit.web.Site;
import com.hotdash.ops.time.Time;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A Fly.io on loopback ports, over plain HTTP: four hosts, one world of apps, machines, images,
 * secrets and releases. What a request changes is seen by all hosts.
 *
 * <p>It is as awkward as the real one: an update can be put back later and still say {@code
 * started}; a stop waits while somebody else holds a lease; each kind of token has its own header
 * for each service; more than one request a second and action is too many. {@link FlyQuirk} holds
 * what differs from time to time. {@link Site#fault} of a host's {@link #site} loses answers,
 * before or after the work was done.
 *
 * <p>Machines change as the given time passes. A call that must wait, waits in slices of 20 ms with
 * that time's sleeper: one that only moves the time lets it come back at once, {@code
 * Sleeper.SYSTEM} lets it block. A test that counts its client's waits hands in another sleeper.
 *
 * <p>Thread-safe. It owns its servers and {@link #close} shuts them down.
 */
public final class FlySimulator implements AutoCloseable {
  private final FlyWorld world;
  private final Map<FlyHost, Site> sites = new EnumMap<>(FlyHost.class);

  private FlySimulator(FlyWorld world) {
    this.world = world;
    var machines = new MachinesHost(world);
    var web = new WebHost(world);
    sites.put(FlyHost.MACHINES, site(machines::answer));
    sites.put(FlyHost.WEB, site(web::answer));
    sites.put(FlyHost.REGISTRY, site(web::registry));
    sites.put(FlyHost.INCIDENTS, site(web::incidents));
  }

  /**
   * Starts all hosts, with nothing on them but the organisation {@code acme}.
   *
   * @param time drives machines, leases, limits and all time stamps
   * @return the simulator, listening
   */
  public static FlySimulator start(Time time) {
    return new FlySimulator(new FlyWorld(time, "acme"));
  }

  /**
   * Returns where a host listens.
   *
   * @param host the host
   * @return such as {@code http://127.0.0.1:40123}; paths below it are the real ones
   */
  public URI address(FlyHost host) {
    return site(host).address();
  }

  /**
   * Returns a host's server, to lay faults on its routes and to see what it was asked.
   *
   * @param host the host
   * @return its server
   */
  public Site site(FlyHost host) {
    var site = sites.get(host);
    if (site == null) {
      throw new IllegalStateException("no server for " + host);
    }
    return site;
  }

  /**
   * Makes an app in the organisation, or returns it if it is there.
   *
   * @param name lower-case letters, digits and dashes
   * @return the app
   */
  public FlyApp app(String name) {
    synchronized (world) {
      return new FlyApp(
          world.apps.computeIfAbsent(name, key -> new AppState(world, key, world.org)));
    }
  }

  /**
   * Makes an app of another organisation: there, but not for our tokens.
   *
   * @param name lower-case letters, digits and dashes
   * @return the app
   */
  public FlyApp foreignApp(String name) {
    synchronized (world) {
      return new FlyApp(world.apps.computeIfAbsent(name, key -> new AppState(world, key, "other")));
    }
  }

  /**
   * Puts an image into the registry, in the place of the one with its tag.
   *
   * @param image the image
   * @return the same image
   */
  public FlyImage add(FlyImage image) {
    synchronized (world) {
      world.images.add(image);
      return image;
    }
  }

  /**
   * Takes an image's tag out of the registry. Machines that run it go on.
   *
   * @param image the image
   */
  public void remove(FlyImage image) {
    synchronized (world) {
      world.images.remove(image);
    }
  }

  /**
   * Issues a token that does not expire.
   *
   * @param kind what it may do
   * @param app the one app that it is for; no meaning for tokens of the whole organisation
   * @return the token
   */
  public FlyToken token(FlyToken.Kind kind, String app) {
    return token(kind, app, null);
  }

  /**
   * Issues a token.
   *
   * @param kind what it may do
   * @param app the one app that it is for; no meaning for tokens of the whole organisation
   * @param until when it expires, or null for never
   * @return the token
   */
  public FlyToken token(FlyToken.Kind kind, String app, @Nullable Instant until) {
    boolean one = kind == FlyToken.Kind.DEPLOY || kind == FlyToken.Kind.MACHINE_EXEC;
    boolean user = kind == FlyToken.Kind.USER;
    String owner = user ? "oncall@example.com" : UUID.randomUUID() + "@tokens.fly.io";
    synchronized (world) {
      return world.tokens.issue(kind, one ? app : "", owner, until);
    }
  }

  /**
   * Makes a token worthless.
   *
   * @param token the token
   */
  public void revoke(FlyToken token) {
    synchronized (world) {
      world.tokens.revoke(token);
    }
  }

  /**
   * Turns a quirk on or off.
   *
   * @param quirk the quirk
   * @param on whether it is to act
   * @return this
   */
  public FlySimulator set(FlyQuirk quirk, boolean on) {
    synchronized (world) {
      if (on) {
        world.quirks.add(quirk);
      } else {
        world.quirks.remove(quirk);
      }
      return this;
    }
  }

  /**
   * Says who answers health checks, instead of the image alone.
   *
   * @param health asked each time that a running machine is shown
   */
  public void health(FlyHealth health) {
    synchronized (world) {
      world.health = health;
    }
  }

  /**
   * Lets the health checks of one path say nothing for a while after each start: until then they
   * are missing from a machine's list, as on a machine whose grace period has not passed. All
   * others report after a second.
   *
   * @param path such as {@code /health}
   * @param wait how long after the start
   */
  public void silentCheck(String path, Duration wait) {
    synchronized (world) {
      world.silentChecks.put(path, wait);
    }
  }

  /**
   * Calls back at each change of a machine's state, image or cordon, under the simulator's lock: be
   * quick, and ask nothing over HTTP.
   *
   * @param watcher called with the machine as it is now
   */
  public void watch(Consumer<FlyMachine> watcher) {
    synchronized (world) {
      world.watchers.add(watcher);
    }
  }

  /**
   * Sets how long secrets take to reach the hosts: an update within that time boots with the old
   * ones, unless it asks for a version. At first none.
   *
   * @param lag the time
   */
  public void secretsLag(Duration lag) {
    synchronized (world) {
      world.secretsLag = lag;
    }
  }

  /**
   * Sets whether a region has no room for new machines.
   *
   * @param region such as {@code ord}
   * @param full whether a create is refused with 503 and {@code insufficient_capacity}
   */
  public void full(String region, boolean full) {
    synchronized (world) {
      if (full) {
        world.fullRegions.add(region);
      } else {
        world.fullRegions.remove(region);
      }
    }
  }

  /**
   * Limits the memory that the organisation may use in a region: more is refused with 403.
   *
   * @param region such as {@code ord}
   * @param megabytes the quota
   */
  public void quota(String region, long megabytes) {
    synchronized (world) {
      world.quotaMb.put(region, megabytes);
    }
  }

  /**
   * Sets whether a region does not answer when an organisation's machines are listed.
   *
   * @param region such as {@code syd}
   * @param silent whether it is left out and named in {@code error_regions}
   */
  public void silent(String region, boolean silent) {
    synchronized (world) {
      if (silent) {
        world.silentRegions.add(region);
      } else {
        world.silentRegions.remove(region);
      }
    }
  }

  /**
   * Takes an app's name away from everybody: names are one space for all of Fly.
   *
   * @param name the name that somebody else has
   */
  public void taken(String name) {
    synchronized (world) {
      world.takenNames.add(name);
    }
  }

  /**
   * Opens an incident at {@code incidents.flyio.net}.
   *
   * @param name such as {@code Machines API degraded}
   * @param status such as {@code investigating}
   * @param component what it touches
   */
  public void incident(String name, String status, String component) {
    synchronized (world) {
      var now = world.now().toString();
      world.incidents.add(
          Json.of(
              "id",
              world.ids.hex(12),
              "name",
              name,
              "status",
              status,
              "created_at",
              now,
              "started_at",
              now,
              "updated_at",
              now,
              "resolved_at",
              null,
              "components",
              List.of(Json.of("id", world.ids.hex(12), "name", component))));
    }
  }

  /** Ends all incidents: the list of open ones is empty again. */
  public void resolveIncidents() {
    synchronized (world) {
      world.incidents.clear();
    }
  }

  /**
   * Returns the platform's metrics.
   *
   * @return what sets and counts
   */
  public FlyMetrics metrics() {
    return new FlyMetrics(world);
  }

  /**
   * Returns what requests changed, and what the platform did by itself: the last 10,000, whether or
   * not an answer arrived.
   *
   * @return oldest first
   */
  public List<FlyChange> changes() {
    synchronized (world) {
      world.settle();
      return world.changes();
    }
  }

  /**
   * Returns how often something was carried out.
   *
   * @param kind such as {@code machine.update}
   * @return the count
   */
  public long count(String kind) {
    return changes().stream().filter(change -> change.kind().equals(kind)).count();
  }

  /**
   * Lets everything happen that is due by now. Every request and every look at a machine does so
   * too: only whoever waits for {@link #watch} alone needs this.
   */
  public void settle() {
    synchronized (world) {
      world.settle();
    }
  }

  /** Closes all ports; calls that are held end within 20 ms. */
  @Override
  public void close() {
    synchronized (world) {
      world.closed = true;
    }
    sites.values().forEach(Site::close);
  }

  private Site site(Function<Call, Answer> routes) {
    return Site.start(world.time, false, call -> routes.apply(call).with("fly-request-id", id()));
  }

  private String id() {
    synchronized (world) {
      return world.ids.next(world.now()) + "-ord";
    }
  }
}
