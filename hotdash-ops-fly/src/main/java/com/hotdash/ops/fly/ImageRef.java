package com.hotdash.ops.fly;

import org.jspecify.annotations.Nullable;

/**
 * Which image. The digest is its identity; tags may move, and two may name one image.
 *
 * @param registry the host, such as {@code registry.fly.io}
 * @param repository the name within it
 * @param tag the tag, or {@code null} if not known
 * @param digest {@code sha256:…}, or {@code null} if not known
 */
public record ImageRef(
    String registry, String repository, @Nullable String tag, @Nullable String digest) {
  private static final String FLY = "registry.fly.io";

  /** Checks that the image has a name. */
  public ImageRef {
    if (repository.isBlank()) {
      throw new IllegalArgumentException("an image needs a repository");
    }
  }

  /**
   * Reads a reference in any of its forms: {@code registry/repository[:tag][@digest]}.
   *
   * @param text the reference
   * @return the image
   * @throws IllegalArgumentException if the text is blank or holds white space
   */
  public static ImageRef parse(String text) {
    if (text.isBlank() || text.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException("not the reference of an image: \"" + text + "\"");
    }
    int at = text.indexOf('@');
    var digest = at < 0 ? null : text.substring(at + 1);
    var name = at < 0 ? text : text.substring(0, at);
    int colon = name.lastIndexOf(':');
    boolean tagged = colon > name.lastIndexOf('/');
    var tag = tagged ? name.substring(colon + 1) : null;
    var path = tagged ? name.substring(0, colon) : name;
    int slash = path.indexOf('/');
    var first = slash < 0 ? "" : path.substring(0, slash);
    boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
    return new ImageRef(
        host ? first : "docker.io",
        host ? path.substring(slash + 1) : path,
        tag == null || tag.isEmpty() ? null : tag,
        digest == null || digest.isEmpty() ? null : digest);
  }

  static @Nullable ImageRef from(Fields fields) {
    var repository = fields.text("repository", "");
    return repository.isBlank()
        ? null
        : new ImageRef(
            fields.text("registry", FLY), repository, fields.text("tag"), fields.text("digest"));
  }

  /**
   * Returns whether both are one image: by digest where both have one, else by the whole name.
   *
   * @param other the other image
   * @return false also if it cannot be told
   */
  public boolean sameAs(ImageRef other) {
    if (digest != null && other.digest != null) {
      return digest.equals(other.digest);
    }
    return tag != null
        && tag.equals(other.tag)
        && registry.equals(other.registry)
        && repository.equals(other.repository);
  }

  /**
   * Adds the digest.
   *
   * @param known the digest
   * @return a changed copy
   */
  public ImageRef withDigest(@Nullable String known) {
    return new ImageRef(registry, repository, tag, known);
  }

  boolean inFlyRegistry() {
    return registry.equals(FLY);
  }

  /** What tells images of one app apart: the start of the digest, else the tag. */
  String shortest() {
    return digest == null
        ? String.valueOf(tag)
        : digest.replace("sha256:", "").replaceFirst("^(.{12}).*", "$1");
  }

  /** What stands in a table: the tag, and the start of the digest. */
  String brief() {
    var start =
        digest == null ? "" : digest.replace("sha256:", "").replaceFirst("^(.{12}).*", "$1");
    return tag == null ? "@" + start : start.isEmpty() ? tag : tag + "@" + start;
  }

  @Override
  public String toString() {
    return registry
        + "/"
        + repository
        + (tag == null ? "" : ":" + tag)
        + (digest == null ? "" : "@" + digest);
  }
}
