package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.testkit.web.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The registry's images. A tag names one image; a digest can have several tags. */
final class Images {
  private final Map<String, FlyImage> byTag = new LinkedHashMap<>();

  /** A reference taken apart. */
  record Reference(
      String registry, String repository, @Nullable String tag, @Nullable String digest) {
    static Reference parse(String text) {
      String rest = text;
      String digest = null;
      int at = rest.indexOf('@');
      if (at >= 0) {
        digest = rest.substring(at + 1);
        rest = rest.substring(0, at);
      }
      String tag = null;
      int colon = rest.lastIndexOf(':');
      if (colon > rest.lastIndexOf('/')) {
        tag = rest.substring(colon + 1);
        rest = rest.substring(0, colon);
      }
      int slash = rest.indexOf('/');
      boolean host = slash > 0 && rest.substring(0, slash).matches(".*[.:].*|localhost");
      return new Reference(
          host ? rest.substring(0, slash) : "registry-1.docker.io",
          host ? rest.substring(slash + 1) : rest,
          tag == null && digest == null ? "latest" : tag,
          digest);
    }
  }

  void add(FlyImage image) {
    byTag.put(image.repository() + ':' + image.tag(), image);
  }

  void remove(FlyImage image) {
    byTag.remove(image.repository() + ':' + image.tag());
  }

  /** Returns the image, or null if there is none; a digest outranks a tag. */
  @Nullable FlyImage find(String reference) {
    var parsed = Reference.parse(reference);
    return parsed.registry.equals("registry.fly.io")
        ? find(parsed.repository, parsed.tag, parsed.digest)
        : null;
  }

  @Nullable FlyImage find(String repository, @Nullable String tag, @Nullable String digest) {
    if (digest == null) {
      return byTag.get(repository + ':' + tag);
    }
    FlyImage found = null;
    for (var image : byTag.values()) {
      if (image.repository().equals(repository) && image.digest().equals(digest)) {
        if (found == null || image.tag().equals(tag)) {
          found = image;
        }
      }
    }
    return found;
  }

  /** Returns the {@code image_ref} of a machine. */
  static Map<String, @Nullable Object> imageRef(String reference, @Nullable FlyImage image) {
    var parsed = Reference.parse(reference);
    var members = Json.of("registry", parsed.registry, "repository", parsed.repository);
    if (parsed.tag != null) {
      members.put("tag", parsed.tag);
    }
    var digest = image == null ? parsed.digest : image.digest();
    if (digest != null) {
      members.put("digest", digest);
    }
    members.put("labels", null);
    return members;
  }
}
