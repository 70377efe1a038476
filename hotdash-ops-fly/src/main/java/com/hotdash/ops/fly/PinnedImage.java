package com.hotdash.ops.fly;

import com.hotdash.ops.error.Fault;

/** An image that was seen to exist. */
final class PinnedImage {
  private PinnedImage() {}

  static ImageRef of(ImageLook look) {
    var fault = Fault.of("fly", "image.get", look.toString() + "; nothing was changed");
    return switch (look.presence()) {
      case PRESENT -> look.image();
      case GONE ->
          throw new FlyNotFoundException(
              fault.withNextStep("app.previousGoodRelease() finds one that exists"), 0, "", null);
      case UNKNOWN ->
          throw new FlyRefusedException(
              fault.asRetryable(null).withNextStep("try again: a deploy would need it too"),
              0,
              "",
              null);
    };
  }
}
