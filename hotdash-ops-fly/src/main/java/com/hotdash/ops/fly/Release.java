package com.hotdash.ops.fly;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One release of an app. What machines really run is told by them: a change of secrets makes a
 * release that names the newest image, even a failed one, and scaling makes none.
 *
 * @param id Fly's id
 * @param version its number
 * @param status Fly's word: {@code pending}, {@code running}, {@code complete}, {@code failed},
 *     {@code interrupted}; in old ones {@code succeeded}, {@code dead}
 * @param description what Fly says about it
 * @param image the image it names, with its digest if Fly knew it; {@code null} if it names none
 * @param createdAt when it was made, or {@code null} if Fly does not say
 * @param user who made it; empty if Fly does not say
 * @param strategy Fly's word for how machines were replaced: {@code ROLLING}, {@code ROLLING_ONE},
 *     {@code IMMEDIATE}, {@code CANARY}, {@code BLUEGREEN}, {@code SIMPLE}; empty if it does not
 *     say
 */
public record Release(
    String id,
    int version,
    String status,
    String description,
    @Nullable ImageRef image,
    @Nullable Instant createdAt,
    String user,
    String strategy) {
  static Release fromGraphQl(Fields node) {
    var digest = node.object("image").text("digest");
    var image = image(node.text("imageRef"));
    var user = node.object("user");
    return new Release(
        node.text("id", ""),
        node.integer("version", 0),
        node.text("status", ""),
        Texts.line(node.text("description", "")),
        image == null || digest == null ? image : image.withDigest(digest),
        node.time("createdAt"),
        user.text("email", user.text("name", "")),
        Texts.line(node.text("deploymentStrategy", "")));
  }

  static Release fromRest(Fields row) {
    return new Release(
        row.text("id", ""),
        row.integer("version", 0),
        row.text("status", ""),
        "",
        image(row.text("image_ref")),
        row.time("created_at"),
        row.text("user", ""),
        Texts.line(row.text("strategy", "")));
  }

  Release withImage(ImageRef known) {
    return new Release(id, version, status, description, known, createdAt, user, strategy);
  }

  private static @Nullable ImageRef image(@Nullable String reference) {
    return reference == null || reference.isBlank() || reference.contains(" ")
        ? null
        : ImageRef.parse(reference);
  }

  /**
   * Returns whether the release was carried out. That says nothing of how well it works, and the
   * field {@code stable} of Fly's says nothing at all.
   *
   * @return true for {@code complete} and {@code succeeded}
   */
  public boolean completed() {
    return status.equals("complete") || status.equals("succeeded");
  }

  /**
   * Returns whether it is still going on, as far as Fly knows: a flyctl that crashed leaves it so
   * for ever.
   *
   * @return true for {@code pending} and {@code running}
   */
  public boolean underWay() {
    return status.equals("pending") || status.equals("running");
  }

  @Override
  public String toString() {
    return "v%d %s %s %s%s"
        .formatted(
            version,
            status,
            createdAt,
            image == null ? "no image" : image.brief(),
            user.isEmpty() ? "" : " by " + user);
  }
}
