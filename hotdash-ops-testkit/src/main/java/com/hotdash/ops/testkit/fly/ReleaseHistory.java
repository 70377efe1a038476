package com.hotdash.ops.testkit.fly;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Writes release records of the past, one after another, an hour apart unless told otherwise. It
 * moves no machine: {@link FlyApp#machine} says what machines run. Made by {@link FlyApp#history};
 * not thread-safe.
 */
public final class ReleaseHistory {
  private final AppState app;
  private Instant at;
  private Duration gap = Duration.ofHours(1);
  private String user = "alice@example.com";

  ReleaseHistory(AppState app, Instant first) {
    this.app = app;
    this.at = first;
  }

  /**
   * Sets how far apart the next releases are.
   *
   * @param next the time from one to the next
   * @return this
   */
  public ReleaseHistory gap(Duration next) {
    this.gap = next;
    return this;
  }

  /**
   * Sets the version of the next release, where there is none yet.
   *
   * @param version more than zero
   * @return this
   * @throws IllegalStateException if there are releases: they count up by one
   */
  public ReleaseHistory from(int version) {
    synchronized (app.world) {
      if (app.newest() != null) {
        throw new IllegalStateException("there is a release already");
      }
      app.firstVersion = version;
      return this;
    }
  }

  /**
   * Sets who makes the next releases.
   *
   * @param email such as {@code deploy-token@tokens.fly.io}
   * @return this
   */
  public ReleaseHistory by(String email) {
    this.user = email;
    return this;
  }

  /**
   * Adds a deploy that ended well.
   *
   * @param image what it deployed
   * @return this
   */
  public ReleaseHistory complete(FlyImage image) {
    return add("complete", "CHANGE", image);
  }

  /**
   * Adds a deploy that failed. What it did to machines stays as it is.
   *
   * @param image what it tried to deploy
   * @return this
   */
  public ReleaseHistory failed(FlyImage image) {
    return add("failed", "CHANGE", image);
  }

  /**
   * Adds a deploy with any status: {@code interrupted}, {@code running} for ever after a crash of
   * flyctl, {@code succeeded} and {@code dead} in old rows.
   *
   * @param status the status
   * @param image what it deployed
   * @return this
   */
  public ReleaseHistory with(String status, FlyImage image) {
    return add(status, "CHANGE", image);
  }

  /**
   * Adds a change of secrets. It carries the image of the release before it, even of a failed one.
   *
   * @return this
   * @throws IllegalStateException if there is no release before it
   */
  public ReleaseHistory secrets() {
    synchronized (app.world) {
      var last = app.newest();
      if (last == null) {
        throw new IllegalStateException("no release to take an image from");
      }
      app.release("complete", "SECRETS", last.imageRef(), user, next(), "ROLLING");
      return this;
    }
  }

  /**
   * Returns all releases of the app.
   *
   * @return oldest first
   */
  public List<FlyRelease> releases() {
    synchronized (app.world) {
      return List.copyOf(app.releases);
    }
  }

  private ReleaseHistory add(String status, String reason, FlyImage image) {
    synchronized (app.world) {
      app.release(status, reason, image.reference(), user, next(), "ROLLING");
      return this;
    }
  }

  private Instant next() {
    var now = at;
    at = at.plus(gap);
    return now;
  }
}
