package com.hotdash.ops.testkit.fly;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An image of an app, and how it behaves when a machine boots it. Immutable; {@link
 * FlySimulator#add} puts it into the registry.
 *
 * @param repository such as {@code hotdash-production}
 * @param tag such as {@code deployment-01JD4V6M3Q7N0K2H8R5T9W1XZE}
 * @param digest {@code sha256:} and 64 hexadecimal digits: the image's identity
 * @param pulls whether hosts can pull it: if not, an update to it is accepted, and put back later
 * @param healthy what health checks answer, where no {@link FlyHealth} was set
 * @param crash what happens after each boot, or null if it keeps running
 */
public record FlyImage(
    String repository,
    String tag,
    String digest,
    boolean pulls,
    boolean healthy,
    @Nullable Crash crash) {
  /**
   * The end of a process soon after its start.
   *
   * @param after how long it runs, more than zero
   * @param exitCode such as 1, or 137 when killed
   * @param oomKilled whether the kernel killed it for memory
   */
  public record Crash(Duration after, int exitCode, boolean oomKilled) {}

  /**
   * Makes an image that pulls, boots and is healthy.
   *
   * @param repository such as {@code hotdash-production}
   * @param tag such as {@code deployment-01JD4V6M3Q7N0K2H8R5T9W1XZE}
   * @param digest {@code sha256:} and 64 hexadecimal digits
   * @return the image
   * @throws IllegalArgumentException if the digest has another form
   */
  public static FlyImage of(String repository, String tag, String digest) {
    if (!digest.matches("sha256:[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a sha256 digest: " + digest);
    }
    return new FlyImage(repository, tag, digest, true, true, null);
  }

  /**
   * Makes an image that pulls, boots and is healthy, with a digest made of its repository and tag.
   *
   * @param repository such as {@code hotdash-production}
   * @param tag such as {@code deployment-01JD4V6M3Q7N0K2H8R5T9W1XZE}
   * @return the image
   */
  public static FlyImage of(String repository, String tag) {
    return of(repository, tag, "sha256:" + Sha256.hex(repository + ':' + tag));
  }

  /**
   * Returns this image as one that hosts cannot pull.
   *
   * @return a copy
   */
  public FlyImage unpullable() {
    return new FlyImage(repository, tag, digest, false, healthy, crash);
  }

  /**
   * Returns this image as one that fails its health checks.
   *
   * @return a copy
   */
  public FlyImage unhealthy() {
    return new FlyImage(repository, tag, digest, pulls, false, crash);
  }

  /**
   * Returns this image as one whose process ends soon after each start.
   *
   * @param how when and with what
   * @return a copy
   */
  public FlyImage crashing(Crash how) {
    return new FlyImage(repository, tag, digest, pulls, healthy, how);
  }

  /**
   * Returns this image under another tag, with the same digest.
   *
   * @param otherTag the tag
   * @return a copy
   */
  public FlyImage tagged(String otherTag) {
    return new FlyImage(repository, otherTag, digest, pulls, healthy, crash);
  }

  /**
   * Returns the reference by tag, as releases carry it.
   *
   * @return such as {@code registry.fly.io/hotdash-production:deployment-01JD…}
   */
  public String reference() {
    return "registry.fly.io/" + repository + ':' + tag;
  }
}
