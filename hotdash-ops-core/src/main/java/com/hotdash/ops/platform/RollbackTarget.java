package com.hotdash.ops.platform;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which release to go back to: found by how releases ended, by the identity of images and by what
 * the machines really run, never by a position in a list.
 *
 * @param leaving the release that is left, or {@code null} if the history does not tell it
 * @param target where to go, or {@code null} if there is nowhere
 * @param because why this one, or why none
 * @param passedOver newer releases that were not taken, each with the reason
 */
public record RollbackTarget(
    @Nullable Release leaving, @Nullable Release target, String because, List<String> passedOver) {
  // Each costs a call; where five good releases' images are gone, older ones are gone too.
  private static final int MOST_LOOKS = 5;

  /** Copies the list. */
  public RollbackTarget {
    passedOver = List.copyOf(passedOver);
  }

  /**
   * Chooses a target.
   *
   * @param history the releases, in any order
   * @param machines the machines, as they are now
   * @param available whether an image can still be fetched; asked for as few as possible, the
   *     newest first
   * @return the choice
   */
  public static RollbackTarget choose(
      List<Release> history, Machines machines, Predicate<Image> available) {
    var newestFirst =
        history.stream().sorted(Comparator.comparingInt(Release::version).reversed()).toList();
    var sick = onlySick(machines);
    if (machines.running().isEmpty() && sick.isEmpty()) {
      return none(
          null, "no machine runs or crashed, so there is no image to go back from", List.of());
    }
    var candidates = sick.isEmpty() ? machines.imagesRunning() : sick;
    var found = newestFirst.stream().filter(each -> anyOf(candidates, each.image())).findFirst();
    if (found.isEmpty()) {
      return none(
          null,
          "the history does not hold what the machines run (" + candidates.get(0).label() + ")",
          List.of());
    }
    var leaving = found.get();
    var cure = healthyAndNewer(newestFirst, leaving, machines);
    if (!sick.isEmpty() && cure.isPresent()) {
      return none(
          leaving,
          "healthy machines run the newer " + cure.get().label() + ": finish that deploy instead",
          List.of());
    }
    // Without a sign of sickness only the newest of several images is left.
    var left = sick.isEmpty() ? List.of(leaving.image()) : sick;
    var passed = new ArrayList<String>();
    int looks = 0;
    for (var each : newestFirst) {
      if (each.version() >= leaving.version()) {
        continue;
      }
      var objection = objection(each, left, newestFirst);
      if (objection.isEmpty()) {
        if (looks++ == MOST_LOOKS) {
          return none(leaving, "the images of " + MOST_LOOKS + " good releases are gone", passed);
        }
        if (available.test(each.image())) {
          return new RollbackTarget(leaving, each, because(each, machines), passed);
        }
        objection = Optional.of("its image cannot be fetched any more");
      }
      passed.add(each.label() + ": " + objection.get());
    }
    return none(leaving, "no earlier release went out with another image", passed);
  }

  private static RollbackTarget none(
      @Nullable Release leaving, String because, List<String> passedOver) {
    return new RollbackTarget(leaving, null, because, passedOver);
  }

  /** The newest release after one that is sick which healthy machines run already. */
  private static Optional<Release> healthyAndNewer(
      List<Release> newestFirst, Release sick, Machines machines) {
    var healthy = machines.healthy().stream().map(Machine::image).toList();
    return newestFirst.stream()
        .filter(each -> each.version() > sick.version() && anyOf(healthy, each.image()))
        .findFirst();
  }

  /** The images that failing and crashed machines have and no healthy one runs. */
  private static List<Image> onlySick(Machines machines) {
    var healthy = machines.healthy().stream().map(Machine::image).toList();
    return machines.all().stream()
        .filter(each -> each.health() == Machine.Health.FAILING || each.crashed())
        .map(Machine::image)
        .filter(image -> !anyOf(healthy, image))
        .toList();
  }

  private static Optional<String> objection(
      Release release, List<Image> left, List<Release> newestFirst) {
    if (release.status() != Release.Status.COMPLETE) {
      return Optional.of("it is " + release.statusText());
    }
    if (anyOf(left, release.image())) {
      return Optional.of("it has the image that is left");
    }
    return leftBefore(release, newestFirst)
        ? Optional.of("it was itself left for an older image before")
        : Optional.empty();
  }

  /** Whether the next good release with another image went back: then this one was bad. */
  private static boolean leftBefore(Release release, List<Release> newestFirst) {
    var good = newestFirst.stream().filter(each -> each.status() == Release.Status.COMPLETE);
    var others = good.filter(each -> !each.image().same(release.image())).toList();
    var next =
        others.stream()
            .filter(each -> each.version() > release.version())
            .reduce((newer, older) -> older); // the last of the newer ones comes next in time
    return next.isPresent()
        && others.stream()
            .filter(each -> each.version() < release.version())
            .anyMatch(each -> each.image().same(next.get().image()));
  }

  private static String because(Release target, Machines machines) {
    long healthy =
        machines.running().stream()
            .filter(each -> each.health() == Machine.Health.HEALTHY)
            .filter(each -> each.image().same(target.image()))
            .count();
    return "the newest release before it that went out with another image"
        + (healthy == 0 ? "" : "; healthy machines run it now: " + healthy);
  }

  private static boolean anyOf(List<Image> images, Image image) {
    return images.stream().anyMatch(image::same);
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    if (target != null) {
      text.append(target.label()).append(" (").append(target.image().identity()).append("): ");
    } else {
      text.append("none: ");
    }
    text.append(because);
    passedOver.forEach(each -> text.append("\n  not ").append(each));
    return text.toString();
  }
}
