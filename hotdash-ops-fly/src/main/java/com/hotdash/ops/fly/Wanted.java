package com.hotdash.ops.fly;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a machine is to become.
 *
 * @param change makes the new config out of the one that was read
 * @param image the image it must run afterwards, or {@code null} if that does not change
 * @param guest the size it must have afterwards, or {@code null} if that does not change
 * @param minSecretsVersion the secrets it must see when it boots, or {@code null} for none
 * @param always whether the update is made even if the config stays the same
 */
record Wanted(
    UnaryOperator<MachineConfig> change,
    @Nullable ImageRef image,
    @Nullable Guest guest,
    @Nullable Long minSecretsVersion,
    boolean always) {
  static Wanted image(ImageRef image) {
    return new Wanted(config -> config.withImage(image), image, null, null, false);
  }

  static Wanted guest(Guest guest) {
    return new Wanted(config -> config.withGuest(guest), null, guest, null, false);
  }

  static Wanted config(MachineConfig config) {
    return new Wanted(
        any -> config,
        config.image().filter(image -> image.digest() != null).orElse(null),
        config.guest().orElse(null),
        null,
        false);
  }

  static Wanted secrets(@Nullable Long version) {
    return new Wanted(config -> config, null, null, version, true);
  }

  /** Nothing of its configuration is to be another: the machine alone is watched. */
  static Wanted nothing() {
    return new Wanted(config -> config, null, null, null, true);
  }

  boolean metBy(Machine machine) {
    boolean runs = image == null || (machine.image() != null && image.sameAs(machine.image()));
    return runs && (guest == null || machine.guest().filter(guest::equals).isPresent());
  }

  /** The sides of the change, for people. */
  String of(Machine machine) {
    if (guest != null && image == null) {
      return machine.guest().map(Guest::toString).orElse("size not known");
    }
    return image != null && machine.image() != null
        ? machine.image().brief()
        : "version " + machine.instanceId();
  }
}
