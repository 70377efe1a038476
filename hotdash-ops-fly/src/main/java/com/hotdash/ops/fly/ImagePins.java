package com.hotdash.ops.fly;

import com.hotdash.ops.time.Deadline;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds the digests of images that are known by name only: by its name alone an image cannot be
 * told from another. Looks up few. Not thread-safe.
 */
final class ImagePins {
  // Each costs a call; who has to go back further than five images has another problem.
  private static final int MOST_LOOKS = 5;

  private final AppCalls calls;
  private final Deadline limit;
  private final Map<ImageRef, ImageRef> found = new HashMap<>();

  ImagePins(AppCalls calls, Deadline limit) {
    this.calls = calls;
    this.limit = limit;
  }

  ImageRef pin(ImageRef image) {
    if (image.digest() != null) {
      return image;
    }
    if (!found.containsKey(image) && found.size() < MOST_LOOKS) {
      found.put(image, ImageLook.at(calls, image, limit).image());
    }
    return found.getOrDefault(image, image);
  }
}
