package com.hotdash.ops.testkit.shopify;

import com.hotdash.ops.secret.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One app installed on the simulated shop: its own points, secrets, tokens and subscriptions. All
 * its processes share the points, also one that nobody here knows of. Thread-safe.
 */
public final class ShopifyApp {
  final AppSecrets secrets = new AppSecrets();
  final AppTokens tokens;
  final Subscriptions subscriptions = new Subscriptions();
  final IdempotencyMemory memory = new IdempotencyMemory();
  final PointBucket points;
  final CallBucket calls;
  Set<String> granted = Set.of();
  private final World world;
  private final String clientId;
  private int secretsMade;

  ShopifyApp(World world, int number) {
    this.world = world;
    this.clientId = String.format(Locale.ROOT, "%032x", 0xc11e_0000L + number);
    this.tokens = new AppTokens(String.format(Locale.ROOT, "%08x", number));
    this.points = new PointBucket(world.limits, world.time.ticker());
    this.calls = new CallBucket(world.time.ticker());
    addSecret();
  }

  /**
   * Returns the client id, which HotDash calls {@code SHOPIFY_API_KEY}.
   *
   * @return the id; not secret
   */
  public String clientId() {
    return clientId;
  }

  /**
   * Returns the newest client secret.
   *
   * @return the secret
   */
  public Secret secret() {
    synchronized (world) {
      return secrets.newest().value;
    }
  }

  /**
   * Makes a second client secret, as the dashboard does. The older one stays good, and goes on
   * signing, until it is revoked.
   *
   * @return the new secret
   */
  public Secret addSecret() {
    synchronized (world) {
      var value =
          "shpss_" + clientId.substring(16) + String.format(Locale.ROOT, "%016x", ++secretsMade);
      return secrets.add(Secret.of(value)).value;
    }
  }

  /**
   * Revokes a client secret. The tokens that were got with it die at once; webhooks are signed with
   * it for another hour.
   *
   * @param secret the secret
   * @throws IllegalArgumentException if it is not one of this app's
   * @throws IllegalStateException if it is the last one
   */
  public void revokeSecret(Secret secret) {
    synchronized (world) {
      secrets.revoke(secret, world.now());
    }
  }

  /**
   * Sets the scopes that tokens got from now on by a grant have. Default: all.
   *
   * @param scopes such as {@code read_orders}; none stands for all
   */
  public void scopes(String... scopes) {
    synchronized (world) {
      granted = sorted(scopes);
    }
  }

  /**
   * Makes the token of a custom app, good until it is revoked.
   *
   * @param scopes such as {@code read_orders}; none stands for all
   * @return the token
   */
  public Secret token(String... scopes) {
    synchronized (world) {
      return tokens.permanent(sorted(scopes), false, null);
    }
  }

  /**
   * Makes the non-expiring token of a public app, which from 2027 on is answered 403.
   *
   * @param scopes such as {@code read_orders}; none stands for all
   * @return the token
   */
  public Secret nonExpiringToken(String... scopes) {
    synchronized (world) {
      return tokens.permanent(sorted(scopes), true, secrets.newest());
    }
  }

  /**
   * Makes an expiring pair, as an installation of a public app gets it.
   *
   * @return the pair
   */
  public ShopifyGrant install() {
    synchronized (world) {
      return tokens.acquired(granted, secrets.newest(), world.now());
    }
  }

  /**
   * Takes an access token back.
   *
   * @param token the token; calls with it are answered 401
   */
  public void revokeToken(Secret token) {
    synchronized (world) {
      tokens.revoke(token);
    }
  }

  /**
   * Lets other processes of this app use points all the time.
   *
   * @param pointsPerSecond how many they take in each second, as far as there are; 0 for none
   */
  public void foreign(double pointsPerSecond) {
    synchronized (world) {
      points.foreign(pointsPerSecond);
    }
  }

  /**
   * Lets another process of this app use points once.
   *
   * @param taken how many, as far as there are
   */
  public void take(double taken) {
    synchronized (world) {
      points.take(taken);
    }
  }

  /**
   * Returns the points that a call arriving now would find.
   *
   * @return the points
   */
  public double available() {
    synchronized (world) {
      return points.now();
    }
  }

  /**
   * Makes the deliveries of an event, one for each subscription to its topic.
   *
   * @param topic such as {@code ORDERS_CREATE}
   * @param payload the JSON text
   * @return the deliveries, signed
   */
  public List<ShopifyWebhook> emit(String topic, String payload) {
    synchronized (world) {
      var now = world.now();
      return subscriptions.emit(
          topic, payload, secrets.signing(now), world.domain, Versions.oldest(now), now);
    }
  }

  /**
   * Tells Shopify what a delivery was answered. The eighth in a row that is not 2xx deletes the
   * subscription.
   *
   * @param webhook the delivery
   * @param status the answer's status; 0 for none in time
   */
  public void delivered(ShopifyWebhook webhook, int status) {
    synchronized (world) {
      subscriptions.delivered(webhook.subscriptionId(), status);
    }
  }

  /** Returns whether a token of this app may do what a scope is for; null stands for nothing. */
  static boolean allows(AppTokens.Access token, @Nullable String scope) {
    return scope == null
        || token.scopes().isEmpty()
        || token.scopes().contains(scope)
        || token.scopes().contains(scope.replaceFirst("^read_", "write_"));
  }

  private static Set<String> sorted(String... scopes) {
    return new TreeSet<>(List.of(scopes));
  }

  @Override
  public String toString() {
    return "ShopifyApp[" + clientId + ']';
  }
}
