package com.hotdash.ops.testkit.hotdash;

/**
 * A release: a number, an image, and how the application in it behaves.
 *
 * @param version such as 118
 * @param image the image's reference
 * @param behaviour how the application in it behaves
 */
public record Release(int version, String image, Behaviour behaviour) {
  @Override
  public String toString() {
    return "v" + version + ' ' + image;
  }
}
