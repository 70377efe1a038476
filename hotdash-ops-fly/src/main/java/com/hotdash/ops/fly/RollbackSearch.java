package com.hotdash.ops.fly;

import com.hotdash.ops.fly.ImageLook.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the release to go back to. */
final class RollbackSearch {
  // Each costs a call; five good releases that are all gone mean that the rest is gone too.
  private static final int MOST_LOOKS = 5;

  private final List<Release> releases;
  private final List<Machine> machines;
  private final Function<ImageRef, ImageLook> registry;
  private final List<String> passedOver = new ArrayList<>();

  /**
   * @param releases all that are known, newest first
   * @param machines all of the app
   * @param registry looks an image up
   */
  RollbackSearch(
      List<Release> releases, List<Machine> machines, Function<ImageRef, ImageLook> registry) {
    this.releases = releases;
    this.machines = machines;
    this.registry = registry;
  }

  RollbackTarget find() {
    var running =
        machines.stream()
            .filter(Machine::managed)
            .flatMap(machine -> java.util.stream.Stream.ofNullable(machine.image()))
            .toList();
    if (running.isEmpty()) {
      return RollbackTarget.none(null, "no machine says which image it runs", passedOver);
    }
    var left = left(running);
    if (left == null) {
      return RollbackTarget.none(
          running.get(0),
          "none of the " + releases.size() + " releases has an image that a machine runs",
          passedOver);
    }
    var leaving = leaving(left, running);
    int looks = 0;
    for (var release : releases) {
      var image = release.image();
      var reason = refusal(release, left, leaving);
      if (reason != null || image == null) {
        note(release, reason == null ? "names no image" : reason);
        continue;
      }
      if (looks++ == MOST_LOOKS) {
        return none(leaving, "no image of the newest " + MOST_LOOKS + " good releases fits");
      }
      var look = registry.apply(image);
      if (look.presence() == Presence.UNKNOWN) {
        return none(
            leaving,
            "whether the image of v%d exists could not be looked up: %s"
                .formatted(release.version(), look.detail()));
      }
      if (look.presence() == Presence.GONE) {
        note(release, "its image is gone");
      } else if (look.image().sameAs(leaving)) {
        note(release, "its image is the one being left, under another tag");
      } else {
        return new RollbackTarget(
            release, look.image(), leaving, why(release, left, running), passedOver);
      }
    }
    return none(leaving, "no older release was completed with another image that exists");
  }

  // With machines on several images, the newest of them is the one being left.
  private @Nullable Release left(List<ImageRef> running) {
    return releases.stream()
        .filter(release -> release.image() != null)
        .filter(release -> running.stream().anyMatch(image -> same(release, image)))
        .findFirst()
        .orElse(null);
  }

  // By the machines' word, which knows the digest.
  private static ImageRef leaving(Release left, List<ImageRef> running) {
    return running.stream().filter(image -> same(left, image)).findFirst().orElse(running.get(0));
  }

  private static boolean same(Release release, ImageRef image) {
    return release.image() != null && release.image().sameAs(image);
  }

  private @Nullable String refusal(Release release, Release left, ImageRef leaving) {
    if (release.version() >= left.version()) {
      return release.version() == left.version()
          ? "it is what is being left"
          : "no machine runs it, and it is newer than what is being left";
    }
    if (!release.completed()) {
      return "its status is " + release.status();
    }
    if (same(release, leaving)) {
      return "it has the image that is being left";
    }
    return rolledBack(release) ? "it was itself rolled back before" : null;
  }

  // The next good release with another image went back to one that is older: this one was bad.
  private boolean rolledBack(Release release) {
    Release next = null;
    for (var newer : releases) {
      if (newer.version() > release.version() && newer.completed() && !sameImage(newer, release)) {
        next = newer; // newest first: the last one that is seen is the next one in time
      }
    }
    var followed = next;
    return followed != null
        && releases.stream()
            .anyMatch(
                older ->
                    older.version() < release.version()
                        && older.completed()
                        && sameImage(older, followed));
  }

  private static boolean sameImage(Release one, Release other) {
    return one.image() != null && other.image() != null && one.image().sameAs(other.image());
  }

  private static String why(Release release, Release left, List<ImageRef> running) {
    long others = running.stream().filter(image -> !same(left, image)).count();
    long there = running.stream().filter(image -> same(release, image)).count();
    return "newest completed release older than v%d with another image, which exists%s%s"
        .formatted(
            left.version(),
            others == 0
                ? ""
                : "; machines are mixed: " + others + " of " + running.size() + " run another one",
            there == 0 ? "" : "; " + there + " of them run it already");
  }

  private RollbackTarget none(ImageRef leaving, String why) {
    return RollbackTarget.none(leaving, why, passedOver);
  }

  private void note(Release release, String reason) {
    passedOver.add("v" + release.version() + ": " + reason);
  }
}
