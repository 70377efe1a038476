package com.hotdash.ops.platform;

import org.jspecify.annotations.Nullable;

/**
 * What a machine runs. The digest is its identity: one image may have several names, and a name
 * such as {@code latest} may come to mean another image.
 *
 * @param reference registry, repository, tag or digest, as the platform says it
 * @param digest such as {@code sha256:6c1f…}, or {@code null} if the platform does not say
 */
public record Image(String reference, @Nullable String digest) {
  private static final int SHOWN = "sha256:".length() + 12;

  /**
   * Tells whether two are the same image: by digest where both have one, else by name.
   *
   * @param other the other image
   * @return true if they are the same
   */
  public boolean same(Image other) {
    return (digest != null && other.digest != null)
        ? digest.equals(other.digest)
        : reference.equals(other.reference);
  }

  /**
   * Returns the name that means this image for ever, by which it can also be fetched.
   *
   * @return repository and digest, such as {@code registry.example.com/app@sha256:6c1f…}; the
   *     reference as it is, if no digest is known
   */
  public String identity() {
    return digest == null ? reference : untagged() + "@" + digest;
  }

  private String untagged() {
    int at = reference.indexOf('@');
    var name = at < 0 ? reference : reference.substring(0, at);
    int colon = name.indexOf(':', name.lastIndexOf('/') + 1);
    return colon < 0 ? name : name.substring(0, colon);
  }

  /**
   * Returns a name short enough for a table.
   *
   * @return the tag, else the beginning of the digest, else the reference
   */
  public String label() {
    var name = reference.substring(reference.lastIndexOf('/') + 1);
    int at = name.indexOf('@');
    var tagged = at < 0 ? name : name.substring(0, at);
    int colon = tagged.indexOf(':');
    if (colon >= 0) {
      return tagged.substring(colon + 1);
    }
    return digest == null ? name : digest.substring(0, Math.min(digest.length(), SHOWN));
  }

  @Override
  public String toString() {
    return label();
  }
}
