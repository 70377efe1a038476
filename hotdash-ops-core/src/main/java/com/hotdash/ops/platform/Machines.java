package com.hotdash.ops.platform;

import java.util.ArrayList;
import java.util.List;

/**
 * The application's machines at one moment, without those that the platform uses for itself.
 *
 * @param all in the order of their ids
 */
public record Machines(List<Machine> all) {
  /** Copies the machines. */
  public Machines {
    all = List.copyOf(all);
  }

  /**
   * Returns those that run.
   *
   * @return in the order of their ids
   */
  public List<Machine> running() {
    return all.stream().filter(each -> each.state() == MachineState.STARTED).toList();
  }

  /**
   * Returns those that run and whose checks all pass.
   *
   * @return in the order of their ids
   */
  public List<Machine> healthy() {
    return all.stream().filter(each -> each.health() == Machine.Health.HEALTHY).toList();
  }

  /**
   * Returns the images that running machines have.
   *
   * @return each once; more than one means that a deploy went half the way
   */
  public List<Image> imagesRunning() {
    var images = new ArrayList<Image>();
    for (var machine : running()) {
      if (images.stream().noneMatch(machine.image()::same)) {
        images.add(machine.image());
      }
    }
    return List.copyOf(images);
  }
}
