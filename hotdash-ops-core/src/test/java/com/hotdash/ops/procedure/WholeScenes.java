package com.hotdash.ops.procedure;

import java.util.stream.Stream;

/** All scenes of the whole world; what must come of each stands in {@code scenes.txt}. */
final class WholeScenes {
  private WholeScenes() {}

  static Stream<WholeScene> all() {
    return Stream.of(
            QuietScenes.all(),
            RequestScenes.all(),
            DeployAndSecretScenes.all(),
            RotationScenes.all(),
            GroundScenes.all(),
            MachineScenes.all())
        .flatMap(each -> each);
  }

  static WholeScene named(String name) {
    return all().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }
}
